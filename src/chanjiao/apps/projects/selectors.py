"""Reads over projects, filtered by who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from chanjiao.apps.cooperation.models import Party
from chanjiao.apps.members.models import Staff, StaffRole
from chanjiao.apps.projects.changes import deeds_of, parties_of, visible_to
from chanjiao.apps.projects.models import (
    Milestone,
    MilestoneState,
    Project,
    ProjectState,
    Proof,
    ProofVersion,
)
from chanjiao.apps.projects.seeing import sees_money, sees_proof
from chanjiao.apps.projects.showing import (
    entries_of,
    evaluation_view,
    milestone_view,
    milestones_of,
    money_view,
    proof_views,
    row_of,
)
from chanjiao.apps.projects.shown import (
    ProjectRow,
    ProjectView,
    ProofFile,
    ProofView,
)
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import Event
from chanjiao.core.permissions import Actor
from chanjiao.core.rows import Rows, column_asked, readable

UNDONE = Q(milestones__state__in=[MilestoneState.OPEN, MilestoneState.PROVED])
SORTS = {
    "number": "number",
    "title": "title",
    "state": "state",
    "ends": "ends_on",
    "due": "next_due",
    "overdue": "overdue",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list of projects; `overdue` keeps those with a milestone past its day."""

    state: str = ""
    kind: str = ""
    organisation: int | None = None
    overdue: bool = False
    text: str = ""
    sort: str = ""


def visible_projects(actor: Actor) -> QuerySet[Project]:
    """The projects that the actor may open, in every state."""
    return Project.objects.filter(visible_to(actor))


def projects(actor: Actor, filters: Filters = Filters()) -> Rows[ProjectRow]:
    """The projects that the actor sees: those with the nearest day due first, unless sorted otherwise."""
    filters = readable(filters)
    rows = _rows(actor, _today()).filter(_narrowed(filters))
    if filters.overdue:
        rows = rows.filter(overdue__gt=0)
    return Rows(rows.order_by(*_order(filters.sort)), row_of)


def state_counts(actor: Actor) -> dict[str, int]:
    """State → number of projects that the actor sees."""
    counted = dict.fromkeys(ProjectState.values, 0)
    rows = visible_projects(actor).order_by().values_list("state").annotate(Count("pk"))
    return counted | dict(rows)


def projects_of(actor: Actor, agreement_id: int) -> list[ProjectRow]:
    """The projects that carry an agreement out, the latest first."""
    return [row_of(one) for one in _rows(actor, _today()).filter(agreement_id=agreement_id).order_by("-pk")]


def project(actor: Actor, pk: int) -> ProjectView:
    """One project; `record.not_found` where there is none for the actor."""
    found = _found(actor, pk)
    bodies = parties_of(found)
    open_ = sees_money(actor, found)
    given = [evaluation_view(one) for one in found.evaluations.select_related("organisation")]
    named = {one.organisation for one in given}
    assert found.agreement.current is not None
    return ProjectView(
        row=row_of(found),
        organisations=tuple((body.pk, body.name) for body in bodies),
        milestones=tuple(milestone_view(one, _today()) for one in milestones_of(found)),
        proofs=tuple(proof_views(actor, found)),
        money=tuple(money_view(one) for one in entries_of(found)) if open_ else None,
        budget=found.agreement.current.amount if open_ else None,
        evaluations=tuple(given),
        missing_evaluations=tuple(body.name for body in bodies if body.name not in named),
        previous=(found.previous.pk, found.previous.number) if found.previous else None,
        summary=found.summary,
        closed_at=found.closed_at,
        deeds=deeds_of(actor, found),
    )


def proof_file(actor: Actor, project_id: int, number: int, version: int) -> ProofFile:
    """One file of a proof that the actor sees; `record.not_found` else."""
    found = _found(actor, project_id)
    proof = found.proofs.filter(number=number).first()
    if proof is None or not sees_proof(actor, found, proof):
        raise ChanjiaoError("record.not_found")
    row = proof.versions.filter(number=version).first()
    if row is None:
        raise ChanjiaoError("record.not_found")
    return ProofFile(row.sha256, row.size, row.file_name, row.media_type)


def overdue_milestones(actor: Actor, today: date) -> QuerySet[Milestone]:
    """Milestones of running projects that the actor sees and that should have been done before today."""
    rows = Milestone.objects.filter(
        project__in=visible_projects(actor).filter(state=ProjectState.RUNNING),
        state__in=[MilestoneState.OPEN, MilestoneState.PROVED],
        due_on__lt=today,
    )
    return rows.select_related("project", "organisation", "responsible").order_by("due_on", "pk")


def milestones_due(actor: Actor, until: date) -> QuerySet[Milestone]:
    """Milestones for which the actor's organisation answers, due until a day or overdue, the first due first."""
    own = actor.organisation_id if actor.belongs_to(actor.organisation_id) else None
    rows = Milestone.objects.filter(
        organisation_id=own or 0, project__state=ProjectState.RUNNING, state=MilestoneState.OPEN, due_on__lte=until
    )
    return rows.select_related("project", "organisation").order_by("due_on", "pk")


