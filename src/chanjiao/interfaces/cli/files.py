"""Reading and writing files at the command line: whole or not at all, and every fault with its line."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.sheets import write_csv, write_xlsx
from chanjiao.engines.table_faults import cell_too_long
from chanjiao.engines.words import N_
from chanjiao.interfaces.cli.wording import say

if TYPE_CHECKING:
    from rich.progress import Progress

OS_REASONS = {
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("its folder is a file"),
    errno.ENOENT: N_("its folder does not exist"),
    errno.EACCES: N_("you have no right to it"),
    errno.EPERM: N_("you have no right to it"),
    errno.ENOSPC: N_("the disk is full"),
}
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def read_bytes(path: str, limit: int | None = None) -> bytes:
    """The bytes of a file, or of standard input for `-`; `file.*` errors, `file.too_large` beyond `limit` bytes."""
    try:
        if path == "-":
            content = sys.stdin.buffer.read() if limit is None else sys.stdin.buffer.read(limit + 1)
        else:
            with Path(path).open("rb") as source:
                content = source.read() if limit is None else source.read(limit + 1)
    except FileNotFoundError:
        raise ChanjiaoError("file.missing", path=path) from None
    except OSError as error:
        raise ChanjiaoError("file.unreadable", path=path, reason=_reason(error)) from None
    if limit is not None and len(content) > limit:
        size = len(content) if path == "-" else Path(path).stat().st_size
        raise ChanjiaoError("file.too_large", size=size, limit=limit)
    return content


@contextmanager
def read_from(path: str) -> Iterator[None]:
    """Within the block, a refusal is one of the file at `path`; a bare line number follows the name."""
    try:
        yield
    except ChanjiaoError as error:
        if error.place and error.place.isdecimal():
            error.place = f"{path}:{error.place}"
        elif not error.place and "path" not in error.params:
            error.place = path
        raise


def read_utf8(path: str) -> str:
    """The text of a UTF-8 file (with or without a byte order mark)."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ChanjiaoError("file.not_text", place=path, reason=f"byte {error.start} is not UTF-8") from None


def read_jsonl(path: str) -> Iterator[tuple[str, dict[str, object]]]:
    """(place, object) for each line of a JSON Lines file that is not blank."""
    for number, line in enumerate(read_utf8(path).split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            value = json.loads(line)
            if _ESCAPED_SURROGATE.search(line):
                json.dumps(value, ensure_ascii=False).encode()  # half a character can be read but not written again
        except (ValueError, RecursionError) as error:
            raise ChanjiaoError("json.malformed", place=place, reason=str(error)) from None
        if not isinstance(value, dict):
            raise ChanjiaoError("json.malformed", place=place, reason=type(value).__name__)
        yield place, value


def read_csv(path: str, required: Iterable[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """(place, row) for each row of a CSV file with a header that holds more than blanks.

    `table.missing_column` where a column is absent, `table.duplicate` where one stands twice, `table.wrong_width` where
    a row has more cells than the header (a comma inside a number).
    """
    reader = csv.DictReader(io.StringIO(read_utf8(path), newline=""))
    found = [name.strip() for name in reader.fieldnames or []]
    for column in required:
        if column not in found:
            raise ChanjiaoError("table.missing_column", place=path, column=column, found=", ".join(found) or "-")
        if found.count(column) > 1:
            raise ChanjiaoError("table.duplicate", place=f"{path}:1", value=column, first=f"{path}:1")
    reader.fieldnames = found
    for row in _each(reader, path):
        place, cells = f"{path}:{reader.line_num}", {name: (row[name] or "").strip() for name in found}
        beyond = row.get(None, [])  # type: ignore[call-overload]
        if any(beyond):
            raise ChanjiaoError("table.wrong_width", place=place, cells=len(found) + len(beyond), expected=len(found))
        if any(cells.values()):
            yield place, cells


def _each(reader: csv.DictReader[str], path: str) -> Iterator[dict[str, str]]:
    try:
        yield from reader
    except csv.Error:
        raise cell_too_long(f"{path}:{reader.reader.line_num}") from None


@contextmanager
def written_whole(path: str) -> Iterator[IO[str]]:
    """A text stream whose content appears at `path` (or on standard output for `-`) only when the block succeeds."""
    if path == "-":
        buffer = io.StringIO()
        yield buffer
        sys.stdout.write(buffer.getvalue())
        sys.stdout.flush()
        return
    target = Path(path)
    if target.exists() and not target.is_file():
        # A device or a pipe takes what it is given; a rename would put a file in its place.
        with _opened(target) as stream:
            yield stream
        return
    with bytes_written_whole(path) as whole, io.TextIOWrapper(whole, encoding="utf-8", newline="") as stream:
        yield stream


def _opened(target: Path) -> IO[str]:
    try:
        return target.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise ChanjiaoError("file.unwritable", path=str(target), reason=_reason(error)) from None


def require_table(path: str) -> None:
    """Raise `table.ending_unknown` unless `path` names an xlsx or csv file, or standard output: ask before the work."""
    if path != "-" and not path.lower().endswith((".xlsx", ".csv")):
        raise ChanjiaoError("table.ending_unknown", path=path)


def table_written_whole(path: str, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """How many rows stand in the table at `path` (xlsx by its ending, else CSV), which appears whole or not at all."""
    if path.lower().endswith(".xlsx"):
        with bytes_written_whole(path) as target:
            return write_xlsx(target, heading, rows)
    with written_whole(path) as text:
        if path != "-":
            text.write("\ufeff")  # without it a spreadsheet takes Chinese for another encoding
        return write_csv(text, heading, rows)


@contextmanager
def bytes_written_whole(path: str) -> Iterator[IO[bytes]]:
    """A binary stream whose content appears at `path` only when the block succeeds."""
    target = Path(path)
    try:
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise ChanjiaoError("file.unwritable", path=path, reason=_reason(error)) from None
    try:
        with open(descriptor, "wb") as stream:
            yield stream
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@contextmanager
def folder_written_whole(path: str) -> Iterator[Path]:
    """A temporary folder whose files move into the folder `path` only when the block succeeds."""
    target = Path(path)
    try:
        target.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
    except OSError as error:
        raise ChanjiaoError("file.unwritable", path=path, reason=_reason(error)) from None
    try:
        yield temporary
        for made in sorted(temporary.iterdir()):
            os.replace(made, target / made.name)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def write_json_line(stream: IO[str], value: Mapping[str, object]) -> None:
    """One object as one line of JSON, Chinese left readable."""
    stream.write(json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress display on standard error: bars on a terminal, nothing in a pipe."""
    from rich.console import Console  # heavy, and most commands show no bars
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        yield bars


def _reason(error: OSError) -> str:
    """Why the system refused a file, in the reader's words where we have them."""
    words = OS_REASONS.get(error.errno or 0)
    return say(words) if words else error.strerror or str(error)


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
