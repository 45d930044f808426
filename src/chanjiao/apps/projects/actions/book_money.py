"""Book money of a project."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.projects.changes import announce, parties_of, project_for
from chanjiao.apps.projects.models import Direction, MoneyEntry, Project
from chanjiao.apps.projects.rules import LENGTHS, Deed, money_faults
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor

_EVENTS = {Direction.IN: "project.money_received", Direction.OUT: "project.money_spent"}


def book_money(
    *,
    actor: Actor,
    project_id: int,
    direction: Direction,
    amount: Decimal | None,
    booked_on: date | None,
    organisation_id: int | None = None,
    milestone_id: int | None = None,
    note: str = "",
    now: datetime,
) -> MoneyEntry:
    """Money that the project has received or spent; `organisation_id` is the party that paid or got it, if any."""
    note = clean_text(note)
    with transaction.atomic():
        project = project_for(actor, project_id, Deed.BOOK)
        errors = list(money_faults(amount, booked_on, today=timezone.localdate(now)))
        bodies = {body.pk: body for body in parties_of(project)}
        if organisation_id is not None and organisation_id not in bodies:
            errors.append(ChanjiaoError("project.not_a_party", field="organisation"))
        if milestone_id is not None and not project.milestones.filter(pk=milestone_id).exists():
            errors.append(ChanjiaoError("record.not_found", field="milestone"))
        if len(note) > LENGTHS["note"]:
            errors.append(ChanjiaoError("listing.too_long", field="note", limit=LENGTHS["note"]))
        if errors or amount is None or booked_on is None:
            raise Rejected(errors)
        entry = MoneyEntry.objects.create(
            project=project,
            milestone_id=milestone_id,
            direction=direction,
            amount=amount,
            organisation_id=organisation_id,
            booked_on=booked_on,
            note=note,
            entered_by=actor.name,
            entered_at=now,
        )
        _tell(actor, project, entry, now)
    return entry


def cancel_money(*, actor: Actor, project_id: int, pk: int, now: datetime) -> MoneyEntry:
    """An entry of the opposite sign cancels the one booked by mistake; both stay. `project.cancelled` a second time."""
    with transaction.atomic():
        project = project_for(actor, project_id, Deed.BOOK)
        wrong = project.money.filter(pk=pk, cancels__isnull=True).first()
        if wrong is None:
            raise ChanjiaoError("record.not_found")
        if MoneyEntry.objects.filter(cancels=wrong).exists():
            raise ChanjiaoError("project.cancelled")
        entry = MoneyEntry.objects.create(
            project=project,
            milestone_id=wrong.milestone_id,
            direction=wrong.direction,
            amount=-wrong.amount,
            organisation_id=wrong.organisation_id,
            booked_on=wrong.booked_on,
            cancels=wrong,
            entered_by=actor.name,
            entered_at=now,
        )
        _tell(actor, project, entry, now)
    return entry


def _tell(actor: Actor, project: Project, entry: MoneyEntry, now: datetime) -> None:
    """The amount stays out of the event where the parties keep money to themselves."""
    assert project.agreement.current is not None
    record_change(actor=actor, action="book_money", instance=entry, now=now)
    told = entry.amount if project.agreement.current.shares_money else None
    bodies = [entry.organisation] if entry.organisation else parties_of(project)[:1]
    name = _EVENTS[Direction(entry.direction)]
    announce(actor=actor, name=name, project=project, about=entry, now=now, bodies=bodies, amount=told, unit="元")
