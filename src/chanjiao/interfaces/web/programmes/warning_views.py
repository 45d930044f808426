"""Early warning: the cards, one card with its decision, and the rule sets."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from chanjiao.apps.plans.selectors import latest_changes_at
from chanjiao.apps.programmes.actions.decide_card import decide_card
from chanjiao.apps.programmes.actions.issue_cards import issue_cards
from chanjiao.apps.programmes.actions.keep_rule_set import keep_rule_set
from chanjiao.apps.programmes.models import CardColour, CardDecision, CardState
from chanjiao.apps.programmes.rights import may_decide
from chanjiao.apps.programmes.rules.measures import MEASURE_WORDS, RATES
from chanjiao.apps.programmes.rules.warning_sets import WarningSet
from chanjiao.apps.programmes.selectors import warnings as selectors
from chanjiao.apps.programmes.selectors.points import colleges
from chanjiao.apps.programmes.selectors.supply import YearFilters, year_figures, years_told
from chanjiao.apps.programmes.selectors.warnings import Card, CardFilters
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import require
from chanjiao.interfaces.callers import actor_of, known_actor
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.export import Column, exported
from chanjiao.interfaces.web.members.forms import refuse
from chanjiao.interfaces.web.programmes.sections import programme_names, sections, shown_year
from chanjiao.interfaces.web.programmes.structure_forms import DecisionForm, IssueForm, RuleSetForm
from chanjiao.interfaces.web.programmes.year_views import year_lines
from chanjiao.interfaces.web.wording import percent

PAGE_SIZE = 25
TONES = {CardColour.RED: "bad", CardColour.YELLOW: "waits", CardColour.EXEMPT: ""}


@dataclass(frozen=True, slots=True)
class CardLine:
    """A card with its words."""

    card: Card
    name: str

    @property
    def colour(self) -> str:
        """The card's colour in words."""
        return str(CardColour(self.card.colour).label)

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return TONES[CardColour(self.card.colour)]

    @property
    def state(self) -> str:
        """Its state in words."""
        return str(CardState(self.card.state).label)

    @property
    def decision(self) -> str:
        """The decision in words; empty while it is open."""
        return str(CardDecision(self.card.decision).label) if self.card.decision else ""

    @property
    def rules(self) -> str:
        """The rules hit, one after the other."""
        return "；".join(hit.label for hit in self.card.hits)

    @property
    def hits(self) -> list[dict[str, object]]:
        """The rules hit with their measures and rows in words."""
        return [
            {
                "hit": hit,
                "measure": _(MEASURE_WORDS[hit.measure]) if hit.measure in MEASURE_WORDS else hit.measure,
                "rows": [(row.year, measured(hit.measure, row.value)) for row in hit.rows],
            }
            for hit in self.card.hits
        ]


def measured(measure: str, value: float) -> str:
    """A value of a measure as a reader expects it."""
    return percent(value) if measure in RATES else f"{value:.3g}"


def warnings(request: HttpRequest) -> HttpResponseBase:
    """The cards that the reader may see, filtered and sorted; or the same as a file."""
    actor, filters = known_actor(request), _filters(request.GET)
    found = selectors.warning_cards(actor, filters)
    file = exported(request, _lines(request, list(found)), _columns(), "warning-cards")
    if file is not None:
        return file
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = selectors.card_counts(actor)
    context = {
        "tabs": sections("warnings"),
        "page": page,
        "lines": _lines(request, list(page.object_list)),
        "filters": filters,
        "is_narrowed": filters != CardFilters(sort=filters.sort),
        "colours": CardColour.choices,
        "states": [(value, label, _of_state(counts, value)) for value, label in CardState.choices],
        "years": years_told(actor),
        "colleges": colleges(actor),
        "open": {colour: counts.get((colour, "open"), 0) for colour in CardColour.values},
        "issue": IssueForm(sets=selectors.rule_sets(actor), initial={"year": shown_year(request, actor)}),
        "may_decide": may_decide(actor),
    }
    return render(request, "programmes/warnings.html", context)


