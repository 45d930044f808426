"""Files that people hand in: stored by their content, outside of what the web server shows, whole or not at all.

A file is written to a folder beside the store, flushed to the disk, and moved into place under the SHA-256 of its
content; a killed process leaves an unfinished file there, which nobody reads and `sweep` takes away. The same content
is stored once. What a file claims to be by its name must be what its bytes are.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, TypeAlias

from chanjiao.core.errors import ChanjiaoError

LONGEST_NAME = 150
MOST_ENTRIES = 10_000
"""Entries of an office document, which is an archive; more is no document."""
UNFINISHED_FOR = timedelta(days=1)
_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')
_HEAD = 1024
Unfinished: TypeAlias = "tempfile._TemporaryFileWrapper[bytes]"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the store: its fingerprint, size in bytes, the name people gave it, and what it is."""

    sha256: str
    size: int
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that is taken: its media type, and whether bytes are of it."""

    media_type: str
    fits: Callable[[BinaryIO], bool]


def _begins(*heads: bytes, at: int = 0) -> Callable[[BinaryIO], bool]:
    return lambda file: file.read(_HEAD)[at:].startswith(heads)


def _holds(*names: str) -> Callable[[BinaryIO], bool]:
    def fits(file: BinaryIO) -> bool:
        try:
            with zipfile.ZipFile(file) as archive:
                entries = set(archive.namelist()) if len(archive.infolist()) <= MOST_ENTRIES else set()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            return False
        return entries.issuperset(names) and not any(name.endswith("vbaProject.bin") for name in entries)

    return fits


def _is_text(file: BinaryIO) -> bool:
    head = file.read(1 << 16)
    return b"\0" not in head and not head.lstrip().lower().startswith((b"<!doctype", b"<html", b"<svg", b"<?xml"))


_OFFICE = "application/vnd.openxmlformats-officedocument."
KINDS: dict[str, FileKind] = {
    "pdf": FileKind("application/pdf", lambda file: b"%PDF-" in file.read(_HEAD)),
    "png": FileKind("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "jpg": FileKind("image/jpeg", _begins(b"\xff\xd8\xff")),
    "jpeg": FileKind("image/jpeg", _begins(b"\xff\xd8\xff")),
    "docx": FileKind(_OFFICE + "wordprocessingml.document", _holds("[Content_Types].xml", "word/document.xml")),
    "xlsx": FileKind(_OFFICE + "spreadsheetml.sheet", _holds("[Content_Types].xml", "xl/workbook.xml")),
    "pptx": FileKind(_OFFICE + "presentationml.presentation", _holds("[Content_Types].xml", "ppt/presentation.xml")),
    "ofd": FileKind("application/ofd", _holds("OFD.xml")),
    "txt": FileKind("text/plain", _is_text),
    "csv": FileKind("text/csv", _is_text),
    "mp4": FileKind("video/mp4", _begins(b"ftyp", at=4)),
}
"""What is taken, by the ending of the name; documents with macros are not."""


def store(chunks: Iterable[bytes], name: str, *, root: Path, limit: int) -> StoredFile:
    """The file in the store under `root`, its bytes on the disk before this returns.

    Refused, with nothing left behind: `file.kind_unknown`, `file.forged` where the bytes are not what the name says,
    `file.too_large` as soon as `limit` bytes are passed, `file.empty`.
    """
    name = safe_name(name)
    kind = KINDS.get(name.rpartition(".")[2].lower())
    if kind is None:
        raise ChanjiaoError("file.kind_unknown", field="file", name=name, known="、".join(KINDS))
    incoming = root / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=incoming, delete=False) as file:
        try:
            sha256, size = _written(file, chunks, name, limit)
            _check(file, kind, name)
            _move(Path(file.name), path_of(sha256, root=root))
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    return StoredFile(sha256, size, name, kind.media_type)


def path_of(sha256: str, *, root: Path) -> Path:
    """Where content with that fingerprint lies."""
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        raise ChanjiaoError("record.not_found")
    return root / sha256[:2] / sha256


def opened(sha256: str, *, root: Path) -> BinaryIO:
    """The stored content, to be read and closed; `file.missing` where the disk has lost it."""
    path = path_of(sha256, root=root)
    try:
        return path.open("rb")
    except OSError:
        raise ChanjiaoError("file.missing", path=sha256[:12]) from None


def safe_name(name: str) -> str:
    """The last part of a name without what misleads a reader or a file system; its ending is kept.

    >>> safe_name("../../etc/报告\\u202efdp.exe"), safe_name("C:\\\\x\\\\签到 表.pdf")
    ('报告fdp.exe', '签到_表.pdf')
    """
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(char for char in unicodedata.normalize("NFC", last) if unicodedata.category(char)[0] != "C")
    stem, dot, ending = _UNSAFE.sub("_", kept).strip("._").rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}"[-LONGEST_NAME:] or "file"


def sweep(*, root: Path, now: datetime) -> int:
    """How many unfinished files, left by processes that were killed a day ago or earlier, were taken away."""
    incoming, before = root / "incoming", (now - UNFINISHED_FOR).timestamp()
    left = [path for path in incoming.iterdir() if path.stat().st_mtime < before] if incoming.is_dir() else []
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _written(file: Unfinished, chunks: Iterable[bytes], name: str, limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise ChanjiaoError("file.too_large", field="file", size=size, limit=limit)
        digest.update(chunk)
        file.write(chunk)
    if not size:
        raise ChanjiaoError("file.empty", field="file", path=name)
    file.flush()
    os.fsync(file.fileno())
    return digest.hexdigest(), size


def _check(file: Unfinished, kind: FileKind, name: str) -> None:
    with open(file.name, "rb") as written:
        if not kind.fits(written):
            raise ChanjiaoError("file.forged", field="file", name=name)


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
