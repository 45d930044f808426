"""What readers are handed of an agreement: frozen values, whose money and confidential clauses may be absent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from chanjiao.apps.cooperation.content import Typed
from chanjiao.apps.cooperation.kinds import Clause
from chanjiao.apps.cooperation.rules import Deed, Finding


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """A line of a list; `amount` is None where it is not open to the reader, `signed` of `parties` have signed."""

    id: int
    number: str
    kind: str
    title: str
    state: str
    consortium_id: int
    parties: tuple[str, ...]
    organisation_ids: tuple[int, ...]
    starts_on: date | None
    ends_on: date | None
    amount: Decimal | None
    signed: int
    version_number: int
    version: int
    in_force_at: datetime | None
    waits_for_me: bool
    end_reason: str


@dataclass(frozen=True, slots=True)
class SignatoryView:
    """Who signs for a party; `signed_at` is None until they have."""

    user_id: int
    name: str
    post: str
    signed_at: datetime | None
    text_sha256: str


@dataclass(frozen=True, slots=True)
class PartyView:
    """One party; `is_ours` says whether the reader may act for it."""

    id: int
    letter: str
    role: str
    organisation_id: int | None
    user_id: int | None
    name: str
    rights: str
    duties: str
    signatories: tuple[SignatoryView, ...]
    is_ours: bool

    @property
    def has_signed(self) -> bool:
        """Whether somebody is named and everybody named has signed."""
        return bool(self.signatories) and all(one.signed_at for one in self.signatories)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of an agreement in its history."""

    number: int
    state: str
    drafted_by: str
    reason: str
    proposed_at: datetime | None
    settled_at: datetime | None
    text_sha256: str


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An agreement as one reader sees it, in one of its versions.

    `opens_money` says whether money and confidential clauses are in it, `has_text` whether the exact text is open,
    `owes_publicity` whether the price has to be made known before it is in force and nobody has begun.
    """

    row: AgreementRow
    shown: VersionRow
    title: str
    consortium: str
    parties: tuple[PartyView, ...]
    fields: dict[str, Typed]
    clauses: tuple[Clause, ...]
    findings: tuple[Finding, ...]
    versions: tuple[VersionRow, ...]
    starts_on: date | None
    ends_on: date | None
    amount: Decimal | None
    shares_money: bool
    overlap_meant: bool
    opens_money: bool
    has_text: bool
    owes_publicity: bool
    match_id: int | None
    previous: tuple[int, str] | None
    renewals: tuple[tuple[int, str], ...]
    ended_at: datetime | None
    note: str
    deeds: frozenset[Deed]


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature, as the signed document states it."""

    letter: str
    party: str
    name: str
    post: str
    signed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ExactText:
    """The text of a version as it was proposed, its fingerprint, and who has signed it."""

    agreement_id: int
    number: str
    title: str
    version_number: int
    state: str
    text: str
    sha256: str
    signatures: tuple[Signed, ...]
