"""What is read as it stands and looks odd, noted with its place: no figure counts, or goes uncounted, in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chanjiao.engines.planning.rows import Demand, Limit, Link, Note, Point, Use


def odd_points(points: Sequence[Point], years: int) -> Iterator[Note]:
    """Points never open, seats that look like classes among people or are no whole classes, odd durations."""
    for point in points:
        yield from _odd_seats(point)
        named = (("programme", point.programme), ("years", str(point.years)))
        if point.years == 0:
            yield Note(point.place, "leaves_at_once", named)
        elif point.years >= years:
            yield Note(point.place, "leaves_after_end", named)


def _odd_seats(point: Point) -> Iterator[Note]:
    least = point.step * max(1, -(-point.minimum_open // point.step))
    seats, step = ("seats", f"{point.seats_now:g}"), ("step", f"{point.step:g}")
    classes = point.seats_now / point.step
    if point.seats_max < least:
        yield Note(point.place, "never_open", (("programme", point.programme), ("least", f"{least:g}")))
    elif 0 < classes < 1:
        yield Note(point.place, "less_than_a_step", (seats, step))
    elif point.seats_now > point.seats_max:
        yield Note(point.place, "more_than_most", (seats, ("most", f"{point.seats_max:g}")))
    elif abs(classes - round(classes)) > 1e-9:
        yield Note(point.place, "no_whole_steps", (seats, step))


def odd_shares(links: Sequence[Link], total: dict[str, float]) -> Iterator[Note]:
    """Programmes whose shares, with these sums, do not add up to 1, each at the last of its rows."""
    last = {link.programme: link.place for link in links}
    for programme, summed in total.items():
        params = (("programme", programme), ("total", f"{summed:.6g}"))
        if summed > 1 + 1e-9:
            yield Note(last[programme], "shares_above_one", params)
        elif summed < 0.99:
            yield Note(last[programme], "shares_below_one", params)


def unreached(demands: Sequence[Demand], links: Sequence[Link], taught: set[str]) -> Iterator[Note]:
    """Occupations to which nothing that is taught leads, each at its first row."""
    reached = {link.occupation for link in links if link.programme in taught and link.share > 0}
    first: dict[str, str] = {}
    for row in demands:
        first.setdefault(row.occupation, row.place)
    for occupation, place in first.items():
        if occupation not in reached:
            yield Note(place, "occupation_unreached", (("occupation", occupation),))


def open_ends(limits: Sequence[Limit], uses: Sequence[Use], years: Sequence[int]) -> Iterator[Note]:
    """Limits told for some of the years only, and uses of what no college limits."""
    told: dict[tuple[str, str], dict[int, str]] = {}
    for limit in limits:
        told.setdefault((limit.college, limit.resource), {})[limit.year] = limit.place
    for (college, resource), by_year in told.items():
        missing = [str(year) for year in years if year not in by_year]
        if missing and len(missing) < len(years):
            params = (("college", college), ("resource", resource), ("years", ", ".join(missing)))
            yield Note(by_year[max(by_year)], "limit_without_year", params)
    limited = {limit.resource for limit in limits}
    for use in uses:
        if use.resource not in limited:
            yield Note(use.place, "resource_without_limit", (("resource", use.resource),))
