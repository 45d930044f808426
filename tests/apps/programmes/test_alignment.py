"""What is taught beside what is asked: sums, indices, and where there is too little data."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chanjiao.apps.programmes.models import LinkShare
from chanjiao.apps.programmes.rules.cells import ELSEWHERE, flows
from chanjiao.apps.programmes.selectors.alignment import (
    DIMENSIONS,
    alignment,
    demand_behind,
    indices_of,
    latest_year,
    line,
    lines,
    whole,
)
from tests.apps.programmes.structure import ACCOUNTING, MACHINING, demand, point, structure
from tests.cast import Cast


def test_each_opening_and_each_person_is_counted_once_whatever_it_is_taken_by(cast: Cast) -> None:
    made = structure(cast)
    demand("6-31-01", 2026, 30)  # nobody is taught for it
    LinkShare.objects.filter(programme_code="530302").update(share=Decimal("0.8"))

    found = alignment(cast.nobody, year=2026)

    assert latest_year(cast.nobody) == 2026
    for by in DIMENSIONS:
        taken = lines(found, by)
        assert sum(one.totals.expected for one in taken) == pytest.approx(280), by
        assert sum(one.totals.completions for one in taken) == pytest.approx(180), by
    first, second = (line(found, "point", str(pk)) for pk in (made.machining.pk, made.second.pk))
    assert first is not None and second is not None  # noqa: PT018
    assert (first.totals.expected, first.totals.gap.value) == (150, 90)
    assert (second.totals.expected, second.totals.gap.value) == (50, 30)
    elsewhere = line(found, "occupation", ELSEWHERE)
    assert elsewhere is not None
    assert (round(elsewhere.totals.completions), elsewhere.totals.expected) == (20, 0)
    assert [row.code for row in demand_behind(cast.nobody, found, {"6-31-01"})] == ["6-31-01"]


def test_a_consortium_narrows_the_points_and_not_the_division(cast: Cast) -> None:
    structure(cast)

    found = alignment(cast.nobody, year=2026, consortium_id=cast.consortium.pk)

    assert [(one.key, one.totals.expected) for one in lines(found, "programme")] == [("460103", 150), ("530302", 50)]
    assert whole(found).totals.completions == 160


def test_indices_have_intervals_and_are_absent_where_data_are_few(cast: Cast) -> None:
    made = structure(cast)
    point(cast.college.pk, "510203", 10, 100)  # a programme that leads nowhere that is known

    found = alignment(cast.nobody, year=2026)
    city = indices_of(found, whole(found))

    assert city.similarity is not None
    assert city.similarity.value == pytest.approx(0.7954, abs=1e-4)  # (200·80 + 50·100) / (√42500 · √16400)
    assert city.similarity.low < city.similarity.value < city.similarity.high
    assert city.deviation is not None and city.coordination is not None  # noqa: PT018
    assert city.grade == ("C", "C", "B")
    assert city.key_share is not None
    assert city.key_share.value == 1.0  # 80 machining seats of grade A count three times, of 190
    machining = line(found, "occupation", MACHINING)
    assert machining is not None
    assert indices_of(found, machining).similarity is None
    assert indices_of(found, machining).grade == ("A", "A", "A")
    assert len(found.unlinked) == 1
    assert made.chain.pk in {cell.chain for cell in found.cells}


def test_an_occupation_not_told_this_year_takes_the_latest_of_two_years_before(cast: Cast) -> None:
    structure(cast)
    demand("6-31-01", 2025, 30)
    demand("6-31-03", 2023, 30)

    found = alignment(cast.nobody, year=2026)

    assert found.demand_years == {MACHINING: 2026, ACCOUNTING: 2026, "6-31-01": 2025}


def test_bands_of_a_flow_keep_their_sum_from_step_to_step(cast: Cast) -> None:
    structure(cast)
    found = alignment(cast.nobody, year=2026)

    bands = flows(found.cells, [lambda cell: cell.chain, lambda cell: cell.occupation, lambda cell: cell.point])

    assert [sum(step.values()) for step in bands] == [250, 250]
