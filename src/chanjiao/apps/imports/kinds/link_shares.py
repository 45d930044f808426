"""The shares in which programmes lead to occupations, from and to files; those of one are taken all or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation

from chanjiao.apps.imports.kinds.base import ImportKind, Options, Planned, ReadRow, Stored
from chanjiao.apps.imports.layouts import Column, Layout, Record, Row
from chanjiao.apps.imports.models import RowOutcome
from chanjiao.apps.imports.parsing import code_now
from chanjiao.apps.programmes.actions.set_shares import check_shares, set_shares
from chanjiao.apps.programmes.models import LinkShare
from chanjiao.apps.programmes.rights import may_tell_demand
from chanjiao.apps.programmes.selectors.supply import shares as shares_told
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import SYSTEM, Actor, require
from chanjiao.engines.words import N_

TABLE = "programmes.linkshare"
SHARES = Layout(
    "own",
    N_("Our own columns"),
    (
        Column("programme", N_("Programme"), ("专业代码", "专业名称"), required=True),
        Column("occupation", N_("Minor group"), ("职业小类", "职业代码"), required=True),
        Column("share", N_("Share"), ("比例", "占比"), required=True),
        Column("source", N_("Source"), ("数据来源",)),
    ),
)


@dataclass(slots=True)
class _Unit:
    """The rows of a programme, which stand or fall together: their shares, and why rows are refused."""

    programme: str
    source: str
    note: ChanjiaoError | None
    rows: list[Row] = field(default_factory=list)
    shares: dict[str, Decimal] = field(default_factory=dict)
    faults: dict[int, ChanjiaoError] = field(default_factory=dict)

    def take(self, row: Row) -> None:
        """The row is one of the unit, with its share or its fault."""
        number, record, _cells = row
        self.rows.append(row)
        try:
            occupation, note = code_now(SYSTEM, record.get("occupation", ""), "occupation", "occupation")
            if occupation in self.shares:
                raise ChanjiaoError("import.twice_in_file", field="occupation")
            share = _share(record.get("share", ""))
            check_shares(self.programme, {occupation: share})
        except ChanjiaoError as fault:
            self.faults[number] = fault
        else:
            self.shares[occupation] = share
            self.note = self.note or note

    def refused(self) -> dict[int, ChanjiaoError]:
        """Row → why it is refused; every row where one of them is, or where together they are more than the whole."""
        if self.faults:
            beside = ChanjiaoError("import.row_beside_refused", row=min(self.faults))
            return {number: self.faults.get(number, beside) for number, _record, _cells in self.rows}
        try:
            check_shares(self.programme, self.shares)
        except Rejected as fault:
            return {number: fault for number, _record, _cells in self.rows}
        return {}


class ShareReading:
    """Programmes read for one actor: the shares told of one take the place of all that it had."""

    def __init__(self, actor: Actor, layout: Layout, options: Options, now: datetime) -> None:
        require(may_tell_demand(actor))
        self._actor, self._now = actor, now
        self._standing: dict[str, list[LinkShare]] = {}
        for row in shares_told(actor):
            self._standing.setdefault(row.programme_code, []).append(row)

    def plan(self, rows: Iterable[Row]) -> Iterator[ReadRow]:
        """A programme's shares at the place of its first row, or each of its rows with the reason."""
        planned = [one for unit in _units(rows) for one in self._planned(unit)]
        yield from sorted(planned, key=lambda row: row.number)

    def _planned(self, unit: _Unit) -> Iterator[ReadRow]:
        if refused := unit.refused():
            yield from (ReadRow(number, cells, None, refused[number]) for number, _record, cells in unit.rows)
            return
        number, _record, cells = unit.rows[0]
        yield ReadRow(number, cells, self._as_it_will_stand(unit))

    def _as_it_will_stand(self, unit: _Unit) -> Planned:
        known = self._standing.get(unit.programme, [])
        if known and unit.shares == _shares_of(known):
            return Planned(RowOutcome.UNCHANGED, Stored(TABLE, known[0].pk, known[0].version), unit.note)
        outcome = RowOutcome.UPDATED if known else RowOutcome.CREATED
        return Planned(outcome, unit, unit.note)

    def store(self, planned: Sequence[Planned]) -> list[Stored]:
        """What became of the programmes, in their order."""
        return [self._stored(one.payload) for one in planned]

    def _stored(self, unit: _Unit) -> Stored:
        """The shares set, with those that they replace and those that they are, to know them by when taken back."""
        known = self._standing.get(unit.programme, [])
        rows = set_shares(
            actor=self._actor, programme_code=unit.programme, shares=unit.shares, source=unit.source, now=self._now
        )
        before = {
            "programme": unit.programme,
            "shares": _kept(_shares_of(known)),
            "source": known[0].source if known else "",
            "told": _kept(unit.shares),
        }
        return Stored(TABLE, rows[0].pk, rows[0].version, before)


def _units(rows: Iterable[Row]) -> Iterable[_Unit]:
    """The rows by programme; those whose cell names none by that cell, to be refused."""
    units: dict[str, _Unit] = {}
    for row in rows:
        cell = row[1].get("programme", "")
        try:
            programme, note = code_now(SYSTEM, cell, "programme", "programme")
        except ChanjiaoError as fault:
            unit = units.setdefault(cell, _Unit(cell, "", None))
            unit.rows.append(row)
            unit.faults[row[0]] = fault
        else:
            units.setdefault(programme, _Unit(programme, row[1].get("source", ""), note)).take(row)
    return units.values()


def _share(cell: str) -> Decimal:
    """0.35 or 35%."""
    text = cell.strip()
    try:
        share = Decimal(text.rstrip("%％")) / (100 if text[-1:] in "%％" else 1)
    except InvalidOperation:
        raise ChanjiaoError("import.bad_share", field="share", value=cell[:40]) from None
    if not share.is_finite():
        raise ChanjiaoError("import.bad_share", field="share", value=cell[:40])
    return share.quantize(Decimal("0.001"))


def _shares_of(rows: Iterable[LinkShare]) -> dict[str, Decimal]:
    return {row.occupation_code: row.share for row in rows}


def _kept(shares: dict[str, Decimal]) -> dict[str, str]:
    return {occupation: f"{share.normalize():f}" for occupation, share in shares.items()}


def _undo(actor: Actor, stored: Stored, now: datetime) -> None:
    before = stored.before or {}
    if _kept(_shares_of(shares_told(actor, before.get("programme", "")))) != before.get("told"):
        raise ChanjiaoError("record.stale")
    shares = {occupation: Decimal(share) for occupation, share in before["shares"].items()}
    set_shares(actor=actor, programme_code=before["programme"], shares=shares, source=before["source"], now=now)


def _records(actor: Actor, layout: Layout) -> Iterator[Record]:
    for row in shares_told(actor):
        yield {
            "programme": row.programme_code,
            "occupation": row.occupation_code,
            "share": f"{row.share.normalize():f}",
            "source": row.source,
        }


LINK_SHARES = ImportKind(
    "link-shares", N_("Shares of programmes in occupations"), (SHARES,), ShareReading, _undo, _records
)
