"""Yearly figures of programme points, from and to files."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime

from chanjiao.apps.imports.kinds.base import ImportKind, Options, Planned, ReadRow, RowByRow, Stored
from chanjiao.apps.imports.kinds.destinations import DESTINATIONS, GRADUATES
from chanjiao.apps.imports.kinds.staff_and_rooms import PLACES, ROOMS, STAFF, TEACHERS
from chanjiao.apps.imports.layouts import Column, Layout, Record, Row
from chanjiao.apps.imports.models import RowOutcome
from chanjiao.apps.imports.parsing import (
    LEVEL_WORDS,
    choice_of,
    code_of,
    earlier_code,
    msgids_of,
    people_of,
    year_of,
)
from chanjiao.apps.members.registry import organisation_book
from chanjiao.apps.programmes.actions.tell_year_figures import (
    check_year_figures,
    take_back_year_figures,
    tell_all_year_figures,
    tell_year_figures,
)
from chanjiao.apps.programmes.models import ProgrammeLevel, ProgrammePoint, YearFigures
from chanjiao.apps.programmes.rights import may_tell_supply
from chanjiao.apps.programmes.rules.points import level_of
from chanjiao.apps.programmes.rules.supply import FIGURES, YearFacts
from chanjiao.apps.programmes.selectors.points import programme_points
from chanjiao.apps.programmes.snapshot import year_facts
from chanjiao.apps.reference.selectors import codes_since, names_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.core.words import translate
from chanjiao.engines.words import N_

YEARS_TABLE = "programmes.yearfigures"
LEVELS = msgids_of(ProgrammeLevel)

YEARS = Layout(
    "own",
    N_("Our own columns"),
    (
        Column("college", N_("College"), ("学校名称", "院校", "院校名称")),
        Column("code", N_("Programme code"), ("专业代码", "专业号"), required=True),
        Column("name", N_("Programme name"), ("专业名称",)),
        Column("level", N_("Level"), ("培养层次", "层次")),
        Column("year", N_("Year"), ("年度", "学年", "统计年度"), required=True),
        Column("planned", N_("Intake plan"), ("招生计划数", "计划招生数")),
        Column("admitted", N_("Students admitted"), ("实际招生数", "报到数", "新生报到数")),
        Column("enrolled", N_("Students enrolled"), ("在校生数", "在校生")),
        Column("completed", N_("Completed"), ("毕业生数", "毕业数")),
        Column("employed", N_("Employed by contract"), ("协议和合同就业数", "就业数", "接受毕业生就业数")),
        Column("own_business", N_("Own business"), ("自主创业数",)),
        Column("flexible", N_("Flexible employment"), ("灵活就业数",)),
        Column("further_study", N_("Further study"), ("升学数",)),
        Column("in_city", N_("Work in the city"), ("本地就业数", "本市就业数")),
        Column("in_field", N_("Work in their field"), ("对口就业数", "对口数")),
        Column("teachers", N_("Teachers"), ("专任教师数",)),
        Column("dual_qualified", N_("Dual-qualified teachers"), ("双师型教师数",)),
        Column("rooms", N_("Training rooms"), ("实训室数",)),
        Column("training_places", N_("Training places"), ("工位数", "实训工位数")),
        Column("running_cost", N_("Running cost (10,000 yuan)"), ("年运行经费", "运行经费", "教学运行经费（万元）")),
        Column("source", N_("Source"), ("数据来源",)),
    ),
)
"""The words of the national data standard stand beside ours, so one layout reads both."""


SUMS = {DESTINATIONS.key: GRADUATES, TEACHERS.key: STAFF, ROOMS.key: PLACES}
"""How the rows of the standard's forms add up to a year of a programme."""


