"""From the database to the alignment engine: demand from every source, where programmes lead, what points bring.

Nothing here asks who reads: selectors hand out sums to all, and rows to those who may see them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db.models import Q
from django.utils import timezone

from chanjiao.apps.exchange.kinds import Kind
from chanjiao.apps.exchange.models import CloseReason, ListingState, Need
from chanjiao.apps.programmes.models import DemandFigure, Headcount, LinkShare, ProgrammePoint, YearFigures
from chanjiao.apps.programmes.rules.demand import WEIGHTS, Demand, Source, group_of, openings_of_headcounts
from chanjiao.apps.programmes.rules.links import Destination, PlainLink, destinations
from chanjiao.apps.programmes.rules.measures import MEASURES
from chanjiao.apps.programmes.rules.supply import FIGURES, YearFacts
from chanjiao.apps.reference.models import Link
from chanjiao.engines.alignment import Measured, PointFacts

OPENINGS = ("employment", "apprenticeship", "order_class")
"""Engagements that are openings; a place for an intern is not one."""
NEVER_ASKED = (CloseReason.WITHDRAWN, CloseReason.DUPLICATE, CloseReason.REFUSED)


def demand_rows(years: Collection[int] | None = None) -> list[Demand]:
    """Every row of demand that names an occupation down to its minor group, of all years or of some."""
    rows = [*_told(), *_headcounts(), *_posted()]
    return [row for row in rows if row.occupation and (years is None or row.year in years)]


def _told() -> Iterator[Demand]:
    for one in DemandFigure.objects.select_related("keeper"):
        yield Demand(
            occupation=group_of(one.occupation_code),
            code=one.occupation_code,
            year=one.year,
            source=one.source,
            title=one.title,
            expected=one.expected,
            low=one.low,
            high=one.high,
            weight=float(one.weight),
            told_on=one.told_on,
            industry=bare(one.industry_code),
            zone_id=one.zone_id,
            organisation=one.keeper.name if one.keeper else "",
            record=("programmes.demandfigure", one.pk),
        )


def _headcounts() -> Iterator[Demand]:
    rows = list(Headcount.objects.select_related("organisation"))
    before = {(row.organisation_id, row.occupation_code, row.year): row.people for row in rows}
    for row in rows:
        last = before.get((row.organisation_id, row.occupation_code, row.year - 1))
        yield Demand(
            occupation=group_of(row.occupation_code),
            code=row.occupation_code,
            year=row.year,
            source=Source.HEADCOUNT,
            title="",
            expected=openings_of_headcounts(row.people, row.leavers, last),
            low=None,
            high=None,
            weight=WEIGHTS[Source.HEADCOUNT],
            told_on=row.told_on,
            industry=bare(row.organisation.industry_code),
            zone_id=row.organisation.zone_id,
            organisation=row.organisation.name,
            record=("programmes.headcount", row.pk),
        )


def asked_on_exchange() -> Q:
    """The needs on the exchange that ask for people: published, and never taken back as a mistake."""
    published = Q(kind=Kind.POST, opened_at__isnull=False, fields__engagement__in=OPENINGS)
    return published & ~Q(state__in=(ListingState.DRAFT, ListingState.SUBMITTED)) & ~Q(close_reason__in=NEVER_ASKED)


def _posted() -> Iterator[Demand]:
    needs = Need.objects.filter(asked_on_exchange()).select_related("organisation", "consortium")
    for need in needs.order_by("pk"):
        assert need.opened_at is not None
        day = timezone.localdate(need.opened_at)
        yield Demand(
            occupation=group_of(need.occupation_code),
            code=need.occupation_code,
            year=day.year,
            source=Source.EXCHANGE,
            title="",
            expected=need.quantity,
            low=need.quantity,
            high=need.quantity,
            weight=WEIGHTS[Source.EXCHANGE],
            told_on=day,
            industry=bare(need.industry_code or need.organisation.industry_code),
            zone_id=need.organisation.zone_id or need.consortium.zone_id,
            organisation=need.organisation.name,
            record=("exchange.need", need.pk),
        )


def bare(industry_code: str) -> str:
    """An industry's code without the letter of its section, as it is compared.

    >>> bare("C3670"), bare("3670")
    ('3670', '3670')
    """
    return industry_code[1:] if industry_code[:1].isalpha() and len(industry_code) > 1 else industry_code


def destinations_of(codes: Iterable[str]) -> dict[str, tuple[Destination, ...]]:
    """Programme or major code → where those who complete it turn to; empty for a programme without a link."""
    wanted = set(codes)
    links: dict[str, list[PlainLink]] = defaultdict(list)
    for link in Link.objects.filter(programme_code__in=wanted):
        links[link.programme_code].append(PlainLink(link.occupation_code, link.source, link.state, link.score))
    told: dict[str, dict[str, float]] = defaultdict(dict)
    for share in LinkShare.objects.filter(programme_code__in=wanted):
        told[share.programme_code][share.occupation_code] = float(share.share)
    return {code: destinations(links[code], told[code]) for code in wanted}


def year_facts(row: YearFigures) -> YearFacts:
    """The figures of a row as a plain value."""
    return YearFacts(**{name: getattr(row, name) for name in FIGURES})


def warning_problem(year: int, years_back: int = 10) -> tuple[list[Measured], Mapping[str, PointFacts]]:
    """What the warning engine looks at: the measures of every point up to a year, and facts for exemptions.

    Points that take nobody any more get no card.
    """
    points = ProgrammePoint.objects.exclude(last_year__lt=year).order_by("pk")
    facts = {str(point.pk): PointFacts(point.code, point.first_year) for point in points}
    rows = YearFigures.objects.filter(year__gt=year - years_back, year__lte=year, point__in=points)
    measured = [
        Measured(str(row.point_id), row.year, name, float(value), str(row.pk))
        for row in rows
        for name, measure in MEASURES.items()
        if (value := measure(year_facts(row))) is not None
    ]
    return measured, facts
