"""What an enterprise is told after a visit, and the question that a link lets it answer."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext, gettext_lazy

from chanjiao.apps.exchange.models import ListingState
from chanjiao.apps.notices.kinds import notice_kind
from chanjiao.apps.notices.purposes import About, Answer, Given, Purpose, register_purpose
from chanjiao.apps.papers.actions.answer_visit import answer_visit, visit_for
from chanjiao.apps.papers.models import VisitState
from chanjiao.core.permissions import Actor
from chanjiao.engines.words import N_

ENTERED = notice_kind(
    "visit.entered", N_("{college} entered “{need}” for you after its visit: is it right?"), button=N_("Confirm"),
    urgent=True,
)  # fmt: skip


def about(actor: Actor, pk: int) -> About:
    """What a link shows of a visit: what was entered, by whom, and why no answer is awaited where none is."""
    visit = visit_for(actor, pk)
    need = visit.need
    facts = (
        (gettext("Entered by"), visit.college.name),
        (gettext("Led by"), visit.visitor),
        (gettext("Day of the visit"), visit.visited_on),
        (gettext("Received by"), visit.host),
        (gettext("Quantity"), f"{need.quantity} {need.unit}"),
        (gettext("Pay"), _pay(need.fields)),
        (gettext("Open until"), need.expires_on.isoformat()),
    )
    awaited = visit.state == VisitState.AWAITING and need.state == ListingState.DRAFT
    settled = "" if awaited else str(VisitState(visit.state).label)
    return About(title=need.title, facts=tuple(one for one in facts if one[1]), text=need.summary, settled=settled)


def _pay(fields: dict[str, object]) -> str:
    return "–".join(str(fields[name]) for name in ("pay_low", "pay_high") if name in fields)


def answer(*, actor: Actor, object_id: int, given: Given, now: datetime) -> object:
    """The need goes to review, or is withdrawn with a word."""
    return answer_visit(actor=actor, visit_id=object_id, confirms=given.code == "confirm", note=given.note, now=now)


register_purpose(
    Purpose(
        code="papers.confirm_visit",
        question=gettext_lazy("Is this what you need, and may it be published?"),
        answers=(
            Answer(
                "confirm",
                gettext_lazy("Yes, send it to the secretariat"),
                done=gettext_lazy("Confirmed; the secretariat reviews it"),
                tone="btn-primary",
            ),
            Answer(
                "decline",
                gettext_lazy("No"),
                done=gettext_lazy("It is withdrawn"),
                tone="btn-danger",
                note=gettext_lazy("What is wrong"),
            ),
        ),
        about=about,
        act=answer,
    )
)
