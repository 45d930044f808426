"""Reads over challenges: public once published; answers only for their two sides and the secretariat."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from chanjiao.apps.cooperation.models import Agreement
from chanjiao.apps.exchange.kinds import Kind
from chanjiao.apps.exchange.models import ListingState, Need
from chanjiao.apps.transfer.changes import staged, standing_of, visible_to
from chanjiao.apps.transfer.contract_selectors import contract_or_none
from chanjiao.apps.transfer.models import AnswerState, Challenge, ChallengeAnswer, ChallengeState
from chanjiao.apps.transfer.rules import Stage, deeds
from chanjiao.apps.transfer.shown import AnswerView, ChallengeRow, ChallengeView
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import Event
from chanjiao.core.permissions import Actor
from chanjiao.core.rows import Rows, column_asked, readable

SORTS = {
    "number": "number",
    "title": "need__title",
    "organisation": "need__organisation__pinyin",
    "bounty": "bounty",
    "until": "answers_until",
    "published": "published_at",
    "stage": "stage",
}
FOR_ALL = frozenset({"challenge.published", "challenge.withdrawn", "challenge.failed", "challenge.accepted"})
"""Deeds that everybody may know of; who answered and who was chosen is for the two sides and the secretariat."""

OF_CONTRACT = ("agreement.in_force", "contract.registered", "result.first_used")


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list; `ours` keeps those that the reader's organisation owns or has answered."""

    stage: str = ""
    ours: bool = False
    text: str = ""
    sort: str = ""


def visible_challenges(actor: Actor) -> QuerySet[Challenge]:
    """The challenges that the actor may open, in every stage, each with its stage."""
    return staged().filter(visible_to(actor))


def challenges(actor: Actor, filters: Filters = Filters()) -> Rows[ChallengeRow]:
    """The challenges that the actor sees, the latest first; without a stage asked for, those withdrawn stay out."""
    filters, rows = readable(filters), _rows(actor)
    rows = rows.filter(stage=filters.stage) if filters.stage else rows.exclude(stage=Stage.WITHDRAWN)
    if filters.ours:
        rows = rows.filter(Q(need__organisation_id=actor.organisation_id or 0) | Q(we_answered=True))
    for word in filters.text.split():
        found = Q(need__title__icontains=word) | Q(need__organisation__name__icontains=word)
        rows = rows.filter(found | Q(number__iexact=word))
    return Rows(rows.order_by(*_order(filters.sort)), lambda found: _row(actor, found))


def stage_counts(actor: Actor) -> dict[str, int]:
    """Stage → number of challenges that the actor sees, zero where there is none."""
    counted = Counter(_rows(actor).order_by().values_list("stage", flat=True))
    return {stage.value: counted[stage.value] for stage in Stage}


def challenge(actor: Actor, pk: int) -> ChallengeView:
    """One challenge; `record.not_found` where there is none for the actor."""
    found = _found(actor, pk)
    opens = _opens_answers(actor, found)
    return ChallengeView(
        row=_row(actor, found),
        summary=found.need.summary,
        criteria=found.criteria,
        consortium=found.need.consortium.organisation.name,
        answers=tuple(
            _answer(actor, one)
            for one in found.answers.select_related("organisation")
            if opens or actor.belongs_to(one.organisation_id)
        ),
        contract=contract_or_none(actor, found.agreement_id),
        chosen_at=found.chosen_at,
        accepted_on=found.accepted_on,
        closed_at=found.closed_at,
        note=found.note,
        deeds=deeds(standing_of(actor, found)),
    )


def problems_to_publish(actor: Actor) -> list[tuple[int, str]]:
    """(id, title) of the open technical problems of the actor's organisation of which no challenge runs."""
    if not actor.acts_for(actor.organisation_id):
        return []
    alive = Challenge.objects.filter(need=OuterRef("pk")).exclude(
        state__in=[ChallengeState.WITHDRAWN, ChallengeState.FAILED]
    )
    rows = Need.objects.filter(
        ~Exists(alive),
        organisation_id=actor.organisation_id or 0,
        kind=Kind.TECHNICAL_PROBLEM,
        state__in=[ListingState.OPEN, ListingState.MATCHED],
    )
    return list(rows.order_by("-opened_at").values_list("pk", "title"))


def history(actor: Actor, pk: int) -> QuerySet[Event]:
    """The deeds of a challenge and of its contract that the actor may know of, the latest first."""
    found = _found(actor, pk)
    about = Event.objects.filter(object_type=Challenge._meta.label_lower, object_id=found.pk)
    if not _opens_answers(actor, found):
        own = Q(organisation_id=actor.organisation_id) if actor.organisation_id is not None else Q(pk__in=[])
        about = about.filter(Q(name__in=FOR_ALL) | own)
    if contract_or_none(actor, found.agreement_id) is not None:
        of_contract = Q(object_type=Agreement._meta.label_lower, object_id=found.agreement_id)
        about |= Event.objects.filter(of_contract, name__in=OF_CONTRACT)
    return about.order_by("-at", "-id")


def _rows(actor: Actor) -> QuerySet[Any]:
    standing = ChallengeAnswer.objects.filter(challenge=OuterRef("pk")).exclude(state=AnswerState.WITHDRAWN)
    own = actor.organisation_id if actor.belongs_to(actor.organisation_id) else None
    return (
        visible_challenges(actor)
        .select_related("need__organisation", "need__consortium__organisation", "agreement")
        .annotate(
            answered=Count("answers", filter=~Q(answers__state=AnswerState.WITHDRAWN)),
            we_answered=Exists(standing.filter(organisation_id=own or 0)),
            is_chosen=Exists(standing.filter(organisation_id=own or 0, state=AnswerState.CHOSEN)),
        )
    )


def _found(actor: Actor, pk: int) -> Any:
    found = _rows(actor).filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def _opens_answers(actor: Actor, found: Challenge) -> bool:
    return actor.belongs_to(found.need.organisation_id) or actor.runs(found.need.consortium_id)


def _row(actor: Actor, found: Any) -> ChallengeRow:
    need = found.need
    return ChallengeRow(
        id=found.pk,
        number=found.number,
        title=need.title,
        stage=found.stage,
        organisation_id=need.organisation_id,
        organisation=need.organisation.name,
        consortium_id=need.consortium_id,
        need_id=need.pk,
        bounty=found.bounty,
        answers_until=found.answers_until,
        published_at=found.published_at,
        answers=found.answered if _opens_answers(actor, found) else None,
        is_ours=actor.organisation_id == need.organisation_id and actor.belongs_to(need.organisation_id),
        we_answered=found.we_answered,
        is_chosen=found.is_chosen,
        version=found.version,
    )


def _answer(actor: Actor, one: ChallengeAnswer) -> AnswerView:
    copied = {name: getattr(one, name) for name in _COPIED}
    is_ours = one.organisation_id == actor.organisation_id and actor.belongs_to(one.organisation_id)
    return AnswerView(**copied, id=one.pk, organisation=one.organisation.name, is_ours=is_ours)


_COPIED = "organisation_id approach price months team state reason answered_by answered_at".split()


def _order(sort: str) -> tuple[str, ...]:
    asked = column_asked(sort, SORTS)
    return (asked, "-pk") if asked else ("-published_at", "-pk")
