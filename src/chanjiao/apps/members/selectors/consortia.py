"""Consortia: facts, members by role, goals, figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from chanjiao.apps.members.models import Consortium, Goal, Membership, MembershipRole, MembershipState
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor

ROLE_ORDER = (
    "council_chair lead lead_school lead_enterprise council_vice park guidance_committee council_member member".split()
)


@dataclass(frozen=True, slots=True)
class Figures:
    """How many members (organisations, each counted once) there are, in all and by role, type and zone.

    In `roles` an organisation counts under every role it holds, so these need not add up to `members`.
    """

    members: int
    roles: tuple[tuple[str, int], ...]
    types: tuple[tuple[str, int], ...]
    zones: tuple[tuple[int | None, str, int], ...]


def consortia(actor: Actor) -> QuerySet[Consortium]:
    """All consortia, groups first, each with `member_count`."""
    active = Q(memberships__state=MembershipState.ACTIVE)
    return (
        Consortium.objects.select_related("organisation", "group__organisation", "zone")
        .annotate(member_count=Count("memberships__organisation", filter=active, distinct=True))
        .order_by(Case(When(kind="group", then=Value(0)), default=Value(1), output_field=IntegerField()), "id")
    )


def consortium(actor: Actor, pk: int) -> Consortium:
    """One consortium; `record.not_found` where it is missing."""
    found = consortia(actor).filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def members_of(actor: Actor, body: Consortium) -> list[Membership]:
    """Active memberships, weightiest role first, then by name."""
    found = (
        Membership.objects.filter(consortium=body, state=MembershipState.ACTIVE)
        .select_related("organisation__zone")
        .order_by("organisation__pinyin", "id")
    )
    return sorted(found, key=lambda one: ROLE_ORDER.index(one.role))


def goals_of(actor: Actor, body: Consortium) -> QuerySet[Goal]:
    """Hopes, guarantees and lines of work in the order of the document."""
    return Goal.objects.filter(consortium=body).select_related("owner", "document").order_by("kind", "position", "id")


def figures(actor: Actor, consortium_id: int | None = None) -> Figures:
    """Figures of one consortium, or of all together; one query."""
    held = Membership.objects.filter(state=MembershipState.ACTIVE)
    if consortium_id is not None:
        held = held.filter(consortium_id=consortium_id)
    rows = held.values_list(
        "organisation_id", "role", "organisation__type", "organisation__zone_id", "organisation__zone__name"
    ).distinct()
    bodies = {row[0]: row for row in rows}
    roles = Counter(role for _, role in {(row[0], row[1]) for row in rows})
    types = Counter(row[2] for row in bodies.values())
    zones = Counter((row[3], row[4] or "") for row in bodies.values())
    return Figures(
        members=len(bodies),
        roles=tuple((role, roles[role]) for role in sorted(roles, key=_role_place)),
        types=tuple(types.most_common()),
        zones=tuple((pk, name, count) for (pk, name), count in zones.most_common()),
    )


def _role_place(role: str) -> int:
    return ROLE_ORDER.index(role) if role in MembershipRole.values else len(ROLE_ORDER)
