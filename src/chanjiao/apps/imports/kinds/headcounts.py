"""Headcounts of enterprises, from and to files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime

from django.utils import timezone

from chanjiao.apps.imports.kinds.base import ImportKind, OneByOne, Options, Planned, Stored
from chanjiao.apps.imports.layouts import Column, Layout, Record
from chanjiao.apps.imports.models import RowOutcome
from chanjiao.apps.imports.parsing import code_now, day_of, people_of, year_of
from chanjiao.apps.members.registry import organisation_book
from chanjiao.apps.programmes.actions.tell_headcount import check_headcount, take_back_headcount, tell_headcount
from chanjiao.apps.programmes.models import Headcount
from chanjiao.apps.programmes.rights import may_tell_headcount
from chanjiao.apps.programmes.rules.demand import HeadcountFacts
from chanjiao.apps.programmes.selectors.demand import kept_headcounts
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.engines.words import N_

HEADCOUNT_TABLE = "programmes.headcount"

HEADCOUNT_LAYOUT = Layout(
    "own",
    N_("Our own columns"),
    (
        Column("organisation", N_("Organisation"), ("单位名称", "企业名称", "企业")),
        Column("credit_code", N_("Unified social credit code"), ("信用代码", "企业统一社会信用代码")),
        Column("occupation", N_("Occupation"), ("职业代码", "职业名称", "岗位"), required=True),
        Column("year", N_("Year"), ("年度",), required=True),
        Column("people", N_("People at the end of the year"), ("年末在岗人数", "在岗人数"), required=True),
        Column("leavers", N_("People who left in the year"), ("当年离岗人数", "离职人数"), required=True),
        Column("told_on", N_("Date of the source"), ("填报日期", "统计日期")),
    ),
)


class HeadcountReading(OneByOne):
    """Rows read for one actor, beside the headcounts that stand already."""

    def __init__(self, actor: Actor, layout: Layout, options: Options, now: datetime) -> None:
        self._actor, self._now = actor, now
        self._book = organisation_book()
        self._standing = {(row.organisation_id, row.occupation_code, row.year): row for row in kept_headcounts(actor)}
        self._met: set[tuple[int, str, int]] = set()

    def read(self, record: Record) -> Planned:
        """The row as a new headcount, another telling of one that stands, or one that is as told."""
        facts, note = self._facts(record)
        check_headcount(facts, self._now)
        key = (facts.organisation_id, facts.occupation_code, facts.year)
        if key in self._met:
            raise ChanjiaoError("import.twice_in_file", field="occupation")
        self._met.add(key)
        known = self._standing.get(key)
        if known is None:
            return Planned(RowOutcome.CREATED, (facts, None), note)
        if (known.people, known.leavers) == (facts.people, facts.leavers):
            return Planned(RowOutcome.UNCHANGED, Stored(HEADCOUNT_TABLE, known.pk, known.version), note)
        return Planned(RowOutcome.UPDATED, (facts, known), note)

    def store_one(self, planned: Planned) -> Stored:
        """What became of a row."""
        facts, known = planned.payload
        before = {**asdict(_counted(known)), "told_on": str(known.told_on)} if known else None
        row = tell_headcount(actor=self._actor, told=facts, version=known.version if known else None, now=self._now)
        return Stored(HEADCOUNT_TABLE, row.pk, row.version, before)

    def _facts(self, record: Record) -> tuple[HeadcountFacts, ChanjiaoError | None]:
        counts = {name: people_of(record.get(name, ""), name) for name in ("people", "leavers")}
        for name, count in counts.items():
            if count is None:
                raise ChanjiaoError("import.required", field=name)
        occupation, note = code_now(self._actor, record.get("occupation", ""), "occupation", "occupation")
        facts = HeadcountFacts(
            organisation_id=self._firm(record.get("organisation", ""), record.get("credit_code", "")),
            occupation_code=occupation,
            year=year_of(record.get("year", ""), "year"),
            people=counts["people"] or 0,
            leavers=counts["leavers"] or 0,
            told_on=day_of(record.get("told_on", ""), "told_on") or timezone.localdate(self._now),
        )
        return facts, note

    def _firm(self, name: str, code: str) -> int:
        found = self._book.find(name, credit_code=code) if name or code else self._actor.organisation_id
        if found is None:
            fault = "import.unknown_organisation" if name or code else "import.required"
            raise ChanjiaoError(fault, field="organisation", value=(name or code)[:60])
        if not may_tell_headcount(self._actor, found):
            raise ChanjiaoError("import.not_yours", field="organisation", value=(name or code)[:60])
        return found


def _counted(row: Headcount) -> HeadcountFacts:
    return HeadcountFacts(row.organisation_id, row.occupation_code, row.year, row.people, row.leavers, row.told_on)


def _undo_headcount(actor: Actor, stored: Stored, now: datetime) -> None:
    if stored.before is None:
        take_back_headcount(actor=actor, pk=stored.object_id, version=stored.version, now=now)
        return
    told = HeadcountFacts(**{**stored.before, "told_on": date.fromisoformat(stored.before["told_on"])})
    tell_headcount(actor=actor, told=told, version=stored.version, now=now)


def _headcount_records(actor: Actor, layout: Layout) -> Iterator[Record]:
    for row in kept_headcounts(actor).iterator(500):
        yield {
            "organisation": row.organisation.name,
            "credit_code": row.organisation.credit_code or "",
            "occupation": row.occupation_code,
            "year": str(row.year),
            "people": str(row.people),
            "leavers": str(row.leavers),
            "told_on": row.told_on.isoformat(),
        }


HEADCOUNTS = ImportKind(
    "headcounts", N_("Headcounts of enterprises"), (HEADCOUNT_LAYOUT,), HeadcountReading, _undo_headcount,
    _headcount_records,
)  # fmt: skip
