"""Files at the command line: outputs whole or not at all, faults with their line."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from chanjiao.core.errors import ChanjiaoError
from chanjiao.interfaces.cli.files import (
    folder_written_whole,
    read_csv,
    read_jsonl,
    read_utf8,
    require_table,
    written_whole,
)


def test_an_output_appears_only_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("before", encoding="utf-8")

    with pytest.raises(ZeroDivisionError), written_whole(str(target)) as stream:
        stream.write("half")
        raise ZeroDivisionError

    assert target.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    with written_whole(str(pipe)) as stream:
        stream.write("甲")

    assert os.read(reader, 10).decode() == "甲"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_folder_cannot_be_written_as_a_file(tmp_path: Path) -> None:
    with pytest.raises(ChanjiaoError) as refused, written_whole(str(tmp_path)):
        pass

    assert (refused.value.code, refused.value.params["reason"]) == ("file.unwritable", "it is a folder")


@pytest.mark.parametrize("name", ["list.pdf", "list", "list.xls"])
def test_a_table_is_written_only_under_an_ending_that_tells_what_it_is(name: str) -> None:
    with pytest.raises(ChanjiaoError) as refused:
        require_table(name)

    assert refused.value.code == "table.ending_unknown"
    assert [require_table(good) for good in ("-", "list.CSV", "清单.xlsx")] == [None, None, None]


def test_the_files_of_a_folder_appear_together(tmp_path: Path) -> None:
    target = tmp_path / "result"

    with pytest.raises(ZeroDivisionError), folder_written_whole(str(target)) as folder:
        (folder / "one.csv").write_text("1", encoding="utf-8")
        raise ZeroDivisionError

    assert list(target.iterdir()) == []


@pytest.mark.parametrize(
    ("line", "code"), [("[1]", "json.malformed"), ("{", "json.malformed"), ("五", "json.malformed")]
)
def test_a_line_that_is_no_object_is_refused_with_its_number(tmp_path: Path, line: str, code: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(f'{{"id": 1}}\n\n{line}\n', encoding="utf-8")

    with pytest.raises(ChanjiaoError) as refused:
        list(read_jsonl(str(path)))

    assert (refused.value.code, refused.value.place) == (code, f"{path}:3")


def test_a_missing_column_is_named_with_those_found(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("\ufeffseat,places\na,1\n", encoding="utf-8")

    with pytest.raises(ChanjiaoError) as refused:
        list(read_csv(str(path), ["seat", "capacity"]))

    assert refused.value.params == {"column": "capacity", "found": "seat, places"}


def test_a_quotation_mark_that_is_never_closed_is_named_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text('seat,capacity\na,"' + "1" * 200_000, encoding="utf-8")

    with pytest.raises(ChanjiaoError) as refused:
        list(read_csv(str(path), ["seat", "capacity"]))

    assert (refused.value.code, refused.value.place) == ("table.cell_too_long", f"{path}:2")


def test_text_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "in.txt"
    path.write_bytes("产教".encode("gbk"))

    with pytest.raises(ChanjiaoError) as refused:
        read_utf8(str(path))

    assert refused.value.code == "file.not_text"
