"""Lists of needs and offers: their filters from the address, their lines, and their columns as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from chanjiao.apps.exchange.selectors import Filters
from chanjiao.apps.exchange.shown import ListingRow
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.web.exchange.words import (
    Named,
    chunked,
    codes_of,
    kind_words,
    level_words,
    names_for,
    quantity_words,
    state_words,
    unit_words,
)
from chanjiao.interfaces.web.export import Column
from chanjiao.interfaces.web.wording import listed

PAGE_SIZE = 25
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the names of its codes."""

    row: ListingRow
    codes: dict[str, Named]

    @property
    def kind(self) -> str:
        """The kind's name."""
        return kind_words(self.row.kind)

    @property
    def state(self) -> str:
        """The state's name."""
        return state_words(self.row.state, self.row.close_reason)

    @property
    def amount(self) -> str:
        """The quantity with its unit."""
        return quantity_words(self.row.quantity, self.row.unit)

    @property
    def route(self) -> str:
        """The route of the listing's page."""
        return f"exchange:{self.row.side}"

    @property
    def subject(self) -> Named | None:
        """What it is about: its occupation, else its programme, else its industry."""
        found = (self.codes.get(column) for column in ("occupation_code", "programme_code", "industry_code"))
        return next((code for code in found if code), None)

    def code(self, column: str) -> str:
        """A code with its name, empty for none."""
        return str(self.codes.get(column, ""))


def filters_of(query: QueryDict) -> Filters:
    """The filters that an address holds; what cannot be read is left out."""
    return Filters(
        kind=query.get("kind", ""),
        state=query.get("state", ""),
        organisation=whole_number(query.get("organisation")),
        zone=whole_number(query.get("zone")),
        industry=query.get("industry", "").strip(),
        occupation=query.get("occupation", "").strip(),
        programme=query.get("programme", "").strip(),
        region=query.get("region", "").strip(),
        text=query.get("q", "")[:LONGEST_SEARCH],
        sort=query.get("sort", "-opened"),
    )


def is_narrowed(filters: Filters) -> bool:
    """Whether the filters leave anything out."""
    plain = Filters(sort=filters.sort)
    return filters != plain


def lines_of(actor: Actor, rows: Iterable[ListingRow]) -> list[Line]:
    """The lines of a page, names looked up at once."""
    rows = list(rows)
    names = names_for(actor, rows)
    return [Line(row, codes_of(row, names)) for row in rows]


def lines_for_export(actor: Actor, rows: Iterable[ListingRow]) -> Iterator[Line]:
    """The lines of a whole list, a chunk in memory at a time."""
    for piece in chunked(rows):
        yield from lines_of(actor, piece)


def columns() -> list[Column[Line]]:
    """The columns of an exported list; nothing confidential is among them."""
    return [
        Column(_("Number"), lambda line: line.row.number, 14),
        Column(_("Kind"), lambda line: line.kind, 18),
        Column(_("Title"), lambda line: line.row.title, 36),
        Column(_("Public summary"), lambda line: line.row.summary, 60),
        Column(_("Organisation"), lambda line: line.row.organisation, 32),
        Column(_("Quantity"), lambda line: line.row.quantity, 10),
        Column(_("Unit"), lambda line: unit_words(line.row.unit), 8),
        Column(_("Occupation"), lambda line: line.code("occupation_code"), 28),
        Column(_("Programme"), lambda line: line.code("programme_code"), 28),
        Column(_("Industry"), lambda line: line.code("industry_code"), 28),
        Column(_("Place"), lambda line: line.code("region_code"), 20),
        Column(_("Education"), lambda line: level_words(line.row.education_level), 18),
        Column(_("Skills"), lambda line: listed(line.row.skills), 36),
        Column(_("From"), lambda line: line.row.starts_on, 12),
        Column(_("Until"), lambda line: line.row.ends_on, 12),
        Column(_("Open until"), lambda line: line.row.expires_on, 12),
        Column(_("State"), lambda line: line.state, 12),
    ]


def whole_number(text: str | None) -> int | None:
    """The number that a part of an address holds; None where it holds none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else None