class YearReading(RowByRow):
    """Rows read for one actor, beside the points and the years that stand already."""

    def __init__(self, actor: Actor, layout: Layout, options: Options, now: datetime) -> None:
        self._actor, self._now, self._sums = actor, now, SUMS.get(layout.key)
        self._book = organisation_book()
        self._points = {(point.college_id, point.level, point.code): point for point in programme_points(actor)}
        self._standing = {(row.point_id, row.year): row for row in YearFigures.objects.all()}
        self._met: set[tuple[int, int]] = set()

    def plan(self, rows: Iterable[Row]) -> Iterator[ReadRow]:
        """The rows in their order; those of a form of the standard as sums."""
        for row in self._sums.of(rows, self._told_of) if self._sums else rows:
            yield row if isinstance(row, ReadRow) else self.planned(row)

    def _told_of(self, record: Record) -> Hashable:
        """The point and the year of a row; the cells themselves where they name none, to be refused with their sums."""
        try:
            return self._point(record)[0].pk, year_of(record.get("year", ""), "year")
        except ChanjiaoError:
            return tuple(record.get(name, "") for name in ("college", "code", "name", "level", "year"))

    def read(self, record: Record) -> Planned:
        """The row as a new year of a point, another telling of one that stands, or one that is as told."""
        point, note = self._point(record)
        year = year_of(record.get("year", ""), "year")
        if (point.pk, year) in self._met:
            raise ChanjiaoError("import.twice_in_file", field="year")
        self._met.add((point.pk, year))
        known = self._standing.get((point.pk, year))
        facts = _facts(record, known)
        check_year_figures(point, year, facts, self._now)
        earlier = f"（原代码 {note.params['value']}）" if note else ""
        source = " ".join(part for part in (self._source(record, known), earlier) if part)
        if known is None:
            return Planned(RowOutcome.CREATED, (point, year, facts, source), note)
        if facts == year_facts(known):
            return Planned(RowOutcome.UNCHANGED, Stored(YEARS_TABLE, known.pk, known.version), note)
        return Planned(RowOutcome.UPDATED, (known, facts, source), note)

    def _source(self, record: Record, known: YearFigures | None) -> str:
        """What the row tells as its source; a form of the standard tells a part, so it stands beside the others."""
        told = record.get("source", "")
        before = known.source.split("、") if known and known.source and self._sums else []
        return "、".join([*(one for one in before if one.split("（")[0] != told.split("（")[0]), told])

    def store(self, planned: Sequence[Planned]) -> list[Stored]:
        """New years told together, others one by one."""
        new = [one.payload for one in planned if one.outcome == RowOutcome.CREATED]
        made = iter(tell_all_year_figures(actor=self._actor, told=new, now=self._now))
        return [self._stored(one, made) for one in planned]

    def _stored(self, planned: Planned, made: Iterator[YearFigures]) -> Stored:
        if planned.outcome == RowOutcome.CREATED:
            row = next(made)
            return Stored(YEARS_TABLE, row.pk, row.version)
        known, facts, source = planned.payload
        before = {**asdict(year_facts(known)), "source": known.source}
        row = tell_year_figures(
            actor=self._actor, point_id=known.point_id, year=known.year, told=facts, version=known.version,
            source=source or known.source, now=self._now,
        )  # fmt: skip
        return Stored(YEARS_TABLE, row.pk, row.version, before)

    def _point(self, record: Record) -> tuple[ProgrammePoint, ChanjiaoError | None]:
        """The programme point that a row means, and a note where its code is one of an earlier catalogue."""
        college = self._college(record.get("college", ""))
        code = code_of(record.get("code", "") or record.get("name", ""), "programme", "code")
        level = choice_of(record.get("level", ""), LEVELS, "level", LEVEL_WORDS) or level_of(code)
        for known in (code, *codes_since(self._actor, "programme", code)):
            if found := self._points.get((college, level, known)):
                require(may_tell_supply(self._actor, college))
                return found, None if known == code else earlier_code("code", code, known)
        raise ChanjiaoError("import.unknown_point", field="code", value=code[:40])

    def _college(self, name: str) -> int:
        own = self._actor.organisation_id
        if not name:
            if own is None:
                raise ChanjiaoError("import.required", field="college")
            return own
        found = self._book.find(name)
        if found is None:
            raise ChanjiaoError("import.unknown_organisation", field="college", value=name[:60])
        if not may_tell_supply(self._actor, found):
            raise ChanjiaoError("import.not_yours", field="college", value=name[:60])
        return found


def _facts(record: Record, known: YearFigures | None) -> YearFacts:
    """The figures that the row tells; what it leaves empty stays as known."""
    told = {name: people_of(record.get(name, ""), name) for name in FIGURES}
    given = {name: value for name, value in told.items() if value is not None}
    return replace(year_facts(known) if known else YearFacts(), **given)


def _undo_year(actor: Actor, stored: Stored, now: datetime) -> None:
    if stored.before is None:
        take_back_year_figures(actor=actor, pk=stored.object_id, version=stored.version, now=now)
        return
    before = dict(stored.before)
    source = before.pop("source")
    row = YearFigures.objects.get(pk=stored.object_id)
    tell_year_figures(
        actor=actor, point_id=row.point_id, year=row.year, told=YearFacts(**before), version=stored.version,
        source=source, now=now,
    )  # fmt: skip


def _year_records(actor: Actor, layout: Layout) -> Iterator[Record]:
    kept = YearFigures.objects.select_related("point__college").order_by("point__college__pinyin", "point_id", "year")
    rows = [row for row in kept if may_tell_supply(actor, row.point.college_id)]
    names = names_of(actor, {(row.point.system, row.point.code) for row in rows})
    for row in rows:
        point = row.point
        yield {
            "college": point.college.name,
            "code": point.code,
            "name": names.get((point.system, point.code), ""),
            "level": translate(LEVELS[point.level], "zh-hans"),
            "year": str(row.year),
            **{name: "" if (told := getattr(row, name)) is None else str(told) for name in FIGURES},
            "source": row.source,
        }


PROGRAMME_YEARS = ImportKind(
    "programme-years", N_("Yearly figures of programmes"), (YEARS, DESTINATIONS, TEACHERS, ROOMS), YearReading,
    _undo_year, _year_records,
)  # fmt: skip
