"""For whom somebody may enter needs and offers: an organisation in a consortium."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Q

from chanjiao.apps.members.models import Membership, MembershipState, Organisation, OrganisationType
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor

COLLEGES = (OrganisationType.SCHOOL_VOCATIONAL, OrganisationType.UNIVERSITY)


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation in a consortium, for which somebody may post."""

    organisation_id: int
    organisation: str
    consortium_id: int
    consortium: str


def posting_places(actor: Actor) -> tuple[Place, ...]:
    """For which organisation in which consortium the actor may post, by organisation, a group after its consortia."""
    rows = Membership.objects.filter(state=MembershipState.ACTIVE)
    if not actor.sees_all:
        own = actor.organisation_id if actor.acts_for(actor.organisation_id) else None
        rows = rows.filter(Q(organisation_id=own) | Q(consortium_id__in=actor.secretariat_of))
    columns = ("organisation_id", "organisation__name", "consortium_id", "consortium__organisation__name")
    found = rows.order_by(
        "organisation__pinyin", F("consortium__group").asc(nulls_last=True), "consortium_id"
    ).values_list(*columns)
    return tuple(dict.fromkeys(Place(*row) for row in found))


def visiting_places(actor: Actor) -> tuple[Place, ...]:
    """The enterprises for which staff of a college may draft a need after a visit: members of the same consortia."""
    own = actor.organisation_id
    if own is None or not actor.belongs_to(own):
        return ()
    active = Membership.objects.filter(state=MembershipState.ACTIVE)
    joined = active.filter(organisation_id=own, organisation__type__in=COLLEGES).values("consortium_id")
    columns = ("organisation_id", "organisation__name", "consortium_id", "consortium__organisation__name")
    firms = active.filter(consortium_id__in=joined, organisation__type=OrganisationType.ENTERPRISE)
    order = ("organisation__pinyin", F("consortium__group").asc(nulls_last=True), "consortium_id")
    found = firms.order_by(*order).values_list(*columns)
    return tuple(dict.fromkeys(Place(*row) for row in found))


def member_of(consortium_id: int, organisation_id: int) -> Organisation:
    """The organisation, an active member of the consortium; `listing.not_a_member` otherwise."""
    joined = Organisation.objects.filter(
        pk=organisation_id, memberships__consortium_id=consortium_id, memberships__state=MembershipState.ACTIVE
    )
    found = joined.first()
    if found is None:
        raise ChanjiaoError("listing.not_a_member")
    return found
