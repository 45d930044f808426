"""Who may do what with organisations, memberships, staff and foundings: one predicate a question."""

from __future__ import annotations

from chanjiao.apps.members.models import Membership, MembershipState, Organisation, Staff, StaffRole
from chanjiao.core.permissions import Actor, Role

ACTING_ROLES = (StaffRole.OFFICER, StaffRole.SECRETARIAT, StaffRole.GUIDANCE)


def may_register(actor: Actor) -> bool:
    """Whether the actor may register organisations: a secretariat, or the administrator."""
    return actor.sees_all or bool(actor.secretariat_of)


def may_found(actor: Actor) -> bool:
    """Whether the actor may read founding documents and accept them."""
    return actor.sees_all or actor.role is Role.SECRETARIAT


def serves_member(actor: Actor, organisation: Organisation) -> bool:
    """Whether the organisation is in (or applies to) a consortium whose secretariat the actor is."""
    if actor.sees_all:
        return True
    if not actor.secretariat_of:
        return False
    states = (MembershipState.ACTIVE, MembershipState.APPLIED, MembershipState.EXPIRED)
    return Membership.objects.filter(
        organisation=organisation, consortium_id__in=actor.secretariat_of, state__in=states
    ).exists()


def sees_private_facts(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor sees contacts, staff and history: own staff, the secretariat, the administrator."""
    return actor.belongs_to(organisation.pk) or serves_member(actor, organisation)


def may_edit(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor may change the organisation's facts.

    They belong to the organisation; its secretariat keeps them only while nobody there can act.
    """
    if actor.acts_for(organisation.pk):
        return True
    return serves_member(actor, organisation) and not has_acting_staff(organisation.pk)


def has_acting_staff(organisation_id: int) -> bool:
    """Whether somebody can act for the organisation."""
    return Staff.objects.filter(organisation_id=organisation_id, ended_on__isnull=True, role__in=ACTING_ROLES).exists()


def may_keep_staff(actor: Actor, organisation: Organisation) -> bool:
    """Whether the actor may add and end staff: who acts for it, or its secretariat while nobody there can."""
    return may_edit(actor, organisation)


def may_give_staff_role(actor: Actor, organisation: Organisation, role: str) -> bool:
    """Whether the actor may make somebody this: secretariat and guidance rights are given by who holds them."""
    if role == StaffRole.SECRETARIAT:
        return actor.sees_all or (actor.role is Role.SECRETARIAT and actor.acts_for(organisation.pk))
    if role == StaffRole.GUIDANCE:
        return actor.sees_all or actor.acts_for(organisation.pk) or serves_member(actor, organisation)
    return True


def may_apply_for(actor: Actor, organisation_id: int, consortium_id: int) -> bool:
    """Whether the actor may apply in the organisation's name."""
    return actor.acts_for(organisation_id) or actor.runs(consortium_id)


def may_decide_on(actor: Actor, membership: Membership) -> bool:
    """Whether the actor may approve, decline and renew the membership."""
    return actor.runs(membership.consortium_id)


def may_end(actor: Actor, membership: Membership) -> bool:
    """Whether the actor may end the membership."""
    return actor.acts_for(membership.organisation_id) or actor.runs(membership.consortium_id)


def sees_membership(actor: Actor, membership: Membership) -> bool:
    """Whether the actor sees a membership that is not public: applications, refusals and departures."""
    return actor.belongs_to(membership.organisation_id) or actor.runs(membership.consortium_id)
