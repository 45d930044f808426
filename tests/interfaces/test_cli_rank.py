"""`chanjiao rank` keeps its contract."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chanjiao.core.errors import ChanjiaoError
from chanjiao.interfaces.cli.rank import command


def _write(path: Path, rows: list[dict[str, object]]) -> str:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return str(path)


def _rank(folder: Path, queries: list[dict[str, object]], candidates: list[dict[str, object]], top: int = 3) -> Result:
    arguments = ["--queries", _write(folder / "q", queries), "--candidates", _write(folder / "c", candidates)]
    return CliRunner().invoke(command, [*arguments, "--top", str(top)], catch_exceptions=True)


CANDIDATES: list[dict[str, object]] = [
    {"id": "a", "text": "工程机械操作员"},
    {"id": "b", "text": "外贸业务员"},
    {"id": "c", "text": ""},
    {"id": "d", "text": "前端开发工程师"},
]


def test_other_words_for_the_same_work_come_first(tmp_path: Path) -> None:
    queries: list[dict[str, object]] = [{"id": "1", "text": "挖机司机"}, {"id": "2", "text": "跟单"}]

    result = _rank(tmp_path, queries, CANDIDATES, top=1)

    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(line["query"], line["candidate"], line["rank"]) for line in lines] == [("1", "a", 1), ("2", "b", 1)]


def test_the_reasons_add_up_to_the_score(tmp_path: Path) -> None:
    query: dict[str, object] = {"id": "1", "text": "web前端", "codes": ["2-02-10-03"], "skills": ["Vue"]}
    candidate: dict[str, object] = {"id": "d", "text": "前端开发", "codes": ["2-02-10-03"], "skills": ["Vue", "CSS"]}

    result = _rank(tmp_path, [query], [candidate, *CANDIDATES[:3]])

    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert {reason["factor"] for reason in lines[0]["reasons"]} == {
        "letters",
        "synonyms",
        "domain",
        "meaning",
        "codes",
        "skills",
    }
    for line in lines:
        assert line["score"] == pytest.approx(sum(reason["value"] for reason in line["reasons"]), abs=2e-6)


@pytest.mark.parametrize("text", ["", " ", "😀", "12345", "\n\t", "。。。"])
def test_a_text_that_says_nothing_has_no_candidates(tmp_path: Path, text: str) -> None:
    result = _rank(tmp_path, [{"id": "1", "text": text}], CANDIDATES)

    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize("text", ["工", "x" * 1_000_000, "挖机" * 500_000, "الطباخ cook 廚師 повар"])
def test_any_text_is_ranked_without_fault(tmp_path: Path, text: str) -> None:
    result = _rank(tmp_path, [{"id": "1", "text": text}], CANDIDATES)

    assert result.exit_code == 0


def test_an_id_that_stands_twice_is_refused_with_both_places(tmp_path: Path) -> None:
    result = _rank(tmp_path, [{"id": "1", "text": "焊工"}], [*CANDIDATES, CANDIDATES[0]])

    error = result.exception
    assert isinstance(error, ChanjiaoError)
    assert (error.code, error.place, error.params["first"]) == (
        "table.duplicate",
        f"{tmp_path}/c:5",
        f"{tmp_path}/c:1",
    )


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"id": "1"}, "input.missing"),
        ({"text": "焊工"}, "input.missing"),
        ({"id": "1", "text": None}, "input.missing"),
        ({"id": "1", "text": 7}, "table.bad_value"),
        ({"id": "1", "text": "a", "codes": "x"}, "table.bad_value"),
        ({"id": "1", "text": "a", "kind": 5}, "table.bad_value"),
    ],
)
def test_a_line_that_breaks_the_contract_is_refused_with_its_place(
    tmp_path: Path, row: dict[str, object], code: str
) -> None:
    result = _rank(tmp_path, [row], CANDIDATES)

    assert isinstance(result.exception, ChanjiaoError)
    assert (result.exception.code, result.exception.place) == (code, f"{tmp_path}/q:1")


@pytest.mark.parametrize("line", ['{"id": "\\ud800", "text": "焊工"}', "[" * 200_000, '{"id": "1", "text": "a"'])
def test_a_line_that_cannot_be_read_or_written_again_is_refused_with_its_place(tmp_path: Path, line: str) -> None:
    (tmp_path / "q").write_text(line, "utf-8")
    arguments = ["--queries", str(tmp_path / "q"), "--candidates", _write(tmp_path / "c", CANDIDATES)]

    result = CliRunner().invoke(command, [*arguments, "--output", str(tmp_path / "r")])

    assert isinstance(result.exception, ChanjiaoError)
    assert (result.exception.code, result.exception.place) == ("json.malformed", f"{tmp_path}/q:1")
    assert not (tmp_path / "r").exists()


def test_titles_in_another_language_are_ranked_by_their_letters(tmp_path: Path) -> None:
    candidates: list[dict[str, object]] = [{"id": "a", "text": "Projektleiterin"}, {"id": "b", "text": "Koch"}]

    result = _rank(tmp_path, [{"id": "1", "text": "Projektleiter"}], candidates, top=1)

    line = json.loads(result.stdout)
    assert (line["candidate"], line["reasons"][0]["factor"]) == ("a", "letters")


def test_unknown_codes_and_kinds_are_taken_as_they_are(tmp_path: Path) -> None:
    query: dict[str, object] = {"id": "1", "text": "焊工", "codes": ["nonsense", "9-99-99-99", ""], "kind": "whatever"}

    result = _rank(tmp_path, [query], [{"id": "a", "text": "电焊工", "codes": ["nonsense"]}])

    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 1)


def test_an_unwritable_output_leaves_nothing_behind(tmp_path: Path) -> None:
    queries, candidates = _write(tmp_path / "q", [{"id": "1", "text": "焊工"}]), _write(tmp_path / "c", CANDIDATES)

    result = CliRunner().invoke(
        command, ["--queries", queries, "--candidates", candidates, "--output", str(tmp_path / "none" / "r")]
    )

    assert isinstance(result.exception, ChanjiaoError)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c", "q"]
