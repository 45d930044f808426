"""Lists of agreements: filters from the address, lines, columns as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from chanjiao.apps.cooperation.models import AgreementState
from chanjiao.apps.cooperation.selectors import Filters
from chanjiao.apps.cooperation.shown import AgreementRow
from chanjiao.interfaces.web.cooperation.words import kind_words, state_words
from chanjiao.interfaces.web.exchange.lists import LONGEST_SEARCH, whole_number
from chanjiao.interfaces.web.export import Column
from chanjiao.interfaces.web.wording import listed

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its words."""

    row: AgreementRow

    @property
    def kind(self) -> str:
        """The kind's name."""
        return kind_words(self.row.kind)

    @property
    def state(self) -> str:
        """The state's name; of one that waits, how many have signed."""
        if self.row.state == AgreementState.PROPOSED:
            return _("%(signed)d of %(all)d signed") % {"signed": self.row.signed, "all": len(self.row.parties)}
        return state_words(self.row.state)

    @property
    def parties(self) -> str:
        """The parties' names."""
        return listed(self.row.parties)

    @property
    def title(self) -> str:
        """The title; of a draft without one, its number."""
        return self.row.title or self.row.number


def filters_of(query: QueryDict) -> Filters:
    """The filters that an address holds; what cannot be read is left out."""
    return Filters(
        kind=query.get("kind", ""),
        state=query.get("state", ""),
        organisation=whole_number(query.get("organisation")),
        ends_by=_day(query.get("ends_by", "")),
        waiting=query.get("waiting") == "1",
        text=query.get("q", "")[:LONGEST_SEARCH],
        sort=query.get("sort", ""),
    )


def lines_of(rows: Iterable[AgreementRow]) -> Iterator[Line]:
    """The lines of some rows."""
    return (Line(row) for row in rows)


def columns() -> list[Column[Line]]:
    """The columns of an exported list."""
    return [
        Column(_("Number"), lambda line: line.row.number, 14),
        Column(_("Kind"), lambda line: line.kind, 18),
        Column(_("Title"), lambda line: line.title, 36),
        Column(_("Parties"), lambda line: line.parties, 48),
        Column(_("From"), lambda line: line.row.starts_on, 12),
        Column(_("Until"), lambda line: line.row.ends_on, 12),
        Column(_("Amount (yuan)"), lambda line: line.row.amount, 14),
        Column(_("State"), lambda line: line.state, 16),
        Column(_("In force since"), lambda line: line.row.in_force_at, 18),
        Column(_("Version"), lambda line: line.row.version_number, 8),
    ]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
