"""Answer by the link of a letter."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from chanjiao.apps.notices.links import actor_of, link_of, require_live
from chanjiao.apps.notices.models import AnswerLink
from chanjiao.apps.notices.purposes import PURPOSES, Answer, Given
from chanjiao.core.errors import ChanjiaoError


def answer_by_link(*, token: str, given: Given, now: datetime) -> tuple[AnswerLink, Answer]:
    """The answer is given in the addressee's name and the link used up, or neither.

    Refused with `link.forged`, `link.used`, `link.expired`, `link.withdrawn`, with `link.choose`, `link.note` or
    `link.day` where a reason, words or a day are missing, and with whatever the action behind the purpose refuses.
    """
    link = link_of(token)
    purpose = PURPOSES[link.purpose]
    answer = _checked(purpose.answer(given.code), given)
    with transaction.atomic():
        if answer.settles:
            _use_up(link, answer, now)
        else:
            require_live(link, now)
        purpose.act(actor=actor_of(link), object_id=link.object_id, given=given, now=now)
    return link, answer


def _checked(answer: Answer | None, given: Given) -> Answer:
    if answer is None:
        raise ChanjiaoError("request.malformed")
    if answer.choices is not None and given.choice not in answer.choices:
        raise ChanjiaoError("link.choose", field="choice")
    if answer.note_required and not given.note.strip():
        raise ChanjiaoError("link.note", field="note")
    if answer.day and not _is_day(given.day):
        raise ChanjiaoError("link.day", field="day")
    return answer


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _use_up(link: AnswerLink, answer: Answer, now: datetime) -> None:
    # The condition in the update is the guard: of two hands at once, one changes the row and the other changes none.
    unused = AnswerLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=now)
    if not unused.update(used_at=now, answer=answer.code):
        link.refresh_from_db()
        require_live(link, now)
