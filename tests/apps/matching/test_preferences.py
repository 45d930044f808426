"""The neutral order, the refusal of automated matching, and the question why."""

from __future__ import annotations

import pytest

from chanjiao.apps.matching.actions.run_matching import run_matching
from chanjiao.apps.matching.actions.set_preference import set_organisation_preference, set_own_order
from chanjiao.apps.matching.explanations import explanation
from chanjiao.apps.matching.models import Match, MatchingPreference
from chanjiao.apps.matching.preferences import preferences_of
from chanjiao.apps.matching.selectors import Filters, matches_for
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import AuditRecord, Event
from chanjiao.core.permissions import SYSTEM
from tests.apps.exchange.samples import need, offer
from tests.cast import NOW, TODAY, Cast


@pytest.fixture
def two(cast: Cast) -> None:
    """Two matches, the later one the better."""
    need(cast)
    offer(cast)
    run_matching(actor=SYSTEM, now=NOW)
    other = Match.objects.get()
    other.pk, other.need = None, need(cast, title="焊工（二期）")
    other.score = 0.99
    other.save()


def _scores(actor: object) -> list[float]:
    return [row.score for row in matches_for(actor)]  # type: ignore[arg-type]


def test_a_person_reads_matches_in_neutral_order_and_nobody_else_does(cast: Cast, two: None) -> None:
    set_own_order(actor=cast.dean, is_ranked=False, now=NOW)

    neutral, ranked = _scores(cast.dean), _scores(cast.personnel_officer)

    assert (neutral, ranked) == (sorted(neutral), sorted(ranked, reverse=True))
    assert [row.score for row in matches_for(cast.dean, Filters(sort="-score"))] == neutral
    assert AuditRecord.objects.filter(action="set_preference").count() == 1


def test_an_organisation_has_the_neutral_order_for_all_its_people(cast: Cast, two: None) -> None:
    set_organisation_preference(actor=cast.dean, is_ranked=False, takes_part=True, now=NOW)

    assert _scores(cast.teacher) == sorted(_scores(cast.teacher))
    assert not Event.objects.filter(name="matching.refused").exists()


def test_the_order_by_fit_comes_back(cast: Cast, two: None) -> None:
    set_own_order(actor=cast.dean, is_ranked=False, now=NOW)
    set_own_order(actor=cast.dean, is_ranked=True, now=NOW)

    assert _scores(cast.dean) == sorted(_scores(cast.dean), reverse=True)
    assert MatchingPreference.objects.count() == 1


def test_an_organisation_that_refuses_is_left_out_until_it_takes_part_again(cast: Cast) -> None:
    need(cast)
    offer(cast)
    run_matching(actor=SYSTEM, now=NOW)

    set_organisation_preference(actor=cast.dean, is_ranked=True, takes_part=False, now=NOW)
    refused = Match.objects.get().state
    set_organisation_preference(actor=cast.dean, is_ranked=True, takes_part=True, now=NOW)

    assert (refused, Match.objects.get().state) == ("withdrawn", "proposed")
    assert list(Event.objects.filter(name__startswith="matching.").values_list("name", flat=True)) == [
        "matching.refused",
        "matching.resumed",
    ]


@pytest.mark.parametrize("who", ["nobody", "student", "teacher"])
def test_only_those_who_act_for_an_organisation_refuse_for_it(cast: Cast, who: str) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        set_organisation_preference(actor=cast.people[who], is_ranked=True, takes_part=False, now=NOW)

    assert refusal.value.code == "action.denied"
    assert not MatchingPreference.objects.exists()


def test_nobody_has_no_order_of_their_own(cast: Cast) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        set_own_order(actor=cast.nobody, is_ranked=False, now=NOW)

    assert (refusal.value.code, MatchingPreference.objects.count()) == ("login.required", 0)


def test_preferences_tell_both_choices_and_who_may_change_them(cast: Cast) -> None:
    set_organisation_preference(actor=cast.dean, is_ranked=True, takes_part=False, now=NOW)

    dean, teacher = preferences_of(cast.dean), preferences_of(cast.teacher)

    assert (dean.organisation.takes_part, dean.own.is_ranked, dean.may_change_organisation) == (False, True, True)
    assert (teacher.organisation.takes_part, teacher.may_change_organisation) == (False, False)


def test_why_a_pair_is_matched_is_told_by_factors_that_add_up(cast: Cast) -> None:
    asked, given = need(cast), offer(cast)
    run_matching(actor=SYSTEM, now=NOW)

    told = explanation(cast.dean, need=asked.number, offer=given.number.lower(), today=TODAY)

    match = Match.objects.get()
    assert (told.failures, told.match_id) == ((), match.pk)
    assert told.score == pytest.approx(match.score)
    assert sum(factor.value for factor in told.factors) == pytest.approx(told.score)


def test_why_a_pair_is_not_matched_is_told_by_the_condition_it_breaks(cast: Cast) -> None:
    asked, given = need(cast, education_level="bachelor"), offer(cast)
    set_organisation_preference(actor=cast.dean, is_ranked=True, takes_part=False, now=NOW)

    told = explanation(cast.dean, need=asked.number, offer=given.number, today=TODAY)

    assert [failure.condition for failure in told.failures] == ["consent", "level"]
    assert told.match_id is None


@pytest.mark.parametrize("who", ["nobody", "stranger", "student", "bureau_officer"])
def test_only_the_two_sides_and_their_secretariat_may_ask_why(cast: Cast, who: str) -> None:
    asked, given = need(cast), offer(cast)

    with pytest.raises(ChanjiaoError) as refusal:
        explanation(cast.people[who], need=asked.number, offer=given.number, today=TODAY)

    assert refusal.value.code == "record.not_found"


def test_a_number_that_does_not_exist_or_is_not_open_to_the_asker_is_not_found(cast: Cast) -> None:
    asked, draft = need(cast), offer(cast, submit=False)

    for number in ("", "O-1999-0001", "😀", draft.number):
        with pytest.raises(ChanjiaoError) as refusal:
            explanation(cast.personnel_officer, need=asked.number, offer=number, today=TODAY)
        assert refusal.value.code == "record.not_found"
