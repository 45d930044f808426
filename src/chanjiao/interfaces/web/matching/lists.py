"""Lists of matches: filters from the address, lines, columns as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from chanjiao.apps.matching.models import DeclineReason, MatchState
from chanjiao.apps.matching.selectors import Filters
from chanjiao.apps.matching.shown import MatchRow
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.web.exchange.lists import LONGEST_SEARCH
from chanjiao.interfaces.web.exchange.words import chunked, kind_words
from chanjiao.interfaces.web.export import Column
from chanjiao.interfaces.web.matching.words import Teller, places_in

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its reasons in brief."""

    row: MatchRow
    brief: list[str]
    bar: list[tuple[str, float]]

    @property
    def kind(self) -> str:
        """The kind's name."""
        return kind_words(self.row.kind)

    @property
    def state(self) -> str:
        """The state's name."""
        return str(MatchState(self.row.state).label)

    @property
    def points(self) -> int:
        """The score in points of a hundred."""
        return round(100 * self.row.score)

    @property
    def reason(self) -> str:
        """Why it was declined, empty where it was not."""
        return str(DeclineReason(self.row.decline_reason).label) if self.row.decline_reason else ""


def filters_of(query: QueryDict) -> Filters:
    """The filters that an address holds."""
    return Filters(
        state=query.get("state", ""),
        kind=query.get("kind", ""),
        waiting=query.get("waiting") == "1",
        text=query.get("q", "")[:LONGEST_SEARCH],
        sort=query.get("sort", ""),
    )


def lines_of(rows: Iterable[MatchRow], actor: Actor) -> list[Line]:
    """The lines of a page, names looked up at once."""
    rows = list(rows)
    codes = {code for row in rows for code in places_in(row.factors)}
    places = {code: name for (_system, code), name in names_of(actor, [("region", code) for code in codes]).items()}
    return [_line(row, Teller(_, row.kind, places)) for row in rows]


def _line(row: MatchRow, teller: Teller) -> Line:
    bar = [(reason.label, reason.share) for reason in teller.reasons(row.factors, row.score)]
    return Line(row, teller.brief(row.factors), bar)


def lines_for_export(rows: Iterable[MatchRow], actor: Actor) -> Iterator[Line]:
    """The lines of a whole list, a chunk in memory at a time."""
    for piece in chunked(rows):
        yield from lines_of(piece, actor)


def columns() -> list[Column[Line]]:
    """The columns of an exported list."""
    return [
        Column(_("Points"), lambda line: line.points, 8),
        Column(_("Kind"), lambda line: line.kind, 18),
        Column(_("Number of the need"), lambda line: line.row.need_number, 14),
        Column(_("Need"), lambda line: line.row.need_title, 32),
        Column(_("In need"), lambda line: line.row.need_organisation, 28),
        Column(_("Number of the offer"), lambda line: line.row.offer_number, 14),
        Column(_("Offer"), lambda line: line.row.offer_title, 32),
        Column(_("Offering"), lambda line: line.row.offer_organisation, 28),
        Column(_("Reasons"), lambda line: "；".join(line.brief), 60),
        Column(_("State"), lambda line: line.state, 14),
        Column(_("Accepted by the side in need"), lambda line: line.row.need_accepted_at, 18),
        Column(_("Accepted by the side that offers"), lambda line: line.row.offer_accepted_at, 18),
        Column(_("Reason for declining"), lambda line: line.reason, 18),
        Column(_("Proposed"), lambda line: line.row.proposed_at, 18),
    ]
