"""Memberships and applications."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from chanjiao.apps.members.models import Consortium, Membership, MembershipRole, MembershipState, Organisation
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, Role


def visible_memberships(actor: Actor) -> QuerySet[Membership]:
    """Active memberships for all; the others for the organisation itself and the secretariat."""
    found = Membership.objects.select_related("consortium__organisation", "organisation")
    if actor.sees_all:
        return found
    visible = Q(state=MembershipState.ACTIVE) | Q(consortium_id__in=actor.secretariat_of)
    if actor.organisation_id is not None and actor.role is not Role.STUDENT:
        visible |= Q(organisation_id=actor.organisation_id)
    return found.filter(visible)


def membership(actor: Actor, pk: int) -> Membership:
    """One membership; `record.not_found` where it is missing or hidden."""
    found = visible_memberships(actor).filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def memberships(
    actor: Actor, *, consortium: int | None = None, organisation: int | None = None, role: str = "", state: str = ""
) -> QuerySet[Membership]:
    """Memberships that fit every filter, newest first."""
    found = visible_memberships(actor)
    if role not in ("", *MembershipRole.values) or state not in ("", *MembershipState.values):
        return found.none()
    wanted = {"consortium_id": consortium, "organisation_id": organisation, "role": role, "state": state}
    return found.filter(**{name: value for name, value in wanted.items() if value}).order_by("-applied_at", "-id")


def memberships_of(actor: Actor, organisation: Organisation) -> QuerySet[Membership]:
    """An organisation's memberships, those in force first."""
    in_force = Case(When(state=MembershipState.ACTIVE, then=Value(0)), default=Value(1), output_field=IntegerField())
    return memberships(actor, organisation=organisation.pk).order_by(in_force, "consortium_id", "id")


def awaiting_review(actor: Actor) -> QuerySet[Membership]:
    """Applications that the actor is to decide on, oldest first."""
    waiting = visible_memberships(actor).filter(state=MembershipState.APPLIED)
    if not actor.sees_all:
        waiting = waiting.filter(consortium_id__in=actor.secretariat_of)
    return waiting.order_by("applied_at", "id")


def joinable_consortia(actor: Actor, organisation: Organisation) -> QuerySet[Consortium]:
    """Consortia in which the organisation is not yet and to which it has not applied."""
    held = Membership.objects.filter(
        organisation=organisation, state__in=[MembershipState.APPLIED, MembershipState.ACTIVE]
    ).values("consortium_id")
    return Consortium.objects.exclude(pk__in=held).exclude(organisation=organisation).select_related("organisation")
