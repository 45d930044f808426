"""Bad input is refused by row and column, or noted; never taken for a number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.planning import Demand, Limit, Link, Point, Problem, Settings, Use, problem_of, solve
from chanjiao.engines.planning.tables import demands_of, points_of, settings_of

POINT = Point("programmes.csv:2", "A", "610101", 3, 40, 120, 40, 40, 10, 5, 0.9)
LINK = Link("links.csv:2", "610101", "6-18", 0.8)
DEMAND = [Demand(f"demand.csv:{2 + t}", "6-18", 2026 + t, 80, 100, 120) for t in range(4)]
CELLS = {
    "college": "A",
    "programme": "610101",
    "years": "3",
    "seats_now": "40",
    "seats_max": "120",
    "step": "40",
    "minimum_open": "40",
    "open_cost": "10",
    "close_cost": "5",
    "completion": "0.9",
}


def made(
    points: tuple[Point, ...] = (POINT,),
    links: tuple[Link, ...] = (LINK,),
    demands: tuple[Demand, ...] = tuple(DEMAND),
    limits: tuple[Limit, ...] = (),
    uses: tuple[Use, ...] = (),
    settings: Settings | None = None,
) -> Problem:
    return problem_of(points=points, links=links, demands=demands, limits=limits, uses=uses, settings=settings)


def refusal(**rows: object) -> ChanjiaoError:
    with pytest.raises(ChanjiaoError) as caught:
        made(**rows)  # type: ignore[arg-type]
    return caught.value


@pytest.mark.parametrize(
    ("column", "value"),
    [("seats_now", -1.0), ("seats_max", -5.0), ("step", 0.0), ("completion", 1.2), ("open_cost", -1.0), ("years", -1)],
)
def test_a_figure_of_a_point_outside_its_range_names_its_row_and_column(column: str, value: float) -> None:
    error = refusal(points=(replace(POINT, **{column: value}),))  # type: ignore[arg-type]

    assert (error.code, error.place, error.params["column"]) == ("table.bad_value", "programmes.csv:2", column)


def test_demand_below_zero_names_its_row_and_column() -> None:
    error = refusal(demands=(replace(DEMAND[0], low=-3),))

    assert (error.code, error.place, error.params["column"]) == ("table.bad_value", "demand.csv:2", "low")


def test_an_expectation_above_the_high_one_names_its_row_and_column() -> None:
    error = refusal(demands=(replace(DEMAND[0], expected=130),))

    assert (error.code, error.place, error.params["column"]) == ("table.bad_value", "demand.csv:2", "high")


def test_a_year_missing_in_the_middle_names_the_row_after_it() -> None:
    error = refusal(demands=(DEMAND[0], DEMAND[2]))

    assert (error.code, error.place, error.params["year"]) == ("planning.year_missing", "demand.csv:4", 2027)


def test_an_occupation_without_demand_in_one_year_is_named() -> None:
    error = refusal(demands=(*DEMAND, Demand("demand.csv:6", "4-01", 2026, 1, 2, 3)))

    assert (error.code, error.place, error.params["year"]) == ("planning.demand_missing", "demand.csv:6", 2027)


def test_shares_above_one_name_the_row_that_exceeds() -> None:
    error = refusal(links=(LINK, Link("links.csv:3", "610101", "4-01", 0.3)))

    assert (error.code, error.place, error.params["total"]) == ("planning.shares_exceed", "links.csv:3", "1.1")


def test_the_same_point_twice_names_both_rows() -> None:
    error = refusal(points=(POINT, replace(POINT, place="programmes.csv:9")))

    assert (error.code, error.place, error.params["first"]) == (
        "table.duplicate",
        "programmes.csv:9",
        "programmes.csv:2",
    )


def test_a_limit_of_a_college_that_teaches_nothing_is_refused() -> None:
    error = refusal(
        limits=(Limit("limits.csv:2", "Z", 2026, "rooms", 10),), uses=(Use("uses.csv:2", "610101", "rooms", 1),)
    )

    assert (error.code, error.place, error.params["value"]) == ("table.unknown_reference", "limits.csv:2", "Z")


@pytest.mark.parametrize(
    ("rows", "code", "place"),
    [
        ({"links": ()}, "programme_without_link", "programmes.csv:2"),
        ({"links": (LINK, Link("links.csv:3", "510101", "6-18", 1.0))}, "programme_not_taught", "links.csv:3"),
        ({"links": (LINK, Link("links.csv:3", "610101", "9-99", 0.1))}, "occupation_without_demand", "links.csv:3"),
        ({"links": (LINK, Link("links.csv:3", "610101", "9-99", 0.203))}, "shares_above_one", "links.csv:3"),
        ({"points": (replace(POINT, seats_max=20),)}, "never_open", "programmes.csv:2"),
        ({"points": (replace(POINT, seats_now=2),)}, "less_than_a_step", "programmes.csv:2"),
        ({"points": (replace(POINT, seats_now=160),)}, "more_than_most", "programmes.csv:2"),
        ({"points": (replace(POINT, seats_now=POINT.step + 1),)}, "no_whole_steps", "programmes.csv:2"),
        ({"points": (replace(POINT, years=0),)}, "leaves_at_once", "programmes.csv:2"),
        ({"points": (replace(POINT, years=36),)}, "leaves_after_end", "programmes.csv:2"),
        ({"links": (replace(LINK, share=0.4),)}, "shares_below_one", "links.csv:2"),
        ({"links": ()}, "occupation_unreached", "demand.csv:2"),
        ({"uses": (Use("uses.csv:2", "610101", "rooms", 1),)}, "resource_without_limit", "uses.csv:2"),
        (
            {"limits": (Limit("limits.csv:2", "A", 2026, "r", 1),), "uses": (Use("u:2", "610101", "r", 1),)},
            "limit_without_year",
            "limits.csv:2",
        ),
        ({"uses": (Use("uses.csv:2", "510101", "rooms", 1),)}, "programme_not_taught", "uses.csv:2"),
        ({"limits": (Limit("limits.csv:2", "A", 2026, "money", 1),)}, "resource_without_use", "limits.csv:2"),
        (
            {"limits": (Limit("limits.csv:2", "A", 2040, "r", 1),), "uses": (Use("u:2", "610101", "r", 1),)},
            "limit_outside_years",
            "limits.csv:2",
        ),
    ],
)
def test_what_plays_no_part_or_looks_odd_is_noted(rows: dict[str, object], code: str, place: str) -> None:
    notes = made(**rows).notes  # type: ignore[arg-type]

    assert (place, code) in [(note.place, note.code) for note in notes]


@pytest.mark.parametrize(
    ("column", "cell"), [("seats_now", "2班"), ("years", "2.5"), ("completion", ""), ("step", "nan")]
)
def test_a_cell_that_is_no_plain_number_names_its_column(column: str, cell: str) -> None:
    with pytest.raises(ChanjiaoError) as caught:
        points_of([("programmes.csv:7", CELLS | {column: cell})])

    assert (caught.value.code, caught.value.place) == ("table.bad_value", "programmes.csv:7")
    assert (caught.value.params["column"], caught.value.params["value"]) == (column, cell)


def test_a_year_with_a_decimal_point_is_read() -> None:
    row = {"occupation": "6-18", "year": "2026.0", "low": "1", "expected": "2", "high": "3"}

    assert demands_of([("demand.csv:2", row)])[0].year == 2026


def test_settings_take_weights_at_the_top_or_inside_and_note_what_they_do_not_know() -> None:
    given = {"weights": {"w_short": 2, "surplus": 0.1}, "max_change": 0.3, "colour": "red"}

    settings, notes = settings_of("settings.json", given, robust=True, relax=False)

    assert settings == Settings(shortage=2.0, surplus=0.1, max_change=0.3, robust=True)
    assert [note.params for note in notes] == [(("name", "colour"),)]


def test_a_weight_below_zero_is_refused() -> None:
    with pytest.raises(ChanjiaoError) as caught:
        settings_of("settings.json", {"weights": {"w_open": -1}}, robust=False, relax=False)

    assert (caught.value.place, caught.value.params["column"]) == ("settings.json", "w_open")


def test_limits_that_cannot_be_met_name_the_fewest_programmes_that_break_one() -> None:
    points = [
        replace(POINT, programme=name, seats_now=seats, seats_max=200)
        for name, seats in [("X", 20), ("Y", 150), ("Z", 90)]
    ]
    problem = made(
        points=tuple(points),
        links=(),
        limits=(Limit("limits.csv:2", "A", 2026, "rooms", 180),),
        uses=tuple(Use(f"uses.csv:{n}", name, "rooms", 1.0) for n, name in enumerate("XYZ")),
        settings=Settings(relax=True, max_change=0.1),
    )

    with pytest.raises(ChanjiaoError) as caught:
        solve(problem)

    assert (caught.value.code, caught.value.place) == ("planning.conflict", "limits.csv:2")
    assert (caught.value.params["programmes"], caught.value.params["needed"]) == ("Y, Z", "216")


def test_the_hash_of_a_problem_ignores_where_it_was_read() -> None:
    moved = made(points=(replace(POINT, place="elsewhere.csv:9"),))

    assert moved.hash() == made().hash()
    assert made(points=(replace(POINT, open_cost=11),)).hash() != made().hash()


def test_a_weight_under_two_names_is_refused_and_a_change_above_the_whole_is_noted() -> None:
    with pytest.raises(ChanjiaoError) as caught:
        settings_of("settings.json", {"w_short": 2, "weights": {"shortage": 3}}, robust=False, relax=False)
    _, notes = settings_of("settings.json", {"max_change": 30}, robust=False, relax=False)

    assert (caught.value.code, caught.value.place) == ("table.duplicate", "settings.json")
    assert [note.code for note in notes] == ["large_change"]
