"""Giving a person a post in an organisation."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from chanjiao.apps.accounts.models import User
from chanjiao.apps.members.models import Consortium, Membership, MembershipState, Organisation, Staff
from chanjiao.apps.members.rights import may_give_staff_role, may_keep_staff
from chanjiao.apps.members.rules import check_staff_role, plain_text
from chanjiao.apps.members.selectors import organisation as organisation_seen
from chanjiao.apps.members.versions import check_fields
from chanjiao.core.audit import emit, record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def add_staff(*, actor: Actor, organisation_id: int, username: str, role: str, title: str = "", now: datetime) -> Staff:
    """The person of that log-in name with a post; `staff.unknown_person`, `staff.exists`, `staff.role_unfit`."""
    organisation = organisation_seen(actor, organisation_id)
    require(may_keep_staff(actor, organisation) and may_give_staff_role(actor, organisation, role))
    _check_role(organisation, role)
    user = User.objects.filter(username=username.strip(), is_active=True).first()
    if user is None:
        raise ChanjiaoError("staff.unknown_person", field="username")
    staff = Staff(user=user, organisation=organisation, role=role, title=plain_text(title))
    check_fields(staff)
    try:
        with transaction.atomic():
            staff.save()
            record_change(actor=actor, action="add_staff", instance=staff, now=now)
            told = (organisation.pk, organisation.name)
            emit(actor=actor, name="staff.added", instance=staff, now=now, organisation=told)
    except IntegrityError:
        raise ChanjiaoError("staff.exists", field="username") from None
    return staff


def _check_role(organisation: Organisation, role: str) -> None:
    held = Membership.objects.filter(organisation=organisation, state=MembershipState.ACTIVE)
    check_staff_role(
        role=role,
        is_consortium=Consortium.objects.filter(organisation=organisation).exists(),
        roles_held=set(held.values_list("role", flat=True)),
    )
