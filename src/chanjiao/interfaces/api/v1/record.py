"""The events, the record of changes, and the jobs in the background."""

# Annotations are not postponed here: the pagination could not find the class of the filters by its name.
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.pagination import paginate

from chanjiao.core import clock, selectors
from chanjiao.core.jobs import cancel_job, retry_job
from chanjiao.core.models import AuditRecord, Event, Job
from chanjiao.core.permissions import require
from chanjiao.interfaces.api.paging import Paging
from chanjiao.interfaces.callers import actor_of, known_actor

router = Router(tags=["record"])


class EntryOut(Schema):
    """Who did it, acting for whom, to what, when."""

    id: int
    at: datetime
    actor_name: str
    organisation_id: int | None
    organisation_name: str
    object_type: str
    object_id: int | None
    object_name: str


class EventOut(EntryOut):
    """A deed in the past tense, such as `need.opened`."""

    name: str
    consortium_id: int | None
    amount: Decimal | None
    unit: str
    note: str


class ChangeOut(EntryOut):
    """A change with the columns that it touched."""

    action: str
    before: dict[str, Any]
    after: dict[str, Any]


class JobOut(Schema):
    """A job in the background."""

    id: int
    task: str
    state: str
    attempts: int
    done_count: int
    total_count: int
    outcome: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class RecordQuery(Schema):
    """Filters of the record and the events, called as on the page; `name` is the action or the event."""

    name: str = ""
    person: str = ""
    organisation: str = ""
    object: str = ""
    object_type: str = ""
    since: date | None = None
    until: date | None = None

    def told(self) -> selectors.RecordFilters:
        """The same as the selectors take it."""
        return selectors.RecordFilters(**self.dict())


class JobQuery(Schema):
    """Filters of the jobs."""

    state: str = ""


@router.get("/events", response=list[EventOut])
@paginate(Paging)
def events(request: HttpRequest, filters: Query[RecordQuery]) -> QuerySet[Event]:
    """Deeds that the caller may know of, the latest first."""
    return selectors.events(actor_of(request), filters.told())


@router.get("/changes", response=list[ChangeOut])
@paginate(Paging)
def changes(request: HttpRequest, filters: Query[RecordQuery]) -> QuerySet[AuditRecord]:
    """The record of changes, the latest first, for administrators and secretariats."""
    actor = known_actor(request)
    require(actor.sees_all or bool(actor.secretariat_of))
    return selectors.audit_records(actor, filters.told())


@router.get("/jobs", response=list[JobOut])
@paginate(Paging)
def jobs(request: HttpRequest, filters: Query[JobQuery]) -> QuerySet[Job]:
    """Jobs that the caller asked for, all of them for administrators, the latest first."""
    return selectors.jobs(actor_of(request), state=filters.state)


@router.post("/jobs/{job_id}/cancel", response=JobOut)
def cancel(request: HttpRequest, job_id: int) -> Job:
    """The job, cancelled or stopping at its next step."""
    return cancel_job(actor=actor_of(request), job_id=job_id, now=clock.now())


@router.post("/jobs/{job_id}/retry", response=JobOut)
def retry(request: HttpRequest, job_id: int) -> Job:
    """The job, waiting for its turn again."""
    return retry_job(actor=actor_of(request), job_id=job_id, now=clock.now())
