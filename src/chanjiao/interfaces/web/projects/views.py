"""The list of projects, and one project: as a board, over time, its proofs, its money, its end."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chanjiao.apps.cooperation.models import AgreementState
from chanjiao.apps.cooperation.selectors import agreement as agreement_seen
from chanjiao.apps.projects import selectors
from chanjiao.apps.projects.models import MilestoneState, ProjectState
from chanjiao.apps.projects.shown import MilestoneView, ProjectView
from chanjiao.core import clock
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.cooperation.views import Entry, each_once
from chanjiao.interfaces.web.cooperation.words import kind_words, kinds
from chanjiao.interfaces.web.deed_words import doer_of, tone_of, word_of
from chanjiao.interfaces.web.exchange.lists import LONGEST_SEARCH, whole_number
from chanjiao.interfaces.web.exchange.views import Tab
from chanjiao.interfaces.web.export import exported
from chanjiao.interfaces.web.projects import words
from chanjiao.interfaces.web.projects.forms import CloseForm, EvaluationForm, MoneyForm
from chanjiao.interfaces.web.projects.gantt import gantt as gantt_of

PAGE_SIZE = 25
SHOWN_DEEDS = 12


def projects(request: HttpRequest) -> HttpResponseBase:
    """The reader's projects; or the same as a file."""
    actor, filters = known_actor(request), _filters_of(request.GET)
    found = selectors.projects(actor, filters)
    file = exported(request, (words.Line(row) for row in found), words.columns(), "projects")
    if file is not None:
        return file
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = selectors.state_counts(actor)
    context = {
        "page": page,
        "lines": [words.Line(row) for row in page.object_list],
        "filters": filters,
        "is_narrowed": filters != selectors.Filters(sort=filters.sort),
        "states": [(value, label, counts[value]) for value, label in ProjectState.choices if counts[value]],
        "kinds": kinds(),
    }
    return render(request, "projects/list.html", context)


def project(request: HttpRequest, pk: int) -> HttpResponse:
    """The project as a board: what is to be done, what waits for verification, what is done."""
    actor = known_actor(request)
    view = selectors.project(actor, pk)
    columns = [
        (_("To be done"), "open", _in_state(view, MilestoneState.OPEN)),
        (_("Proof to be verified"), "proved", _in_state(view, MilestoneState.PROVED)),
        (_("Done"), "done", _in_state(view, MilestoneState.DONE)),
    ]
    context = _context(actor, view, "project") | {
        "columns": columns,
        "dropped": _in_state(view, MilestoneState.DROPPED),
        "history": _history(actor, pk),
    }
    return render(request, "projects/board.html", context)


def gantt(request: HttpRequest, pk: int) -> HttpResponse:
    """The milestones over time."""
    actor = known_actor(request)
    view = selectors.project(actor, pk)
    chart = gantt_of(view.milestones, (view.row.starts_on, view.row.ends_on), timezone.localdate(clock.now()))
    states = [(row, words.milestone_state(row.milestone)) for row in chart.rows]
    return render(request, "projects/gantt.html", _context(actor, view, "gantt") | {"chart": chart, "rows": states})


def proofs(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The numbered list of proofs; or the same as a file."""
    actor = known_actor(request)
    view = selectors.project(actor, pk)
    file = exported(request, view.proofs, words.proof_columns(), f"proofs-{view.row.number}")
    if file is not None:
        return file
    lines = [(one, *words.PROOF_STATES[one.last.state]) for one in view.proofs]
    return render(request, "projects/proofs.html", _context(actor, view, "proofs") | {"lines": lines})


def money(request: HttpRequest, pk: int, form: MoneyForm | None = None) -> HttpResponseBase:
    """What came in and went out, for those to whom it is open; or the same as a file."""
    actor = known_actor(request)
    view = selectors.project(actor, pk)
    file = exported(request, view.money or (), words.money_columns(), f"money-{view.row.number}")
    if file is not None:
        return file
    total = {one: view.total(one) for one in ("in", "out")}
    context = _context(actor, view, "money") | {
        "form": form or MoneyForm(None, bodies=list(view.organisations), milestones=milestone_choices(view)),
        "entries": [(one, words.direction_words(one.direction)) for one in view.money or ()],
        "received": total["in"],
        "spent": total["out"],
        "left": total["in"] - total["out"],
    }
    return render(request, "projects/money.html", context, status=422 if form is not None and form.errors else 200)


def closing(
    request: HttpRequest, pk: int, evaluation: EvaluationForm | None = None, form: CloseForm | None = None
) -> HttpResponse:
    """Evaluations by the parties, and the end of the project."""
    actor = known_actor(request)
    view = selectors.project(actor, pk)
    refused = any(one is not None and one.errors for one in (evaluation, form))
    context = _context(actor, view, "closing") | {
        "evaluation_form": evaluation or EvaluationForm(auto_id="evaluation_%s"),
        "close_form": form or CloseForm(initial={"version": view.row.version}, auto_id="close_%s"),
        "renewals": _renewals_in_force(actor, view),
    }
    return render(request, "projects/closing.html", context, status=422 if refused else 200)


def milestone_choices(view: ProjectView) -> list[tuple[int, str]]:
    """(id, title) of the milestones that are not dropped."""
    return [(one.id, one.title) for one in view.milestones if one.state != MilestoneState.DROPPED]


def _context(actor: Actor, view: ProjectView, here: str) -> dict[str, object]:
    step, tone = words.next_step(view)
    tabs = [
        ("project", _("Board"), None),
        ("gantt", _("Over time"), None),
        ("proofs", _("Proofs"), len(view.proofs)),
        *([("money", _("Money"), None)] if view.money is not None else []),
        ("closing", _("Conclusion"), None),
    ]
    return {
        "view": view,
        "row": view.row,
        "kind": kind_words(view.row.kind),
        "state": str(ProjectState(view.row.state).label),
        "step": step,
        "tone": tone,
        "may": {deed.value: True for deed in view.deeds},
        "tabs": [
            Tab(label, reverse(f"projects:{name}", args=[view.row.id]), name == here, count)
            for name, label, count in tabs
        ],
    }


def _in_state(view: ProjectView, state: MilestoneState) -> list[MilestoneView]:
    return [one for one in view.milestones if one.state == state]


def _history(actor: Actor, pk: int) -> list[Entry]:
    told = each_once(selectors.history(actor, pk)[: SHOWN_DEEDS * 2])[:SHOWN_DEEDS]
    return [
        Entry(one.at, f"{word_of(one.name)} · {one.object_name}", doer_of(one.actor_name), tone_of(one.name))
        for one in told
    ]


def _renewals_in_force(actor: Actor, view: ProjectView) -> list[tuple[int, str]]:
    if view.row.state == ProjectState.RUNNING:
        return []
    renewals = agreement_seen(actor, view.row.agreement_id).renewals
    seen = [agreement_seen(actor, pk).row for pk, _number in renewals]
    return [(one.id, one.number) for one in seen if one.state == AgreementState.IN_FORCE]


def _filters_of(query: QueryDict) -> selectors.Filters:
    return selectors.Filters(
        state=query.get("state", ""),
        kind=query.get("kind", ""),
        organisation=whole_number(query.get("organisation")),
        overdue=query.get("overdue") == "1",
        text=query.get("q", "")[:LONGEST_SEARCH],
        sort=query.get("sort", ""),
    )
