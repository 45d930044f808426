"""What callers tell of organisations, consortia, memberships and foundings, and what they are shown."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from chanjiao.apps.members.rules import DEFAULT_TERM_YEARS
from chanjiao.apps.members.values import OrganisationFacts
from chanjiao.interfaces.api.values import Id


class OrganisationOut(Schema):
    """An organisation's public facts."""

    id: int
    name: str
    short_name: str
    type: str
    credit_code: str | None
    region_code: str
    industry_code: str
    zone_id: int | None
    scale: str
    staff_count: int | None


class MembershipOut(Schema):
    """An organisation in a consortium."""

    id: int
    consortium_id: int
    consortium: str = Field(alias="consortium.organisation.name")
    organisation_id: int
    organisation: str = Field(alias="organisation.name")
    role: str
    office: str
    state: str
    starts_on: date | None
    ends_on: date | None
    version: int


class OrganisationDetail(OrganisationOut):
    """An organisation with what the caller may see; contacts are empty for those who may not see them."""

    address: str
    founded_year: int | None
    website: str
    introduction: str
    contact_name: str
    contact_phone: str
    aliases: list[str]
    memberships: list[MembershipOut]
    version: int


class OrganisationIn(Schema):
    """An organisation as the caller describes it."""

    name: str
    type: str
    short_name: str = ""
    credit_code: str = ""
    region_code: str = ""
    industry_code: str = ""
    zone_id: int | None = None
    address: str = ""
    scale: str = ""
    staff_count: int | None = None
    founded_year: int | None = None
    website: str = ""
    introduction: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    aliases: list[str] = []

    def told(self) -> OrganisationFacts:
        """The same as the actions take it."""
        values = self.dict()
        return OrganisationFacts(**{**values, "aliases": tuple(values["aliases"])})


class OrganisationEdit(OrganisationIn):
    """An organisation's facts anew; `version` is the one they were read in."""

    version: int


class DirectoryQuery(Schema):
    """Filters of the directory, called as on the page."""

    q: str = ""
    type: str = ""
    zone: Id | None = None
    section: str = ""
    role: str = ""
    consortium: Id | None = None
    state: str = ""
    sort: str = "name"


class ConsortiumOut(Schema):
    """A consortium or group."""

    id: int
    organisation_id: int
    name: str = Field(alias="organisation.name")
    kind: str
    group_id: int | None
    zone_id: int | None
    founded_on: date | None
    founding_document: str
    member_count: int


class GoalOut(Schema):
    """A hope, guarantee or line of work."""

    kind: str
    text: str
    measure: str
    owner_id: int | None
    stated_by: str


class ConsortiumDetail(ConsortiumOut):
    """A consortium with its goals and figures."""

    goals: list[GoalOut] = Field(alias="shown_goals")
    roles: dict[str, int] = Field(alias="role_counts")
    types: dict[str, int] = Field(alias="type_counts")


class ApplicationIn(Schema):
    """An application to a consortium."""

    organisation_id: int
    consortium_id: int
    role: str = "member"
    reason: str = ""


class DecisionIn(Schema):
    """A decision on an application."""

    version: int
    approve: bool
    reason: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


class RenewalIn(Schema):
    """A later end of a term."""

    version: int
    ends_on: date


class LeavingIn(Schema):
    """The reason for leaving."""

    version: int
    reason: str


class DocumentIn(Schema):
    """A founding notice or news story."""

    text: str
    name: str = ""


class AcceptanceIn(Schema):
    """The acceptance of a draft."""

    version: int
    term_years: int = Field(DEFAULT_TERM_YEARS, ge=1, le=20)


class FoundingOut(Schema):
    """A founding without its text."""

    id: int
    name: str = Field(alias="document.name")
    headline: str
    state: str
    version: int
    uploaded_at: datetime = Field(alias="document.uploaded_at")


class FoundingDetail(FoundingOut):
    """A founding with its repaired text, facts (kind, values, spans in the text, confidence) and outcome."""

    text: str = Field(alias="document.repaired")
    facts: dict[str, Any]
    outcome: dict[str, Any]
