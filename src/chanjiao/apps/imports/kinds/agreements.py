"""Agreements from and to files: our own columns, and the form 产学合作.

A row makes a draft, never an agreement in force: what binds is signed here by each party. A row with the number of a
draft changes it; the row of an agreement that was proposed already can only be as it stands.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from chanjiao.apps.cooperation.actions.discard_draft import discard_draft
from chanjiao.apps.cooperation.actions.draft_agreement import draft_agreement
from chanjiao.apps.cooperation.actions.edit_agreement import edit_agreement
from chanjiao.apps.cooperation.content import Content, PartyFacts
from chanjiao.apps.cooperation.contents import checked
from chanjiao.apps.cooperation.kept import KeptAgreement, kept_agreement, kept_agreements
from chanjiao.apps.cooperation.kinds import AgreementField, AgreementKind, Clause, Words, book, kind_of
from chanjiao.apps.cooperation.models import AgreementState
from chanjiao.apps.cooperation.prefill import first_content
from chanjiao.apps.cooperation.selectors import draft_content
from chanjiao.apps.imports.kinds.agreement_forms import CLAUSE, FORM, rows_of_form, with_figures
from chanjiao.apps.imports.kinds.base import ImportKind, OneByOne, Options, Planned, Stored
from chanjiao.apps.imports.kinds.places import Places
from chanjiao.apps.imports.layouts import Column, Layout, Record
from chanjiao.apps.imports.models import RowOutcome
from chanjiao.apps.imports.parsing import choice_of, day_of, list_of, money_of, msgids_of
from chanjiao.apps.members.models import Organisation
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor
from chanjiao.core.words import translate
from chanjiao.engines.words import N_

TABLE = "cooperation.agreement"
COLUMNS = (
    Column("number", N_("Number")),
    Column("kind", N_("Kind"), ("协议类型",), required=True),
    Column("organisation", N_("Drawn up by"), ("单位名称", "学校名称", "甲方")),
    Column("partners", N_("Other parties"), ("合作单位", "合作企业", "乙方"), required=True),
    Column("partner_code", N_("Credit code of the other party"), ("合作企业统一社会信用代码",)),
    Column("consortium", N_("Consortium"), ("联合体",)),
    Column("title", N_("Title"), ("协议名称", "名称")),
    Column("starts_on", N_("From"), ("开始日期", "合作开始年月")),
    Column("ends_on", N_("Until"), ("结束日期",)),
    Column("amount", N_("Amount (yuan)"), ("合同金额", "金额")),
    Column("state", N_("State")),
    Column("in_force_on", N_("In force since")),
)
STATES = msgids_of(AgreementState)


def _typed_columns() -> Iterator[Column]:
    """A column for the particulars of that name, whatever the kind calls them."""
    named: dict[str, list[AgreementField]] = {}
    for kind in book().kinds.values():
        for one in kind.fields:
            named.setdefault(one.name, []).append(one)
    for name, fields in named.items():
        words = dict.fromkeys(word for one in fields for word in (one.label.zh, one.label.en))
        first = fields[0].label
        yield Column(name, first.en, tuple(words), chinese=first.zh)


OWN = Layout("own", N_("Our own columns"), (*COLUMNS, *_typed_columns()))


@dataclass(frozen=True, slots=True)
class _New:
    """An agreement that a row drafts."""

    kind: str
    organisation_id: int
    consortium_id: int
    partner_ids: tuple[int, ...]
    content: Content


@dataclass(frozen=True, slots=True)
class _Edit:
    """A draft that a row names by number: what it holds, and what it shall hold."""

    known: KeptAgreement
    before: Content
    content: Content


class AgreementReading(OneByOne):
    """Rows read for one actor, beside the agreements that they keep."""

    def __init__(self, actor: Actor, layout: Layout, options: Options, now: datetime) -> None:
        self._actor, self._layout, self._now = actor, layout, now
        self._today = timezone.localdate(now)
        self._places = Places(actor, options)
        self._standing: dict[tuple[object, ...], Stored | None] = {
            _key(one.kind, [party.organisation_id for party in one.parties], one.title, one.starts_on): Stored(
                TABLE, one.id, one.draft_version or 1
            )
            for one in kept_agreements(actor)
        }

    def read(self, record: Record) -> Planned:
        """The row as a new draft, a change of the draft that it numbers, or an agreement that stands already."""
        record = self._layout.into(record)
        if number := record.get("number", ""):
            return self._numbered(number, record)
        kind = kind_of(_chosen(record.get("kind", ""), {code: one.label for code, one in book().kinds.items()}, "kind"))
        organisation_id = self._places.organisation({**record, "credit_code": ""})
        partner_ids = self._partners(record)
        consortium_id = self._places.consortium(record, organisation_id)
        found = Organisation.objects.in_bulk([organisation_id, *partner_ids])
        begun = first_content(self._actor, kind, [found[pk] for pk in (organisation_id, *partner_ids)], None)
        told = checked(kind, _told(kind, begun, record), today=self._today, complete=False)
        key = _key(kind.code, [organisation_id, *partner_ids], told.title, told.starts_on)
        if key in self._standing:
            standing = self._standing[key]
            if standing is None:
                raise ChanjiaoError("import.twice_in_file", field="title")
            return Planned(RowOutcome.UNCHANGED, standing)
        self._standing[key] = None
        return Planned(RowOutcome.CREATED, _New(kind.code, organisation_id, consortium_id, partner_ids, told))

    def store_one(self, planned: Planned) -> Stored:
        """What became of a row."""
        payload: _New | _Edit = planned.payload
        if isinstance(payload, _Edit):
            known = payload.known
            assert known.draft_version is not None
            edited = edit_agreement(
                actor=self._actor, pk=known.id, version=known.draft_version, content=payload.content, now=self._now
            )
            before = json.loads(json.dumps(asdict(payload.before), cls=DjangoJSONEncoder))
            return Stored(TABLE, edited.pk, edited.version, before)
        drafted = draft_agreement(
            actor=self._actor,
            kind=payload.kind,
            organisation_id=payload.organisation_id,
            consortium_id=payload.consortium_id,
            partner_ids=payload.partner_ids,
            now=self._now,
        )
        told = edit_agreement(
            actor=self._actor, pk=drafted.pk, version=drafted.version, content=payload.content, now=self._now
        )
        return Stored(TABLE, told.pk, told.version)

    def _partners(self, record: Record) -> tuple[int, ...]:
        names, code = list_of(record.get("partners", "")), record.get("partner_code", "")
        if not names and not code:
            raise ChanjiaoError("import.required", field="partners")
        first, others = (names[0] if names else ""), names[1:]
        known = [self._places.known(first, code, "partners")]
        return (*known, *(self._places.known(name, "", "partners") for name in others))

    def _numbered(self, number: str, record: Record) -> Planned:
        known = kept_agreement(self._actor, number)
        if known is None:
            raise ChanjiaoError("import.unknown_number", field="number", value=number[:20])
        stated = _record(known)
        if all(not cell or cell == stated.get(name, "") for name, cell in record.items()):
            return Planned(RowOutcome.UNCHANGED, Stored(TABLE, known.id, known.draft_version or 1))
        if known.draft_version is None:
            raise ChanjiaoError("state.refused", state=STATES[known.state])
        _view, before = draft_content(self._actor, known.id)
        kind = kind_of(known.kind)
        told = checked(kind, _told(kind, before, record), today=self._today, complete=False)
        return Planned(RowOutcome.UPDATED, _Edit(known, before, told))


def _told(kind: AgreementKind, begun: Content, record: Record) -> Content:
    """The content with what the row tells; what its file has no column or no word for stays as begun."""
    faults: list[ChanjiaoError] = []
    told: dict[str, Any] = {"title": record.get("title", "")}
    readers: dict[str, Callable[[str, str], object]] = {"starts_on": day_of, "ends_on": day_of, "amount": money_of}
    for name, read in readers.items():
        try:
            told[name] = read(record.get(name, ""), name)
        except ChanjiaoError as fault:
            faults.append(fault)
    fields = dict(begun.fields)
    for one in kind.fields:
        try:
            fields[one.name] = _given(one, record.get(one.name, "")) or fields.get(one.name)
        except ChanjiaoError as fault:
            faults.append(fault)
    if faults:
        raise Rejected(faults)
    clauses = with_figures(begun.clauses, record.get(CLAUSE, ""))
    given = {name: value for name, value in told.items() if value not in ("", None)}
    return replace(begun, **given, fields=tuple(fields.items()), clauses=clauses)


def _given(field: AgreementField, cell: str) -> str:
    """The cell as the field's rules read it."""
    if field.value == "choice":
        return _chosen(cell, field.choices, field.name)
    if field.value == "date":
        return str(day_of(cell, field.name) or "")
    return cell.removesuffix("%") if field.value == "percent" else cell


