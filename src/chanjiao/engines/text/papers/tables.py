"""Tables in a text: lines of cells between tabs under a head of known labels."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from chanjiao.engines.text.facts import Span
from chanjiao.engines.text.papers.labels import field_of
from chanjiao.engines.text.papers.level import trimmed
from chanjiao.engines.text.papers.values import PaperKind

_NOTE = re.compile(r"[（(][^（）()]*[）)]|\s|及$|情况$|名称$")
_LEAST_COLUMNS, _LONGEST_HEAD = 3, 14


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell under a known label; `unit` is what the head says in parentheses."""

    field: str
    label: str
    unit: str
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, and the line that is its head."""

    head: Span
    span: Span
    cells: tuple[Cell, ...]


def rows_of(text: str, kind: PaperKind) -> list[Row]:
    """The rows of every table whose head names at least two known labels, most of its cells.

    A cell without words takes those of the row above (a merged cell read once); rows of sums and notes are left out.
    """
    found: list[Row] = []
    heads: list[tuple[str, str, str]] | None = None
    head = (0, 0)
    for start, end in _lines(text):
        cells = _cells(text, start, end)
        if len(cells) < _LEAST_COLUMNS:
            heads = None if not any(first < last for first, last in cells) or len(cells) == 1 else heads
            continue
        named = _head(text, cells, kind)
        if named is not None:
            heads, head = named, (start, end)
        elif heads is not None:
            found.append(Row(head, (start, end), _known(cells, heads, found)))
    return [row for row in found if len(row.cells) > 1]


def _lines(text: str) -> list[Span]:
    return [one.span() for one in re.finditer(r"[^\n]+", text)]


def _cells(text: str, start: int, end: int) -> list[Span]:
    cuts = [start - 1, *(at for at in range(start, end) if text[at] == "\t"), end]
    return [trimmed(text, one + 1, other) for one, other in itertools.pairwise(cuts)]


def _head(text: str, cells: list[Span], kind: PaperKind) -> list[tuple[str, str, str]] | None:
    heads = []
    for first, last in cells:
        words = text[first:last]
        unit = re.search(r"[（(]([^（）()]*)[）)]", words)
        plain = re.sub(r"\s|[（(][^（）()]*[）)]", "", words)
        field = field_of(plain, kind) or field_of(_NOTE.sub("", words), kind) if len(plain) <= _LONGEST_HEAD else ""
        heads.append((field, plain, unit[1] if unit else ""))
    known = [field for field, _, _ in heads if field]
    filled = [cell for cell in cells if cell[0] < cell[1]]
    return heads if len(known) >= 2 and len(known) * 5 > len(filled) * 3 else None


def without_tables(text: str, rows: list[Row]) -> str:
    """The text with the lines of its tables blank, every other character where it was."""
    for start, end in {span for row in rows for span in (row.head, row.span)}:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _known(cells: list[Span], heads: list[tuple[str, str, str]], above: list[Row]) -> tuple[Cell, ...]:
    found = []
    for cell, (field, label, unit) in zip(cells, heads, strict=False):
        if not field or field == "ignored":
            continue
        if cell[0] == cell[1]:
            merged = next((one for one in above[-1].cells if one.field == field), None) if above else None
            if merged is not None and field in ("employer", "place", "contact", "phone", "visitor"):
                found.append(merged)
            continue
        found.append(Cell(field, label, unit, cell))
    return tuple(found)
