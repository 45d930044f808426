"""The directory of organisations."""

from __future__ import annotations

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.expressions import OrderBy

from chanjiao.apps.members.models import (
    MembershipRole,
    MembershipState,
    Organisation,
    OrganisationAlias,
    OrganisationType,
)
from chanjiao.apps.members.rules import name_key, plain_text
from chanjiao.apps.members.selectors.memberships import visible_memberships
from chanjiao.core.permissions import Actor

SORTS = {
    "name": (F("pinyin").asc(),),
    "type": (F("type").asc(), F("pinyin").asc()),
    "industry": (F("industry_code").asc(), F("pinyin").asc()),
    "zone": (F("zone__pinyin").asc(nulls_last=True), F("pinyin").asc()),
    "staff": (F("staff_count").asc(nulls_last=True), F("pinyin").asc()),
}
"""Sorting keys of the directory; a leading minus turns the first around."""

STATES = ("active", "applied", "expired", "left", "none")
"""States one may filter by: those of a membership, and `none` for no membership at all."""


def directory(
    actor: Actor,
    *,
    search: str = "",
    type_: str = "",
    zone: int | None = None,
    section: str = "",
    role: str = "",
    consortium: int | None = None,
    state: str = "",
    sort: str = "name",
) -> QuerySet[Organisation]:
    """Organisations that fit every filter; consortia themselves only where the type asks for them.

    `section` is the letter of an industry section. `search` takes names, short names, aliases, pinyin initials and
    credit codes.
    """
    found: QuerySet[Organisation] = Organisation.objects.select_related("zone").prefetch_related(
        Prefetch(
            "memberships",
            queryset=visible_memberships(actor).filter(state=MembershipState.ACTIVE).order_by("consortium_id", "id"),
            to_attr="active_memberships",
        )
    )
    found = found.filter(type=type_) if type_ else found.exclude(type=OrganisationType.CONSORTIUM)
    if not _are_known(type_, section, role, state):
        return found.none()
    if search:
        found = found.filter(_named_like(search))
    if zone is not None:
        found = found.filter(zone_id=zone)
    if section:
        found = found.filter(industry_code__startswith=section)
    if role or consortium is not None or state:
        found = _by_membership(found, actor, role, consortium, state)
    return found.order_by(*_ordering(sort), "id")


def zones(actor: Actor) -> QuerySet[Organisation]:
    """Zones, for choosing one."""
    return Organisation.objects.filter(type=OrganisationType.PARK).order_by("pinyin")


def _are_known(type_: str, section: str, role: str, state: str) -> bool:
    """Whether the filters name something that a row may hold; text from an address may hold anything."""
    return (
        type_ in ("", *OrganisationType.values)
        and role in ("", *MembershipRole.values)
        and state in ("", "none", *MembershipState.values)
        and (section == "" or (section.isascii() and section.isalnum()))
    )


def figures_by_type(actor: Actor) -> dict[str, int]:
    """How many organisations of each type are registered."""
    rows = Organisation.objects.order_by().values_list("type").annotate(number=Count("pk"))
    return dict(rows)


def residents_count(actor: Actor, body: Organisation) -> int:
    """How many organisations have their seat in a zone; 0 for what is no zone, without a query."""
    return Organisation.objects.filter(zone=body).count() if body.type == OrganisationType.PARK else 0


def _named_like(search: str) -> Q:
    key, typed = name_key(search), plain_text(search).replace(" ", "")
    if not key:
        return Q(pk__in=[])
    alias = OrganisationAlias.objects.filter(organisation=OuterRef("pk"), name_key__contains=key)
    like = Q(name_key__contains=key) | Q(short_name__icontains=typed) | Q(Exists(alias))
    if key.isascii():
        like |= Q(initials__contains=key) | Q(credit_code__startswith=key.upper())
    return like


def _by_membership(
    found: QuerySet[Organisation], actor: Actor, role: str, consortium: int | None, state: str
) -> QuerySet[Organisation]:
    held = visible_memberships(actor).filter(organisation=OuterRef("pk"))
    if consortium is not None:
        held = held.filter(consortium_id=consortium)
    if role:
        held = held.filter(role=role)
    if state == "none":
        return found.filter(~Exists(held.filter(state=MembershipState.ACTIVE)))
    return found.filter(Exists(held.filter(state=state or MembershipState.ACTIVE)))


def _ordering(sort: str) -> tuple[OrderBy, ...]:
    expressions = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    if not sort.startswith("-"):
        return expressions
    first = expressions[0].copy()
    first.descending = True
    return (first, *expressions[1:])
