"""Teams: students who want the same seat or none find each other by a code."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.placement.changes import in_state, own_student, round_seen, stored
from chanjiao.apps.placement.models import PlacementRound, RoundState, WishList
from chanjiao.apps.placement.rules.states import MethodName
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor

MOST_MEMBERS = 6
"""A team as large as a seat group would seldom fit anywhere."""


def form_team(*, actor: Actor, round_id: int, code: str, now: datetime) -> WishList:
    """The student's list belongs to a new team of that code, which others join by; the code is drawn at random."""
    with transaction.atomic():
        round_ = _open_round(actor, round_id, now)
        if WishList.objects.filter(round=round_, team=code).exists():
            raise ChanjiaoError("record.stale")
        return _with_team(actor, round_, code, "form_team", now)


def join_team(*, actor: Actor, round_id: int, code: str, now: datetime) -> WishList:
    """The student's list belongs to the team; `placement.team_unknown`, `placement.team_full`."""
    with transaction.atomic():
        round_ = _open_round(actor, round_id, now)
        members = WishList.objects.select_for_update().filter(round=round_, team=code).exclude(team="")
        if not members:
            raise ChanjiaoError("placement.team_unknown", field="code", value=code[:8])
        if len(members) >= MOST_MEMBERS:
            raise ChanjiaoError("placement.team_full", field="code", most=MOST_MEMBERS)
        return _with_team(actor, round_, code, "join_team", now)


def leave_team(*, actor: Actor, round_id: int, now: datetime) -> WishList:
    """The student is placed alone again; the list stays as it is."""
    with transaction.atomic():
        return _with_team(actor, _open_round(actor, round_id, now), "", "leave_team", now)


def _open_round(actor: Actor, round_id: int, now: datetime) -> PlacementRound:
    """The round for a student, while it takes wishes and keeps teams together."""
    own_student(actor)
    round_ = round_seen(actor, round_id)
    in_state(round_, RoundState.WISHES)
    if round_.method != MethodName.TOGETHER:
        raise ChanjiaoError("placement.no_teams")
    if now > round_.wishes_until:
        raise ChanjiaoError("placement.too_late")
    return round_


def _with_team(actor: Actor, round_: PlacementRound, code: str, action: str, now: datetime) -> WishList:
    student = own_student(actor)
    found = WishList.objects.filter(round=round_, student=student).first()
    if found is not None:
        return stored(actor=actor, row=found, action=action, now=now, team=code)
    made = WishList.objects.create(round=round_, student=student, saved_at=now, team=code)
    record_change(actor=actor, action=action, instance=made, now=now)
    return made
