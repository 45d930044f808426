"""What callers tell of agreements, and what they are shown."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Field, Schema

from chanjiao.apps.cooperation import selectors
from chanjiao.apps.cooperation.content import Content, PartyFacts
from chanjiao.apps.cooperation.kinds import Clause, PartyRole
from chanjiao.apps.cooperation.models import EndReason
from chanjiao.interfaces.api.values import Whole


class AgreementFilters(Schema):
    """What narrows the list; `waiting` keeps what waits for the caller's own signature."""

    kind: str = ""
    state: str = ""
    organisation: Whole | None = None
    consortium: Whole | None = None
    ends_by: date | None = None
    waiting: bool = False
    q: str = Field("", max_length=100)
    sort: str = ""

    def filters(self) -> selectors.Filters:
        """As the selectors take them."""
        return selectors.Filters(**self.model_dump(exclude={"q"}), text=self.q)


class KindOut(Schema):
    """A kind of agreement: the roles it needs, its fields, the clauses that cannot be left out, its rules."""

    code: str
    label: str
    parties: list[list[str]]
    fields: list[dict[str, Any]]
    required_clauses: list[str]
    rules: list[dict[str, Any]]


class AgreementOut(Schema):
    """A line of the list; `amount` is null where it is not open to the caller."""

    id: int
    number: str
    kind: str
    title: str
    state: str
    consortium_id: int
    parties: list[str]
    organisation_ids: list[int]
    starts_on: date | None
    ends_on: date | None
    amount: Decimal | None
    signed: int
    version_number: int
    version: int
    waits_for_me: bool
    end_reason: str


class SignatoryOut(Schema):
    """Who signs, and once signed: when, and the fingerprint of the text."""

    user_id: int
    name: str
    post: str
    signed_at: datetime | None
    text_sha256: str


class PartyOut(Schema):
    """One party of the version shown."""

    id: int
    letter: str
    role: str
    organisation_id: int | None
    name: str
    rights: str
    duties: str
    signatories: list[SignatoryOut]


class ClauseIO(Schema):
    """One clause."""

    code: str = Field(max_length=30)
    heading: str
    text: str
    confidential: bool = False


class AgreementDetail(AgreementOut):
    """One agreement in one version; `findings` is what the rules say of it, `deeds` what the caller may do."""

    parties_in_full: list[PartyOut]
    fields: dict[str, Any]
    clauses: list[ClauseIO]
    findings: list[dict[str, Any]]
    versions: list[dict[str, Any]]
    opens_money: bool
    deeds: list[str]


class TextOut(Schema):
    """The exact text of one version, and its fingerprint."""

    number: str
    version_number: int
    state: str
    text: str
    sha256: str


class DraftIn(Schema):
    """A new draft; an accepted match fills it in, and an earlier agreement of the kind is taken over."""

    kind: str = Field(max_length=30)
    organisation_id: Whole
    consortium_id: Whole
    partner_ids: list[Whole] = []
    match_id: Whole | None = None
    like_id: Whole | None = None


class PartyIn(Schema):
    """One party: an organisation, or a student by account."""

    role: PartyRole
    organisation_id: Whole | None = None
    user_id: Whole | None = None
    rights: str = ""
    duties: str = ""


class AgreementContentIn(Schema):
    """A draft's whole new content, made from the `version` that was read."""

    version: Whole
    title: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    amount: Decimal | None = None
    fields: dict[str, str | int | float | bool | None] = {}
    parties: list[PartyIn] = []
    clauses: list[ClauseIO] = []
    overlap_meant: bool = False
    shares_money: bool = False

    def content(self) -> Content:
        """As the actions take it."""
        told = self.model_dump(include={"title", "starts_on", "ends_on", "amount", "overlap_meant", "shares_money"})
        return Content(
            **told,
            fields=tuple(self.fields.items()),
            parties=tuple(PartyFacts(**one.model_dump()) for one in self.parties),
            clauses=tuple(Clause(**one.model_dump()) for one in self.clauses),
        )


class AgreementVersionIn(Schema):
    """The version of the record that the caller has read."""

    version: Whole


class SignatoriesIn(Schema):
    """Who signs for a party: one person, or two."""

    user_ids: list[Whole]


class SignIn(Schema):
    """The fingerprint of the text that was read, and the signer's own password."""

    text_sha256: str = Field(max_length=64)
    confirmation: str = Field(max_length=200)


class ReasonIn(AgreementVersionIn):
    """Why."""

    reason: str


class AmendIn(Schema):
    """Why the next version is begun."""

    reason: str


class EndIn(AgreementVersionIn):
    """Why it ends."""

    reason: EndReason
    note: str = ""
