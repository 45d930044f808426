"""The question that a link lets either side of a match answer."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext, gettext_lazy

from chanjiao.apps.exchange.kinds import KIND_WORDS, Kind, Side
from chanjiao.apps.matching.actions.accept_match import accept_match
from chanjiao.apps.matching.actions.decline_match import decline_match
from chanjiao.apps.matching.actions.write_on_match import write_on_match
from chanjiao.apps.matching.models import DeclineReason, MatchState
from chanjiao.apps.matching.rules import is_open
from chanjiao.apps.matching.selectors import match
from chanjiao.apps.matching.telling import ANSWER
from chanjiao.apps.notices.purposes import About, Answer, Given, Purpose, register_purpose
from chanjiao.core.permissions import Actor


def about(actor: Actor, pk: int) -> About:
    """What a link shows of a match: public parts of both sides, and why no answer is awaited where none is."""
    view = match(actor, pk)
    row, own = view.row, _own_side(actor, view.row.need_organisation_id)
    other = view.offer.row if own is Side.NEED else view.need.row
    mine = view.need.row if own is Side.NEED else view.offer.row
    facts = (
        (gettext("Kind"), gettext(KIND_WORDS[Kind(row.kind)])),
        (gettext("What we posted"), f"{mine.title} ({mine.number})"),
        (gettext("What they posted"), f"{other.title} ({other.number})"),
        (gettext("Organisation"), other.organisation),
    )
    settled = "" if is_open(row.state) and view.answers else str(MatchState(row.state).label)
    return About(title=f"{row.need_title} ⇄ {row.offer_title}", facts=facts, text=other.summary, settled=settled)


def answer(*, actor: Actor, object_id: int, given: Given, now: datetime) -> object:
    """The match is accepted or declined for the side that the link's organisation is."""
    row = match(actor, object_id).row
    side = _own_side(actor, row.need_organisation_id)
    if given.code == "accept":
        return accept_match(actor=actor, pk=object_id, now=now, side=side)
    if given.code == "decline":
        reason = DeclineReason(given.choice)
        return decline_match(actor=actor, pk=object_id, reason=reason, note=given.note, now=now, side=side)
    day = date.fromisoformat(given.day) if given.code == "date" else None
    return write_on_match(actor=actor, pk=object_id, text=given.note, day=day, now=now, side=side)


def _own_side(actor: Actor, need_organisation_id: int) -> Side:
    return Side.NEED if actor.organisation_id == need_organisation_id else Side.OFFER


QUESTION = Purpose(
    code=ANSWER,
    question=gettext_lazy("Do you accept this match?"),
    answers=(
        Answer("accept", gettext_lazy("Accept"), done=gettext_lazy("You have accepted the match"), tone="btn-primary"),
        Answer(
            "decline",
            gettext_lazy("Decline"),
            done=gettext_lazy("You have declined the match"),
            tone="btn-danger",
            choices=dict(DeclineReason.choices),
            note=gettext_lazy("Note"),
        ),
        Answer(
            "ask",
            gettext_lazy("Ask first"),
            done=gettext_lazy("Your question has been sent"),
            note=gettext_lazy("What do you want to know?"),
            note_required=True,
            settles=False,
        ),
        Answer(
            "date",
            gettext_lazy("Propose a date"),
            done=gettext_lazy("Your date has been sent"),
            day=gettext_lazy("Day"),
            note=gettext_lazy("What for, when and where"),
            note_required=True,
            settles=False,
        ),
    ),
    about=about,
    act=answer,
)
register_purpose(QUESTION)
