"""Letters that are due: taken by one worker at a time, marked when they are gone, tried again when they are not.

A letter is delivered at least once. It cannot be exactly once, because no mail server and no group bot joins our
transaction: a worker that dies after sending and before marking leaves the letter to be sent again. It then goes out
under the same key (the mail's Message-ID, the bot's Idempotency-Key), by which the receiver can drop the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from chanjiao.apps.accounts.models import User
from chanjiao.apps.notices.models import Bot, Contact, Delivery, DeliveryState, Notice
from chanjiao.apps.notices.rules import MOST_ATTEMPTS, Quiet, letter_due, next_token, pause_after, tokens_now

HOLD = timedelta(seconds=60)
"""How long a worker may take over one letter before another takes it."""
LINES = 20
"""Notices in one letter."""
LINES_OF_A_BOT = 5
LETTERS_A_DAY = 8
"""Letters to one person in a day; what comes beyond goes into the next morning's."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Notices that go out together, to one person, contact or bot, under one key."""

    key: str
    notices: tuple[Notice, ...]
    person: User | None
    contact: Contact | None
    bot: Bot | None
    attempts: int


def next_letter(now: datetime) -> Letter | None:
    """The letter that has been due longest, held for `HOLD`; None when none is due."""
    while True:
        with transaction.atomic():
            first = _locked(_due(now).order_by("due_at", "pk")).first()
            if first is None:
                return None
            later = _not_before(first, now)
            if later is None:
                most = LINES_OF_A_BOT if first.bot_id else LINES
                return _held(list(_locked(_together(first, now))[:most]), now)
            _together(first, now).update(due_at=later)


def _held(held: list[Delivery], now: datetime) -> Letter:
    first = held[0]
    key, attempts = first.letter or f"letter-{first.pk}", first.attempts + 1
    Delivery.objects.filter(pk__in=[one.pk for one in held]).update(letter=key, attempts=attempts, due_at=now + HOLD)
    notices = Notice.objects.filter(deliveries__in=held).select_related("organisation").order_by("sent_at", "pk")
    return Letter(key, tuple(notices), first.person, first.contact, first.bot, attempts)


def mark_sent(letter: Letter, now: datetime) -> None:
    """The letter is gone."""
    _of(letter).update(state=DeliveryState.SENT, sent_at=now, error="")
    if letter.bot is not None:
        Bot.objects.filter(pk=letter.bot.pk).update(failures=0, paused_until=None, last_error="", last_sent_at=now)


def mark_failed(letter: Letter, reason: str, now: datetime) -> None:
    """The letter waits for its next try, longer each time; after `MOST_ATTEMPTS` it has failed.

    A bot that fails is left alone meanwhile, with all that waits for it.
    """
    reason = reason[:200]
    if letter.attempts >= MOST_ATTEMPTS:
        _of(letter).update(state=DeliveryState.FAILED, error=reason)
    else:
        _of(letter).update(due_at=now + pause_after(letter.attempts), error=reason)
    if letter.bot is not None:
        failures = Bot.objects.values_list("failures", flat=True).get(pk=letter.bot.pk) + 1
        Bot.objects.filter(pk=letter.bot.pk).update(
            failures=failures, paused_until=now + pause_after(failures), last_error=reason
        )


def drop_idle(now: datetime) -> None:
    """What somebody has read in the inbox meanwhile, and what no answer is awaited to, is not sent any more."""
    _due(now).filter(letter="", notice__read_at__isnull=False, notice__deadline=None, notice__purpose="").update(
        state=DeliveryState.DROPPED
    )


def next_due() -> datetime | None:
    """When the next letter falls due."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING)
    return waiting.order_by("due_at").values_list("due_at", flat=True).first()


def _due(now: datetime) -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=DeliveryState.WAITING, due_at__lte=now)


def _of(letter: Letter) -> QuerySet[Delivery]:
    return Delivery.objects.filter(letter=letter.key, state=DeliveryState.WAITING)


def _together(first: Delivery, now: datetime) -> QuerySet[Delivery]:
    """What goes out with the first: the rest of its letter where it was tried before, else all that is due there."""
    return _due(now).filter(**_target(first), letter=first.letter).order_by("pk")


def _target(delivery: Delivery) -> dict[str, Any]:
    return {name: getattr(delivery, name) for name in ("person_id", "contact_id", "bot_id")}


def _locked(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    # Rows that another worker is just taking are passed over rather than waited for, so no two can wait in a circle.
    skips = connection.features.has_select_for_update_skip_locked
    return rows.select_for_update(skip_locked=skips, of=("self",))


def _not_before(first: Delivery, now: datetime) -> datetime | None:
    """When the letter may go at the earliest, where that is not now."""
    if first.bot_id is not None:
        return _bot_free(first.bot_id, now)
    if first.letter:
        return None
    return _capped(first, now)


def _capped(first: Delivery, now: datetime) -> datetime | None:
    sent = Delivery.objects.filter(**_target(first), sent_at__gt=now - timedelta(days=1))
    if sent.order_by().values("letter").distinct().count() < LETTERS_A_DAY:
        return None
    return letter_due(timezone.localtime(now), rhythm="daily", quiet=Quiet())


def _bot_free(pk: int, now: datetime) -> datetime | None:
    """When the bot may speak next; None takes one of its messages now."""
    bot = Bot.objects.select_for_update().get(pk=pk)
    if bot.paused_until is not None and bot.paused_until > now:
        return bot.paused_until
    free = tokens_now(bot.tokens, seconds=(now - bot.tokens_at).total_seconds())
    if free < 1:
        return now + next_token(free)
    bot.tokens, bot.tokens_at = free - 1, now
    bot.save(update_fields=["tokens", "tokens_at"])
    return None
