"""Who acts, for whom, and what that lets them do.

Every read and every action takes an `Actor`. What an actor may not see is `record.not_found`; what they may see but
not do is `action.denied`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from chanjiao.core.errors import ChanjiaoError


class Role(StrEnum):
    """What a person is in the organisation they act for."""

    MEMBER = "member"
    OFFICER = "officer"
    SECRETARIAT = "secretariat"
    GUIDANCE = "guidance"
    STUDENT = "student"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (or nobody, or the system itself) acting for an organisation.

    `secretariat_of` and `guidance_of` hold ids of consortia, children of a group included.
    """

    user_id: int | None = None
    name: str = ""
    organisation_id: int | None = None
    organisation_name: str = ""
    role: Role | None = None
    secretariat_of: frozenset[int] = field(default=frozenset())
    guidance_of: frozenset[int] = field(default=frozenset())
    is_administrator: bool = False
    is_system: bool = False

    @property
    def is_known(self) -> bool:
        """Whether somebody is logged in, or the system acts."""
        return self.user_id is not None or self.is_system

    @property
    def sees_all(self) -> bool:
        """Whether nothing is hidden from this actor."""
        return self.is_administrator or self.is_system

    def acts_for(self, organisation_id: int | None) -> bool:
        """Whether this actor may change what belongs to the organisation."""
        if self.sees_all:
            return True
        may_act = self.role in (Role.OFFICER, Role.SECRETARIAT, Role.GUIDANCE)
        return may_act and organisation_id is not None and organisation_id == self.organisation_id

    def belongs_to(self, organisation_id: int | None) -> bool:
        """Whether this actor is staff of the organisation; students are not."""
        if self.sees_all:
            return True
        is_staff = self.role is not None and self.role is not Role.STUDENT
        return is_staff and organisation_id is not None and organisation_id == self.organisation_id

    def runs(self, consortium_id: int | None) -> bool:
        """Whether this actor works in the secretariat of the consortium or of its group."""
        return self.sees_all or (consortium_id is not None and consortium_id in self.secretariat_of)


NOBODY = Actor()
SYSTEM = Actor(name="system", is_system=True)


def require(permitted: bool, code: str = "action.denied") -> None:
    """Raise `code` unless `permitted`."""
    if not permitted:
        raise ChanjiaoError(code)
