"""Programme points from and to files: our own columns, and the form 专业设置."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from chanjiao.apps.imports.kinds.base import ImportKind, OneByOne, Options, Planned, Stored
from chanjiao.apps.imports.layouts import Column, Layout, Record
from chanjiao.apps.imports.models import RowOutcome
from chanjiao.apps.imports.parsing import (
    LEVEL_WORDS,
    check_name,
    choice_of,
    code_now,
    count_of,
    day_of,
    msgids_of,
    people_of,
)
from chanjiao.apps.members.registry import organisation_book
from chanjiao.apps.programmes.actions.add_programme_point import add_programme_point, check_point
from chanjiao.apps.programmes.actions.edit_programme_point import edit_programme_point
from chanjiao.apps.programmes.actions.remove_programme_point import remove_programme_point
from chanjiao.apps.programmes.changes import check
from chanjiao.apps.programmes.models import ProgrammeLevel, ProgrammePoint
from chanjiao.apps.programmes.rules.points import Figures, level_of
from chanjiao.apps.programmes.selectors.points import colleges_to_edit, programme_points
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.core.words import translate
from chanjiao.engines.words import N_

TABLE = "programmes.programmepoint"
LEVELS = msgids_of(ProgrammeLevel)
COUNTS, PEOPLE = ("years", "teachers", "dual_qualified"), ("intake", "enrolled")
YEARS = ("first_year", "last_year")
NEEDED = ("years", "intake", "enrolled")

OWN = Layout(
    "own",
    N_("Our own columns"),
    (
        Column("college", N_("College"), ("学校名称", "院校", "院校名称")),
        Column("code", N_("Programme code"), ("专业代码",), required=True),
        Column("name", N_("Programme name"), ("专业名称",)),
        Column("level", N_("Level"), ("培养层次", "层次")),
        Column("years", N_("Years of study"), ("学制",)),
        Column("intake", N_("Intake plan"), ("招生计划数", "招生数")),
        Column("enrolled", N_("Students enrolled"), ("在校生数", "在校生")),
        Column("first_year", N_("First intake in"), ("首次招生年月", "首次招生年份")),
        Column("last_year", N_("Last intake in"), ("停止招生年份",)),
        Column("teachers", N_("Teachers"), ("专任教师数",)),
        Column("dual_qualified", N_("Dual-qualified teachers"), ("双师型教师数",)),
    ),
)
SETTING = Layout(
    "setting",
    N_("Programmes taught 专业设置"),
    (
        Column("code", "专业代码", ("专业号",), required=True),
        Column("name", "专业名称"),
        Column("group", "专业群", required=True),
        Column("first_year", "首次招生年月", required=True),
        Column("level", "层次", ("培养层次",)),
        Column("years", "学制"),
    ),
)
"""A college's own form of the national data standard; headings are its words. What it does not tell stays as known."""


