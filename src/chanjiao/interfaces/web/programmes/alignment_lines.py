"""Lines of the alignment as pages show and files hold them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chanjiao.apps.members.selectors import consortia
from chanjiao.apps.programmes.rules.indices import Indices
from chanjiao.apps.programmes.selectors import alignment as selectors
from chanjiao.apps.programmes.selectors.alignment import Alignment, Line
from chanjiao.apps.programmes.selectors.supply import years_told
from chanjiao.core.permissions import Actor
from chanjiao.engines.alignment import Estimate
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.export import Column
from chanjiao.interfaces.web.programmes import figures
from chanjiao.interfaces.web.programmes.naming import Names
from chanjiao.interfaces.web.programmes.sections import shown_year

BY_WORDS = {
    "programme": gettext_lazy("Programme"),
    "college": gettext_lazy("College"),
    "class": gettext_lazy("Class of programmes"),
    "zone": gettext_lazy("Zone"),
    "chain": gettext_lazy("Industry chain"),
    "occupation": gettext_lazy("Occupation"),
    "point": gettext_lazy("Programme point"),
}
SORTS: dict[str, Callable[[ShownLine], str | float]] = {
    "name": lambda one: one.name,
    "gap": lambda one: one.line.totals.gap.value,
    "openings": lambda one: one.line.totals.expected,
    "completions": lambda one: one.line.totals.completions,
    "similarity": lambda one: _value(one.indices.similarity),
    "deviation": lambda one: _value(one.indices.deviation),
    "coordination": lambda one: _value(one.indices.coordination),
    "key_share": lambda one: _value(one.indices.key_share),
}


@dataclass(frozen=True)
class ShownLine:
    """A line of the table with its name, its indices, and the address of what is behind it."""

    line: Line
    name: str
    under: str
    url: str
    found: Alignment

    @cached_property
    def indices(self) -> Indices:
        """The line's indices: drawn from the intervals, so only for lines that are shown, written or sorted by them."""
        return selectors.indices_of(self.found, self.line)

    @property
    def openings(self) -> figures.Shown:
        """Openings a year with their range."""
        sums = self.line.totals
        return figures.people(Estimate(sums.expected, sums.low, sums.high))

    @property
    def completions(self) -> figures.Shown:
        """Completions a year; nothing where none is known of any year."""
        sums = self.line.totals
        has_points = any(cell.point for cell in self.line.cells)
        if has_points and not sums.years:
            return figures.NOTHING
        return figures.Shown(figures.people(Estimate(sums.completions, 0, 0)).value)

    @property
    def gap(self) -> figures.Shown:
        """Openings less completions; nothing where completions are not known."""
        return figures.people(self.line.totals.gap, signed=True) if self.completions.value else figures.NOTHING

    @property
    def similarity(self) -> figures.Shown:
        """H."""
        return figures.index(self.indices.similarity)

    @property
    def deviation(self) -> figures.Shown:
        """Dev."""
        return figures.index(self.indices.deviation)

    @property
    def coordination(self) -> figures.Shown:
        """D."""
        return figures.index(self.indices.coordination)

    @property
    def key_share(self) -> figures.Shown:
        """The share of seats serving key chains."""
        return figures.rate(self.indices.key_share)

    @property
    def grade(self) -> figures.Shown:
        """The shortage grade."""
        return figures.grade(self.indices.grade)


def _value(found: Estimate | None) -> float:
    return -1.0 if found is None else found.value


def asked_alignment(request: HttpRequest, actor: Actor) -> Alignment:
    """The alignment of the year and the consortium that the address names."""
    consortium = whole_number(request.GET.get("consortium", ""))
    return selectors.alignment(actor, year=shown_year(request, actor), consortium_id=consortium)


def dimension(request: HttpRequest) -> str:
    """By what the address asks for lines."""
    by = request.GET.get("by", "programme")
    return by if by in BY_WORDS else "programme"


def choices(request: HttpRequest, actor: Actor, found: Alignment) -> dict[str, object]:
    """What the choice of year and consortium shows."""
    return {
        "year": found.year,
        "years_told": years_told(actor),
        "consortium": found.consortium_id,
        "consortia": consortia(actor),
        "query": request.GET.get("q", "")[:60],
    }


def kept(request: HttpRequest) -> dict[str, str]:
    """What addresses of rows keep of the page's own: year and consortium."""
    return {name: request.GET[name] for name in ("year", "consortium") if request.GET.get(name)}


def shown_line(request: HttpRequest, names: Names, found: Alignment, line: Line) -> ShownLine:
    """The line with its name and the address of what is behind it."""
    url = f"{reverse('programmes:behind')}?{urlencode({'by': line.by, 'key': line.key, **kept(request)})}"
    name, under = names.line(line.by, line.key)
    return ShownLine(line, name, under, url, found)


def line_columns(by: str) -> list[Column[ShownLine]]:
    """The columns of lines in a file."""
    return [
        Column(_("Code"), lambda one: one.line.key, 12),
        Column(BY_WORDS[by], lambda one: one.name, 32),
        Column(_("Openings"), lambda one: round(one.line.totals.expected, 1), 10),
        Column(_("At least"), lambda one: round(one.line.totals.low, 1), 10),
        Column(_("At most"), lambda one: round(one.line.totals.high, 1), 10),
        Column(_("Completions"), lambda one: round(one.line.totals.completions, 1), 10),
        Column(_("Years averaged"), lambda one: one.line.totals.years, 10),
        Column(_("Gap"), lambda one: round(one.line.totals.gap.value, 1) if one.gap.value else None, 10),
        Column(_("Similarity H"), lambda one: str(one.similarity), 20),
        Column(_("Deviation"), lambda one: str(one.deviation), 20),
        Column(_("Coupling co-ordination"), lambda one: str(one.coordination), 20),
        Column(_("Share serving key chains"), lambda one: str(one.key_share), 20),
        Column(_("Shortage grade"), lambda one: str(one.grade), 14),
    ]
