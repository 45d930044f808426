"""Pages of the code tables: all of them, one as a tree, one term, and the suggestions of code fields."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.reference import selectors
from chanjiao.apps.reference.models import Term
from chanjiao.apps.reference.rights import may_judge_links
from chanjiao.interfaces.callers import actor_of
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.reference import show, words

FOUND_ON_A_PAGE = 40
FOUND_IN_A_FIELD = 10


def tables(request: HttpRequest) -> HttpResponseBase:
    """Every code table with its edition and source, or what a search over all of them finds."""
    actor = actor_of(request)
    text, system = request.GET.get("q", ""), request.GET.get("system", "")
    found = selectors.suggest(actor, text, system or None, limit=FOUND_ON_A_PAGE) if text.strip() else ()
    systems = [show.system(one) for one in selectors.systems(actor)]
    file = exported(request, found, _FOUND, "codes") if text.strip() else exported(request, systems, _SYSTEMS, "tables")
    context = {
        "q": text,
        "system": system,
        "systems": systems,
        "choices": [(one.code, one.label) for one in systems],
        "found": [show.suggestion(one) for one in found],
        "may_judge": may_judge_links(actor),
    }
    return file or render(request, "reference/tables.html", context)


def table(request: HttpRequest, system: str) -> HttpResponseBase:
    """One code table as a tree that opens level by level; `?format=` exports all of it."""
    actor = actor_of(request)
    stored = selectors.system(actor, system)
    file = exported(request, selectors.terms_of(actor, system).iterator(), _TERMS, system)
    if file:
        return file
    text = request.GET.get("q", "")
    found = selectors.suggest(actor, text, system, limit=FOUND_ON_A_PAGE) if text.strip() else ()
    context = {
        "table": show.system(stored),
        "q": text,
        "found": [show.suggestion(one) for one in found],
        "may_judge": may_judge_links(actor),
        "groups": show.groups(actor, system, list(selectors.children(actor, system))),
    }
    return render(request, "reference/table.html", context)


def term(request: HttpRequest, system: str, code: str) -> HttpResponseBase:
    """One term: names, codes, what stands above and below, links both ways, courses, functions."""
    actor = actor_of(request)
    one = selectors.term(actor, system, code)
    context = {
        "term": one,
        "table": show.system(selectors.system(actor, system)),
        "level": show.level_label(system, one.level),
        "facts": show.facts(one),
        "path": [(above.name, _address(above)) for above in selectors.path(actor, one)],
        "aliases": one.aliases.all(),
        "former_codes": one.former_codes.all(),
        "successors": selectors.successors(actor, one),
        "below": show.nodes(actor, system, list(selectors.children(actor, system, one.code))),
        "links": show.links(actor, one),
        "links_title": gettext(words.LINK_TITLES[system]) if system in words.LINK_TITLES else "",
        "may_judge": system == "programme" and may_judge_links(actor),
        "link_system": "occupation" if system == "programme" else "programme",
        "courses": selectors.courses_of(actor, one.code) if system == "programme" else (),
        "functions": selectors.functions_of(actor, one.code) if system == "occupation" else (),
        "records": show.records(selectors.records_with(actor, system, [one.code])),
    }
    return render(request, "reference/term.html", context)


def below(request: HttpRequest, system: str, code: str) -> HttpResponseBase:
    """What stands right under a code, as a fragment of the tree."""
    actor = actor_of(request)
    one = selectors.term(actor, system, code)
    nodes = show.nodes(actor, system, list(selectors.children(actor, system, one.code)))
    return render(request, "reference/nodes.html", {"nodes": nodes})


def options(request: HttpRequest) -> HttpResponseBase:
    """The options of a code field for what is typed, as a fragment, or as JSON with `?format=json`."""
    actor = actor_of(request)
    text, system = request.GET.get("q", ""), request.GET.get("system", "")
    found = selectors.suggest(actor, text, system or None, limit=FOUND_IN_A_FIELD, for_field=True)
    if request.GET.get("format") == "json":
        items = [{"system": one.system, "code": one.code, "name": one.name, "above": one.above} for one in found]
        return JsonResponse({"items": items}, json_dumps_params={"ensure_ascii": False})
    context = {"found": [show.suggestion(one) for one in found], "one_system": len({one.system for one in found}) == 1}
    return render(request, "reference/options.html", context)


def _address(term: Term) -> str:
    return reverse("reference:term", args=[term.system.code, term.code])


_SYSTEMS = [
    Column[show.System](_("Code table"), lambda one: one.label, 24),
    Column[show.System](_("Codes in force"), lambda one: one.in_force),
    Column[show.System](_("Codes abolished"), lambda one: one.abolished),
    Column[show.System](_("Edition"), lambda one: one.edition, 32),
    Column[show.System](_("Source"), lambda one: one.source, 48),
    Column[show.System](_("Terms of use"), lambda one: one.licence, 32),
    Column[show.System](_("Completeness"), lambda one: one.completeness, 48),
]
_FOUND = [
    Column[selectors.Suggestion](_("Code table"), lambda one: show.system_label(one.system), 24),
    Column[selectors.Suggestion](_("Code"), lambda one: one.code),
    Column[selectors.Suggestion](_("Name"), lambda one: one.name, 36),
    Column[selectors.Suggestion](_("Above it"), lambda one: one.above, 48),
    Column[selectors.Suggestion](_("In force"), lambda one: one.in_force),
]
_TERMS = [
    Column[Term](_("Code"), lambda one: one.code),
    Column[Term](_("Name"), lambda one: one.name, 36),
    Column[Term](_("Level in the table"), lambda one: show.level_label(one.system_id, one.level)),
    Column[Term](_("Code above"), lambda one: one.parent_code),
    Column[Term](_("In force"), lambda one: one.in_force),
    Column[Term](_("Edition"), lambda one: one.edition, 32),
]
