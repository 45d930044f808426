"""The directory, a member's page, and the forms for an organisation's facts."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chanjiao.apps.members import rights, selectors
from chanjiao.apps.members.actions.edit_organisation import edit_organisation
from chanjiao.apps.members.actions.register_organisation import register_organisation
from chanjiao.apps.members.models import (
    Membership,
    MembershipRole,
    MembershipState,
    Organisation,
    OrganisationType,
)
from chanjiao.apps.members.registry import facts_of
from chanjiao.apps.members.selectors import CodeSuggestion
from chanjiao.apps.reference import selectors as reference
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.interfaces.callers import actor_of, known_actor
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.members.filters import DirectoryFilters
from chanjiao.interfaces.web.members.forms import OrganisationForm, organisation_values, refuse
from chanjiao.interfaces.web.members.shown import STATE_WORDS, deeds, linked_counts

PAGE_SIZE = 25


def directory(request: HttpRequest) -> HttpResponseBase:
    """Organisations, filtered, sorted and counted; or the same as a file."""
    actor, filters = actor_of(request), DirectoryFilters.of(request.GET)
    found = selectors.directory(actor, **asdict(filters))
    sections = [(term.code, term.name) for term in reference.children(actor, "industry")]
    file = exported(request, found, _columns(dict(sections)), "members")
    if file is not None:
        return file
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    _name_industries(actor, page)
    types = selectors.figures_by_type(actor)
    context = {
        "page": page,
        "filters": filters,
        "sections": sections,
        "zones": selectors.zones(actor),
        "consortia": selectors.consortia(actor),
        "types": [(value, label, types[value]) for value, label in OrganisationType.choices if types.get(value)],
        "roles": MembershipRole.choices,
        "states": [(name, STATE_WORDS[name]) for name in selectors.STATES],
        "may_register": rights.may_register(actor),
        "may_found": rights.may_found(actor),
    }
    return render(request, "members/directory.html", context)


def _name_industries(actor: Actor, page: Page[Organisation]) -> None:
    """Each organisation of the page carries the name of its industry."""
    names = reference.names_of(actor, [("industry", one.industry_code) for one in page if one.industry_code])
    for one in page:
        one.industry = names.get(("industry", one.industry_code), "")  # type: ignore[attr-defined]


def _columns(sections: dict[str, str]) -> list[Column[Organisation]]:
    return [
        Column(_("Name"), lambda one: one.name, 32),
        Column(_("Short name"), lambda one: one.short_name, 18),
        Column(_("Type"), lambda one: one.get_type_display(), 14),
        Column(_("Unified social credit code"), lambda one: one.credit_code or "", 22),
        Column(_("Zone"), lambda one: one.zone.name if one.zone else "", 22),
        Column(_("Industry section"), lambda one: sections.get(one.industry_code[:1], ""), 22),
        Column(_("Industry code"), lambda one: one.industry_code, 12),
        Column(_("Roles"), lambda one: "；".join(_role_line(held) for held in one.active_memberships), 40),  # type: ignore[attr-defined]
        Column(_("Employees"), lambda one: one.staff_count, 10),
        Column(_("Address"), lambda one: one.address, 30),
    ]


def _role_line(held: Membership) -> str:
    return f"{held.consortium.organisation.name} {held.get_role_display()}"


def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """A member's page."""
    actor = actor_of(request)
    body = selectors.organisation(actor, pk)
    if hasattr(body, "consortium"):
        return redirect("members:consortium", pk=body.consortium.pk)
    sees_private = rights.sees_private_facts(actor, body)
    held = list(selectors.memberships_of(actor, body))
    names = _code_names(actor, body)
    context = {
        "body": body,
        "industry_line": f"{names['industry_code']} {body.industry_code}".strip(),
        "other_names": "；".join(alias.name for alias in body.aliases.all()),
        "residents_url": f"{reverse('members:directory')}?zone={body.pk}",
        "region": names["region_code"],
        "memberships": held,
        "is_member": any(one.state == MembershipState.ACTIVE for one in held),
        "people": selectors.people_of(actor, body),
        "staff": selectors.staff_of(actor, body).filter(ended_on__isnull=True),
        "sees_private": sees_private,
        "history": deeds(selectors.history_of(actor, body)),
        "counts": linked_counts(actor, body),
        "may_edit": rights.may_edit(actor, body),
        "may_join": actor.acts_for(body.pk) or bool(actor.secretariat_of),
        "residents": selectors.residents_count(actor, body),
    }
    return render(request, "members/organisation.html", context)


