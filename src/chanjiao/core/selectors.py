"""Reads over the audit record, the events and the jobs, filtered by who asks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import AuditRecord, Event, Job
from chanjiao.core.permissions import Actor, Role

PUBLIC_EVENTS = (
    "consortium.founded",
    "document.accepted",
    "list.published",
    "member.joined",
    "need.opened",
    "offer.opened",
    "organisation.registered",
    "reference.updated",
)
"""Deeds that anybody may know of: what they tell stands on public pages."""


@dataclass(frozen=True, slots=True)
class RecordFilters:
    """What narrows the audit record or the events; days are whole days of the site's time zone."""

    person: str = ""
    organisation: str = ""
    name: str = ""
    object: str = ""
    object_type: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Month:
    """How many events of a name fell into a month."""

    month: date
    name: str
    count: int


def audit_records(actor: Actor, filters: RecordFilters = RecordFilters()) -> QuerySet[AuditRecord]:
    """Changes, the latest first: all for administrators; for a secretariat those by or for its people's organisation
    and those that consortium events name; nobody else reads the record.
    """
    found: QuerySet[AuditRecord] = AuditRecord.objects.order_by("-at", "-id")
    if not actor.sees_all:
        found = found.filter(_of_the_secretariat(actor)) if actor.secretariat_of else found.none()
    if filters.name:
        found = found.filter(action=filters.name)
    return found.filter(_narrowed(filters))


def events(
    actor: Actor, filters: RecordFilters = RecordFilters(), *, consortium_id: int | None = None
) -> QuerySet[Event]:
    """Deeds, the latest first: public ones for all, an organisation's own for its staff, a consortium's for its
    secretariat.
    """
    found: QuerySet[Event] = Event.objects.order_by("-at", "-id")
    if not actor.sees_all:
        found = found.filter(_known_to(actor))
    if consortium_id is not None:
        found = found.filter(Q(consortium_id=consortium_id) | Q(consortium_id=None))
    if filters.name:
        found = found.filter(name=filters.name)
    return found.filter(_narrowed(filters))


def events_by_month(names: Collection[str], *, since: date, consortium_id: int | None = None) -> list[Month]:
    """Counts of public deeds by month from `since` on; figures alone, so they are for everybody."""
    found = Event.objects.filter(name__in=set(names) & set(PUBLIC_EVENTS), at__gte=_start_of(since))
    if consortium_id is not None:
        found = found.filter(consortium_id=consortium_id)
    counted = found.annotate(month=TruncMonth("at")).order_by().values_list("month", "name").annotate(Count("pk"))
    return [Month(timezone.localtime(month).date(), name, count) for month, name, count in counted]


def actions_recorded(actor: Actor) -> list[str]:
    """The names of actions that stand in what the actor may read of the record, in order."""
    return sorted(audit_records(actor).order_by().values_list("action", flat=True).distinct())


def event_names(actor: Actor) -> list[str]:
    """The names of events that the actor may see, in order."""
    return sorted(events(actor).order_by().values_list("name", flat=True).distinct())


def jobs(actor: Actor, *, state: str = "") -> QuerySet[Job]:
    """Background jobs, the latest first: all for administrators, else those one asked for."""
    found = Job.objects.all()
    if not actor.sees_all:
        found = found.filter(actor_id=actor.user_id) if actor.user_id is not None else found.none()
    return found.filter(state=state) if state else found


def job(actor: Actor, pk: int) -> Job:
    """One job; `record.not_found` when missing or hidden."""
    found = jobs(actor).filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def _known_to(actor: Actor) -> Q:
    known = Q(name__in=PUBLIC_EVENTS) | Q(consortium_id__in=actor.secretariat_of)
    if actor.organisation_id is not None and actor.role is not Role.STUDENT:
        known |= Q(organisation_id=actor.organisation_id)
    return known


def _of_the_secretariat(actor: Actor) -> Q:
    """Records of one's own deeds and organisation, and of objects that stand in events of one's consortia."""
    own = Q(actor_id=actor.user_id) | Q(organisation_id=actor.organisation_id)
    served = Event.objects.filter(consortium_id__in=actor.secretariat_of)
    for object_type in served.order_by().values_list("object_type", flat=True).distinct():
        own |= Q(object_type=object_type, object_id__in=served.filter(object_type=object_type).values("object_id"))
    return own


def _narrowed(filters: RecordFilters) -> Q:
    wanted = Q()
    if filters.person:
        wanted &= Q(actor_name__icontains=filters.person)
    if filters.organisation:
        wanted &= Q(organisation_name__icontains=filters.organisation)
    if filters.object:
        wanted &= Q(object_name__icontains=filters.object)
    if filters.object_type:
        wanted &= Q(object_type=filters.object_type)
    if filters.since:
        wanted &= Q(at__gte=_start_of(filters.since))
    if filters.until:
        wanted &= Q(at__lte=timezone.make_aware(datetime.combine(filters.until, time.max)))
    return wanted


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
