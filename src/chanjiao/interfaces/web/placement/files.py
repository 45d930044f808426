"""Students in a file: columns as the export writes them, in Chinese or English; every wrong row is told by its line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from chanjiao.apps.exchange.models import EducationLevel
from chanjiao.apps.placement.actions.register_student import StudentRecord
from chanjiao.apps.placement.rules.students import student_faults
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.sheets import Cells, sheets_of, unguarded
from chanjiao.core.words import LANGUAGES, translate
from chanjiao.interfaces.web.errors import sentences
from chanjiao.interfaces.web.placement.forms import groups_of

MOST_ROWS = 50_000
COLUMNS = {
    "number": "Student number",
    "name": "Student's name",
    "level": "Level of study",
    "programme_code": "Programme",
    "birth_date": "Date of birth",
    "mark": "Average mark",
    "home": "Lives in",
    "groups": "Groups",
}
REQUIRED = ("number", "name", "level", "programme_code")


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong with a row of a file, by its line and column."""

    line: int
    column: str
    text: str


def read_students(content: bytes, name: str) -> tuple[list[StudentRecord], list[RowFault]]:
    """(students, faults) of an xlsx or csv file; with faults nothing may be registered.

    Refused as a whole with `table.missing_column`, `file.empty` and what `sheets_of` refuses.
    """
    if not content.strip():
        raise ChanjiaoError("file.empty", path=name)
    rows = sheets_of(content)[0].rows()
    heads = _heads(next(rows, (1, ()))[1], name)
    records: list[StudentRecord] = []
    faults: list[RowFault] = []
    seen: dict[str, int] = {}
    for count, (line, cells) in enumerate(rows, start=1):
        if count > MOST_ROWS:
            raise ChanjiaoError("export.too_long", limit=MOST_ROWS)
        told = {column: unguarded(cells[place]) for column, place in heads.items() if place < len(cells)}
        if not any(told.values()):
            continue
        found, record = _record(line, told)
        first = seen.setdefault(told.get("number", ""), line)
        if first != line:
            words = _("Stands in line %d already") % first
            found.append(RowFault(line, _(COLUMNS["number"]), words))
        faults += found
        if record is not None:
            records.append(record)
    if not records and not faults:
        raise ChanjiaoError("file.empty", path=name)
    return records, faults


def _heads(cells: Cells, name: str) -> dict[str, int]:
    """Column → place, by heading in either language."""
    known = {translate(words, language): column for column, words in COLUMNS.items() for language in LANGUAGES}
    heads = {known[cell]: place for place, cell in enumerate(cells) if cell in known}
    for column in REQUIRED:
        if column not in heads:
            found = ", ".join(cell for cell in cells if cell)[:200]
            raise ChanjiaoError("table.missing_column", place=name, column=_(COLUMNS[column]), found=found)
    return heads


def _record(line: int, told: dict[str, str]) -> tuple[list[RowFault], StudentRecord | None]:
    faults: list[RowFault] = []

    def wrong(column: str, text: str) -> None:
        faults.append(RowFault(line, _(COLUMNS[column]), text))

    for column in REQUIRED:
        if not told.get(column):
            wrong(column, _("Is missing"))
    level = _level(told.get("level", ""))
    if told.get("level") and level is None:
        wrong("level", _("“%s” is no level") % told["level"])
    mark, birth_date = _mark(told.get("mark", "")), _date(told.get("birth_date", ""))
    if told.get("mark") and mark is None:
        wrong("mark", _("“%s” is not a number") % told["mark"])
    if told.get("birth_date") and birth_date is None:
        wrong("birth_date", _("“%s” is not a date (2006-05-04)") % told["birth_date"])
    for fault in student_faults(mark=mark, birth_date=birth_date, today=clock.now().date()):
        wrong(fault.field or "number", " ".join(sentences(fault)))
    if faults:
        return faults, None
    return faults, StudentRecord(
        number=told["number"], name=told["name"], level=level or "", programme_code=told["programme_code"],
        birth_date=birth_date, mark=mark, home=told.get("home", ""), groups=groups_of(told.get("groups", "")),
    )  # fmt: skip


def _level(text: str) -> str | None:
    known = {
        name: level.value
        for level in EducationLevel
        for name in (level.value, *(translate(str(level.label), language) for language in LANGUAGES), level.label)
    }
    return known.get(text)


def _mark(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _date(text: str) -> date | None:
    for pattern in ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"):
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None
