"""What is told of organisations, memberships and posts, before it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFacts:
    """An organisation as somebody describes it; `zone_name` is looked up where `zone_id` is not known."""

    name: str
    type: str
    short_name: str = ""
    credit_code: str = ""
    region_code: str = ""
    industry_code: str = ""
    zone_id: int | None = None
    zone_name: str = ""
    address: str = ""
    scale: str = ""
    staff_count: int | None = None
    founded_year: int | None = None
    website: str = ""
    introduction: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipFacts:
    """A body in a consortium, both by name; `role` and `office` are codes."""

    consortium: str
    organisation: str
    role: str = "member"
    office: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostFacts:
    """A named person's post in an organisation."""

    person: str
    organisation: str
    title: str = ""