def _chosen(cell: str, words: Mapping[str, Words], column: str) -> str:
    """The value whose word the cell tells in either language."""
    spoken = {value: word.zh for value, word in words.items()}
    return choice_of(cell, spoken, column, {word.en.casefold(): value for value, word in words.items()})


def _key(kind: str, bodies: Sequence[int | None], title: str, starts_on: object) -> tuple[object, ...]:
    return kind, frozenset(bodies), title, starts_on


def _record(kept: KeptAgreement) -> Record:
    """The agreement in our own columns; what is not open to who asks is empty."""
    first, *others = kept.parties
    kind = kind_of(kept.kind)
    record = {
        "number": kept.number,
        "kind": kind.label.zh,
        "organisation": first.name,
        "partners": "、".join(one.name for one in others),
        "partner_code": others[0].credit_code if others else "",
        "consortium": kept.consortium,
        "title": kept.title,
        "amount": f"{kept.amount:f}" if kept.amount is not None else "",
        "state": translate(STATES[kept.state], "zh-hans"),
        **{name: str(getattr(kept, name) or "") for name in ("starts_on", "ends_on", "in_force_on")},
    }
    return record | {one.name: _spoken(one, kept.fields.get(one.name)) for one in kind.fields}


def _spoken(field: AgreementField, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return field.choices[str(value)].zh if str(value) in field.choices else str(value)


def _records(actor: Actor, layout: Layout) -> Iterator[Record]:
    kept = kept_agreements(actor)
    yield from rows_of_form(kept) if layout.key == FORM.key else map(_record, kept)


def _undo(actor: Actor, stored: Stored, now: datetime) -> None:
    if stored.before is None:
        discard_draft(actor=actor, pk=stored.object_id, version=stored.version, now=now)
        return
    told = stored.before
    content = Content(
        **{
            **told,
            "starts_on": day_of(told["starts_on"] or "", "starts_on"),
            "ends_on": day_of(told["ends_on"] or "", "ends_on"),
            "amount": money_of(told["amount"] or "", "amount"),
            "fields": tuple((name, value) for name, value in told["fields"]),
            "parties": tuple(PartyFacts(**one) for one in told["parties"]),
            "clauses": tuple(Clause(**one) for one in told["clauses"]),
        }
    )
    edit_agreement(actor=actor, pk=stored.object_id, version=stored.version, content=content, now=now)


AGREEMENTS = ImportKind("agreements", N_("Agreements"), (OWN, FORM), AgreementReading, _undo, _records)
