"""Needs and offers from and to files: our own columns, and the forms 访企拓岗, 技术需求 and 实训基地."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone

from chanjiao.apps.exchange.actions.edit_listing import edit_listing
from chanjiao.apps.exchange.actions.post_listing import Posting, post_listings
from chanjiao.apps.exchange.actions.retract_listing import retract_listing
from chanjiao.apps.exchange.contents import checked_columns
from chanjiao.apps.exchange.kinds import FIELDS, KIND_WORDS, Field, Kind, Side, Value, fields_of
from chanjiao.apps.exchange.models import MODELS, EducationLevel, ListingState, SourceKind
from chanjiao.apps.exchange.rules import Content
from chanjiao.apps.exchange.selectors import kept_listing, kept_listings
from chanjiao.apps.exchange.shown import Kept
from chanjiao.apps.imports.kinds.base import ImportKind, Options, Planned, RowByRow, Stored
from chanjiao.apps.imports.kinds.listing_forms import BASES, TECHNICAL, VISIT
from chanjiao.apps.imports.kinds.places import Places
from chanjiao.apps.imports.layouts import Column, Layout, Record
from chanjiao.apps.imports.models import RowOutcome
from chanjiao.apps.imports.parsing import LEVEL_WORDS, choice_of, code_of, count_of, day_of, list_of, msgids_of
from chanjiao.apps.members.models import Organisation
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.jobs import enqueue
from chanjiao.core.permissions import Actor
from chanjiao.core.words import translate
from chanjiao.engines.words import N_

CODES = {
    "occupation": "occupation_code",
    "programme": "programme_code",
    "industry": "industry_code",
    "region": "region_code",
}
TEXTS = ("title", "summary", "detail", "unit", "contact_name", "contact_phone")
LISTS = ("skills", "partners")
DAYS = ("starts_on", "ends_on", "expires_on")
LEVELS = msgids_of(EducationLevel)
ENDED = (ListingState.CLOSED, ListingState.EXPIRED)

COLUMNS = (
    Column("number", N_("Number")),
    Column("organisation", N_("Organisation"), ("单位名称", "企业名称", "企业", "学校名称")),
    Column("credit_code", N_("Unified social credit code"), ("信用代码", "企业统一社会信用代码")),
    Column("consortium", N_("Consortium"), ("联合体",)),
    Column("kind", N_("Kind"), required=True),
    Column("title", N_("Title"), ("名称", "岗位名称", "需求名称"), required=True),
    Column("summary", N_("Public summary"), ("概述", "简介", "需求概述"), required=True),
    Column("detail", N_("Confidential particulars"), ("详细说明",)),
    Column("occupation", N_("Occupation"), ("职业代码", "职业名称")),
    Column("programme", N_("Programme"), ("专业代码", "专业名称")),
    Column("industry", N_("Industry"), ("行业代码", "行业名称")),
    Column("region", N_("Region"), ("地区代码", "工作地点")),
    Column("education_level", N_("Education"), ("学历", "学历要求", "层次")),
    Column("quantity", N_("Quantity"), ("人数", "数目")),
    Column("unit", N_("Unit of quantity"), ("单位",)),
    Column("skills", N_("Skills"), ("技能要求", "关键字")),
    Column("partners", N_("Partners asked for"), ("意向单位",)),
    Column("starts_on", N_("From"), ("开始日期", "起始日期")),
    Column("ends_on", N_("Until"), ("结束日期", "截止日期")),
    Column("expires_on", N_("Open until"), ("有效期至",)),
    Column("contact_name", N_("Contact person"), ("联系人姓名",)),
    Column("contact_phone", N_("Telephone"), ("联系电话", "手机")),
    Column("state", N_("State")),
)


def own_layout(side: Side) -> Layout:
    """Our own columns of a side: what every listing has, then the typed fields of all kinds."""
    typed: dict[str, Column] = {}
    for one, kind in FIELDS:
        if one is side:
            for field in fields_of(side, kind):
                typed.setdefault(field.name, Column(field.name, field.label))
    return Layout("own", N_("Our own columns"), (*COLUMNS, *typed.values()))


@dataclass(frozen=True, slots=True)
class _Edit:
    """A listing that a row names by number, and what it shall hold."""

    known: Kept
    content: Content


class ListingReading(RowByRow):
    """Rows read for one actor: where they may post, and which listings stand already."""

    def __init__(self, side: Side, actor: Actor, layout: Layout, options: Options, now: datetime) -> None:
        self._side, self._actor, self._layout, self._now = side, actor, layout, now
        self._today = timezone.localdate(now)
        self._places = Places(actor, options)
        self._bodies: dict[int, Organisation] = {}
        columns = ("organisation_id", "kind", "title", "starts_on", "pk", "version")
        standing = (
            MODELS[side]._default_manager.exclude(state__in=ENDED).filter(organisation_id__in=self._places.joined)
        )
        self._standing: dict[tuple[Any, ...], Stored | None] = {
            row[:4]: Stored(f"exchange.{side}", row[4], row[5]) for row in standing.values_list(*columns).iterator()
        }

    def read(self, record: Record) -> Planned:
        """The row as a new listing, a change of the one it numbers, or one that stands already."""
        record = self._layout.into(record)
        known = self._numbered(record.get("number", ""))
        if known is not None:
            # What the file has no column for stays as it is.
            record = {**_record(self._side, known), **record}
        faults: list[ChanjiaoError] = []
        kind = self._kind(record, known, faults)
        content = _content(self._side, kind, record, faults)
        if faults:
            raise Rejected(faults)
        if known is not None:
            return self._changed(known, kind, content)
        organisation_id = self._places.organisation(record)
        consortium_id = self._places.consortium(record, organisation_id)
        return self._new(kind, organisation_id, consortium_id, content)

    def store(self, planned: Sequence[Planned]) -> list[Stored]:
        """New listings posted at once, changed ones edited one by one."""
        new = [one.payload for one in planned if one.outcome == RowOutcome.CREATED]
        source = SourceKind.VISIT if self._layout.key == VISIT.key else SourceKind.IMPORT
        posted = iter(post_listings(actor=self._actor, postings=new, now=self._now, source=source))
        result = []
        for one in planned:
            if one.outcome == RowOutcome.CREATED:
                listing = next(posted)
                result.append(Stored(f"exchange.{self._side}", listing.pk, listing.version))
            else:
                result.append(self._edited(one.payload))
        return result

    def _edited(self, edit: _Edit) -> Stored:
        listing = edit_listing(
            actor=self._actor,
            side=self._side,
            pk=edit.known.id,
            version=edit.known.version,
            content=edit.content,
            now=self._now,
        )
        return Stored(f"exchange.{self._side}", listing.pk, listing.version, _plain(edit.known.content))

    def _numbered(self, number: str) -> Kept | None:
        if not number:
            return None
        known = kept_listing(self._actor, self._side, number)
        if known is None:
            raise ChanjiaoError("import.unknown_number", field="number", value=number[:20])
        return known

    def _kind(self, record: Record, known: Kept | None, faults: list[ChanjiaoError]) -> Kind:
        if known is not None:
            return Kind(known.kind)
        words: dict[str, str] = {kind.value: word for kind, word in KIND_WORDS.items()}
        try:
            kind = choice_of(record.get("kind", ""), words, "kind")
        except ChanjiaoError as fault:
            faults.append(fault)
            return Kind.POST
        if not kind:
            faults.append(ChanjiaoError("import.required", field="kind"))
        return Kind(kind or Kind.POST)

    def _new(self, kind: Kind, organisation_id: int, consortium_id: int, content: Content) -> Planned:
        key = (organisation_id, str(kind), content.title, content.starts_on)
        if key in self._standing:
            standing = self._standing[key]
            if standing is None:
                raise ChanjiaoError("import.twice_in_file", field="title")
            return Planned(RowOutcome.UNCHANGED, standing)
        columns = checked_columns(self._side, kind, content, today=self._today, complete=True)
        self._standing[key] = None
        organisation = self._bodies.get(organisation_id)
        if organisation is None:
            organisation = self._bodies[organisation_id] = Organisation.objects.get(pk=organisation_id)
        posting = Posting(self._side, kind, organisation, consortium_id, columns, submit=True)
        return Planned(RowOutcome.CREATED, posting)

    def _changed(self, known: Kept, kind: Kind, content: Content) -> Planned:
        complete = known.state != ListingState.DRAFT
        columns = checked_columns(self._side, kind, content, today=self._today, complete=complete)
        if columns == _columns_of(known.content):
            return Planned(RowOutcome.UNCHANGED, Stored(f"exchange.{self._side}", known.id, known.version))
        return Planned(RowOutcome.UPDATED, _Edit(known, content))


def _content(side: Side, kind: Kind, record: Record, faults: list[ChanjiaoError]) -> Content:
    """The content of a row, its faults gathered; typed fields are checked with the content."""
    values: dict[str, Any] = {name: record.get(name, "") for name in TEXTS}
    readers: list[tuple[str, Any]] = [
        *((column, partial(code_of, record.get(name, ""), name, name)) for name, column in CODES.items()),
        *((name, partial(day_of, record.get(name, ""), name)) for name in DAYS),
        ("quantity", lambda: count_of(record.get("quantity", ""), "quantity")),
        (
            "education_level",
            lambda: choice_of(record.get("education_level", ""), LEVELS, "education_level", LEVEL_WORDS),
        ),
    ]
    for name, read in readers:
        try:
            values[name] = read()
        except ChanjiaoError as fault:
            faults.append(fault)
    values["quantity"] = values.get("quantity") or 1
    values |= {name: list_of(record.get(name, "")) for name in LISTS}
    typed = []
    for field in fields_of(side, kind):
        try:
            typed.append((field.name, _typed(field, record.get(field.name, ""))))
        except ChanjiaoError as fault:
            faults.append(fault)
    values["fields"] = tuple((name, value) for name, value in typed if value)
    return Content(**values)


def _typed(field: Field, cell: str) -> str:
    return choice_of(cell, field.choices, field.name) if field.value is Value.CHOICE else cell


def _columns_of(content: Content) -> dict[str, Any]:
    return {**asdict(content), "fields": dict(content.fields)} | {name: list(getattr(content, name)) for name in LISTS}


def _record(side: Side, kept: Kept) -> Record:
    """The listing in our own columns."""
    content = kept.content
    record = {
        "number": kept.number,
        "organisation": kept.organisation,
        "credit_code": kept.credit_code,
        "consortium": kept.consortium,
        "kind": translate(KIND_WORDS[Kind(kept.kind)], "zh-hans"),
        "state": translate(str(ListingState(kept.state)._label_), "zh-hans"),
        "education_level": translate(LEVELS.get(content.education_level, ""), "zh-hans"),
        "quantity": str(content.quantity),
        **{name: "、".join(getattr(content, name)) for name in LISTS},
        **{name: getattr(content, name) for name in TEXTS},
        **{name: getattr(content, column) for name, column in CODES.items()},
        **{name: str(getattr(content, name) or "") for name in DAYS},
    }
    given = dict(content.fields)
    for field in fields_of(side, kept.kind):
        record[field.name] = _spoken(field, given.get(field.name))
    return record


def _spoken(field: Field, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return translate(field.choices[str(value)], "zh-hans") if str(value) in field.choices else str(value)


def _plain(content: Content) -> dict[str, Any]:
    """The content as JSON holds it."""
    days = {name: str(getattr(content, name) or "") for name in DAYS}
    return {**asdict(content), **days, "fields": [list(pair) for pair in content.fields]}


def _from_plain(stored: dict[str, Any]) -> Content:
    days = {name: day_of(stored[name], name) for name in DAYS}
    pairs = tuple((str(name), value) for name, value in stored["fields"])
    return Content(**{**stored, **days, "fields": pairs, **{name: tuple(stored[name]) for name in LISTS}})


def _undo(side: Side, actor: Actor, stored: Stored, now: datetime) -> None:
    if stored.before is None:
        retract_listing(actor=actor, side=side, pk=stored.object_id, version=stored.version, now=now)
        return
    content = _from_plain(stored.before)
    edit_listing(actor=actor, side=side, pk=stored.object_id, version=stored.version, content=content, now=now)


def _records(side: Side, actor: Actor, layout: Layout) -> Iterator[Record]:
    kind = {VISIT.key: Kind.POST, TECHNICAL.key: Kind.TECHNICAL_PROBLEM, BASES.key: Kind.EQUIPMENT}.get(layout.key, "")
    for kept in kept_listings(actor, side, kind):
        yield layout.out_of(_record(side, kept))


def _match_anew(actor: Actor, now: datetime) -> None:
    enqueue("matching.run", actor=actor, now=now, key="matching.asked")


def _kind_of(side: Side, key: str, label: str, *forms: Layout) -> ImportKind:
    return ImportKind(
        key=key,
        label=label,
        layouts=(own_layout(side), *forms),
        begin=partial(ListingReading, side),
        undo=partial(_undo, side),
        records=partial(_records, side),
        afterwards=_match_anew,
    )


NEEDS = _kind_of(Side.NEED, "needs", N_("Needs"), VISIT, TECHNICAL)
OFFERS = _kind_of(Side.OFFER, "offers", N_("Offers"), BASES)
