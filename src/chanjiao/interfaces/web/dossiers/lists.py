"""The list of dossiers: filters from the address, lines with names, columns as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from chanjiao.apps.dossiers.models import Decision, DossierState
from chanjiao.apps.dossiers.selectors import Filters
from chanjiao.apps.dossiers.shown import DossierRow
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.web.dossiers.words import change_words, programme_names
from chanjiao.interfaces.web.exchange.lists import LONGEST_SEARCH, whole_number
from chanjiao.interfaces.web.exchange.words import chunked
from chanjiao.interfaces.web.export import Column

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier with the words of the list."""

    row: DossierRow
    programme: str
    change: str
    state: str
    decision: str

    @property
    def tone(self) -> str:
        """The state that gives the badge its colour: a refusal is not a success."""
        return "refused" if self.row.decision == "refused" else self.row.state


def filters_of(query: QueryDict) -> Filters:
    """The filters that an address holds; what cannot be read is left out."""
    state = query.get("state", "")
    return Filters(
        state=state if state in DossierState.values else "",
        change=query.get("change", "")[:20],
        point=whole_number(query.get("point")),
        waiting=query.get("waiting") == "1",
        text=query.get("q", "")[:LONGEST_SEARCH],
        sort=query.get("sort", ""),
    )


def lines_of(actor: Actor, rows: Iterable[DossierRow]) -> Iterator[Line]:
    """The rows with their words, names looked up piece by piece."""
    for piece in chunked(rows):
        names = programme_names(actor, piece)
        for row in piece:
            decision = str(Decision(row.decision).label) if row.decision else ""
            refused = row.decision == "refused"
            state = decision if refused else str(DossierState(row.state).label)
            yield Line(row, names[row.id], change_words(row.change), state, decision)


def columns() -> list[Column[Line]]:
    """The columns of dossiers as a file."""
    return [
        Column(_("Number"), lambda line: line.row.number, 14),
        Column(_("College"), lambda line: line.row.college, 28),
        Column(_("Programme code"), lambda line: line.row.code, 12),
        Column(_("Programme"), lambda line: line.programme, 24),
        Column(_("Kind of change"), lambda line: line.change, 16),
        Column(_("Present intake"), lambda line: line.row.seats_now, 10),
        Column(_("Planned intake"), lambda line: line.row.seats_planned, 10),
        Column(_("From the year"), lambda line: line.row.from_year, 8),
        Column(_("State"), lambda line: line.state, 16),
        Column(_("Decision"), lambda line: line.decision, 12),
        Column(_("Evidence"), lambda line: line.row.evidence, 8),
        Column(_("Opinions"), lambda line: line.row.opinions, 8),
    ]
