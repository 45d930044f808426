"""Reads over what is asked of occupations. Sums are public; the headcounts of a firm only for it and who oversees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import QuerySet, Sum

from chanjiao.apps.exchange.changes import is_visible
from chanjiao.apps.exchange.models import Need
from chanjiao.apps.programmes.models import DemandFigure, Headcount, IndustryChain
from chanjiao.apps.programmes.rights import oversees, sees_headcount
from chanjiao.apps.programmes.rules.cells import Chain, chain_of
from chanjiao.apps.programmes.rules.demand import Asked, Demand, Source, asked, group_of, years_missing
from chanjiao.apps.programmes.snapshot import asked_on_exchange, bare, demand_rows
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.engines.alignment import Forecast, forecast

SORTS = ("year", "occupation", "source", "expected", "told_on", "weight")


@dataclass(frozen=True, slots=True)
class DemandFilters:
    """What narrows the rows of demand; `occupation` takes everything below it, `chain` and `zone` are ids."""

    occupation: str = ""
    year: int | None = None
    source: str = ""
    chain: int | None = None
    zone: int | None = None
    sort: str = "-year"


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Needs on the exchange that name no occupation: they are in no occupation's demand."""

    needs: int
    people: int


@dataclass(frozen=True, slots=True)
class OccupationOutlook:
    """An occupation's demand so far and ahead.

    `years` holds every year told; the forecast is made from the last years without a hole (`used`), and is None where
    no year is told. `missing` are years in the middle that nobody tells, `skipped` those told before them.
    """

    occupation: str
    years: dict[int, Asked]
    used: tuple[int, ...]
    missing: tuple[int, ...]
    skipped: tuple[int, ...]
    forecast: Forecast | None


def demand(actor: Actor, filters: DemandFilters = DemandFilters()) -> list[Demand]:
    """The rows of demand; those that the actor may not see one by one are summed by occupation, year and place."""
    found = known_chains()
    rows = [row for row in demand_rows() if _fits(row, filters, found)]
    shown = shown_to(actor, rows)
    name = filters.sort.removeprefix("-")
    key = name if name in SORTS else "year"
    shown.sort(key=lambda row: (row.occupation, row.source, row.title))
    return sorted(shown, key=lambda row: getattr(row, key), reverse=filters.sort.startswith("-"))


def _fits(row: Demand, filters: DemandFilters, chains: Iterable[Chain]) -> bool:
    return (
        row.code.startswith(filters.occupation)
        and filters.year in (None, row.year)
        and filters.source in ("", row.source)
        and filters.zone in (None, row.zone_id)
        and (filters.chain is None or chain_of(row.industry, chains) == filters.chain)
    )


def shown_to(actor: Actor, rows: Iterable[Demand]) -> list[Demand]:
    """The rows, those that the actor may not see one by one summed by occupation, year and place."""
    visible = _visible_records(actor)
    shown: list[Demand] = []
    summed: dict[tuple[str, int, str, str, int | None], Demand] = {}
    for row in rows:
        if row.record is None or row.record in visible or row.record[0] == "programmes.demandfigure":
            shown.append(row)
            continue
        key = (row.occupation, row.year, row.source, row.industry, row.zone_id)
        before = summed.get(key)
        summed[key] = replace(
            row,
            code=row.occupation,
            organisation="",
            record=None,
            expected=row.expected + (before.expected if before else 0),
            low=None,
            high=None,
            told_on=max(row.told_on, before.told_on) if before else row.told_on,
        )
    return [*shown, *summed.values()]


def _visible_records(actor: Actor) -> set[tuple[str, int]]:
    needs = Need.objects.filter(asked_on_exchange())
    counts = Headcount.objects.values_list("pk", "organisation_id")
    firms = {firm for _, firm in counts if sees_headcount(actor, firm)}
    return {("exchange.need", need.pk) for need in needs if is_visible(actor, need)} | {
        ("programmes.headcount", pk) for pk, firm in counts if firm in firms
    }


def asked_by_year(actor: Actor) -> dict[tuple[str, int], Asked]:
    """(Minor group, year) → people asked for, all sources together."""
    return asked(demand_rows())