def _code_names(actor: Actor, body: Organisation) -> dict[str, str]:
    """The names of an organisation's codes by column, empty where a code is not known."""
    pairs = {"industry_code": ("industry", body.industry_code), "region_code": ("region", body.region_code)}
    names = reference.names_of(actor, [pair for pair in pairs.values() if pair[1]])
    return {column: names.get(pair, "") for column, pair in pairs.items()}


def register(request: HttpRequest) -> HttpResponse:
    """The form for a new organisation."""
    actor = known_actor(request)
    require(rights.may_register(actor))
    form = OrganisationForm(request.POST or None, zones=selectors.zones(actor))
    form.ask_by_code(reverse("members:by_code"))
    if request.method == "POST" and form.is_valid():
        try:
            body = register_organisation(actor=actor, told=form.told(), now=clock.now())
        except ChanjiaoError as error:
            refuse(form, error)
        else:
            messages.success(request, _("%(name)s is registered") % {"name": body.name})
            return redirect("members:organisation", pk=body.pk)
    context = {"form": form, "body": None}
    return render(request, "members/organisation_form.html", context, status=422 if form.errors else 200)


def by_code(request: HttpRequest) -> HttpResponse:
    """What the credit code typed into the form for a new organisation says, with the fields that it fills."""
    actor, given = known_actor(request), request.GET
    require(rights.may_register(actor))
    told, fault = None, ""
    try:
        told = selectors.suggested_by_code(actor, given.get("credit_code", ""))
    except ChanjiaoError as error:
        fault = sentences(error)[0]
    context = {
        "told": told,
        "kind": _(told.kind) if told else "",
        "fault": fault,
        "form": _filled_by_code(actor, told, given) if told else None,
    }
    return render(request, "members/_by_code.html", context)


def _filled_by_code(actor: Actor, told: CodeSuggestion, given: QueryDict) -> OrganisationForm:
    """The form with the type that the code allows and the region that it names; a region typed before stays."""
    type_, region = given.get("type", ""), given.get("region_code", "") or told.region
    if told.types and type_ not in told.types:
        type_ = told.types[0]
    form = OrganisationForm(initial={"type": type_, "region_code": region}, zones=selectors.zones(actor))
    form.name_codes({"region_code": reference.names_of(actor, [("region", region)]).get(("region", region), "")})
    return form


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form for an organisation's own facts."""
    actor = known_actor(request)
    body = selectors.organisation(actor, pk)
    require(rights.may_edit(actor, body))
    form = OrganisationForm(
        request.POST or None,
        initial=organisation_values(body, facts_of(body)),
        zones=selectors.zones(actor),
        may_change_type=rights.may_register(actor),
    )
    form.name_codes(_code_names(actor, body))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                edit_organisation(
                    actor=actor,
                    organisation_id=pk,
                    version=form.cleaned_data["version"] or 0,
                    told=form.told(body.type),
                    now=clock.now(),
                )
            except ChanjiaoError as error:
                refuse(form, error)
                status = 409 if error.code == "record.stale" else 422
            else:
                messages.success(request, _("The facts are stored"))
                return redirect("members:organisation", pk=pk)
    context = {"form": form, "body": body, "is_stale": status == 409}
    return render(request, "members/organisation_form.html", context, status=status)
