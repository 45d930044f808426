"""What the actions share: fetching with rights, and writing one row with its audit record."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.db import models
from django.db.models import F

from chanjiao.apps.placement.models import PlacementRound, SeatGroup, Student
from chanjiao.apps.placement.rights import is_student, runs_round, sees_round, sees_student
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require

Row = TypeVar("Row", bound=models.Model)


def round_seen(actor: Actor, pk: int) -> PlacementRound:
    """The round; `record.not_found` where it is missing or not open to the actor."""
    found = PlacementRound.objects.select_related("consortium__organisation").filter(pk=pk).first()
    if found is None or not sees_round(actor, found):
        raise ChanjiaoError("record.not_found")
    return found


def round_run_by(actor: Actor, pk: int) -> PlacementRound:
    """The round that the actor runs; `action.denied` where they only see it."""
    found = round_seen(actor, pk)
    require(runs_round(actor, found))
    return found


def seat_seen(actor: Actor, pk: int) -> SeatGroup:
    """The seat group, of a round open to the actor; firms see their own in a draft too."""
    found = SeatGroup.objects.select_related("round", "organisation").filter(pk=pk).first()
    if found is None or not (sees_round(actor, found.round) or actor.acts_for(found.organisation_id)):
        raise ChanjiaoError("record.not_found")
    return found


def student_seen(actor: Actor, pk: int) -> Student:
    """The student; `record.not_found` for everybody but themself and officers of their college."""
    found = Student.objects.select_related("college").filter(pk=pk).first()
    if found is None or not sees_student(actor, found):
        raise ChanjiaoError("record.not_found")
    return found


def own_student(actor: Actor) -> Student:
    """The student that the actor is; `record.not_found` for everybody else."""
    found = Student.objects.select_related("college").filter(user_id=actor.user_id).first() if actor.user_id else None
    if found is None or not is_student(actor, found):
        raise ChanjiaoError("record.not_found")
    return found


def in_state(round_: PlacementRound, *states: str) -> None:
    """Nothing; `state.refused` unless the round is in one of the states."""
    if round_.state not in states:
        raise ChanjiaoError("state.refused", state=round_.get_state_display())


def stored(*, actor: Actor, row: Row, action: str, now: datetime, version: int | None = None, **values: Any) -> Row:
    """The row with new values and its audit record; `record.stale` where somebody changed it since `version`."""
    before = state_of(row)
    rows = type(row)._default_manager.filter(pk=row.pk)
    if hasattr(row, "version"):
        rows = rows.filter(version=row.version if version is None else version)
        values["version"] = F("version") + 1
    if not rows.update(**values):
        raise ChanjiaoError("record.stale")
    row.refresh_from_db()
    record_change(actor=actor, action=action, instance=row, now=now, before=before)
    return row
