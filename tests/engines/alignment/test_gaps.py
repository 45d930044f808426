"""Openings are counted once across programmes, whatever links there are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chanjiao.engines.alignment import Completions, Gap, Link, Openings, gap_of, gaps_of, openings_by_link

ASKED = [Openings("welder", 80, 100, 130), Openings("clerk", 10, 20, 30)]


def test_an_opening_that_two_programmes_lead_to_is_divided_by_what_each_brings() -> None:
    links = [Link("a", "welder", 1.0), Link("b", "welder", 0.5), Link("b", "clerk", 0.5)]
    done = [Completions("a", 2025, 30), Completions("b", 2025, 20)]

    parts = openings_by_link(ASKED, links, done)

    assert parts["a", "welder"] == Openings("welder", 60.0, 75.0, 97.5)
    assert parts["b", "welder"].expected == 25.0
    assert parts["b", "clerk"].expected == 20.0


def test_where_nobody_completes_openings_are_divided_by_share() -> None:
    links = [Link("a", "welder", 0.9), Link("b", "welder", 0.3)]

    parts = openings_by_link(ASKED, links, [])

    assert parts["a", "welder"].expected == pytest.approx(75.0)


def test_completions_are_averaged_over_the_last_three_years_that_are_known() -> None:
    done = [Completions("a", year, people) for year, people in ((2021, 500), (2023, 20), (2024, 40), (2025, 60))]

    gap = gaps_of(ASKED, [Link("a", "welder", 1.0)], done)["a"]

    assert (gap.completions, gap.years, gap.gap, gap.interval) == (40.0, 3, 60.0, (40.0, 90.0))


def test_a_point_without_completions_says_that_no_year_is_known() -> None:
    assert gaps_of(ASKED, [Link("a", "clerk", 1.0)], [])["a"] == Gap(10.0, 20.0, 30.0, 0.0, 0)


POINTS, OCCUPATIONS = st.sampled_from("abcd"), st.sampled_from(["welder", "clerk", "cook"])


@given(
    st.lists(st.tuples(POINTS, OCCUPATIONS, st.floats(0, 1)), max_size=12, unique_by=lambda one: one[:2]),
    st.lists(st.tuples(POINTS, st.integers(2020, 2025), st.integers(0, 300)), max_size=12),
    st.dictionaries(OCCUPATIONS, st.floats(0, 1e4), max_size=3),
)
def test_the_parts_of_an_occupation_add_up_to_its_openings(
    linked: list[tuple[str, str, float]], completed: list[tuple[str, int, int]], asked: dict[str, float]
) -> None:
    links = [Link(*one) for one in linked]
    openings = [Openings(name, people / 2, people, people * 2) for name, people in asked.items()]
    reached = {link.occupation for link in links if link.share > 0}

    together = gap_of(gaps_of(openings, links, [Completions(*one) for one in completed]).values())

    assert together.expected == pytest.approx(sum(people for name, people in asked.items() if name in reached))
