"""Who sees which matches, and how much of their two sides."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict

import pytest

from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.matching.actions.accept_match import accept_match
from chanjiao.apps.matching.actions.run_matching import run_matching
from chanjiao.apps.matching.models import Match
from chanjiao.apps.matching.selectors import (
    Filters,
    best_matches,
    last_run,
    match,
    matches_for,
    matches_of,
    state_counts,
    waiting_count,
)
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import SYSTEM
from tests.apps.exchange.samples import need, offer
from tests.cast import NOW, Cast

NEED_SECRET = "需方的机密要求"
OFFER_SECRET = "供方的机密说明"
INSIDERS = {"teacher", "dean", "personnel_officer", "secretary", "administrator"}


@pytest.fixture
def proposed(cast: Cast) -> Match:
    need(cast, detail=NEED_SECRET)
    offer(cast, detail=OFFER_SECRET)
    run_matching(actor=SYSTEM, now=NOW)
    return Match.objects.get()


def seen_by(cast: Cast, pk: int) -> dict[str, str]:
    shown = {}
    for name, actor in cast.people.items():
        with suppress(ChanjiaoError):
            shown[name] = str(asdict(match(actor, pk)))
    return shown


def test_only_the_two_sides_and_the_secretariat_see_a_match(cast: Cast, proposed: Match) -> None:
    assert set(seen_by(cast, proposed.pk)) == INSIDERS
    assert {name for name, actor in cast.people.items() if len(matches_for(actor))} == INSIDERS
    assert {
        name for name, actor in cast.people.items() if len(matches_of(actor, Side.NEED, proposed.need_id))
    } == INSIDERS


def test_each_side_sees_only_its_own_particulars_before_both_accept(cast: Cast, proposed: Match) -> None:
    shown = seen_by(cast, proposed.pk)

    assert {name for name, text in shown.items() if NEED_SECRET in text} == {
        "personnel_officer",
        "secretary",
        "administrator",
    }
    assert {name for name, text in shown.items() if OFFER_SECRET in text} == {
        "teacher",
        "dean",
        "secretary",
        "administrator",
    }


def test_both_sides_see_all_particulars_once_both_accepted(cast: Cast, proposed: Match) -> None:
    accept_match(actor=cast.dean, pk=proposed.pk, now=NOW)
    one_accepted = seen_by(cast, proposed.pk)["dean"]
    accept_match(actor=cast.personnel_officer, pk=proposed.pk, now=NOW)
    shown = seen_by(cast, proposed.pk)

    assert NEED_SECRET not in one_accepted
    assert set(shown) == INSIDERS
    assert all(NEED_SECRET in text and OFFER_SECRET in text for text in shown.values())


def test_lists_hold_nothing_confidential(cast: Cast, proposed: Match) -> None:
    text = str(list(matches_for(cast.secretary))) + str(best_matches(SYSTEM))

    assert NEED_SECRET not in text
    assert OFFER_SECRET not in text


def test_what_the_actor_must_answer_comes_first(cast: Cast, proposed: Match) -> None:
    offer(cast, title="不相干的团队", skills=(), occupation_code="", programme_code="", summary="短期帮工")
    need(cast, title="焊工二期")
    run_matching(actor=SYSTEM, now=NOW)
    accept_match(actor=cast.personnel_officer, pk=proposed.pk, now=NOW)

    rows = list(matches_for(cast.personnel_officer))

    owed = [row.to_answer is not None for row in rows]
    assert owed == sorted(owed, reverse=True)
    assert rows[-1].id == proposed.pk
    assert waiting_count(cast.personnel_officer) == len(rows) - 1
    assert len(matches_for(cast.personnel_officer, Filters(waiting=True))) == len(rows) - 1


def test_nobody_but_officers_owes_an_answer(cast: Cast, proposed: Match) -> None:
    owed = {name: [row.to_answer for row in matches_for(actor)] for name, actor in cast.people.items()}

    assert {name: sides for name, sides in owed.items() if any(sides)} == {
        "dean": [Side.OFFER],
        "personnel_officer": [Side.NEED],
    }


def test_matches_are_found_by_state_kind_and_words(cast: Cast, proposed: Match) -> None:
    assert len(matches_for(cast.dean, Filters(state="proposed"))) == 1
    assert len(matches_for(cast.dean, Filters(state="accepted"))) == 0
    assert len(matches_for(cast.dean, Filters(kind="post"))) == 1
    assert len(matches_for(cast.dean, Filters(kind="product"))) == 0
    assert len(matches_for(cast.dean, Filters(text="恒锐 焊工"))) == 1
    assert len(matches_for(cast.dean, Filters(text="钳工"))) == 0
    assert state_counts(cast.dean)["proposed"] == 1
    assert state_counts(cast.stranger)["proposed"] == 0


def test_a_match_names_its_factors_and_who_may_answer(cast: Cast, proposed: Match) -> None:
    view = match(cast.dean, proposed.pk)

    assert sum(factor.value for factor in view.row.factors) == pytest.approx(view.row.score)
    assert view.answers == (Side.OFFER,)
    assert match(cast.teacher, proposed.pk).answers == ()
    assert view.run.engine == "chanjiao.matching"


def test_the_last_run_is_for_those_who_may_run(cast: Cast, proposed: Match) -> None:
    assert last_run(cast.secretary) == proposed.run
    assert last_run(cast.dean) is None
