"""What callers tell of projects, and what they are shown."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ninja import Field, Schema

from chanjiao.apps.projects import selectors
from chanjiao.apps.projects.models import Direction
from chanjiao.interfaces.api.values import Whole


class ProjectFilters(Schema):
    """What narrows the list."""

    state: str = ""
    kind: str = ""
    organisation: Whole | None = None
    overdue: bool = False
    q: str = Field("", max_length=100)
    sort: str = ""

    def filters(self) -> selectors.Filters:
        """As the selectors take them."""
        return selectors.Filters(**self.model_dump(exclude={"q"}), text=self.q)


class ProjectOut(Schema):
    """A line of the list."""

    id: int
    number: str
    title: str
    state: str
    kind: str
    agreement_id: int
    parties: list[str]
    starts_on: date
    ends_on: date
    done: int
    milestones: int
    overdue: int
    next_due: date | None
    version: int


class MilestoneOut(Schema):
    """One milestone."""

    id: int
    title: str
    deliverable: str
    starts_on: date | None
    due_on: date
    organisation: str
    responsible: str
    state: str
    done_on: date | None
    is_overdue: bool
    proof_numbers: list[int]
    version: int


class ProofVersionOut(Schema):
    """One file of a proof."""

    number: int
    sha256: str
    size: int
    file_name: str
    reason: str
    uploaded_by: str
    organisation: str
    uploaded_at: datetime
    verified_by: str
    verified_at: datetime | None
    refused_at: datetime | None
    refusal: str
    state: str


class ProofOut(Schema):
    """One proof with every version; the last counts."""

    number: int
    title: str
    milestone_id: int | None
    is_confidential: bool
    versions: list[ProofVersionOut]
    may_verify: bool
    may_replace: bool


class MoneyOut(Schema):
    """One entry of money."""

    id: int
    direction: str
    amount: Decimal
    organisation: str
    booked_on: date
    note: str


class ProjectDetail(ProjectOut):
    """One project; `money` is null where it is not open to the caller."""

    milestone_list: list[MilestoneOut]
    proofs: list[ProofOut]
    money: list[MoneyOut] | None
    missing_evaluations: list[str]
    summary: str
    deeds: list[str]


class StartIn(Schema):
    """The agreement in force that the project carries out."""

    agreement_id: Whole
    title: str = ""
    continues: Whole | None = None


class MilestoneIn(Schema):
    """One milestone."""

    title: str
    due_on: date
    organisation_id: Whole
    responsible_id: Whole | None = None
    deliverable: str = ""
    starts_on: date | None = None


class ProofIn(Schema):
    """What a file proves."""

    title: str = ""
    milestone_id: Whole | None = None
    is_confidential: bool = False


class ReplaceIn(Schema):
    """Why the version that was seen is replaced."""

    replaces: Whole
    reason: str


class JudgeIn(Schema):
    """Verified; with `refusal`, sent back for that reason."""

    sha256: str = Field(max_length=64)
    refusal: str = ""


class MoneyIn(Schema):
    """Money received or spent."""

    direction: Direction
    amount: Decimal
    booked_on: date
    organisation_id: Whole | None = None
    milestone_id: Whole | None = None
    note: str = ""


class EvaluationIn(Schema):
    """One to five points, and why."""

    points: int
    words: str = ""


class ProjectCloseIn(Schema):
    """How the project ended."""

    version: Whole
    completes: bool
    summary: str
