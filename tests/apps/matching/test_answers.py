"""Accepting and declining matches."""

from __future__ import annotations

import pytest

from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import Need, Offer
from chanjiao.apps.matching.actions.accept_match import accept_match
from chanjiao.apps.matching.actions.decline_match import decline_match
from chanjiao.apps.matching.actions.run_matching import run_matching
from chanjiao.apps.matching.models import DeclineReason, Match
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import AuditRecord, Event
from chanjiao.core.permissions import SYSTEM
from tests.apps.exchange.samples import need, offer
from tests.cast import NOW, Cast


@pytest.fixture
def proposed(cast: Cast) -> Match:
    need(cast)
    offer(cast)
    run_matching(actor=SYSTEM, now=NOW)
    return Match.objects.get()


def test_one_side_accepts_and_nothing_is_taken_yet(cast: Cast, proposed: Match) -> None:
    accept_match(actor=cast.dean, pk=proposed.pk, now=NOW)

    proposed.refresh_from_db()
    assert (proposed.state, proposed.offer_accepted_at, proposed.need_accepted_at) == ("accepted_by_one", NOW, None)
    assert Need.objects.get().taken == 0
    assert not Event.objects.filter(name="match.accepted").exists()


def test_both_sides_accept_and_the_smaller_number_is_taken_from_both(cast: Cast, proposed: Match) -> None:
    accept_match(actor=cast.dean, pk=proposed.pk, now=NOW)
    accept_match(actor=cast.personnel_officer, pk=proposed.pk, now=NOW)

    proposed.refresh_from_db()
    asked, given = Need.objects.get(), Offer.objects.get()
    told = Event.objects.get(name="match.accepted")
    assert (proposed.state, proposed.amount, proposed.answered_at) == ("accepted", 12, NOW)
    assert (asked.taken, asked.state) == (12, "matched")
    assert (given.taken, given.left, given.state) == (12, 18, "open")
    assert (told.amount, told.unit, told.consortium_id) == (12, "人", cast.consortium.pk)
    assert AuditRecord.objects.filter(action="accept_match").count() == 2


def test_what_is_left_of_the_offer_goes_to_the_next_need(cast: Cast, proposed: Match) -> None:
    need(cast, title="焊工（二期）", quantity=25)
    run_matching(actor=SYSTEM, now=NOW)
    first, second = Match.objects.order_by("need_id")
    for found in (first, second):
        accept_match(actor=cast.dean, pk=found.pk, now=NOW)
        accept_match(actor=cast.personnel_officer, pk=found.pk, now=NOW)

    second.refresh_from_db()
    assert second.amount == 18
    assert Offer.objects.get().state == "matched"
    assert Need.objects.get(pk=second.need_id).left == 7


def test_a_filled_listings_other_proposals_are_withdrawn(cast: Cast, proposed: Match) -> None:
    offer(cast, title="焊接专业毕业生")
    run_matching(actor=SYSTEM, now=NOW)
    other = Match.objects.exclude(pk=proposed.pk).get()

    accept_match(actor=cast.dean, pk=proposed.pk, now=NOW)
    accept_match(actor=cast.personnel_officer, pk=proposed.pk, now=NOW)

    other.refresh_from_db()
    assert other.state == "withdrawn"
    assert AuditRecord.objects.filter(action="withdraw_match", object_id=other.pk).exists()


def test_the_same_side_cannot_accept_twice(cast: Cast, proposed: Match) -> None:
    accept_match(actor=cast.dean, pk=proposed.pk, now=NOW)

    with pytest.raises(ChanjiaoError) as refusal:
        accept_match(actor=cast.dean, pk=proposed.pk, now=NOW)

    assert refusal.value.code == "match.answered"
    assert Match.objects.get().need_accepted_at is None


def test_a_match_whose_listing_is_gone_cannot_be_accepted(cast: Cast, proposed: Match) -> None:
    Need.objects.update(state="expired")

    with pytest.raises(ChanjiaoError) as refusal:
        accept_match(actor=cast.dean, pk=proposed.pk, now=NOW)

    assert refusal.value.code == "listing.full"


def test_a_match_is_declined_with_a_coded_reason(cast: Cast, proposed: Match) -> None:
    decline_match(actor=cast.personnel_officer, pk=proposed.pk, reason=DeclineReason.PAY, note="偏低", now=NOW)

    proposed.refresh_from_db()
    assert (proposed.state, proposed.declined_by, proposed.decline_reason) == ("declined", "need", "pay")
    assert Event.objects.get(name="match.declined").note == "pay"


def test_a_declined_match_cannot_be_accepted(cast: Cast, proposed: Match) -> None:
    decline_match(actor=cast.personnel_officer, pk=proposed.pk, reason=DeclineReason.PAY, now=NOW)

    with pytest.raises(ChanjiaoError) as refusal:
        accept_match(actor=cast.dean, pk=proposed.pk, now=NOW)

    assert refusal.value.code == "state.refused"


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("nobody", "record.not_found"),
        ("stranger", "record.not_found"),
        ("student", "record.not_found"),
        ("bureau_officer", "record.not_found"),
        ("teacher", "action.denied"),
        ("secretary", "action.denied"),
    ],
)
def test_only_officers_of_the_two_sides_answer(cast: Cast, proposed: Match, who: str, code: str) -> None:
    for answer in (
        lambda actor: accept_match(actor=actor, pk=proposed.pk, now=NOW),
        lambda actor: decline_match(actor=actor, pk=proposed.pk, reason=DeclineReason.PAY, now=NOW),
    ):
        with pytest.raises(ChanjiaoError) as refusal:
            answer(cast.people[who])
        assert refusal.value.code == code

    proposed.refresh_from_db()
    assert (proposed.state, proposed.version) == ("proposed", 1)


def test_whoever_may_act_for_both_names_the_side(cast: Cast, proposed: Match) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        accept_match(actor=SYSTEM, pk=proposed.pk, now=NOW)
    accept_match(actor=SYSTEM, pk=proposed.pk, now=NOW, side=Side.NEED)

    assert refusal.value.code == "action.denied"
    assert Match.objects.get().need_accepted_at == NOW
