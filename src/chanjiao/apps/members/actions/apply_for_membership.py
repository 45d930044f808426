"""Applying to join a consortium."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from chanjiao.apps.members.models import Membership, MembershipRole, MembershipState
from chanjiao.apps.members.rights import may_apply_for
from chanjiao.apps.members.rules import check_application, plain_text
from chanjiao.apps.members.selectors import consortium as consortium_seen
from chanjiao.apps.members.selectors import organisation as organisation_seen
from chanjiao.apps.members.versions import check_fields
from chanjiao.core.audit import emit, record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def apply_for_membership(
    *,
    actor: Actor,
    organisation_id: int,
    consortium_id: int,
    role: str = MembershipRole.MEMBER,
    reason: str = "",
    now: datetime,
) -> Membership:
    """An application that waits for the consortium's secretariat; `membership.*` where a precondition fails."""
    organisation = organisation_seen(actor, organisation_id)
    consortium = consortium_seen(actor, consortium_id)
    require(may_apply_for(actor, organisation.pk, consortium.pk))
    held = Membership.objects.filter(
        organisation=organisation, consortium=consortium, state__in=[MembershipState.APPLIED, MembershipState.ACTIVE]
    )
    try:
        with transaction.atomic():
            check_application(
                type_=organisation.type,
                role=role,
                held=set(held.values_list("role", flat=True)),
                may_give_roles=actor.runs(consortium.pk),
            )
            membership = Membership(
                organisation=organisation,
                consortium=consortium,
                role=role,
                state=MembershipState.APPLIED,
                reason=plain_text(reason),
                applied_at=now,
            )
            check_fields(membership)
            membership.save()
            record_change(actor=actor, action="apply_for_membership", instance=membership, now=now)
            told = (organisation.pk, organisation.name)
            emit(
                actor=actor, name="member.applied", instance=membership, now=now,
                consortium_id=consortium.pk, organisation=told,
            )  # fmt: skip
    except IntegrityError:
        raise ChanjiaoError("membership.exists", field="role") from None
    return membership
