"""What readers are handed of technology transfer: frozen values, without answers that are not open to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from chanjiao.apps.transfer.rules import Deed


@dataclass(frozen=True, slots=True)
class ChallengeRow:
    """A line of the list; `answers` is None where the reader may not know how many there are."""

    id: int
    number: str
    title: str
    stage: str
    organisation_id: int
    organisation: str
    consortium_id: int
    need_id: int
    bounty: Decimal
    answers_until: date
    published_at: datetime | None
    answers: int | None
    is_ours: bool
    we_answered: bool
    is_chosen: bool
    """Whether the answer of the reader's organisation was chosen."""
    version: int


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer, for its organisation, the challenge's owner and the secretariat."""

    id: int
    organisation_id: int
    organisation: str
    approach: str
    price: Decimal
    months: int
    team: str
    state: str
    reason: str
    answered_by: str
    answered_at: datetime
    is_ours: bool


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A technology contract with its registration and first use, as far as there are any."""

    id: int
    number: str
    kind: str
    title: str
    state: str
    parties: tuple[str, ...]
    amount: Decimal | None
    in_force_at: datetime | None
    registration: str
    office: str
    registered_on: date | None
    used_on: date | None
    place: str
    effect: str
    proof: tuple[int, int] | None
    """Project and number of the proof of first use."""
    may_register: bool
    may_note_use: bool


@dataclass(frozen=True, slots=True)
class ChallengeView:
    """A challenge as one reader sees it; `contract` where they see the agreement."""

    row: ChallengeRow
    summary: str
    criteria: str
    consortium: str
    answers: tuple[AnswerView, ...]
    contract: ContractRow | None
    chosen_at: datetime | None
    accepted_on: date | None
    closed_at: datetime | None
    note: str
    deeds: frozenset[Deed]
