"""Demand for people as documents tell it, from and to files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from chanjiao.apps.imports.kinds.base import ImportKind, Options, Planned, RowByRow, Stored
from chanjiao.apps.imports.layouts import Column, Layout, Record
from chanjiao.apps.imports.models import RowOutcome
from chanjiao.apps.imports.parsing import choice_of, code_now, code_of, day_of, people_of, year_of
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.programmes.actions.tell_demand import check_demand, take_back_demand, tell_all_demand, tell_demand
from chanjiao.apps.programmes.models import DemandFigure
from chanjiao.apps.programmes.models.demand import TOLD_SOURCES
from chanjiao.apps.programmes.rights import may_tell_demand
from chanjiao.apps.programmes.rules.demand import SOURCE_WORDS, WEIGHTS, DemandFacts, Source
from chanjiao.apps.programmes.selectors.demand import kept_demand
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.core.words import translate
from chanjiao.engines.words import N_

DEMAND_TABLE = "programmes.demandfigure"
SOURCES = {one.value: SOURCE_WORDS[one] for one in TOLD_SOURCES}

DEMAND_LAYOUT = Layout(
    "own",
    N_("Our own columns"),
    (
        Column("occupation", N_("Occupation"), ("职业代码", "职业名称", "职业小类"), required=True),
        Column("year", N_("Year"), ("年度", "需求年度"), required=True),
        Column("source", N_("Source"), ("来源类别",)),
        Column("title", N_("Document"), ("来源文件", "文件名称"), required=True),
        Column("industry", N_("Industry"), ("行业代码", "行业名称", "所属行业")),
        Column("zone", N_("Zone"), ("所在园区",)),
        Column("expected", N_("People asked for"), ("可提供岗位数", "岗位数", "需求岗位数"), required=True),
        Column("low", N_("At least")),
        Column("high", N_("At most")),
        Column("weight", N_("Weight")),
        Column("told_on", N_("Date of the source"), ("统计日期", "发布日期"), required=True),
    ),
)


class DemandReading(RowByRow):
    """Rows read for one actor, beside the figures that stand already."""

    def __init__(self, actor: Actor, layout: Layout, options: Options, now: datetime) -> None:
        require(may_tell_demand(actor))
        self._actor, self._now = actor, now
        zones = Organisation.objects.filter(type="park")
        self._zones = {name: zone.pk for zone in zones for name in (zone.name, zone.short_name) if name}
        self._standing: dict[tuple[Any, ...], DemandFigure] = {_key(_told(row)): row for row in kept_demand(actor)}
        self._met: set[tuple[Any, ...]] = set()

    def read(self, record: Record) -> Planned:
        """The row as a new figure, another telling of one that stands, or one that is as told."""
        facts, note = self._facts(record)
        check_demand(facts, self._now)
        key = _key(facts)
        if key in self._met:
            raise ChanjiaoError("import.twice_in_file", field="occupation")
        self._met.add(key)
        known = self._standing.get(key)
        if known is None:
            return Planned(RowOutcome.CREATED, facts, note)
        if _told(known) == facts:
            return Planned(RowOutcome.UNCHANGED, Stored(DEMAND_TABLE, known.pk, known.version), note)
        return Planned(RowOutcome.UPDATED, (known, facts), note)

    def store(self, planned: Sequence[Planned]) -> list[Stored]:
        """New figures told together, others one by one."""
        new = [one.payload for one in planned if one.outcome == RowOutcome.CREATED]
        made = iter(tell_all_demand(actor=self._actor, told=new, now=self._now))
        return [self._stored(one, made) for one in planned]

    def _stored(self, planned: Planned, made: Iterator[DemandFigure]) -> Stored:
        if planned.outcome == RowOutcome.CREATED:
            row = next(made)
            return Stored(DEMAND_TABLE, row.pk, row.version)
        known, facts = planned.payload
        row = tell_demand(actor=self._actor, told=facts, pk=known.pk, version=known.version, now=self._now)
        return Stored(DEMAND_TABLE, row.pk, row.version, {**asdict(_told(known)), "told_on": str(known.told_on)})

    def _facts(self, record: Record) -> tuple[DemandFacts, ChanjiaoError | None]:
        source = choice_of(record.get("source", ""), SOURCES, "source") or Source.VACANCIES.value
        expected = people_of(record.get("expected", ""), "expected")
        if expected is None:
            raise ChanjiaoError("import.required", field="expected")
        occupation, note = code_now(self._actor, record.get("occupation", ""), "occupation", "occupation")
        facts = DemandFacts(
            occupation_code=occupation,
            year=year_of(record.get("year", ""), "year"),
            source=source,
            title=record.get("title", ""),
            expected=expected,
            low=people_of(record.get("low", ""), "low"),
            high=people_of(record.get("high", ""), "high"),
            weight=_weight(record.get("weight", ""), source),
            told_on=_day(record),
            industry_code=code_of(record.get("industry", ""), "industry", "industry"),
            zone_id=self._zone(record.get("zone", "")),
        )
        return facts, note

    def _zone(self, name: str) -> int | None:
        if name and name not in self._zones:
            raise ChanjiaoError("import.unknown_organisation", field="zone", value=name[:60])
        return self._zones.get(name)


def _weight(cell: str, source: str) -> float:
    if not cell:
        return WEIGHTS[Source(source)]
    try:
        return round(float(cell), 2)
    except ValueError:
        raise ChanjiaoError("demand.weight", field="weight") from None


def _day(record: Record) -> date:
    day = day_of(record.get("told_on", ""), "told_on")
    if day is None:
        raise ChanjiaoError("import.required", field="told_on")
    return day


def _key(told: DemandFacts) -> tuple[Any, ...]:
    return told.occupation_code, told.year, told.source, told.title.strip(), told.industry_code, told.zone_id


def _told(row: DemandFigure) -> DemandFacts:
    return DemandFacts(
        row.occupation_code, row.year, row.source, row.title, row.expected, row.told_on, row.low, row.high,
        float(row.weight), row.industry_code, row.zone_id,
    )  # fmt: skip


def _undo_demand(actor: Actor, stored: Stored, now: datetime) -> None:
    if stored.before is None:
        take_back_demand(actor=actor, pk=stored.object_id, version=stored.version, now=now)
        return
    told = DemandFacts(**{**stored.before, "told_on": date.fromisoformat(stored.before["told_on"])})
    tell_demand(actor=actor, told=told, pk=stored.object_id, version=stored.version, now=now)


def _demand_records(actor: Actor, layout: Layout) -> Iterator[Record]:
    for row in kept_demand(actor).iterator(500):
        yield {
            "occupation": row.occupation_code,
            "year": str(row.year),
            "source": translate(SOURCES[row.source], "zh-hans"),
            "title": row.title,
            "industry": row.industry_code,
            "zone": row.zone.name if row.zone else "",
            "expected": str(row.expected),
            **{name: "" if (told := getattr(row, name)) is None else str(told) for name in ("low", "high")},
            "weight": f"{row.weight:f}",
            "told_on": row.told_on.isoformat(),
        }


DEMAND = ImportKind(
    "demand", N_("Demand by occupation"), (DEMAND_LAYOUT,), DemandReading, _undo_demand, _demand_records
)