def card(request: HttpRequest, pk: int) -> HttpResponse:
    """One card: the rules it hit, the rows that show it, and the decision."""
    actor = known_actor(request)
    found = selectors.warning_card(actor, pk)
    form = DecisionForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            decide_card(actor=actor, pk=pk, now=clock.now(), **form.cleaned_data)
        except ChanjiaoError as error:
            if error.code in ("action.denied", "record.not_found"):
                raise
            refuse(form, error)
        else:
            messages.success(request, _("Decided, and kept with the card"))
            return redirect("programmes:card", pk=pk)
    elif request.method == "POST":
        require(found.may_decide or may_decide(actor))
    rows = year_figures(actor, YearFilters(point=found.point_id, sort="-year"))
    context = {
        "line": _lines(request, [found])[0],
        "card": found,
        "form": form,
        "years": year_lines(actor, rows),
        "planned": latest_changes_at(actor, found.point_id),
    }
    return render(request, "programmes/card.html", context, status=422 if form.errors else 200)


@require_POST
def issue(request: HttpRequest) -> HttpResponse:
    """Cards by a rule set for a year."""
    actor = known_actor(request)
    require(may_decide(actor))
    form = IssueForm(request.POST, sets=selectors.rule_sets(actor))
    if form.is_valid():
        cards = issue_cards(actor=actor, now=clock.now(), **form.cleaned_data)
        told = ngettext("%(count)s card stands", "%(count)s cards stand", len(cards)) % {"count": len(cards)}
        messages.success(request, told)
    else:
        messages.error(request, _("Choose a rule set and a year"))
    return redirect("programmes:warnings")


def rules(request: HttpRequest) -> HttpResponse:
    """The rule sets in force, in words, and the form that loads another."""
    actor = actor_of(request)
    form = RuleSetForm(request.POST or None)
    if request.method == "POST":
        known_actor(request)
        require(may_decide(actor))
        if form.is_valid():
            try:
                keep_rule_set(actor=actor, content=form.cleaned_data["content"], now=clock.now())
            except ChanjiaoError as error:
                refuse(form, error)
            else:
                messages.success(request, _("The rule set holds from now on"))
                return redirect("programmes:rules")
    context = {
        "tabs": sections("warnings"),
        "sets": [(one, _rule_rows(one)) for one in selectors.rule_sets(actor)],
        "form": form,
        "may_decide": may_decide(actor),
    }
    return render(request, "programmes/rules.html", context, status=422 if form.errors else 200)


def _rule_rows(told: WarningSet) -> list[dict[str, object]]:
    return [
        {
            "label": told.labels[rule.key],
            "measure": _(MEASURE_WORDS[rule.measure]),
            "years": rule.years,
            "bound": _("last %(share)s") % {"share": percent(rule.last_share)}
            if rule.last_share is not None
            else (_("below %(value)s") if rule.below else _("above %(value)s"))
            % {"value": measured(rule.measure, rule.threshold or 0.0)},
            "source": rule.source,
        }
        for rule in told.rules.rules
    ]


def _of_state(counts: dict[tuple[str, str], int], state: str) -> int:
    return sum(count for (_colour, one), count in counts.items() if one == state)


def _lines(request: HttpRequest, cards: list[Card]) -> list[CardLine]:
    names = programme_names(actor_of(request), [one.code for one in cards])
    return [CardLine(one, names[one.code]) for one in cards]


def _filters(query: QueryDict) -> CardFilters:
    return CardFilters(
        year=whole_number(query.get("year", "")),
        college=whole_number(query.get("college", "")),
        point=whole_number(query.get("point", "")),
        rule_set=query.get("rule_set", "")[:40],
        colour=query.get("colour", "")[:8],
        state=query.get("state", "")[:10],
        sort=query.get("sort", "-year")[:20],
    )


def _columns() -> list[Column[CardLine]]:
    return [
        Column(_("College"), lambda line: line.card.college, 28),
        Column(_("Programme code"), lambda line: line.card.code, 12),
        Column(_("Programme"), lambda line: line.name, 28),
        Column(_("Year"), lambda line: line.card.year, 8),
        Column(_("Card"), lambda line: line.colour, 10),
        Column(_("Rule set"), lambda line: line.card.rule_set_title, 28),
        Column(_("Rules hit"), lambda line: line.rules, 40),
        Column(_("State"), lambda line: line.state, 12),
        Column(_("What was decided"), lambda line: line.decision, 16),
        Column(_("Reason"), lambda line: line.card.reason, 40),
        Column(_("Decided by"), lambda line: line.card.decided_by, 12),
    ]
