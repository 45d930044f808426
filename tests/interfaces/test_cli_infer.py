"""`chanjiao infer occupations` keeps its contract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chanjiao.core.errors import ChanjiaoError
from chanjiao.interfaces.cli.infer import command


def _infer(folder: Path, rows: list[dict[str, object]], *options: str) -> Result:
    path = folder / "p.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return CliRunner().invoke(command, ["occupations", "--programmes", str(path), *options])


def _lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


NUMERIC: dict[str, object] = {"id": "p1", "level": "associate", "name": "数控技术", "courses": ["数控编程", "机械制图"]}


def test_a_programme_with_a_standard_shows_its_official_links_first(tmp_path: Path) -> None:
    lines = _lines(_infer(tmp_path, [NUMERIC], "--top", "5"))

    assert [(line["rank"], line["code"], line["source"]) for line in lines][:2] == [
        (1, "2-02-07", "official"),
        (2, "2-02-29", "official"),
    ]
    assert [line["rank"] for line in lines] == [1, 2, 3, 4, 5]


def test_inferred_only_leaves_the_official_links_aside_and_still_finds_them(tmp_path: Path) -> None:
    lines = _lines(_infer(tmp_path, [NUMERIC], "--top", "5", "--inferred-only"))

    assert {line["source"] for line in lines} == {"inferred"}
    assert {"2-02-07", "6-18-01"} <= {line["code"] for line in lines}
    assert all(line["reasons"] for line in lines[:2])


def test_a_programme_that_no_catalogue_knows_is_placed_by_its_name(tmp_path: Path) -> None:
    lines = _lines(_infer(tmp_path, [{"id": "x", "level": "secondary", "name": "焊接机器人操作"}], "--top", "5"))

    assert "6-18-02" in {line["code"] for line in lines}


@pytest.mark.parametrize("name", ["", "123", "😀"])
def test_without_a_letter_in_name_or_courses_nothing_is_inferred_and_the_reader_is_told(
    tmp_path: Path, name: str
) -> None:
    result = _infer(tmp_path, [{"id": "x", "level": "secondary", "name": name, "courses": ["—"]}])

    assert (result.exit_code, result.stdout) == (0, "")
    assert "x: " in result.stderr


def test_a_name_without_a_letter_is_placed_by_its_courses(tmp_path: Path) -> None:
    courses = ["数控编程", "机械加工工艺", "数控机床操作"]
    lines = _lines(
        _infer(tmp_path, [{"id": "x", "level": "associate", "name": "2026", "courses": courses}], "--top", "5")
    )

    assert "6-18-01" in {line["code"] for line in lines}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"id": "x", "level": "doctor", "name": "焊接"}, "table.bad_value"),
        ({"id": "x", "level": ["doctor"], "name": "焊接"}, "table.bad_value"),
        ({"id": "x", "level": "secondary"}, "input.missing"),
        ({"level": "secondary", "name": "焊接"}, "input.missing"),
        ({"id": "", "level": "secondary", "name": "焊接"}, "input.missing"),
        ({"id": "x", "level": "secondary", "name": "焊接", "courses": "焊接"}, "table.bad_value"),
        ({"id": "x", "level": "secondary", "name": "焊接", "courses": ""}, "table.bad_value"),
    ],
)
def test_a_line_that_breaks_the_contract_is_refused_with_its_place(
    tmp_path: Path, row: dict[str, object], code: str
) -> None:
    result = _infer(tmp_path, [row])

    assert isinstance(result.exception, ChanjiaoError)
    assert (result.exception.code, result.exception.place) == (code, f"{tmp_path}/p.jsonl:1")


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = (_infer(tmp_path, [NUMERIC], "--inferred-only").stdout for _ in range(2))

    assert first == second
