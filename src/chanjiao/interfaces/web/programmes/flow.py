"""Where openings flow, as a chart: industry chain → occupation → programme → college."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chanjiao.apps.programmes.rules.cells import NO_POINT, Cell, flows
from chanjiao.apps.programmes.selectors.alignment import Alignment
from chanjiao.interfaces.web.flow_chart import Band, FlowChart
from chanjiao.interfaces.web.programmes.naming import Names

MOST = (12, 17, 17, 10)
"""How many a step shows by name; the smaller ones stand together."""


def flow_chart(found: Alignment, names: Names, kept: Mapping[str, str]) -> FlowChart:
    """The chart of an alignment's openings, each place leading to its rows; `kept` is what their addresses keep."""
    points = {point.id: point for point in found.found.problem.points}

    def programme(cell: Cell) -> str:
        return points[cell.point].code if cell.point != NO_POINT else ""

    def college(cell: Cell) -> object:
        return points[cell.point].college_id if cell.point != NO_POINT else ""

    steps: list[tuple[str, Callable[[Cell], object]]] = [
        ("chain", lambda cell: cell.chain or ""),
        ("occupation", lambda cell: cell.occupation),
        ("programme", programme),
        ("college", college),
    ]
    largest = [_largest(found, _named(names, by, key), most) for (by, key), most in zip(steps, MOST, strict=True)]
    bands = [
        [Band(str(left), str(right), people) for (left, right), people in step.items()]
        for step in flows(found.cells, [key for key, _others in largest])
    ]
    return FlowChart(
        title=_("Openings of %(year)s by chain, occupation, programme and college") % {"year": found.year},
        heads=(_("Industry chain"), _("Occupation"), _("Programme"), _("College")),
        steps=bands,
        last=frozenset(
            {*(others for _key, others in largest), names.line("college", "")[0], names.line("chain", "")[0]}
        ),
        links=[_links(found, names, by, key, kept) for by, key in steps],
        unit=_("people a year"),
        source=_("An opening that several programmes lead to is divided among them by what each brings."),
    )


def _links(
    found: Alignment, names: Names, by: str, key: Callable[[Cell], object], kept: Mapping[str, str]
) -> dict[str, str]:
    """Where the rows of each line of a dimension are, by its name."""
    keys = {str(key(cell)) for cell in found.cells} - {""}
    page = reverse("programmes:behind")
    return {names.line(by, one)[0]: f"{page}?{urlencode({'by': by, 'key': one, **kept})}" for one in keys}


def _named(names: Names, by: str, key: Callable[[Cell], object]) -> Callable[[Cell], str]:
    return lambda cell: names.line(by, str(key(cell)))[0]


def _largest(found: Alignment, name: Callable[[Cell], str], most: int) -> tuple[Callable[[Cell], object], str]:
    """The names of the largest groups, what is smaller being called the others; and what the others are called."""
    sums: dict[str, float] = {}
    for cell in found.cells:
        sums[name(cell)] = sums.get(name(cell), 0.0) + cell.expected
    kept = set(sorted(sums, key=lambda one: -sums[one])[:most])
    others = _("%(count)s others") % {"count": len(sums) - len(kept)}
    return lambda cell: one if (one := name(cell)) in kept else others, others
