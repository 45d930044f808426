"""Cards follow from rule sets that are data, and name the rows that show each hit."""

from __future__ import annotations

from chanjiao.engines.alignment import Exemption, Measured, PointFacts, Rule, RuleSet, cards_of

EMPLOYED = Rule("employed", "employment_rate", True, 2, None, 0.1, "省级规定")
FULL = Rule("full", "enrolment_rate", True, 1, 0.7, None, "省级规定")
POINTS = {f"p{n}": PointFacts("460103", 2015) for n in range(10)}
EVERY = RuleSet("every", (EMPLOYED, FULL), yellow=1, red=2, exemptions=())


def rates(year: int, lowest: str = "p0") -> list[Measured]:
    return [
        Measured(point, year, "employment_rate", 0.5 if point == lowest else 0.9, f"{point}:{year}") for point in POINTS
    ]


def test_the_last_tenth_two_years_running_is_a_hit_with_both_rows() -> None:
    (card,) = cards_of(EVERY, [*rates(2024), *rates(2025)], POINTS, year=2025)

    assert (card.point, card.colour) == ("p0", "yellow")
    assert [row.row for row in card.hits[0].rows] == ["p0:2024", "p0:2025"]


def test_one_bad_year_is_no_hit() -> None:
    assert cards_of(EVERY, [*rates(2024, "p1"), *rates(2025)], POINTS, year=2025) == []


def test_a_missing_year_is_not_held_against_a_point() -> None:
    assert cards_of(EVERY, rates(2025), POINTS, year=2025) == []


def test_equal_values_at_the_border_are_let_off() -> None:
    level = [Measured(point, year, "employment_rate", 0.9, "") for point in POINTS for year in (2024, 2025)]

    assert cards_of(EVERY, level, POINTS, year=2025) == []


def test_two_hits_make_a_red_card() -> None:
    rows = [*rates(2024), *rates(2025), Measured("p0", 2025, "enrolment_rate", 0.69, "row 9")]

    (card,) = cards_of(EVERY, rows, POINTS, year=2025)

    assert card.colour == "red"
    assert [hit.rule.key for hit in card.hits] == ["employed", "full"]


def test_a_value_at_the_threshold_is_no_hit() -> None:
    assert cards_of(EVERY, [Measured("p3", 2025, "enrolment_rate", 0.7, "")], POINTS, year=2025) == []


def test_an_exempt_point_gets_a_card_that_says_why() -> None:
    young = RuleSet("young", (FULL,), 1, 0, (Exemption("new", younger_than=3), Exemption("farming", codes=("41",))))
    points = {"new": PointFacts("460103", 2024), "farm": PointFacts("410101", 2001), "old": PointFacts("460103", 2001)}
    rows = [Measured(point, 2025, "enrolment_rate", 0.1, "") for point in points]

    cards = cards_of(young, rows, points, year=2025)

    assert [(card.point, card.colour, card.exemption) for card in cards] == [
        ("new", "exempt", "new"),
        ("farm", "exempt", "farming"),
        ("old", "yellow", ""),
    ]
