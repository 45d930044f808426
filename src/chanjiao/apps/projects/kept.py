"""Projects whole, as files take them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from chanjiao.apps.projects.changes import acting_bodies, visible_to
from chanjiao.apps.projects.models import MilestoneState, Project
from chanjiao.apps.projects.seeing import sees_money
from chanjiao.core.permissions import Actor


@dataclass(frozen=True, slots=True)
class KeptProject:
    """A project with its agreement and how far it is; `budget` is None where it is not open to who asks."""

    id: int
    number: str
    title: str
    state: str
    agreement_id: int
    agreement: str
    kind: str
    parties: tuple[str, ...]
    starts_on: date
    ends_on: date
    closed_on: date | None
    budget: Decimal | None
    done: int
    milestones: int
    version: int


def kept_projects(actor: Actor) -> Iterator[KeptProject]:
    """Every project of a party that the actor acts for, and of the consortia they run, the oldest first."""
    for found in _rows(actor).order_by("pk").iterator(200):
        if actor.runs(found.agreement.consortium_id) or acting_bodies(actor, found):
            yield _kept(actor, found)


def _rows(actor: Actor) -> QuerySet[Project]:
    seen = Project.objects.filter(visible_to(actor)).values("pk")
    rows = Project.objects.filter(pk__in=seen).select_related("agreement__current__agreement")
    rows = rows.prefetch_related("agreement__current__parties__organisation")
    counted = Count("milestones", filter=~Q(milestones__state=MilestoneState.DROPPED))
    return rows.annotate(planned=counted, done=Count("milestones", filter=Q(milestones__state=MilestoneState.DONE)))


def _kept(actor: Actor, found: Project) -> KeptProject:
    agreement = found.agreement
    assert agreement.current is not None
    return KeptProject(
        id=found.pk,
        number=found.number,
        title=found.title,
        state=found.state,
        agreement_id=agreement.pk,
        agreement=agreement.number,
        kind=agreement.kind,
        parties=tuple(str(one) for one in agreement.current.parties.all()),
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        closed_on=localdate(found.closed_at) if found.closed_at else None,
        budget=agreement.current.amount if sees_money(actor, found) else None,
        done=found.done,  # type: ignore[attr-defined]
        milestones=found.planned,  # type: ignore[attr-defined]
        version=found.version,
    )
