"""What readers are handed of a project: frozen values, without the money and proofs that are not open to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from chanjiao.apps.projects.rules import Deed


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A line of a list, with how far its milestones are and the first that is due."""

    id: int
    number: str
    title: str
    state: str
    kind: str
    agreement_id: int
    agreement_number: str
    parties: tuple[str, ...]
    starts_on: date
    ends_on: date
    done: int
    milestones: int
    overdue: int
    next_due: date | None
    proofs_waiting: int
    version: int


@dataclass(frozen=True, slots=True)
class MilestoneView:
    """One milestone with the numbers of its proofs."""

    id: int
    title: str
    deliverable: str
    starts_on: date | None
    due_on: date
    organisation_id: int
    organisation: str
    responsible_id: int | None
    responsible: str
    state: str
    done_on: date | None
    is_overdue: bool
    proof_numbers: tuple[int, ...]
    version: int


@dataclass(frozen=True, slots=True)
class ProofVersionView:
    """One file of a proof."""

    number: int
    sha256: str
    size: int
    file_name: str
    media_type: str
    reason: str
    uploaded_by: str
    organisation: str
    uploaded_at: datetime
    verified_by: str
    verified_for: str
    verified_at: datetime | None
    refused_at: datetime | None
    refusal: str

    @property
    def state(self) -> str:
        """Whether it waits, is verified, or was sent back."""
        return "verified" if self.verified_at else "refused" if self.refused_at else "waiting"


@dataclass(frozen=True, slots=True)
class ProofView:
    """One proof; its last version counts. What the reader may do with it now stands in `may_verify`, `may_replace`."""

    id: int
    number: int
    title: str
    milestone_id: int | None
    milestone: str
    is_confidential: bool
    versions: tuple[ProofVersionView, ...]
    may_verify: bool
    may_replace: bool

    @property
    def last(self) -> ProofVersionView:
        """The version that counts."""
        return self.versions[-1]


@dataclass(frozen=True, slots=True)
class MoneyView:
    """One entry of money."""

    id: int
    direction: str
    amount: Decimal
    organisation: str
    milestone: str
    booked_on: date
    note: str
    entered_by: str
    is_cancelled: bool
    cancels: bool


@dataclass(frozen=True, slots=True)
class EvaluationView:
    """What one party says."""

    organisation: str
    points: int
    words: str
    given_by: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class ProjectView:
    """A project as one reader sees it; `money` is None where it is not open to them."""

    row: ProjectRow
    organisations: tuple[tuple[int, str], ...]
    milestones: tuple[MilestoneView, ...]
    proofs: tuple[ProofView, ...]
    money: tuple[MoneyView, ...] | None
    budget: Decimal | None
    evaluations: tuple[EvaluationView, ...]
    missing_evaluations: tuple[str, ...]
    previous: tuple[int, str] | None
    summary: str
    closed_at: datetime | None
    deeds: frozenset[Deed]

    def total(self, direction: str) -> Decimal:
        """The sum of what came in or went out."""
        return sum((one.amount for one in self.money or () if one.direction == direction), Decimal(0))


@dataclass(frozen=True, slots=True)
class ProofFile:
    """A file that the reader may download."""

    sha256: str
    size: int
    file_name: str
    media_type: str
