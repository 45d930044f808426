"""The shares in which programmes lead to occupations, from and to files; those of one are taken all or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from chanjiao.apps.imports.kinds.base import ImportKind, OneByOne, Options, Planned, Stored
from chanjiao.apps.imports.layouts import Column, Gathered, Layout, Record, Row
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
BETWEEN = "\x1f"
"""Between the cells of rows that became one: the sign of ASCII that separates units, which no cell holds."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row as it was read, and a note where it bears a code of an earlier catalogue."""

    programme: str
    occupation: str
    share: Decimal
    note: ChanjiaoError | None


def gathered(rows: Iterable[Row]) -> Iterator[Gathered]:
    """One row for each programme, at the place of its first; all of its rows refused where one of them is."""
    units: dict[str, list[Row]] = {}
    for row in rows:
        units.setdefault(_programme(row[1]), []).append(row)
    made = [one for unit in units.values() for one in _together(unit)]
    yield from sorted(made, key=lambda row: row[0])


def _programme(record: Record) -> str:
    """The code of the programme; the cell itself where it names none, to be refused with its row."""
    try:
        return code_now(SYSTEM, record.get("programme", ""), "programme", "programme")[0]
    except ChanjiaoError:
        return record.get("programme", "")


def _together(unit: Sequence[Row]) -> Iterator[Gathered]:
    faults = _faults(unit)
    if not faults:
        number, record, cells = unit[0]
        columns = {name: BETWEEN.join(row[1].get(name, "") for row in unit) for name in ("occupation", "share")}
        yield number, {**record, **columns}, cells
        return
    beside = ChanjiaoError("import.row_beside_refused", row=min(faults))
    yield from ((number, faults.get(number, beside), cells) for number, _record, cells in unit)


def _faults(unit: Sequence[Row]) -> dict[int, ChanjiaoError]:
    """Row → why it is refused; every row where together they are more than the whole."""
    shares: dict[str, Decimal] = {}
    faults: dict[int, ChanjiaoError] = {}
    for number, record, _cells in unit:
        try:
            line = _line(record)
            check_shares(line.programme, {line.occupation: line.share})
            if line.occupation in shares:
                raise ChanjiaoError("import.twice_in_file", field="occupation")
            shares[line.occupation] = line.share
        except ChanjiaoError as fault:
            faults[number] = fault
    if not faults:
        try:
            check_shares(line.programme, shares)
        except Rejected as fault:
            faults = {number: fault for number, _record, _cells in unit}
    return faults


def _line(record: Record) -> _Line:
    programme, note = code_now(SYSTEM, record.get("programme", ""), "programme", "programme")
    occupation, other = code_now(SYSTEM, record.get("occupation", ""), "occupation", "occupation")
    return _Line(programme, occupation, _share(record.get("share", "")), note or other)


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


SHARES = Layout(
    "own",
    N_("Our own columns"),
    (
        Column("programme", N_("Programme"), ("专业代码", "专业名称"), required=True),
        Column("occupation", N_("Minor group"), ("职业小类", "职业代码"), required=True),
        Column("share", N_("Share"), ("比例", "占比"), required=True),
        Column("source", N_("Source"), ("数据来源",)),
    ),
    gather=gathered,
)


class ShareReading(OneByOne):
    """Programmes read for one actor: the shares told of one take the place of all that it had."""

    def __init__(self, actor: Actor, layout: Layout, options: Options, now: datetime) -> None:
        require(may_tell_demand(actor))
        self._actor, self._now = actor, now
        self._standing: dict[str, list[LinkShare]] = {}
        for row in shares_told(actor):
            self._standing.setdefault(row.programme_code, []).append(row)

    def read(self, record: Record) -> Planned:
        """The shares of a programme as they will stand; unchanged where they stand so already."""
        cells = zip(record["occupation"].split(BETWEEN), record["share"].split(BETWEEN), strict=True)
        lines = [_line({**record, "occupation": occupation, "share": share}) for occupation, share in cells]
        programme, note = lines[0].programme, next((line.note for line in lines if line.note), None)
        told = {line.occupation: line.share for line in lines}
        known = self._standing.get(programme, [])
        if known and told == _shares_of(known):
            return Planned(RowOutcome.UNCHANGED, Stored(TABLE, known[0].pk, known[0].version), note)
        outcome = RowOutcome.UPDATED if known else RowOutcome.CREATED
        return Planned(outcome, (programme, told, record.get("source", "")), note)

    def store_one(self, planned: Planned) -> Stored:
        """The shares set, with those that they replace and those that they are, to know them by when taken back."""
        programme, told, source = planned.payload
        known = self._standing.get(programme, [])
        rows = set_shares(actor=self._actor, programme_code=programme, shares=told, source=source, now=self._now)
        before = {
            "programme": programme,
            "shares": _kept(_shares_of(known)),
            "source": known[0].source if known else "",
            "told": _kept(told),
        }
        return Stored(TABLE, rows[0].pk, rows[0].version, before)


def _shares_of(rows: Iterable[LinkShare]) -> dict[str, Decimal]:
    return {row.occupation_code: row.share for row in rows}


def _kept(shares: dict[str, Decimal]) -> dict[str, str]:
    return {occupation: f"{share.normalize():f}" for occupation, share in shares.items()}


def _undo(actor: Actor, stored: Stored, now: datetime) -> None:
    before = stored.before
    if _kept(_shares_of(shares_told(actor, before["programme"]))) != before["told"]:
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