class ProgrammeReading(OneByOne):
    """Rows read for one actor, beside the programme points that stand already."""

    def __init__(self, actor: Actor, layout: Layout, options: Options, now: datetime) -> None:
        self._actor, self._now = actor, now
        self._tells_no_intake = layout.key == SETTING.key
        self._book = organisation_book()
        self._colleges = set(colleges_to_edit(actor).values_list("pk", flat=True))
        self._standing = {(point.college_id, point.level, point.code): point for point in programme_points(actor)}
        self._met: set[tuple[int, str, str]] = set()

    def read(self, record: Record) -> Planned:
        """The row as a new programme point, new figures of one that stands, or one that is as told."""
        college_id = self._college(record.get("college", ""))
        cell = record.get("code", "") or record.get("name", "")
        code, note = code_now(self._actor, cell, "programme", "code")
        if note is None:
            check_name(code, record.get("name", ""))
        level = choice_of(record.get("level", ""), LEVELS, "level", LEVEL_WORDS) or level_of(code)
        key = (college_id, level, code)
        if key in self._met:
            raise ChanjiaoError("import.twice_in_file", field="code")
        self._met.add(key)
        known = self._standing.get(key)
        if known is None:
            return self._new(record, (college_id, level, code), note)
        figures = _figures(record, known)
        check(figures, self._now)
        if figures == _figures_of(known):
            return Planned(RowOutcome.UNCHANGED, Stored(TABLE, known.pk, known.version), note)
        return Planned(RowOutcome.UPDATED, (known, figures), note)

    def _new(self, record: Record, key: tuple[int, str, str], note: ChanjiaoError | None) -> Planned:
        if self._tells_no_intake:
            record = {"intake": "0", "enrolled": "0", **record}
            note = note or ChanjiaoError("import.form_without_intake", field="code")
        figures = _figures(record, None)
        check_point(level=key[1], code=key[2], figures=figures, now=self._now)
        return Planned(RowOutcome.CREATED, (*key, figures), note)

    def store_one(self, planned: Planned) -> Stored:
        """What became of a row."""
        if planned.outcome == RowOutcome.CREATED:
            college_id, level, code, figures = planned.payload
            point = add_programme_point(
                actor=self._actor, college_id=college_id, level=level, code=code, figures=figures, now=self._now
            )
            return Stored(TABLE, point.pk, point.version)
        known, figures = planned.payload
        point = edit_programme_point(
            actor=self._actor, pk=known.pk, version=known.version, figures=figures, now=self._now
        )
        return Stored(TABLE, point.pk, point.version, asdict(_figures_of(known)))

    def _college(self, name: str) -> int:
        if not name:
            if self._actor.organisation_id is None:
                raise ChanjiaoError("import.required", field="college")
            return self._actor.organisation_id
        found = self._book.find(name)
        if found is None:
            raise ChanjiaoError("import.unknown_organisation", field="college", value=name[:60])
        if found not in self._colleges:
            raise ChanjiaoError("import.not_yours", field="college", value=name[:60])
        return found


def _figures(record: Record, known: ProgrammePoint | None) -> Figures:
    """The figures that the row tells; what it leaves empty stays as known, and a new point must tell its main ones."""
    told: dict[str, Any] = {name: count_of(record.get(name, ""), name) for name in COUNTS}
    told |= {name: people_of(record.get(name, ""), name) for name in PEOPLE}
    told |= {name: _year_of(record.get(name, ""), name) for name in YEARS}
    given = {name: value for name, value in told.items() if value is not None}
    if known is not None:
        return Figures(**{**asdict(_figures_of(known)), **given})
    for name in NEEDED:
        if name not in given:
            raise ChanjiaoError("import.required", field=name)
    return Figures(**given)


def _year_of(cell: str, column: str) -> int | None:
    """The year of a cell that holds a year, a month or a day."""
    if len(cell) == 4:
        return count_of(cell, column)
    day = day_of(cell, column)
    return day.year if day else None


def _figures_of(point: ProgrammePoint) -> Figures:
    return Figures(**{name: getattr(point, name) for name in (*COUNTS, *PEOPLE, *YEARS)})


def _undo(actor: Actor, stored: Stored, now: datetime) -> None:
    if stored.before is None:
        remove_programme_point(actor=actor, pk=stored.object_id, version=stored.version, now=now)
        return
    figures = Figures(**stored.before)
    edit_programme_point(actor=actor, pk=stored.object_id, version=stored.version, figures=figures, now=now)


def _records(actor: Actor, layout: Layout) -> Iterator[Record]:
    from chanjiao.apps.reference.selectors import names_of

    kept = programme_points(actor).filter(college__in=colleges_to_edit(actor))
    points = list(kept)
    names = names_of(actor, {(point.system, point.code) for point in points})
    for point in points:
        yield {
            "college": point.college.name,
            "code": point.code,
            "name": names.get((point.system, point.code), ""),
            "level": translate(LEVELS[point.level], "zh-hans"),
            **{name: str(getattr(point, name)) for name in (*COUNTS, *PEOPLE)},
            **{name: str(getattr(point, name) or "") for name in YEARS},
        }


PROGRAMMES = ImportKind("programmes", N_("Programme points"), (OWN, SETTING), ProgrammeReading, _undo, _records)
