"""What can be wrong with a list of wishes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from chanjiao.apps.placement.rules.eligibility import obstacles
from chanjiao.apps.placement.rules.facts import RoundTerms, SeatTerms, StudentFacts
from chanjiao.engines.errors import ChanjiaoError


def wish_faults(
    seat_ids: Sequence[int], seats: Mapping[int, tuple[str, SeatTerms]], student: StudentFacts, terms: RoundTerms,
    most: int,
) -> Iterator[ChanjiaoError]:  # fmt: skip
    """Everything wrong with the list; `seats` are the title and the terms of each seat of the round."""
    if len(set(seat_ids)) < len(seat_ids):
        yield ChanjiaoError("placement.seat_twice")
    if len(seat_ids) > most:
        yield ChanjiaoError("placement.list_too_long", limit=most)
    for pk in seat_ids:
        if pk not in seats:
            yield ChanjiaoError("placement.seat_unknown", value=pk)
        elif any(obstacles(student, seats[pk][1], terms)):
            yield ChanjiaoError("placement.not_eligible", title=seats[pk][0])
