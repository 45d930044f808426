"""The commands `allocate` and `allocate-verify` keep their contract: files, exit codes, one line for each fault."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

SEATS = "seat,capacity,minimum,organisation,region\nA,1,0,Works,North\nB,1,0,Works,North\nC,2,2,Plant,South\n"
STUDENTS = "student,group\ns1,rural\ns2,urban\ns3,rural\n"
CHOICES = "student,rank,seat\ns1,1,A\ns1,2,B\ns2,1,A\ns2,2,C\ns3,1,A\ns3,2,B\n"
SCORES = "seat,student,score\nA,s1,70\nA,s2,80\nA,s3,90.5\nB,s1,50\nB,s3,60\nC,s2,10\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("seats", SEATS), ("students", STUDENTS), ("choices", CHOICES), ("scores", SCORES)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def run(*words: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "CHANJIAO_LANGUAGE": language}
    command = [sys.executable, "-m", "chanjiao", *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_stable_round_writes_placements_certificate_and_reasons(folder: Path):
    out = folder / "out"

    done = run("allocate", str(folder), "--output", str(out))

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert rows(out / "placements.csv") == [
        {"student": "s1", "seat": "B", "rank": "2"},
        {"student": "s3", "seat": "A", "rank": "1"},
    ]
    certificate = json.loads((out / "certificate.json").read_text(encoding="utf-8"))
    assert certificate["engine"] == "chanjiao.allocation"
    assert (certificate["feasible"], certificate["blocking_pairs"], certificate["placed"]) == (True, 0, 2)
    assert certificate["rank_histogram"] == {"1": 1, "2": 1}
    assert certificate["closed"] == ["C"]
    reasons = {row["student"]: row["reason"] for row in rows(out / "reasons.csv")}
    assert reasons["s3"] == "Placed at A, the first choice."
    assert reasons["s1"] == (
        "Placed at B, choice 2. A (choice 1): the last place went to a score of 90.5; yours is 70."
    )
    assert reasons["s2"] == (
        "No place: none of the 2 choices had one. A (choice 1): the last place went to a score of 90.5; yours is 80. "
        "You are first in line for A: one more place would have brought you there or higher. "
        "C (choice 2): closed, because fewer than the 2 students it needs would have come."
    )


def test_best_fit_writes_a_bound_that_equals_its_objective(folder: Path):
    (folder / "seats.csv").write_text("seat,capacity\nA,1\nB,1\nC,2\n", encoding="utf-8")
    out = folder / "out"

    done = run("allocate", str(folder), "--output", str(out), "--method", "best-fit")

    certificate = json.loads((out / "certificate.json").read_text(encoding="utf-8"))
    assert (done.returncode, done.stdout) == (0, "")
    assert (certificate["objective"], certificate["bound"]) == (150.5, 150.5)
    assert run("allocate-verify", str(folder), str(out)).returncode == 0


@pytest.mark.parametrize("method", ["stable", "best-fit"])
def test_the_order_of_rows_changes_nothing(folder: Path, method: str):
    run("allocate", str(folder), "--output", str(folder / "one"), "--method", method)
    for name in ("seats", "students", "choices", "scores"):
        path = folder / f"{name}.csv"
        header, *body = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([header, *reversed(body)]) + "\n", encoding="utf-8")

    run("allocate", str(folder), "--output", str(folder / "two"), "--method", method)

    for name in ("placements.csv", "certificate.json", "reasons.csv", "seat_reasons.csv"):
        assert (folder / "one" / name).read_text() == (folder / "two" / name).read_text()


def test_the_verifier_accepts_what_allocate_wrote(folder: Path):
    run("allocate", str(folder), "--output", str(folder / "out"), "--seed", "7")

    verdict = run("allocate-verify", str(folder), str(folder / "out"))

    assert verdict.returncode == 0
    assert verdict.stdout == "The placement holds: 2 of 3 students placed, 0 blocking pairs.\n"


@pytest.mark.parametrize(
    ("placements", "said"),
    [
        ("s1,B,2\n", "pairs block"),
        ("s1,B,2\ns3,A,1\ns2,A,1\n", "beyond the capacity"),
        ("s1,C,2\ns3,A,1\n", "not in the student's list"),
        ("s1,B,1\ns3,A,1\n", "at rank 1"),
        ("s1,B,2\ns3,A,1\ns3,A,1\n", "more than once"),
        ("s1,B,2\ns9,A,1\n", "student s9 is not in students.csv"),
        ("s1,A,1\ns3,B,2\n", "pairs block"),
    ],
)
def test_the_verifier_refuses_a_changed_placement(folder: Path, placements: str, said: str):
    out = folder / "out"
    run("allocate", str(folder), "--output", str(out))
    (out / "placements.csv").write_text("student,seat,rank\n" + placements, encoding="utf-8")

    verdict = run("allocate-verify", str(folder), str(out))

    assert verdict.returncode == 1
    assert said in verdict.stdout


@pytest.mark.parametrize(
    ("claim", "value"),
    [("placed", 3), ("blocking_pairs", 1), ("problem_hash", "0"), ("objective", 9.0), ("rank_histogram", {"1": 2})],
)
def test_the_verifier_refuses_a_changed_certificate(folder: Path, claim: str, value: object):
    out = folder / "out"
    run("allocate", str(folder), "--output", str(out))
    certificate = json.loads((out / "certificate.json").read_text(encoding="utf-8"))
    (out / "certificate.json").write_text(json.dumps({**certificate, claim: value}), encoding="utf-8")

    verdict = run("allocate-verify", str(folder), str(out))

    assert verdict.returncode == 1
    assert f"The certificate says {claim}" in verdict.stdout


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_verifier_refuses_reasons_that_are_not_those_of_the_placement(folder: Path, language: str):
    out = folder / "out"
    run("allocate", str(folder), "--output", str(out), language=language)
    written = (out / "reasons.csv").read_text(encoding="utf-8")
    header, *told = written.splitlines()
    other = told[0].replace("B", "C")
    changes = [[*told[:-1]], [*told, told[0]], [other, *told[1:]]]

    verdicts = []
    for change in changes:
        (out / "reasons.csv").write_text("\n".join([header, *change, ""]), encoding="utf-8")
        verdicts.append(run("allocate-verify", str(folder), str(out)))
    (out / "reasons.csv").unlink()
    without = run("allocate-verify", str(folder), str(out))

    assert [verdict.returncode for verdict in verdicts] == [1, 1, 1]
    assert "reasons.csv has 0 rows for student s3" in verdicts[0].stdout
    assert "reasons.csv has 2 rows for student s1" in verdicts[1].stdout
    assert "The reason of student s1 does not tell the placement; it should begin: Placed at B" in verdicts[2].stdout
    assert without.returncode == 0


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("choices", CHOICES + "s3,3,X\n", "choices.csv:8: seat X is not in seats.csv"),
        ("choices", CHOICES + "s9,1,A\n", "choices.csv:8: student s9 is not in students.csv"),
        ("choices", CHOICES + "s3,3,A\n", "choices.csv:8: student s3 seat A stands here a second time"),
        ("choices", CHOICES + "s3,2,C\n", "choices.csv:8: student s3 rank 2 stands here a second time"),
        ("choices", CHOICES + "s3,x,C\n", "choices.csv:8: rank is 'x'"),
        ("choices", CHOICES + "s3,0,C\n", "choices.csv:8: rank is '0'"),
        ("choices", CHOICES + "s3,3\n", "choices.csv:8: This row has 2 cells; the header has 3"),
        ("choices", "student,seat\ns1,A\n", "choices.csv: The column rank is missing"),
        ("students", STUDENTS + "s1,urban\n", "students.csv:5: student s1 stands here a second time"),
        ("students", STUDENTS + ",urban\n", "students.csv:5: student is ''"),
        ("seats", SEATS + "A,3,0,Works,North\n", "seats.csv:5: seat A stands here a second time"),
        ("seats", SEATS + "D,-1,0,Works,North\n", "seats.csv:5: capacity is '-1'"),
        ("seats", SEATS + "D,99999999999,0,Works,North\n", "seats.csv:5: capacity is '99999999999'"),
        ("seats", SEATS + "D,2.5,0,Works,North\n", "seats.csv:5: capacity is '2.5'"),
        ("seats", SEATS + "D,1,2,Works,North\n", "seats.csv:5: minimum is '2'; expected at most the capacity 1"),
        ("seats", "", "seats.csv is empty"),
        ("scores", SCORES + "B,s2,\n", "scores.csv:8: score is ''"),
        (
            "scores",
            SCORES + "B,s2,nan\n",
            "scores.csv:8: score is 'nan'; expected a finite number with at most 15 digits before the point",
        ),
        ("scores", SCORES + "B,s2,inf\n", "scores.csv:8: score is 'inf'; expected a finite number"),
        ("scores", SCORES + "B,s2,1e308\n", "scores.csv:8: score is '1e308'; expected a finite number with at most"),
        ("scores", SCORES + "B,s3,1\n", "scores.csv:8: seat B student s3 stands here a second time"),
        ("limits", "region,maximum\nNorth,1\n", "limits.csv sets limits that the method stable cannot keep"),
        ("reserves", "seat,group,places\nA,polar,1\n", "reserves.csv:2: group polar is not in students.csv"),
    ],
)
def test_faulty_input_is_one_line_with_its_place_and_nothing_is_written(
    folder: Path, file: str, text: str, said: str
):  # fmt: skip
    (folder / f"{file}.csv").write_text(text, encoding="utf-8")

    refused = run("allocate", str(folder), "--output", str(folder / "out"))

    assert refused.returncode == 2
    assert said in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert not (folder / "out").exists()


def test_a_missing_score_stands_behind_every_score(folder: Path):
    (folder / "scores.csv").write_text("seat,student,score\nA,s1,-5\n", encoding="utf-8")

    run("allocate", str(folder), "--output", str(folder / "out"))

    assert rows(folder / "out" / "placements.csv")[0] == {"student": "s1", "seat": "A", "rank": "1"}
    certificate = json.loads((folder / "out" / "certificate.json").read_text(encoding="utf-8"))
    assert certificate["unscored_choices"] == 5


def test_a_round_without_students_is_an_empty_result(folder: Path):
    for name in ("students", "choices", "scores"):
        header = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
        (folder / f"{name}.csv").write_text(header + "\n", encoding="utf-8")

    done = run("allocate", str(folder), "--output", str(folder / "out"))

    assert done.returncode == 0
    assert (folder / "out" / "placements.csv").read_text() == "student,seat,rank\n"
    assert run("allocate-verify", str(folder), str(folder / "out")).returncode == 0


def test_reserved_places_are_kept_for_a_group_of_students(folder: Path):
    (folder / "reserves.csv").write_text("seat,group,places\nA,urban,1\n", encoding="utf-8")

    run("allocate", str(folder), "--output", str(folder / "out"))

    assert {"student": "s2", "seat": "A", "rank": "1"} in rows(folder / "out" / "placements.csv")
    assert "reserved for groups" in rows(folder / "out" / "reasons.csv")[2]["reason"]
    assert run("allocate-verify", str(folder), str(folder / "out")).returncode == 0


def test_friends_stay_together_and_everybody_is_told_why(folder: Path):
    (folder / "seats.csv").write_text("seat,capacity\nA,3\nB,2\n", encoding="utf-8")
    (folder / "students.csv").write_text("student\na\nb\nc\nd\n", encoding="utf-8")
    (folder / "choices.csv").write_text(
        "student,rank,seat\na,1,A\na,2,B\nb,1,A\nb,2,B\nc,1,A\nd,1,A\n", encoding="utf-8"
    )
    (folder / "scores.csv").write_text("seat,student,score\nA,a,70\nA,b,50\nA,c,90\nA,d,60\n", encoding="utf-8")
    (folder / "together.csv").write_text("group,student\ng,a\ng,b\n", encoding="utf-8")
    out = folder / "out"

    done = run("allocate", str(folder), "--output", str(out), "--method", "together")
    verified = run("allocate-verify", str(folder), str(out))
    refused = run("allocate", str(folder), "--output", str(folder / "other"))

    assert (done.returncode, verified.returncode, refused.returncode) == (0, 0, 2)
    assert [row["seat"] for row in rows(out / "placements.csv")] == ["B", "B", "A", "A"]
    reasons = {row["student"]: row["reason"] for row in rows(out / "reasons.csv")}
    assert reasons["a"] == "Placed at B, choice 2. A (choice 1): places left there: 1; your group needs 2."
    assert rows(out / "seat_reasons.csv")[0]["reason"].startswith("Places that stayed free: 1. 2 students are here;")
    assert not (folder / "other").exists()


def test_friends_with_different_lists_are_refused_at_their_row(folder: Path):
    (folder / "together.csv").write_text("group,student\ng,s1\ng,s2\n", encoding="utf-8")

    done = run("allocate", str(folder), "--output", str(folder / "out"), "--method", "together")

    assert (done.returncode, (folder / "out").exists()) == (2, False)
    assert done.stderr.startswith("together.csv:3: ")


def test_the_certificate_names_the_fingerprint_of_the_seed_and_the_verifier_compares_it(folder: Path):
    out = folder / "out"
    run("allocate", str(folder), "--output", str(out), "--seed", "7")
    certificate = json.loads((out / "certificate.json").read_text(encoding="utf-8"))

    certificate["seed_commitment"] = "0" * 64
    (out / "certificate.json").write_text(json.dumps(certificate), encoding="utf-8")
    done = run("allocate-verify", str(folder), str(out))

    assert done.returncode == 1
    assert "fingerprint" in done.stdout


def test_best_fit_keeps_limits_by_region_and_group(folder: Path):
    (folder / "limits.csv").write_text("region,group,maximum,minimum\nNorth,rural,1,\n", encoding="utf-8")

    run("allocate", str(folder), "--output", str(folder / "out"), "--method", "best-fit")

    placed = {row["student"]: row["seat"] for row in rows(folder / "out" / "placements.csv")}
    assert len({"s1", "s3"} & set(placed)) == 1
    assert run("allocate-verify", str(folder), str(folder / "out")).returncode == 0


def test_quoted_names_blank_lines_and_a_byte_order_mark_are_read(folder: Path):
    (folder / "students.csv").write_bytes('\ufeffstudent,group\r\n"s1",a\r\n\r\ns2,b\r\n"s3",c\r\n'.encode())

    done = run("allocate", str(folder), "--output", str(folder / "out"))

    assert done.returncode == 0
    assert len(rows(folder / "out" / "placements.csv")) == 2


def test_a_file_in_another_encoding_is_refused_at_its_line(folder: Path):
    (folder / "students.csv").write_bytes("student,group\ns1,rural\n甲,urban\n".encode("gb18030"))

    done = run("allocate", str(folder), "--output", str(folder / "out"))

    assert (done.returncode, (folder / "out").exists()) == (2, False)
    assert done.stderr.startswith("students.csv:3: ")
