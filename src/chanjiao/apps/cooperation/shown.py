"""What readers are handed of an agreement: frozen values, whose money and confidential clauses may be absent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from chanjiao.apps.cooperation.changes import acts_as, is_inside
from chanjiao.apps.cooperation.content import Typed
from chanjiao.apps.cooperation.kinds import Clause
from chanjiao.apps.cooperation.models import AgreementVersion, Party
from chanjiao.apps.cooperation.rules import Deed, Finding
from chanjiao.apps.cooperation.text import LETTERS
from chanjiao.core.permissions import Actor


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


def opens_money(actor: Actor, version: AgreementVersion) -> bool:
    """Whether the actor reads money, confidential clauses and the exact text of this version."""
    return is_inside(actor, version) or (version.shares_money and actor.runs(version.agreement.consortium_id))


def agreement_row(actor: Actor, found: Any) -> AgreementRow:
    """A line for an agreement whose current version, parties and `waits` are at hand."""
    current = found.current
    parties = list(current.parties.all())
    return AgreementRow(
        id=found.pk,
        number=found.number,
        kind=found.kind,
        title=current.title,
        state=found.state,
        consortium_id=found.consortium_id,
        parties=tuple(str(one) for one in parties),
        organisation_ids=tuple(one.organisation_id for one in parties if one.organisation_id),
        starts_on=current.starts_on,
        ends_on=current.ends_on,
        amount=current.amount if opens_money(actor, current) else None,
        signed=sum(party_view(actor, one).has_signed for one in parties),
        version_number=current.number,
        version=found.version,
        in_force_at=found.in_force_at,
        waits_for_me=found.waits,
        end_reason=found.end_reason,
    )


def party_view(actor: Actor, party: Party) -> PartyView:
    """The party as the actor sees it."""
    return PartyView(
        id=party.pk,
        letter=LETTERS[party.position],
        role=party.role,
        organisation_id=party.organisation_id,
        user_id=party.user_id,
        name=str(party),
        rights=party.rights,
        duties=party.duties,
        signatories=tuple(
            SignatoryView(one.user_id, one.name, one.post, one.signed_at, one.text_sha256)
            for one in party.signatories.all()
        ),
        is_ours=acts_as(actor, party),
    )


def version_row(version: AgreementVersion) -> VersionRow:
    """The version as a step of the history."""
    return VersionRow(
        number=version.number,
        state=version.state,
        drafted_by=version.drafted_by.name,
        reason=version.reason,
        proposed_at=version.proposed_at,
        settled_at=version.settled_at,
        text_sha256=version.text_sha256,
    )
