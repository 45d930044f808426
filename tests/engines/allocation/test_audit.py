"""The audit of published files refuses every figure that is not what the files say."""

from __future__ import annotations

from pathlib import Path

import pytest

from chanjiao.engines.allocation import solve, verify
from chanjiao.engines.allocation.audit import audit
from chanjiao.engines.allocation.explain import cutoffs
from chanjiao.engines.allocation.reasons import seat_reasons, student_reasons
from chanjiao.engines.allocation.result_files import certificate, read_placements, write_placements
from chanjiao.engines.allocation.round_files import Round, read_round
from chanjiao.engines.allocation.stable import deferred_acceptance
from chanjiao.engines.errors import ChanjiaoError

FILES = {
    "seats": "seat,capacity,minimum\nA,1,\nB,1,0\nC,2,2\n",
    "students": "student,group\ns1,rural\ns2,urban\ns3,rural\n",
    "choices": "student,rank,seat\ns1,1,A\ns1,2,B\ns2,1,A\ns2,2,C\ns3,1,A\ns3,2,B\n",
    "scores": "seat,student,score\nA,s1,70\nA,s2,80\nA,s3,90.5\nB,s1,50\nB,s3,60\n",
}
CHANGES = {
    "engine": "another", "version": "0", "method": "fair", "short": "never", "lottery": "a coin", "problem_hash": "0",
    "students": 4, "seats": 2, "places": 5, "choices": 7, "unscored_choices": 0, "feasible": False,
    "blocking_pairs": 9, "placed": 9, "unplaced": 9, "rank_histogram": {"1": 2}, "shortfall": 3, "objective": 9.0,
    "bound": 7.0, "gap": 1.0,
}  # fmt: skip


def round_in(folder: Path, **files: str) -> Round:
    for name, text in {**FILES, **files}.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_round(folder, 7)


@pytest.mark.parametrize("method", ["stable", "best-fit"])
def test_every_figure_of_a_certificate_is_found_again_or_refused(tmp_path: Path, method: str):
    round_ = round_in(tmp_path)
    outcome = solve(round_.problem, method)
    made = {**certificate(round_, outcome, verify(round_.problem, outcome), 7), "short": "close"}
    write_placements(tmp_path / "placements.csv", round_, outcome)
    rows = read_placements(tmp_path / "placements.csv", round_)

    def refused(claims: dict[str, object]) -> set[object]:
        return {fault.params.get("name") for fault in audit(round_, rows, claims, outcome.dual)[1]}

    assert refused(made) == set()
    for name in set(CHANGES) - {"method"}:
        assert refused({**made, name: CHANGES[name]}) == {name}
    for name in CHANGES:
        assert refused({key: value for key, value in made.items() if key != name}) != set()
    assert refused({**made, "method": "fair"}) != set()


def test_places_by_which_kept_seats_miss_their_minimum_stand_in_the_certificate(tmp_path: Path):
    round_ = round_in(tmp_path)
    outcome = deferred_acceptance(round_.problem, short="keep")

    made = certificate(round_, outcome, verify(round_.problem, outcome), 7)

    assert (outcome.closed, made["shortfall"]) == ((), 1)


def test_a_round_without_choices_has_a_bound_that_equals_what_its_minima_cost(tmp_path: Path):
    round_ = round_in(tmp_path, choices="student,rank,seat\n")

    outcome = solve(round_.problem, "best-fit")

    assert (outcome.objective, outcome.bound) == (-2.0, -2.0)


@pytest.mark.parametrize(
    ("name", "text", "code", "place"),
    [
        ("choices", "student,rank,seat,seat\ns1,1,A,B\n", "table.duplicate", "choices.csv:1"),
        ("seats", "seat,capacity\nA,1\nB,1_0\nC,2\n", "table.bad_value", "seats.csv:3"),
        ("students", 'student,group\ns1,"' + "x" * 200_000 + '"\n', "table.cell_too_long", "students.csv:2"),
        ("reserves", "seat,group,places\nC,rural,1\nC,urban,2\n", "table.bad_value", "reserves.csv:3"),
        ("reserves", "seat,group,places\nC,rural,1\nC,group:rural,1\n", "allocation.reserve_overlap", "reserves.csv:3"),
    ],
)
def test_a_fault_of_a_file_is_refused_at_its_row(tmp_path: Path, name: str, text: str, code: str, place: str):
    with pytest.raises(ChanjiaoError) as refused:
        round_in(tmp_path, **{name: text})

    assert (refused.value.code, refused.value.place) == (code, place)


@pytest.mark.parametrize("rank", ["1.5", "nan", "0"])
def test_a_placement_at_a_rank_that_is_no_rank_is_refused(tmp_path: Path, rank: str):
    round_ = round_in(tmp_path)
    (tmp_path / "placements.csv").write_text(f"student,seat,rank\ns1,B,{rank}\n", encoding="utf-8")

    with pytest.raises(ChanjiaoError) as refused:
        read_placements(tmp_path / "placements.csv", round_)

    assert (refused.value.code, refused.value.place) == ("table.bad_value", "placements.csv:2")


def test_among_students_without_a_score_the_lottery_decides_and_nobody_is_told_of_an_infinite_score(tmp_path: Path):
    round_ = round_in(tmp_path, scores="seat,student,score\nB,s3,60\n")
    outcome = solve(round_.problem, "stable")
    cut = cutoffs(round_.problem, outcome)

    columns = student_reasons(round_, outcome, cut)
    seats = [[one.code for one in reasons] for reasons in seat_reasons(round_, outcome, cut)]

    assert {column.code for column in columns} & {"below_score", "lottery"} == set()
    assert [column.params["seat"] for column in columns if column.code == "lottery_only"] == [["A", "A"]]
    assert seats[0] == ["seat_full", "seat_wanted"]
