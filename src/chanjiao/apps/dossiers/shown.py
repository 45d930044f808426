"""What readers are handed of a dossier: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from chanjiao.apps.cooperation.kinds import Words
from chanjiao.apps.dossiers.rules import Deed


@dataclass(frozen=True, slots=True)
class DossierRow:
    """A line of the list; `owes_us` where the reader's organisation owes its opinion."""

    id: int
    number: str
    change: str
    college_id: int
    college: str
    consortium_id: int
    level: str
    system: str
    code: str
    point_id: int | None
    seats_now: int
    seats_planned: int
    from_year: int
    state: str
    decision: str
    evidence: int
    opinions: int
    opinions_asked: int
    due_on: date | None
    owes_us: bool
    version: int


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """One row that the dossier cites, or a file."""

    number: int
    kind: str
    title: str
    object_type: str
    object_id: int | None
    measure: str
    amount: Decimal | None
    amount_after: Decimal | None
    as_of: date
    source: str
    sha256: str
    size: int
    file_name: str
    cited_by: str


@dataclass(frozen=True, slots=True)
class OpinionView:
    """One opinion, given or owed."""

    side: str
    organisation_id: int
    organisation: str
    due_on: date
    verdict: str
    words: str
    given_by: str
    given_at: datetime | None


@dataclass(frozen=True, slots=True)
class Check:
    """One requirement of a complete dossier, with its source, and how many rows it still lacks."""

    label: Words
    source: str
    least: int
    lacks: int


@dataclass(frozen=True, slots=True)
class DossierView:
    """A dossier as one reader sees it."""

    row: DossierRow
    consortium: str
    into_code: str
    partner_id: int | None
    partner: str
    chain: str
    case: str
    created_by: str
    evidence: tuple[EvidenceView, ...]
    checks: tuple[Check, ...]
    opinions: tuple[OpinionView, ...]
    opinions_owed: dict[str, int]
    decided_on: date | None
    resolution: str
    reason: str
    note: str
    carried_out_on: date | None
    seats_done: int | None
    measurable_on: date | None
    effect: str
    effect_words: str
    measured_at: datetime | None
    deeds: frozenset[Deed]


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file of a dossier, by the fingerprint of its content."""

    sha256: str
    size: int
    file_name: str
