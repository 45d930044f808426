"""Ending a person's post."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from chanjiao.apps.members.models import Staff
from chanjiao.apps.members.rights import ACTING_ROLES, may_keep_staff
from chanjiao.apps.members.selectors import staff_member
from chanjiao.core.audit import emit, record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def end_staff(*, actor: Actor, staff_id: int, now: datetime) -> Staff:
    """The post ended today; `staff.last_officer` where nobody would be left to act, `staff.ended` where it is over."""
    staff = staff_member(actor, staff_id)
    require(may_keep_staff(actor, staff.organisation))
    if staff.ended_on is not None:
        raise ChanjiaoError("staff.ended")
    before = state_of(staff)
    with transaction.atomic():
        _keep_one_officer(actor, staff)
        staff.ended_on = localdate(now)
        staff.save(update_fields=["ended_on"])
        record_change(actor=actor, action="end_staff", instance=staff, now=now, before=before)
        told = (staff.organisation_id, staff.organisation.name)
        emit(actor=actor, name="staff.ended", instance=staff, now=now, organisation=told)
    return staff


def _keep_one_officer(actor: Actor, staff: Staff) -> None:
    others = Staff.objects.filter(
        organisation=staff.organisation_id, ended_on__isnull=True, role__in=ACTING_ROLES
    ).exclude(pk=staff.pk)
    if staff.role in ACTING_ROLES and not actor.sees_all and not others.exists():
        raise ChanjiaoError("staff.last_officer")