def milestones_owed(actor: Actor, today: date) -> QuerySet[Milestone]:
    """Overdue milestones of the actor's projects for which another party answers."""
    if actor.organisation_id is None or not actor.belongs_to(actor.organisation_id):
        return Milestone.objects.none()
    parties = Party.objects.filter(organisation_id=actor.organisation_id).values("version_id")
    rows = Milestone.objects.filter(
        project__agreement__current_id__in=parties,
        project__state=ProjectState.RUNNING,
        state=MilestoneState.OPEN,
        due_on__lt=today,
    ).exclude(organisation_id=actor.organisation_id)
    return rows.select_related("project", "organisation").order_by("due_on", "pk")


def proofs_to_verify(actor: Actor) -> QuerySet[ProofVersion]:
    """Last versions of proofs that another party has handed in and that wait for the actor's organisation."""
    if actor.organisation_id is None or not actor.acts_for(actor.organisation_id):
        return ProofVersion.objects.none()
    own = visible_projects(actor).filter(state=ProjectState.RUNNING)
    own = own.filter(agreement__current__parties__organisation_id=actor.organisation_id)
    rows = ProofVersion.objects.filter(proof__project__in=own, verified_at__isnull=True, refused_at__isnull=True)
    rows = rows.exclude(organisation_id=actor.organisation_id)
    latest = Proof.objects.annotate(last=Count("versions")).filter(pk__in=rows.values("proof_id"))
    numbers = {(one.pk, one.last) for one in latest}
    kept = [one.pk for one in rows if (one.proof_id, one.number) in numbers]
    waiting = ProofVersion.objects.filter(pk__in=kept).select_related("proof__project", "organisation")
    return waiting.order_by("uploaded_at")


def proofs_behind(actor: Actor, object_type: str, object_id: int) -> tuple[ProofView, ...]:
    """The proofs behind what an event is about: a proof itself, a milestone, a project or an agreement."""
    about = {
        Proof._meta.label_lower: Q(pk=object_id),
        Milestone._meta.label_lower: Q(milestone_id=object_id),
        Project._meta.label_lower: Q(project_id=object_id),
        "cooperation.agreement": Q(project__agreement_id=object_id),
    }.get(object_type, Q(pk__in=[]))
    found = visible_projects(actor).filter(pk__in=Proof.objects.filter(about).values("project_id"))
    return tuple(view for one in found.select_related("agreement__current") for view in proof_views(actor, one, about))


def responsible_people(actor: Actor, pk: int) -> list[tuple[int, int, str]]:
    """(organisation, person, name and post) of everybody who may answer for a milestone of the project."""
    bodies = [body.pk for body in parties_of(_found(actor, pk))]
    posts = Staff.objects.filter(organisation_id__in=bodies, ended_on__isnull=True, user__is_active=True)
    posts = posts.exclude(role=StaffRole.STUDENT).select_related("user").order_by("organisation_id", "pk")
    return [(one.organisation_id, one.user_id, f"{one.user} {one.title}".strip()) for one in posts]


def history(actor: Actor, pk: int) -> QuerySet[Event]:
    """The deeds of a project and its parts that the actor sees, the latest first."""
    found = _found(actor, pk)
    about = Q(object_type=Project._meta.label_lower, object_id=found.pk)
    for model in (Milestone, Proof):
        ids = list(model._default_manager.filter(project=found).values_list("pk", flat=True))
        about |= Q(object_type=model._meta.label_lower, object_id__in=ids)
    if not sees_money(actor, found):
        hidden = found.proofs.filter(is_confidential=True).values_list("pk", flat=True)
        about &= ~Q(object_type=Proof._meta.label_lower, object_id__in=list(hidden))
    return Event.objects.filter(about).order_by("-at", "-id")


def _today() -> date:
    return timezone.localdate(clock.now())


def _rows(actor: Actor, today: date) -> QuerySet[Any]:
    kept = ~Q(milestones__state=MilestoneState.DROPPED)
    return (
        Project.objects.filter(pk__in=visible_projects(actor).values("pk"))
        .select_related("agreement__current", "previous")
        .prefetch_related("agreement__current__parties__organisation", "agreement__current__parties__user")
        .annotate(
            kept=Count("milestones", filter=kept, distinct=True),
            done=Count("milestones", filter=Q(milestones__state=MilestoneState.DONE), distinct=True),
            overdue=Count("milestones", filter=UNDONE & Q(milestones__due_on__lt=today), distinct=True),
            proved=Count("milestones", filter=Q(milestones__state=MilestoneState.PROVED), distinct=True),
            next_due=Min("milestones__due_on", filter=UNDONE),
        )
    )


def _found(actor: Actor, pk: int) -> Any:
    found = _rows(actor, _today()).filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def _narrowed(filters: Filters) -> Q:
    wanted = Q()
    if filters.state:
        wanted &= Q(state=filters.state)
    if filters.kind:
        wanted &= Q(agreement__kind=filters.kind)
    if filters.organisation is not None:
        wanted &= Q(agreement__current__parties__organisation_id=filters.organisation)
    for word in filters.text.split():
        wanted &= Q(title__icontains=word) | Q(number__iexact=word)
    return wanted


def _order(sort: str) -> tuple[str, ...]:
    asked = column_asked(sort, SORTS)
    return (asked, "-pk") if asked else ("state", "next_due", "-pk")
