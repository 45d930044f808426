"""The tables of a planning problem, from rows of text to checked rows; a cell that is no number names its column."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.planning.checks import FROM_0
from chanjiao.engines.planning.rows import Demand, Limit, Link, Note, Point, Settings, Use
from chanjiao.engines.table_faults import bad_value
from chanjiao.engines.words import N_

Rows = Iterable[tuple[str, Mapping[str, str]]]

COLUMNS = {
    "programmes": (
        "college",
        "programme",
        "years",
        "seats_now",
        "seats_max",
        "step",
        "minimum_open",
        "open_cost",
        "close_cost",
        "completion",
    ),
    "links": ("programme", "occupation", "share"),
    "demand": ("occupation", "year", "low", "expected", "high"),
    "limits": ("college", "year", "resource", "limit"),
    "uses": ("programme", "resource", "per_seat"),
}
"""Table → the columns that it must have."""

WEIGHTS = {
    "shortage": ("shortage", "short", "w_short", "w_shortage"),
    "surplus": ("surplus", "w_surplus"),
    "open": ("open", "w_open"),
    "close": ("close", "w_close"),
    "change": ("change", "w_change"),
}
"""Weight → the names under which `settings.json` may give it."""


def points_of(rows: Rows) -> list[Point]:
    """The programme points of `programmes.csv`."""
    return [
        Point(
            place,
            _name(place, row, "college"),
            _name(place, row, "programme"),
            _whole(place, row, "years"),
            *(_number(place, row, column) for column in COLUMNS["programmes"][3:]),
        )
        for place, row in rows
    ]


def links_of(rows: Rows) -> list[Link]:
    """The links of `links.csv`.

    >>> links_of([("links.csv:2", {"programme": "610101", "occupation": "6-18-01-01", "share": "0.4"})])[0].share
    0.4
    """
    return [
        Link(place, _name(place, row, "programme"), _name(place, row, "occupation"), _number(place, row, "share"))
        for place, row in rows
    ]


def demands_of(rows: Rows) -> list[Demand]:
    """The demand of `demand.csv`."""
    return [
        Demand(
            place,
            _name(place, row, "occupation"),
            _whole(place, row, "year"),
            *(_number(place, row, column) for column in ("low", "expected", "high")),
        )
        for place, row in rows
    ]


def limits_of(rows: Rows) -> list[Limit]:
    """The limits of `limits.csv`."""
    return [
        Limit(
            place,
            _name(place, row, "college"),
            _whole(place, row, "year"),
            _name(place, row, "resource"),
            _number(place, row, "limit"),
        )
        for place, row in rows
    ]


def uses_of(rows: Rows) -> list[Use]:
    """The uses of `uses.csv`."""
    return [
        Use(place, _name(place, row, "programme"), _name(place, row, "resource"), _number(place, row, "per_seat"))
        for place, row in rows
    ]


def settings_of(place: str, given: object, *, robust: bool, relax: bool) -> tuple[Settings, list[Note]]:
    """The settings of `settings.json`, weights at the top or under `weights`; what is not known is noted."""
    if not isinstance(given, dict):
        raise _bad(place, "settings", type(given).__name__, N_("an object"))
    inner = given.get("weights", {})
    if not isinstance(inner, dict):
        raise _bad(place, "weights", type(inner).__name__, N_("an object"))
    entries = {key: value for key, value in given.items() if key != "weights"} | inner
    _refuse_twice(place, entries)
    known = {alias: weight for weight, aliases in WEIGHTS.items() for alias in aliases} | {"max_change": "max_change"}
    notes = [Note(place, "setting_unknown", (("name", str(key)),)) for key in entries if key not in known]
    values = {known[key]: _setting(place, key, value) for key, value in entries.items() if key in known}
    max_change = values.pop("max_change", None)
    if max_change is not None and max_change > 1:
        notes.append(Note(place, "large_change", (("share", f"{max_change:g}"), ("percent", f"{100 * max_change:g}"))))
    weights = {name: value for name, value in values.items() if value is not None}
    return Settings(**weights, max_change=max_change, robust=robust, relax=relax), notes


def _refuse_twice(place: str, entries: Mapping[str, object]) -> None:
    """A weight under two of its names is refused: one of the two would count for nothing."""
    for aliases in WEIGHTS.values():
        found = [name for name in aliases if name in entries]
        if len(found) > 1:
            raise ChanjiaoError("table.duplicate", place=place, field=found[1], value=found[1], first=found[0])


def _setting(place: str, key: str, value: object) -> float | None:
    if value is None and key == "max_change":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        raise _bad(place, key, value, FROM_0)
    return float(value)


def _bad(place: str, column: str, value: object, expected: str) -> ChanjiaoError:
    return bad_value(place, column, value, expected, field=column)


def _name(place: str, row: Mapping[str, str], column: str) -> str:
    if not row[column]:
        raise _bad(place, column, "", N_("a name or code"))
    return row[column]


def _number(place: str, row: Mapping[str, str], column: str) -> float:
    try:
        value = float(row[column].replace("_", " "))  # Python alone reads 1_20 as 120
    except ValueError:
        raise _bad(place, column, row[column], N_("a number without a unit (seats and demand count people)")) from None
    if not math.isfinite(value):
        raise _bad(place, column, row[column], N_("a finite number"))
    return value


def _whole(place: str, row: Mapping[str, str], column: str) -> int:
    value = _number(place, row, column)
    if value != int(value):
        raise _bad(place, column, row[column], N_("a whole number"))
    return int(value)
