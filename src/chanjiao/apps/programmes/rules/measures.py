"""The yearly measures of a programme point that warning rules look at. Pure."""

from __future__ import annotations

from collections.abc import Callable

from chanjiao.apps.programmes.rules import supply
from chanjiao.apps.programmes.rules.supply import Part, YearFacts
from chanjiao.engines.words import N_


def _rate(of: Callable[[YearFacts], Part | None]) -> Callable[[YearFacts], float | None]:
    def measured(told: YearFacts) -> float | None:
        part = of(told)
        return part.rate if part else None

    return measured


def _students_a_teacher(told: YearFacts) -> float | None:
    return told.enrolled / told.teachers if told.enrolled is not None and told.teachers else None


MEASURES: dict[str, Callable[[YearFacts], float | None]] = {
    "placement_rate": _rate(supply.placed),
    "admission_rate": _rate(supply.admitted),
    "in_field_rate": _rate(supply.in_field),
    "in_city_rate": _rate(supply.in_city),
    "dual_share": _rate(supply.dual_qualified),
    "students_a_teacher": _students_a_teacher,
    "enrolled": lambda told: told.enrolled,
    "admitted": lambda told: told.admitted,
}
"""Measure → its value in a year; None where it is not known, which is never held against a point."""
MEASURE_WORDS = {
    "placement_rate": N_("Placement rate"),
    "admission_rate": N_("Admission rate"),
    "in_field_rate": N_("Work in their field"),
    "in_city_rate": N_("Work in the city"),
    "dual_share": N_("Share of dual-qualified teachers"),
    "students_a_teacher": N_("Students a teacher"),
    "enrolled": N_("Students enrolled"),
    "admitted": N_("Students admitted"),
}
RATES = frozenset({"placement_rate", "admission_rate", "in_field_rate", "in_city_rate", "dual_share"})
"""Measures that are shown in per cent."""
