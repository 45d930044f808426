"""Letters on their way: together, at least once under one key, later when they fail, and never a flood."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from chanjiao.apps.notices import outbox
from chanjiao.apps.notices.actions.deliver_due import Undelivered, deliver_due
from chanjiao.apps.notices.actions.read_notice import read_notice
from chanjiao.apps.notices.models import Bot, Delivery, Notice
from chanjiao.apps.notices.outbox import Letter, mark_failed, mark_sent, next_letter
from chanjiao.core.permissions import SYSTEM
from tests.cast import NOW, Cast

LATER = NOW + outbox.HOLD + timedelta(seconds=1)


def waiting(cast: Cast, count: int = 1, **target: object) -> list[Delivery]:
    """Deliveries that are due now, to the dean unless a target is given."""
    target = target or {"person_id": cast.dean.user_id}
    made = []
    for _one in range(count):
        number = Notice.objects.count()
        notice = Notice.objects.create(
            key=str(number), kind="bot.added", params={}, organisation=cast.college, sent_at=NOW
        )
        made.append(Delivery.objects.create(notice=notice, due_at=NOW, **target))
    return made


@pytest.fixture
def bot(cast: Cast) -> Bot:
    return Bot.objects.create(
        organisation=cast.college, kind="wecom", name="群", hook="x", tokens_at=NOW, created_at=NOW
    )


def taken(now: datetime = NOW) -> Letter:
    letter = next_letter(now)
    assert letter is not None
    return letter


def test_what_is_due_for_one_reader_is_one_letter(cast: Cast) -> None:
    waiting(cast, 3)

    letter = taken()

    assert len(letter.notices) == 3
    assert next_letter(NOW) is None


def test_a_letter_whose_worker_died_goes_out_again_unchanged_under_its_key(cast: Cast) -> None:
    waiting(cast, 2)
    first = taken()
    waiting(cast, 1)

    newer, again = taken(), taken(LATER)

    assert (again.key, again.notices) == (first.key, first.notices)
    assert newer.key != first.key
    assert again.attempts == 2


def test_a_sent_letter_does_not_go_again(cast: Cast) -> None:
    waiting(cast, 2)

    mark_sent(taken(), NOW)

    assert next_letter(LATER) is None
    assert list(Delivery.objects.values_list("state", "sent_at")) == [("sent", NOW)] * 2


def test_a_letter_that_fails_is_tried_later_and_later_and_then_counts_as_failed(cast: Cast) -> None:
    waiting(cast)
    now, pauses = NOW, []
    while (letter := next_letter(now)) is not None:
        mark_failed(letter, "SMTP 451", now)
        due = Delivery.objects.get().due_at
        pauses.append(due - now)
        now = due

    assert pauses[:4] == [timedelta(seconds=30 * 2**n) for n in range(4)]
    assert len(pauses) == 12
    assert Delivery.objects.values_list("state", "error").get() == ("failed", "SMTP 451")


def test_one_failing_letter_does_not_hold_up_the_others(cast: Cast) -> None:
    waiting(cast)
    waiting(cast, person_id=cast.teacher.user_id)

    def send(letter: Letter) -> None:
        assert letter.person is not None
        if letter.person.pk == cast.dean.user_id:
            raise Undelivered("SMTP 550")

    assert deliver_due(actor=SYSTEM, send=send, clock=lambda: NOW) == 1
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["sent", "waiting"]


def test_what_was_read_in_the_inbox_is_not_sent_any_more(cast: Cast) -> None:
    read = waiting(cast)[0]
    read_notice(actor=cast.dean, pk=read.notice_id, now=NOW)

    assert deliver_due(actor=SYSTEM, send=lambda letter: None, clock=lambda: NOW) == 0
    assert Delivery.objects.get().state == "dropped"


def test_beyond_eight_letters_a_day_the_rest_comes_together_next_morning(cast: Cast) -> None:
    for _one in range(8):
        waiting(cast)
        mark_sent(taken(), NOW)
    waiting(cast, 5)

    assert next_letter(NOW) is None
    morning = Delivery.objects.filter(state="waiting").values_list("due_at", flat=True).distinct().get()
    assert (morning - NOW) < timedelta(hours=24)
    assert len(taken(NOW + timedelta(days=1)).notices) == 5


def test_a_bot_never_speaks_more_than_twenty_times_in_any_minute(cast: Cast, bot: Bot) -> None:
    waiting(cast, 300, bot_id=bot.pk)
    moments: list[datetime] = []
    now = NOW
    while now < NOW + timedelta(minutes=4):
        while (letter := next_letter(now)) is not None:
            mark_sent(letter, now)
            moments.append(now)
        now += timedelta(seconds=1)

    busiest = max(sum(1 for other in moments if one <= other < one + timedelta(minutes=1)) for one in moments)
    assert busiest <= 20
    assert len(moments) >= 55
    assert Delivery.objects.filter(state="sent").count() >= 275


def test_a_failing_bot_is_left_alone_with_all_that_waits_for_it(cast: Cast, bot: Bot) -> None:
    waiting(cast, 12, bot_id=bot.pk)
    Bot.objects.update(tokens=5)

    mark_failed(taken(), "HTTP 500", NOW)

    bot.refresh_from_db()
    assert (bot.failures, bot.last_error, bot.paused_until) == (1, "HTTP 500", NOW + timedelta(seconds=30))
    assert next_letter(NOW) is None
    assert next_letter(NOW + timedelta(seconds=31)) is not None