def unplaced_needs(actor: Actor) -> Unplaced:
    """Needs for people that name no occupation down to its minor group."""
    needs = Need.objects.filter(asked_on_exchange(), occupation_code="")
    return Unplaced(needs.count(), needs.aggregate(people=Sum("quantity"))["people"] or 0)


def outlook(actor: Actor, occupation: str, *, ahead: int, this_year: int) -> OccupationOutlook:
    """An occupation's demand by year and its forecast `ahead` (1–8) years beyond the last year told.

    A minor group; `record.not_found` for another code. Documents that forecast later years are shown in `years` and not
    used: the methods are judged by what really was asked, up to `this_year`.
    """
    if group_of(occupation) != occupation:
        raise ChanjiaoError("record.not_found")
    return _outlook(occupation, _series(occupation), ahead, this_year)


def _series(occupation: str) -> dict[int, Asked]:
    found = asked(row for row in demand_rows() if row.occupation == occupation)
    return {year: told for (_, year), told in sorted(found.items())}


def demand_holes(actor: Actor, *, this_year: int) -> dict[str, tuple[int, ...]]:
    """Minor group → years in the middle of its demand that nobody tells, for those that have any."""
    told: dict[str, list[int]] = defaultdict(list)
    for occupation, year in sorted(asked_by_year(actor)):
        if year <= this_year:
            told[occupation].append(year)
    return {code: missing for code, years in told.items() if (missing := years_missing(years))}


def _outlook(occupation: str, years: dict[int, Asked], ahead: int, this_year: int) -> OccupationOutlook:
    past = [year for year in years if year <= this_year]
    used: list[int] = []
    for year in reversed(past):
        if used and used[0] - year != 1:
            break
        used.insert(0, year)
    values = [years[year].expected for year in used]
    return OccupationOutlook(
        occupation=occupation,
        years=years,
        used=tuple(used),
        missing=years_missing(past),
        skipped=tuple(year for year in past if year not in used),
        forecast=forecast(used, values, ahead) if used else None,
    )


def outlooks(actor: Actor, *, ahead: int, this_year: int) -> list[OccupationOutlook]:
    """The outlook of every minor group that is asked for, by code."""
    series: dict[str, dict[int, Asked]] = defaultdict(dict)
    for (occupation, year), told in sorted(asked(demand_rows()).items()):
        series[occupation][year] = told
    return [_outlook(code, years, ahead, this_year) for code, years in sorted(series.items())]


def chains(actor: Actor) -> QuerySet[IndustryChain]:
    """The industry chains, key ones first."""
    return IndustryChain.objects.all()


def chain(actor: Actor, pk: int) -> IndustryChain:
    """One industry chain; `record.not_found`."""
    found = IndustryChain.objects.filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def demand_figure(actor: Actor, pk: int) -> DemandFigure:
    """One figure of demand; `record.not_found` where it is missing or the actor keeps none."""
    found = kept_demand(actor).filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def known_chains() -> tuple[Chain, ...]:
    """The industry chains as the rules take them."""
    return tuple(
        Chain(one.pk, one.name, one.is_key, tuple(bare(code) for code in one.industry_codes))
        for one in IndustryChain.objects.order_by("pk")
    )


def kept_demand(actor: Actor) -> QuerySet[DemandFigure]:
    """The demand figures that the actor keeps, for files."""
    rows = DemandFigure.objects.select_related("zone").order_by("year", "occupation_code", "pk")
    return rows if oversees(actor) else rows.none()


def kept_headcounts(actor: Actor) -> QuerySet[Headcount]:
    """The headcounts that the actor keeps: of all firms for who oversees, else of their own."""
    rows = Headcount.objects.select_related("organisation").order_by("organisation__pinyin", "year", "occupation_code")
    if oversees(actor):
        return rows
    own = actor.organisation_id if actor.acts_for(actor.organisation_id) else None
    return rows.filter(organisation_id=own) if own is not None else rows.none()


SOURCES = tuple(Source)
