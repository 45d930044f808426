"""What readers are handed of a match: frozen values, whose confidential parts are absent where they are not theirs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.rules import Typed
from chanjiao.apps.exchange.shown import Confidential, ListingRow
from chanjiao.apps.matching.models import Match
from chanjiao.core.rows import Rows
from chanjiao.engines.matching import Evidence, Factor, Gap


@dataclass(frozen=True, slots=True)
class MatchRow:
    """A line of a list of matches; `to_answer` is the side whose answer the reader owes, if any.

    `due_at` is when that answer is due.
    """

    id: int
    score: float
    rank: int
    state: str
    kind: str
    need_id: int
    need_number: str
    need_title: str
    need_organisation_id: int
    need_organisation: str
    offer_id: int
    offer_number: str
    offer_title: str
    offer_organisation_id: int
    offer_organisation: str
    need_accepted_at: datetime | None
    offer_accepted_at: datetime | None
    proposed_at: datetime
    decline_reason: str
    factors: tuple[Factor, ...]
    to_answer: Side | None
    due_at: datetime | None = None


class Matches(Rows[MatchRow]):
    """Rows of a list of matches; in the neutral order (`is_neutral`) points are not to be shown."""

    def __init__(self, rows: QuerySet[Match], row_of: Callable[[Match], MatchRow], *, is_neutral: bool = False) -> None:
        super().__init__(rows, row_of)
        self.is_neutral = is_neutral


@dataclass(frozen=True, slots=True)
class SideView:
    """One side of a match; `is_inside` says whether the reader works for it or for its secretariat."""

    row: ListingRow
    fields: dict[str, Typed]
    confidential: Confidential | None
    is_inside: bool


@dataclass(frozen=True, slots=True)
class RunView:
    """The run that a match comes from."""

    engine: str
    version: str
    ran_at: datetime
    problem_hash: str


@dataclass(frozen=True, slots=True)
class MatchView:
    """A match as one reader sees it; `answers` are the sides that the reader may answer for now.

    `own_sides` are those that the reader acts for, whatever the state.
    """

    row: MatchRow
    need: SideView
    offer: SideView
    gaps: tuple[Gap, ...]
    run: RunView
    declined_by: str
    note: str
    amount: int | None
    answered_at: datetime | None
    answers: tuple[Side, ...]
    own_sides: tuple[Side, ...]


def factors_of(found: Match) -> tuple[Factor, ...]:
    """The factors of a match as the engine gave them, the strongest first."""
    return tuple(_factor(one) for one in found.reasons)


def gaps_of(found: Match) -> tuple[Gap, ...]:
    """What held the score down, the most gainful first."""
    return tuple(Gap(**{**one, "params": tuple(one["params"].items())}) for one in found.gaps)


def _factor(one: dict[str, Any]) -> Factor:
    return Factor(**{**one, "evidence": tuple(Evidence(**each) for each in one["evidence"])})
