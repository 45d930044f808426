"""The reply clock: everybody is asked, reminded, followed, and never flooded; silence is counted honestly."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chanjiao.apps.accounts.models import User
from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.matching.actions.accept_match import accept_match
from chanjiao.apps.matching.actions.ask_for_replies import ask_for_replies
from chanjiao.apps.matching.actions.decline_match import decline_match
from chanjiao.apps.matching.actions.follow_silent import follow_silent
from chanjiao.apps.matching.actions.run_matching import run_matching
from chanjiao.apps.matching.actions.set_reply_term import set_reply_term
from chanjiao.apps.matching.actions.write_on_match import write_on_match
from chanjiao.apps.matching.models import DeclineReason, Match, MatchMessage, Reply, ReplyTerm
from chanjiao.apps.matching.turn_selectors import (
    TurnFilters,
    figures_by_member,
    messages_of,
    reply_figures,
    standing_of,
    turns,
)
from chanjiao.apps.members.models import Staff
from chanjiao.apps.notices.models import Contact, Delivery, Notice
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import Event
from chanjiao.core.permissions import SYSTEM
from tests.apps.exchange.samples import need, offer
from tests.cast import NOW, Cast

DAY = timedelta(days=1)


@pytest.fixture
def asked(cast: Cast) -> Match:
    """A match between the enterprise's need and the college's offer, for which both were asked now."""
    for user in User.objects.all():
        user.email = f"{user.username}@example.org"
        user.save()
    need(cast)
    offer(cast)
    run_matching(actor=SYSTEM, now=NOW)
    ask_for_replies(actor=SYSTEM, now=NOW)
    return Match.objects.get()


def kinds(cast: Cast, body: str = "college") -> list[str]:
    return list(Notice.objects.filter(organisation=getattr(cast, body)).order_by("pk").values_list("kind", flat=True))


def turn(side: Side) -> Reply:
    return Reply.objects.get(side=side)


def test_both_sides_of_a_match_are_asked_once_with_a_deadline_and_a_link(cast: Cast, asked: Match) -> None:
    assert ask_for_replies(actor=SYSTEM, now=NOW + DAY) == 0

    assert list(Reply.objects.values_list("side", "organisation", "due_at")) == [
        ("need", cast.enterprise.pk, NOW + 7 * DAY),
        ("offer", cast.college.pk, NOW + 7 * DAY),
    ]
    told = Notice.objects.get(organisation=cast.college)
    assert (told.kind, told.purpose, told.deadline) == ("match.offered", "matching.answer", NOW + 7 * DAY)


def test_the_deadline_follows_the_kinds_term(cast: Cast) -> None:
    set_reply_term(actor=cast.secretary, kind=Kind.POST, days=3, now=NOW)
    need(cast)
    offer(cast)
    run_matching(actor=SYSTEM, now=NOW)

    ask_for_replies(actor=SYSTEM, now=NOW)

    assert set(Reply.objects.values_list("due_at", flat=True)) == {NOW + 3 * DAY}


@pytest.mark.parametrize("days", [0, -1, 61])
def test_a_term_of_no_days_is_refused(cast: Cast, days: int) -> None:
    with pytest.raises(ChanjiaoError, match=r"listing\.out_of_bounds"):
        set_reply_term(actor=cast.secretary, kind=Kind.POST, days=days, now=NOW)

    assert not ReplyTerm.objects.exists()


def test_a_member_sets_no_term(cast: Cast) -> None:
    with pytest.raises(ChanjiaoError, match=r"action\.denied"):
        set_reply_term(actor=cast.dean, kind=Kind.POST, days=5, now=NOW)

    assert not ReplyTerm.objects.exists()


def test_a_silent_side_is_reminded_then_its_second_contact_then_the_secretariat(cast: Cast, asked: Match) -> None:
    second = Contact.objects.create(organisation=cast.college, place=2, name="陶敏之", email="b@example.org")
    accept_match(actor=cast.personnel_officer, pk=asked.pk, now=NOW)

    for days in (1, 5, 5, 7, 7, 11, 11, 30):
        follow_silent(actor=SYSTEM, now=NOW + days * DAY)

    assert kinds(cast) == ["match.offered", "match.accepted_by_other", "match.reminded", "match.overdue"]
    assert list(Delivery.objects.filter(notice__kind="match.overdue").values_list("contact", flat=True)) == [second.pk]
    told = Notice.objects.get(kind="replies.unanswered")
    assert (told.consortium, told.params) == (cast.consortium, {"count": 1, "members": 1})


def test_however_long_the_site_slept_a_turn_is_told_of_once(cast: Cast, asked: Match) -> None:
    follow_silent(actor=SYSTEM, now=NOW + 8 * DAY)

    assert kinds(cast) == ["match.offered", "match.overdue"]


def test_nobody_is_reminded_of_what_they_answered(cast: Cast, asked: Match) -> None:
    accept_match(actor=cast.dean, pk=asked.pk, now=NOW + DAY)

    follow_silent(actor=SYSTEM, now=NOW + 8 * DAY)

    answered = turn(Side.OFFER)
    assert (answered.replied_at, answered.closed_at, answered.outcome) == (NOW + DAY, NOW + DAY, "accepted")
    assert kinds(cast) == ["match.offered"]
    assert Notice.objects.get(organisation=cast.college).settled_at == NOW + DAY
    assert "match.accepted_by_other" in kinds(cast, "enterprise")


def test_declining_ends_both_turns_and_tells_the_other_side(cast: Cast, asked: Match) -> None:
    decline_match(actor=cast.dean, pk=asked.pk, reason=DeclineReason.PLACE, now=NOW + DAY)

    assert (turn(Side.OFFER).outcome, turn(Side.NEED).outcome) == ("declined", "lapsed")
    assert turn(Side.NEED).replied_at is None
    assert kinds(cast, "enterprise") == ["match.offered", "match.declined_by_other"]


def test_a_turn_falls_away_with_its_match_and_is_asked_anew_with_it(cast: Cast, asked: Match) -> None:
    Match.objects.update(state="withdrawn")
    follow_silent(actor=SYSTEM, now=NOW + DAY)
    Match.objects.update(state="proposed")
    ask_for_replies(actor=SYSTEM, now=NOW + 2 * DAY)

    assert sorted(Reply.objects.values_list("side", "outcome")) == [
        ("need", ""), ("need", "lapsed"), ("offer", ""), ("offer", "lapsed"),
    ]  # fmt: skip


def test_where_nobody_can_be_reached_the_secretariat_is_told_at_once(cast: Cast) -> None:
    Staff.objects.filter(organisation=cast.college).update(ended_on=date(2026, 10, 1))
    need(cast)
    offer(cast)
    run_matching(actor=SYSTEM, now=NOW)
    ask_for_replies(actor=SYSTEM, now=NOW)

    follow_silent(actor=SYSTEM, now=NOW)

    assert Notice.objects.get(kind="replies.unanswered").params == {"count": 1, "members": 1}


def test_many_matches_at_once_are_five_notices_and_one_number(cast: Cast) -> None:
    offer(cast)
    for number in range(8):
        need(cast, title=f"焊工{number}期")
    run_matching(actor=SYSTEM, now=NOW)

    ask_for_replies(actor=SYSTEM, now=NOW)

    assert kinds(cast) == ["match.offered"] * 5 + ["match.more"]
    assert Notice.objects.get(kind="match.more", organisation=cast.college).params == {"count": 3}


def test_the_secretariat_gets_one_notice_a_day(cast: Cast, asked: Match) -> None:
    for hours in range(0, 48, 6):
        follow_silent(actor=SYSTEM, now=NOW + 12 * DAY + timedelta(hours=hours))

    assert Notice.objects.filter(kind="replies.unanswered").count() == 1


def test_a_question_is_a_reply_that_both_read_and_starts_ones_own_time_anew(cast: Cast, asked: Match) -> None:
    write_on_match(actor=cast.dean, pk=asked.pk, text="宿舍有吗？", now=NOW + 3 * DAY)

    own = turn(Side.OFFER)
    assert (own.replied_at, own.due_at, own.closed_at) == (NOW + 3 * DAY, NOW + 10 * DAY, None)
    assert [one.text for one in messages_of(cast.personnel_officer, asked.pk)] == ["宿舍有吗？"]
    assert kinds(cast, "enterprise")[-1] == "match.question"
    assert Event.objects.filter(name="match.asked").count() == 1


def test_a_date_is_proposed_and_one_that_is_over_is_refused(cast: Cast, asked: Match) -> None:
    write_on_match(actor=cast.dean, pk=asked.pk, text="来校面谈", day=date(2026, 10, 20), now=NOW)
    with pytest.raises(ChanjiaoError, match=r"listing\.past"):
        write_on_match(actor=cast.dean, pk=asked.pk, text="来校面谈", day=date(2026, 10, 11), now=NOW)

    assert MatchMessage.objects.get().day == date(2026, 10, 20)
    assert Notice.objects.get(kind="match.date").params["day"] == "2026-10-20"


@pytest.mark.parametrize(("person", "code"), [("stranger", "record.not_found"), ("teacher", "action.denied")])
def test_who_does_not_act_for_a_side_writes_nothing(cast: Cast, asked: Match, person: str, code: str) -> None:
    with pytest.raises(ChanjiaoError) as refused:
        write_on_match(actor=cast.people[person], pk=asked.pk, text="你好", now=NOW)

    assert refused.value.code == code
    assert not MatchMessage.objects.exists()


@pytest.mark.parametrize("text", ["", "  ", "长" * 1001])
def test_a_message_without_words_or_too_long_is_refused(cast: Cast, asked: Match, text: str) -> None:
    with pytest.raises(ChanjiaoError):
        write_on_match(actor=cast.dean, pk=asked.pk, text=text, now=NOW)

    assert not MatchMessage.objects.exists()


def test_the_reply_rate_is_over_what_is_due_and_the_median_counts_the_silent(cast: Cast, asked: Match) -> None:
    accept_match(actor=cast.dean, pk=asked.pk, now=NOW + 2 * DAY)

    early = reply_figures(SYSTEM, now=NOW + 3 * DAY)
    late = reply_figures(SYSTEM, now=NOW + 8 * DAY)

    assert (early.asked, early.due, early.rate, early.median_days) == (2, 0, None, 2.0)
    assert (late.due, late.replied, late.in_time, late.overdue, late.rate) == (2, 1, 1, 1, 0.5)


def test_where_most_are_silent_there_is_no_median_rather_than_a_flattering_one(cast: Cast, asked: Match) -> None:
    offer(cast, title="焊接专业毕业生")
    run_matching(actor=SYSTEM, now=NOW)
    ask_for_replies(actor=SYSTEM, now=NOW)
    accept_match(actor=cast.dean, pk=asked.pk, now=NOW + DAY)

    assert reply_figures(SYSTEM, now=NOW + 9 * DAY).median_days is None


def test_figures_open_to_their_rows_by_member_and_standing(cast: Cast, asked: Match) -> None:
    accept_match(actor=cast.dean, pk=asked.pk, now=NOW + DAY)
    later = NOW + 8 * DAY

    told = figures_by_member(cast.secretary, now=later)
    assert [(one.organisation_id, one.figures.overdue) for one in told] == [
        (cast.enterprise.pk, 1), (cast.college.pk, 0),
    ]  # fmt: skip
    rows = turns(cast.secretary, TurnFilters(standing="overdue"), now=later)
    assert [(row.organisation_id, standing_of(row, later)) for row in rows] == [(cast.enterprise.pk, "overdue")]
    assert turns(cast.dean, TurnFilters(owed=True), now=later).count() == 1
    assert not turns(cast.stranger, now=later).exists()
