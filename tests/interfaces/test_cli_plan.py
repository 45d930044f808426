"""`chanjiao plan` by its file contract: what it writes, what it refuses, and how it exits."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TABLES = {
    "programmes.csv": (
        "college,programme,years,seats_now,seats_max,step,minimum_open,open_cost,close_cost,completion\n"
        "职院甲,焊接,1,40,120,40,40,10,10,1\n"
        "职院甲,会计,1,80,120,40,40,10,10,1\n"
    ),
    "links.csv": "programme,occupation,share\n焊接,焊工,1\n会计,会计员,1\n",
    "demand.csv": (
        "occupation,year,low,expected,high\n"
        "焊工,2026,100,120,140\n焊工,2027,100,120,140\n会计员,2026,30,40,50\n会计员,2027,30,40,50\n"
    ),
    "limits.csv": "college,year,resource,limit\n职院甲,2026,教师,12\n职院甲,2027,教师,12\n",
    "uses.csv": "programme,resource,per_seat\n焊接,教师,0.1\n会计,教师,0.1\n",
}


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    folder = tmp_path / "tables"
    folder.mkdir()
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def plan(folder: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from chanjiao.interfaces.cli import main; main()",
            "plan",
            str(folder),
            "--output",
            str(out),
            *options,
        ],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"CHANJIAO_LANGUAGE": "en"},
    )


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.open(encoding="utf-8")))


def test_a_plan_is_written_with_its_gaps_and_its_report(tables: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    done = plan(tables, out)

    assert (done.returncode, done.stdout) == (0, "")
    assert [(row["programme"], row["year"], row["intake"], row["open"]) for row in rows(out / "plan.csv")] == [
        ("焊接", "2026", "80", "1"),
        ("焊接", "2027", "80", "1"),
        ("会计", "2026", "40", "1"),
        ("会计", "2027", "40", "1"),
    ]
    assert [(row["occupation"], row["year"], row["gap"]) for row in rows(out / "gaps.csv")] == [
        ("焊工", "2026", "80"),
        ("焊工", "2027", "40"),
        ("会计员", "2026", "-40"),
        ("会计员", "2027", "0"),
    ]


def test_the_report_proves_the_optimum_and_says_why_accounting_shrinks(tables: Path, tmp_path: Path) -> None:
    plan(tables, tmp_path / "out")

    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))

    assert report["objective"] == pytest.approx(80 + 40 + 0.5 * 40 + 0.001 * 80, abs=1e-6)
    assert report["gap"] <= 1e-6
    assert (report["engine"], report["seed"], len(report["problem"])) == ("planning", 0, 64)
    accounting = next(one for one in report["changes"] if one["programme"] == "会计")
    assert accounting["statement"].startswith("职院甲, 会计: fewer seats, 80 today, 40 (2026–2027) planned.")
    assert "40 of them find no opening" in accounting["statement"]
    assert report["limits"][0]["sentence"] == "One more 教师 at 职院甲 in 2026 closes 10 openings."


def test_the_same_seed_writes_the_same_files(tables: Path, tmp_path: Path) -> None:
    plan(tables, tmp_path / "one", "--seed", "7")
    plan(tables, tmp_path / "two", "--seed", "7")

    for name in ("plan.csv", "gaps.csv", "report.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_relaxed_and_robust_plans_are_written_too(tables: Path, tmp_path: Path) -> None:
    done = plan(tables, tmp_path / "out", "--relax", "--robust")

    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert done.returncode == 0
    assert (report["relax"], report["robust"]) == (True, True)
    assert report["objective"] == pytest.approx(report["bound"], rel=1e-6)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("demand.csv", "焊工,2027,100", "焊工,2027,-1", "demand.csv:3: low is"),
        ("demand.csv", "焊工,2027,100", "焊工,2028,100", "demand.csv:2: Occupation 焊工 has no row for the year 2027"),
        ("links.csv", "会计,会计员,1", "会计,会计员,1\n会计,焊工,0.5", "links.csv:4: The column share"),
        ("programmes.csv", "焊接,1,40", "焊接,1,1班", "programmes.csv:2: seats_now is '1班'"),
        ("limits.csv", "职院甲,2026", "职院乙,2026", "limits.csv:2: college 职院乙 is not in programmes.csv"),
        ("demand.csv", "焊工,2027", "焊工,99999999", "demand.csv:3: The column year lacks 2028"),
        (
            "programmes.csv",
            "40,120",
            "1,200,120",
            "{folder}/programmes.csv:2: This row has 11 cells; the header has 10",
        ),
        ("links.csv", "share", "share,share", "{folder}/links.csv:1: share stands here a second time"),
    ],
)
def test_bad_input_is_refused_by_row_and_column_and_nothing_is_written(
    tables: Path, tmp_path: Path, name: str, old: str, new: str, said: str
) -> None:
    (tables / name).write_text(TABLES[name].replace(old, new, 1), encoding="utf-8")

    done = plan(tables, tmp_path / "out")

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(said.format(folder=tables))
    assert not (tmp_path / "out").exists()


def test_limits_that_cannot_be_met_are_told_in_words(tables: Path, tmp_path: Path) -> None:
    (tables / "limits.csv").write_text(TABLES["limits.csv"].replace("2026,教师,12", "2026,教师,6"), encoding="utf-8")
    (tables / "settings.json").write_text('{"max_change": 0.1}', encoding="utf-8")

    done = plan(tables, tmp_path / "out", "--relax")

    assert done.returncode == 1
    assert done.stderr == (
        "limits.csv:2: The limits cannot be met together: 职院甲 has 6 教师 in 2026, but 会计 take 7.2 at least, "
        "because intake changes by at most 0.1 of today's a year\n"
    )
    assert not (tmp_path / "out").exists()


def test_a_missing_folder_and_a_missing_column_are_named(tables: Path, tmp_path: Path) -> None:
    (tables / "uses.csv").write_text("programme,resource\n", encoding="utf-8")

    assert (plan(tmp_path / "none", tmp_path / "out").returncode, plan(tables, tmp_path / "out").returncode) == (2, 2)
    assert "per_seat" in plan(tables, tmp_path / "out").stderr
