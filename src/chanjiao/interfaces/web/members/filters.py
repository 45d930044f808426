"""What the address of the directory asks for."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from chanjiao.apps.members.models import MembershipRole, OrganisationType
from chanjiao.apps.members.selectors import SORTS, STATES


@dataclass(frozen=True, slots=True)
class DirectoryFilters:
    """Filters of the directory; values that mean nothing are dropped."""

    search: str = ""
    type_: str = ""
    zone: int | None = None
    section: str = ""
    role: str = ""
    consortium: int | None = None
    state: str = ""
    sort: str = "name"

    @classmethod
    def of(cls, query: QueryDict) -> DirectoryFilters:
        """The filters that an address holds."""
        section = query.get("section", "")
        return cls(
            search=query.get("q", "").strip()[:100],
            type_=_one_of(query.get("type", ""), OrganisationType.values),
            zone=_number(query.get("zone", "")),
            section=section if len(section) == 1 and section.isascii() and section.isupper() else "",
            role=_one_of(query.get("role", ""), MembershipRole.values),
            consortium=_number(query.get("consortium", "")),
            state=_one_of(query.get("state", ""), STATES),
            sort=query.get("sort", "") if query.get("sort", "").removeprefix("-") in SORTS else "name",
        )

    @property
    def is_any(self) -> bool:
        """Whether anything narrows the list."""
        return self != DirectoryFilters(sort=self.sort)


def _one_of(value: str, allowed: object) -> str:
    return value if value in list(allowed) else ""  # type: ignore[call-overload]


def _number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 18 else None
