"""Rules over dossiers, with literal values; and the book of changes that ships with the package."""

from __future__ import annotations

from pathlib import Path

import pytest

from chanjiao.apps.dossiers.book import book, change_of
from chanjiao.apps.dossiers.rules import Deed, Seats, Standing, State, deeds, seat_faults
from chanjiao.core.errors import ChanjiaoError


@pytest.mark.parametrize(
    ("standing", "possible"),
    [
        (Standing(State.DRAFT, belongs=True, acts=True), {"edit", "cite", "complete", "withdraw"}),
        (Standing(State.DRAFT, runs=True), set()),
        (Standing(State.COMPLETE, runs=True), {"ask", "return"}),
        (Standing(State.OPINIONS, runs=True), {"ask", "ready", "return"}),
        (Standing(State.OPINIONS, is_asked=True), {"opine"}),
        (Standing(State.READY, runs=True), {"decide", "return"}),
        (Standing(State.READY, belongs=True, acts=True), {"withdraw"}),
        (Standing(State.DECIDED, acts=True), set()),
        (Standing(State.DECIDED, acts=True, is_approved=True), {"carry_out"}),
        (Standing(State.CARRIED_OUT, runs=True), {"measure"}),
        (Standing(State.MEASURED, acts=True, runs=True), set()),
    ],
)
def test_each_state_lets_each_reader_do_what_is_theirs(standing: Standing, possible: set[str]) -> None:
    assert deeds(standing) == {Deed(one) for one in possible}


@pytest.mark.parametrize(
    ("seats", "planned", "code"),
    [
        (Seats.UP, 200, "dossier.seats_not_up"),
        (Seats.DOWN, 200, "dossier.seats_not_down"),
        (Seats.DOWN, 0, "dossier.seats_not_down"),
        (Seats.NONE, 1, "dossier.seats_not_none"),
        (Seats.ANY, -1, "listing.out_of_bounds"),
        (Seats.UP, 20_001, "listing.out_of_bounds"),
    ],
)
def test_a_planned_intake_goes_the_way_of_the_change(seats: Seats, planned: int, code: str) -> None:
    assert [one.code for one in seat_faults(seats, 200, planned)] == [code]


def test_the_book_knows_the_seven_changes_and_what_each_needs() -> None:
    told = book()

    assert sorted(told.changes) == ["close", "extend", "merge", "open", "reduce", "reorient", "transfer"]
    assert (change_of("open").is_new, change_of("open").seats, change_of("open").opinions) == (
        True, Seats.UP, {"college": 1, "committee": 1, "firms": 2},
    )  # fmt: skip
    assert change_of("transfer").asks == {"partner"}
    assert {"demand", "duplicate", "other"} <= set(told.refusals)
    with pytest.raises(ChanjiaoError) as refused:
        change_of("sell")
    assert refused.value.code == "dossier.unknown_change"


@pytest.mark.parametrize("text", ["changes: {}", "[]", "changes: {open: {of: moon}}\nrefusals: {}"])
def test_a_broken_book_is_named_and_never_half_read(text: str, tmp_path: Path, settings: pytest.FixtureRequest) -> None:
    path = tmp_path / "changes.yaml"
    path.write_text(text, encoding="utf-8")
    settings.DOSSIERS_FILE = path  # type: ignore[attr-defined]

    with pytest.raises(ChanjiaoError) as refused:
        book()

    assert (refused.value.code, refused.value.params["path"]) == ("file.unreadable", str(path))
