"""Registrations of technology contracts from and to files; a row names a contract in force by its number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from chanjiao.apps.cooperation.kinds import kind_of
from chanjiao.apps.imports.kinds.base import ImportKind, OneByOne, Options, Planned, Stored
from chanjiao.apps.imports.layouts import Column, Layout, Record
from chanjiao.apps.imports.models import RowOutcome
from chanjiao.apps.imports.parsing import day_of, numbered
from chanjiao.apps.transfer.actions.register_contract import register_contract, strike_registration
from chanjiao.apps.transfer.contract_selectors import contracts
from chanjiao.apps.transfer.contracts import is_taken
from chanjiao.apps.transfer.rules import registration_faults
from chanjiao.apps.transfer.shown import ContractRow
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor
from chanjiao.engines.words import N_

TABLE = "cooperation.agreement"
OWN = Layout(
    "own",
    N_("Our own columns"),
    (
        Column("contract", N_("Number of the contract"), ("合同编号", "协议编号"), required=True),
        Column("kind", N_("Type of contract")),
        Column("title", N_("Title"), ("合同名称",)),
        Column("parties", N_("Parties")),
        Column("amount", N_("Amount (yuan)")),
        Column("in_force_on", N_("In force since")),
        Column("number", N_("Registration number"), ("登记号",), required=True),
        Column("office", N_("Registration office"), ("登记站",), required=True),
        Column("registered_on", N_("Registered on"), ("登记时间",), required=True),
        Column("used_on", N_("First use on")),
        Column("place", N_("Where")),
        Column("effect", N_("Effect")),
    ),
)


class RegistrationReading(OneByOne):
    """Rows read for one actor, beside the contracts that they see."""

    def __init__(self, actor: Actor, layout: Layout, options: Options, now: datetime) -> None:
        self._actor, self._now, self._today = actor, now, timezone.localdate(now)
        self._contracts = {row.number: row for row in contracts(actor)}
        self._met: set[str] = set()

    def read(self, record: Record) -> Planned:
        """The row as a registration of its contract, or the one that stands already."""
        row = numbered(self._contracts, record.get("contract", ""), "contract")
        number, office = record.get("number", "").upper(), record.get("office", "")
        day = day_of(record.get("registered_on", ""), "registered_on")
        if (row.registration, row.office, row.registered_on) == (number, office, day):
            return Planned(RowOutcome.UNCHANGED, Stored(TABLE, row.id, 1))
        self._check(row, number, office, day)
        return Planned(RowOutcome.CREATED, (row.id, number, office, day))

    def store_one(self, planned: Planned) -> Stored:
        """What became of a row."""
        agreement_id, number, office, day = planned.payload
        made = register_contract(
            actor=self._actor, agreement_id=agreement_id, number=number, office=office, registered_on=day, now=self._now
        )
        return Stored(TABLE, agreement_id, 1, {"number": made.number})

    def _check(self, row: ContractRow, number: str, office: str, day: date | None) -> None:
        if row.registration:
            raise ChanjiaoError("contract.registered", field="number")
        if not row.may_register:
            raise ChanjiaoError("action.denied", field="contract")
        signed_on = timezone.localdate(row.in_force_at) if row.in_force_at else self._today
        faults = registration_faults(number, office, day, signed_on=signed_on, today=self._today)
        if faults:
            raise Rejected(faults)
        if {number, row.number} & self._met:
            raise ChanjiaoError("import.twice_in_file", field="number")
        if is_taken(number):
            raise ChanjiaoError("contract.number_taken", field="number")
        self._met |= {number, row.number}


def _undo(actor: Actor, stored: Stored, now: datetime) -> None:
    strike_registration(actor=actor, agreement_id=stored.object_id, number=stored.before["number"], now=now)


def _records(actor: Actor, layout: Layout) -> Iterator[Record]:
    for row in sorted(contracts(actor), key=lambda one: one.id):
        yield {
            "contract": row.number,
            "kind": kind_of(row.kind).label.zh,
            "title": row.title,
            "parties": "、".join(row.parties),
            "amount": f"{row.amount:f}" if row.amount is not None else "",
            "in_force_on": str(timezone.localdate(row.in_force_at)) if row.in_force_at else "",
            "number": row.registration,
            "registered_on": str(row.registered_on or ""),
            "used_on": str(row.used_on or ""),
            **{name: getattr(row, name) for name in ("office", "place", "effect")},
        }


REGISTRATIONS = ImportKind(
    "registrations", N_("Registrations of contracts"), (OWN,), RegistrationReading, _undo, _records
)
