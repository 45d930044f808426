"""Reads over scenarios and plans, filtered by who asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, Max, OuterRef, QuerySet, Subquery

from chanjiao.apps.members.models import Consortium, Membership, MembershipState, Organisation
from chanjiao.apps.plans.models import IntakePlan, PlannedChange, PlanScenario
from chanjiao.apps.plans.rights import may_plan, sees_plans
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import Job, JobState
from chanjiao.core.permissions import Actor
from chanjiao.core.rows import column_asked, readable

SORTS = {
    "college": "college__pinyin",
    "code": "code",
    "before": "before",
    "planned": "planned",
    "change": "delta",
    "saving": "saving",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the changes of a plan; `text` is in the college's name or the programme's code."""

    college: int | None = None
    direction: str = ""
    text: str = ""
    sort: str = ""


def scenarios(actor: Actor) -> QuerySet[PlanScenario]:
    """The scenarios that the actor sees, the latest first, each with `latest`: the id of its latest plan, or None."""
    latest = IntakePlan.objects.filter(scenario=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    rows = PlanScenario.objects.select_related("consortium__organisation").annotate(latest=Subquery(latest))
    if actor.sees_all:
        return rows
    return rows.filter(consortium_id__in=actor.secretariat_of | actor.guidance_of | _joined(actor))


def _joined(actor: Actor) -> frozenset[int]:
    """The consortia whose member the actor's organisation is, for its staff."""
    if actor.organisation_id is None or not actor.belongs_to(actor.organisation_id):
        return frozenset()
    rows = Membership.objects.filter(organisation_id=actor.organisation_id, state=MembershipState.ACTIVE)
    return frozenset(rows.values_list("consortium_id", flat=True))


def scenario(actor: Actor, pk: int) -> PlanScenario:
    """One scenario; `record.not_found` where there is none or it is not the actor's to see."""
    found = PlanScenario.objects.select_related("consortium__organisation").filter(pk=pk).first()
    if found is None or not sees_plans(actor, found.consortium_id):
        raise ChanjiaoError("record.not_found")
    return found


def plans(actor: Actor, found: PlanScenario) -> QuerySet[IntakePlan]:
    """The plans of a scenario, the latest first, without their files."""
    return IntakePlan.objects.filter(scenario=found).defer("files")


def plan(actor: Actor, pk: int) -> IntakePlan:
    """One plan with its scenario; `record.not_found` where it is not the actor's to see."""
    rows = IntakePlan.objects.select_related("scenario__consortium__organisation").defer("files")
    found = rows.filter(pk=pk).first()
    if found is None or not sees_plans(actor, found.scenario.consortium_id):
        raise ChanjiaoError("record.not_found")
    return found


def files_of(actor: Actor, pk: int) -> bytes:
    """The zip of the tables from which the plan was made."""
    return bytes(IntakePlan.objects.only("files").get(pk=plan(actor, pk).pk).files)


def changes(actor: Actor, found: IntakePlan, filters: Filters = Filters()) -> QuerySet[PlannedChange]:
    """What a plan changes, the largest saving first, with `delta`: planned less present intake."""
    filters = readable(filters)
    rows = found.changes.select_related("college", "point").annotate(delta=F("planned") - F("before"))
    if filters.college is not None:
        rows = rows.filter(college_id=filters.college)
    if filters.direction:
        rows = rows.filter(direction=filters.direction)
    if filters.text.strip():
        text = filters.text.strip()
        rows = rows.filter(college__name__icontains=text) | rows.filter(code__startswith=text)
    return rows.order_by(column_asked(filters.sort, SORTS) or "-saving", "pk")


def change(actor: Actor, pk: int) -> PlannedChange:
    """One change with its plan; `record.not_found` where it is not the actor's to see."""
    rows = PlannedChange.objects.select_related("college", "point", "plan__scenario__consortium__organisation")
    found = rows.defer("plan__files").filter(pk=pk).first()
    if found is None or not sees_plans(actor, found.plan.scenario.consortium_id):
        raise ChanjiaoError("record.not_found")
    return found


def latest_plans(actor: Actor, scenario_ids: Collection[int]) -> list[IntakePlan]:
    """The latest plan of each of the scenarios that the actor sees, in their order."""
    found = IntakePlan.objects.select_related("scenario").defer("files").filter(pk__in=_latest(actor))
    latest = {one.scenario_id: one for one in found.filter(scenario__in=scenario_ids)}
    return [latest[pk] for pk in scenario_ids if pk in latest]


def latest_changes_at(actor: Actor, point_id: int) -> QuerySet[PlannedChange]:
    """What the latest plan of each scenario that the actor sees changes at a programme point."""
    rows = PlannedChange.objects.select_related("plan__scenario").defer("plan__files")
    return rows.filter(plan__in=_latest(actor), point=point_id)


def _latest(actor: Actor) -> QuerySet[IntakePlan, int]:
    """The id of the latest plan of each scenario that the actor sees."""
    made = IntakePlan.objects.filter(scenario__in=scenarios(actor)).order_by()
    return made.values("scenario").annotate(last=Max("pk")).values_list("last", flat=True)


def consortia_to_plan(actor: Actor) -> QuerySet[Consortium]:
    """The consortia for which the actor may plan."""
    rows = Consortium.objects.select_related("organisation").order_by("organisation__pinyin", "pk")
    return rows if actor.sees_all else rows.filter(pk__in=actor.secretariat_of | actor.guidance_of)


def colleges(found: IntakePlan) -> QuerySet[Organisation]:
    """The colleges at which a plan changes something."""
    return Organisation.objects.filter(planned_changes__plan=found).distinct().order_by("pinyin", "pk")


def job_of(actor: Actor, found: PlanScenario) -> Job | None:
    """The latest job that plans the scenario, for who may plan."""
    if not may_plan(actor, found.consortium_id):
        return None
    return Job.objects.filter(key=f"plans.plan.{found.pk}").order_by("-pk").first()


def is_running(job: Job | None) -> bool:
    """Whether the job waits or runs."""
    return job is not None and job.state in (JobState.QUEUED, JobState.RUNNING)
