"""What callers tell of dossiers, and what they are shown."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ninja import Field, Schema

from chanjiao.apps.dossiers import selectors
from chanjiao.apps.dossiers.facts import ChangeFacts
from chanjiao.interfaces.api.values import Whole


class DossierFilters(Schema):
    """What narrows the list."""

    state: str = ""
    change: str = ""
    college: Whole | None = None
    point: Whole | None = None
    year: Whole | None = None
    waiting: bool = False
    q: str = Field("", max_length=100)
    sort: str = ""

    def filters(self) -> selectors.Filters:
        """As the selectors take them."""
        return selectors.Filters(**self.model_dump(exclude={"q"}), text=self.q)


class DossierOut(Schema):
    """A line of the list."""

    id: int
    number: str
    change: str
    college_id: int
    college: str
    level: str
    code: str
    point_id: int | None
    seats_now: int
    seats_planned: int
    from_year: int
    state: str
    decision: str
    version: int


class CitedOut(Schema):
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


class OpinionOut(Schema):
    """One opinion, given or owed."""

    side: str
    organisation_id: int
    organisation: str
    due_on: date
    verdict: str
    words: str
    given_at: datetime | None


class DossierDetail(DossierOut):
    """One dossier; `lacks` says how many rows each requirement of the book still lacks, in its order."""

    case: str
    chain: str
    into_code: str
    partner_id: int | None
    evidence: list[CitedOut]
    lacks: list[int]
    opinions: list[OpinionOut]
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
    deeds: list[str]


class CandidateOut(Schema):
    """A row that can be cited by its key."""

    key: str
    kind: str
    title: str
    measure: str
    amount: Decimal | None
    source: str
    under: str


class DossierIn(Schema):
    """A change that a college asks for; `cites` are keys of rows that led to it."""

    college_id: Whole
    consortium_id: Whole
    change: str = Field(max_length=20)
    point_id: Whole | None = None
    level: str = ""
    code: str = Field("", max_length=16)
    into_code: str = Field("", max_length=16)
    partner_id: Whole | None = None
    chain: str = ""
    seats_planned: int = 0
    from_year: int
    case: str
    cites: list[str] = []

    def facts(self) -> ChangeFacts:
        """As the action takes them."""
        return ChangeFacts(**self.model_dump(exclude={"college_id", "consortium_id", "cites"}))


class DossierVersion(Schema):
    """The version that was read."""

    version: Whole


class CitesIn(Schema):
    """Keys of rows to cite."""

    keys: list[str]


class FileTitleIn(Schema):
    """What a file is called."""

    title: str = ""


class AskIn(DossierVersion):
    """Whom to ask, and until when."""

    organisations: list[Whole]
    due_on: date


class OpinionIn(Schema):
    """What the caller's organisation says."""

    verdict: str
    words: str = ""


class ReturnIn(DossierVersion):
    """Why it goes back."""

    reason: str
    note: str


class CouncilDecisionIn(DossierVersion):
    """What the council decided."""

    decision: str
    decided_on: date
    resolution: str
    reason: str = ""
    note: str = ""


class CarriedOutIn(DossierVersion):
    """When it was carried out, and with which intake."""

    carried_out_on: date
    seats_done: int


class EffectIn(DossierVersion):
    """What came of it."""

    effect: str
    words: str


class DossierWithdrawIn(DossierVersion):
    """Why it is withdrawn."""

    note: str
