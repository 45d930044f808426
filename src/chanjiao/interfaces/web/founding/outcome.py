"""What an accepted founding made, in lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from chanjiao.interfaces.web.founding.words import Words

LABELS: dict[str, Words] = {
    "consortia": _("Group and consortia"),
    "organisations": _("Organisations"),
    "memberships": _("Memberships"),
    "posts": _("Posts of people"),
    "goals": _("Goals"),
}


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """What was made of one kind, and what was there already."""

    label: Words
    made: Sequence[str]
    known: Sequence[str]


def outcome_lines(outcome: Mapping[str, Mapping[str, Sequence[str]]]) -> list[OutcomeLine]:
    """One line a kind; none before acceptance."""
    if not outcome:
        return []
    return [OutcomeLine(LABELS[kind], outcome["made"][kind], outcome["known"][kind]) for kind in LABELS]
