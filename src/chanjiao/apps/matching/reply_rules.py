"""Rules of the reply clock: how long each side has, when it is reminded, who is asked next. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

# Kinds are the values of exchange.kinds.Kind.
REPLY_DAYS = {
    "post": 7,
    "technical_problem": 10,
    "training": 7,
    "equipment": 7,
    "expert": 7,
    "product": 10,
}
"""Days that a side has to answer, where the site has not set others."""
FEWEST_DAYS, MOST_DAYS = 1, 60
REMIND_AFTER = 0.6
"""The share of the time after which a silent side is reminded."""
TOLD_ONE_BY_ONE = 5
"""Matches told each by itself to one organisation at a time; the rest is one notice with their number."""
MOST_MESSAGES = 60
"""Questions, answers and dates on one match."""


class Stage(IntEnum):
    """How far a silent side has been followed."""

    ASKED = 0
    REMINDED = 1
    SECOND_CONTACT = 2
    SECRETARIAT = 3


@dataclass(frozen=True, slots=True)
class Clock:
    """When a side was asked, and by when it should answer."""

    asked_at: datetime
    due_at: datetime

    def time_of(self, stage: Stage) -> datetime:
        """When a side that is still silent reaches the stage.

        The second contact is asked at the deadline, the secretariat is told half the time later, two days at least.
        """
        given = self.due_at - self.asked_at
        return {
            Stage.ASKED: self.asked_at,
            Stage.REMINDED: self.asked_at + given * REMIND_AFTER,
            Stage.SECOND_CONTACT: self.due_at,
            Stage.SECRETARIAT: self.due_at + max(given / 2, timedelta(days=2)),
        }[stage]

    def stage_at(self, now: datetime) -> Stage:
        """The stage that a silent side has reached; what was missed in between is not made up for."""
        return max(stage for stage in Stage if self.time_of(stage) <= now or stage is Stage.ASKED)

    def next_after(self, stage: Stage) -> datetime | None:
        """When the stage after this one is reached; None after the last."""
        return None if stage is Stage.SECRETARIAT else self.time_of(Stage(stage + 1))
