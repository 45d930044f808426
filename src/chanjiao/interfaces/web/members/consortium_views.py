"""Consortia: who leads and sits where, what was promised, who is in."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from chanjiao.apps.members import rights, selectors
from chanjiao.apps.members.models import (
    Consortium,
    Goal,
    Membership,
    MembershipRole,
    OrganisationType,
)
from chanjiao.interfaces.callers import actor_of
from chanjiao.interfaces.web.charts import Bar, BarChart
from chanjiao.interfaces.web.export import Column, exported

LEAD_ROLES = ("lead", "lead_school", "lead_enterprise", "park")
COUNCIL_ROLES = ("council_chair", "council_vice", "council_member")


def consortia(request: HttpRequest) -> HttpResponseBase:
    """Groups and their consortia; or the same as a file."""
    actor = actor_of(request)
    found = selectors.consortia(actor)
    file = exported(request, found, _columns(), "consortia")
    if file is not None:
        return file
    context = {"consortia": found, "may_found": rights.may_found(actor)}
    return render(request, "members/consortia.html", context)


def consortium(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One consortium."""
    actor = actor_of(request)
    body = selectors.consortium(actor, pk)
    members = selectors.members_of(actor, body)
    file = exported(request, members, _member_columns(), "consortium")
    if file is not None:
        return file
    figures, goals = selectors.figures(actor, pk), list(selectors.goals_of(actor, body))
    context = {
        "body": body,
        "children": [one for one in selectors.consortia(actor) if one.group_id == pk],
        "figures": figures,
        "leads": [one for one in members if one.role in LEAD_ROLES],
        "council": _council(members),
        "guidance": [one for one in members if one.role == "guidance_committee"],
        "plain_count": sum(1 for one in members if one.role == "member"),
        "role_chart": _role_chart(body, figures.roles),
        "type_chart": _type_chart(body, figures.types),
        "hopes": [goal for goal in goals if goal.kind == "hope"],
        "others": [(goals_[0].get_kind_display(), goals_) for goals_ in _by_kind(goals)],
        "goal_count": len(goals),
        "members_url": f"{reverse('members:directory')}?consortium={pk}",
        "runs": actor.runs(pk),
        "waiting": selectors.awaiting_review(actor).filter(consortium_id=pk).count() if actor.runs(pk) else 0,
        "may_join": actor.organisation_id is not None and actor.acts_for(actor.organisation_id),
    }
    return render(request, "members/consortium.html", context)


def _council(members: list[Membership]) -> list[Membership]:
    order = ["chair", "vice_chair", "secretary", "standing", "council", ""]
    seated = [one for one in members if one.office or one.role in COUNCIL_ROLES]
    return sorted(seated, key=lambda one: order.index(one.office))


def _by_kind(goals: list[Goal]) -> list[list[Goal]]:
    rest = sorted((goal for goal in goals if goal.kind != "hope"), key=lambda goal: (goal.kind, goal.position))
    return [list(group) for _, group in groupby(rest, key=lambda goal: goal.kind)]


def _role_chart(body: Consortium, roles: Iterable[tuple[str, int]]) -> BarChart:
    words = dict(MembershipRole.choices)
    address = reverse("members:directory")
    bars = [Bar(words[role], (count,), f"{address}?consortium={body.pk}&role={role}") for role, count in roles]
    return BarChart(_("Members by role"), bars, unit=_("organisations"), label_head=_("Role"))


def _type_chart(body: Consortium, types: Iterable[tuple[str, int]]) -> BarChart:
    words = dict(OrganisationType.choices)
    address = reverse("members:directory")
    bars = [Bar(words[type_], (count,), f"{address}?consortium={body.pk}&type={type_}") for type_, count in types]
    return BarChart(_("Members by type"), bars, unit=_("organisations"), label_head=_("Type"))


def _columns() -> list[Column[Consortium]]:
    return [
        Column(_("Name"), lambda one: one.organisation.name, 32),
        Column(_("Kind"), lambda one: one.get_kind_display(), 16),
        Column(_("Group"), lambda one: one.group.organisation.name if one.group else "", 32),
        Column(_("Zone"), lambda one: one.zone.name if one.zone else "", 32),
        Column(_("Founded on"), lambda one: one.founded_on, 12),
        Column(_("Members"), lambda one: one.member_count, 10),  # type: ignore[attr-defined]
    ]


def _member_columns() -> list[Column[Membership]]:
    return [
        Column(_("Name"), lambda one: one.organisation.name, 32),
        Column(_("Role"), lambda one: one.get_role_display(), 16),
        Column(_("Office"), lambda one: one.get_office_display() if one.office else "", 16),
        Column(_("Type"), lambda one: one.organisation.get_type_display(), 16),
        Column(_("Term begins"), lambda one: one.starts_on, 12),
        Column(_("Term ends"), lambda one: one.ends_on, 12),
    ]
