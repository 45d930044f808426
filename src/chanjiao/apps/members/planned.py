"""What accepting a founding document is to make, all by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PlannedOrganisation:
    """A body by its fullest name."""

    name: str
    type: str
    aliases: tuple[str, ...] = ()
    credit_code: str = ""


@dataclass(frozen=True, slots=True)
class PlannedConsortium:
    """A consortium; `group` and `park` are names of other planned bodies, or empty."""

    name: str
    kind: str
    group: str = ""
    park: str = ""
    founded_on: date | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class PlannedMembership:
    """A body in a consortium."""

    consortium: str
    organisation: str
    role: str
    office: str = ""


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A named person's post."""

    organisation: str
    person: str
    title: str


@dataclass(frozen=True, slots=True)
class PlannedGoal:
    """A goal of a consortium; `owner` is a planned body or empty."""

    consortium: str
    kind: str
    text: str
    measure: str
    owner: str
    stated_by: str
