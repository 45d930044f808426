"""Rules over matches: which answers are possible, and what may be matched again. Pure."""

from __future__ import annotations

# Names of states are the values of models.MatchState.
OPEN_STATES = frozenset({"proposed", "accepted_by_one"})
"""States in which a match waits for an answer."""

COUNTED_UNITS = frozenset({"人", "人次", "名", "位", ""})
"""Units in which numbers of both sides can be compared."""


def is_open(state: str) -> bool:
    """Whether a match can still be accepted or declined."""
    return state in OPEN_STATES


def next_state(*, need_accepted: bool, offer_accepted: bool) -> str:
    """The state that follows from the answers so far."""
    if need_accepted and offer_accepted:
        return "accepted"
    return "accepted_by_one" if need_accepted or offer_accepted else "proposed"


def keeps_place(score: float, others: list[float], top: int) -> bool:
    """Whether a pair belongs to the `top` of its need beside the scores of the need's other pairs.

    >>> keeps_place(0.4, [0.9, 0.5], 3), keeps_place(0.4, [0.9, 0.5], 2)
    (True, False)
    """
    return sum(1 for other in others if other > score) < top
