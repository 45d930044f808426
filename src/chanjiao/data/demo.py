"""The demo consortium of an invented city, as typed frozen rows; `demo/README.md` says what each file holds."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

Typed = str | int | float | bool


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation of the city; `zone` is the short name of a zone, `staff` and `founded` None where unknown."""

    name: str
    short_name: str
    type: str
    credit_code: str
    region_code: str
    address: str
    zone: str
    industry_code: str
    scale: str
    staff: int | None
    founded: int | None
    website: str
    intro: str
    contact_name: str
    contact_phone: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Membership:
    """An organisation in a consortium or group with one role; `office` in Chinese, empty without one."""

    consortium: str
    organisation: str
    role: str
    office: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Person:
    """A person in one post; somebody with two posts has two rows."""

    name: str
    organisation: str
    title: str


@dataclass(frozen=True, slots=True)
class ProgrammePoint:
    """A programme at a college; `level` secondary, associate or bachelor (then the code is of an undergraduate major).

    `years` is its length, `intake` seats a year, `enrolled` all years together.
    """

    college: str
    level: str
    programme_code: str
    programme: str
    years: int
    intake: int
    enrolled: int
    first_year: int
    teachers: int
    dual_qualified: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A need or an offer; codes, dates and `education_level` are empty or None where not given.

    `fields` holds the typed fields of its kind; `close_reason` is filled on closed ones only.
    """

    number: str
    organisation: str
    kind: str
    title: str
    summary: str
    detail: str
    occupation_code: str
    programme_code: str
    programme_level: str
    industry_code: str
    region_code: str
    education_level: str
    quantity: int
    unit: str
    starts_on: date | None
    ends_on: date | None
    expires_on: date
    skills: tuple[str, ...]
    partners: tuple[str, ...]
    fields: tuple[tuple[str, Typed], ...]
    state: str
    close_reason: str
    consortium: str
    contact_name: str
    contact_phone: str
    posted_on: date
    source: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """How well an offer fits a need: 2 fits, 1 fits in part, 0 does not; both given by number."""

    need: str
    offer: str
    grade: int
    note: str


@dataclass(frozen=True, slots=True)
class Deed:
    """Something done in the demo's year; `object` is a listing's number, an organisation or what was held."""

    day: date
    event: str
    organisation: str
    object: str
    amount: int
    unit: str
    note: str


@dataclass(frozen=True, slots=True)
class Login:
    """A demo log-in and the role in which the person acts for the organisation."""

    username: str
    name: str
    organisation: str
    role: str
    title: str


@dataclass(frozen=True, slots=True)
class PlacementSeat:
    """Places of one firm; `points` are rules as what:points[:value], `reserves` group:places.

    `in_second` says that the firm offers them again in the second of the two rounds.
    """

    number: str
    organisation: str
    title: str
    capacity: int
    minimum: int
    programmes: tuple[str, ...]
    levels: tuple[str, ...]
    pay: int
    post_wage: int
    post_staff: int
    lodging: bool
    zone: str
    ranking: str
    points: tuple[str, ...]
    reserves: tuple[str, ...]
    description: str
    in_second: bool


@dataclass(frozen=True, slots=True)
class PlacementStudent:
    """A student with wishes by number of seat; `interview` are the points of firms that give them by hand."""

    number: str
    name: str
    college: str
    level: str
    programme_code: str
    birth_date: date
    mark: str
    home: str
    groups: tuple[str, ...]
    interview: int
    wishes: tuple[str, ...]
    wishes_second: tuple[str, ...]
    username: str


@dataclass(frozen=True, slots=True)
class ProgrammeYear:
    """A programme point in a year; a figure is None where it is not known."""

    college: str
    programme_code: str
    year: int
    planned: int | None
    admitted: int | None
    enrolled: int | None
    completed: int | None
    employed: int | None
    own_business: int | None
    flexible: int | None
    further_study: int | None
    in_city: int | None
    in_field: int | None
    teachers: int | None
    dual_qualified: int | None
    rooms: int | None
    training_places: int | None
    running_cost: int | None


@dataclass(frozen=True, slots=True)
class Demand:
    """People asked for in a minor group of occupations in a year, as a document tells it."""

    occupation: str
    year: int
    source: str
    title: str
    industry: str
    zone: str
    expected: int
    low: int | None
    high: int | None
    weight: float
    told_on: date


@dataclass(frozen=True, slots=True)
class Headcount:
    """People of a firm in an occupation at the end of a year, and those who left in it."""

    organisation: str
    occupation: str
    year: int
    people: int
    leavers: int
    told_on: date


@dataclass(frozen=True, slots=True)
class Chain:
    """An industry chain with the codes of its industries."""

    name: str
    is_key: bool
    industries: tuple[str, ...]


def notice(*, clean: bool = False) -> str:
    """The founding story as a web crawl left it, or as it was written."""
    return _text("notice_clean.txt" if clean else "notice.txt")


@cache
def organisations() -> tuple[Organisation, ...]:
    """Every organisation, in the order of the file: government, consortia, zones, colleges, institutes, firms."""
    return tuple(
        Organisation(
            **{
                **row,
                "staff": _number(row["staff"]),
                "founded": _number(row["founded"]),
                "aliases": _list(row["aliases"]),
            }
        )
        for row in _rows("organisations.csv")
    )


@cache
def memberships() -> tuple[Membership, ...]:
    """Who is what in the group and in the consortia."""
    return tuple(
        Membership(**{**row, "start": date.fromisoformat(row["start"]), "end": date.fromisoformat(row["end"])})
        for row in _rows("memberships.csv")
    )


@cache
def people() -> tuple[Person, ...]:
    """Office holders and contact persons."""
    return tuple(Person(**row) for row in _rows("people.csv"))


@cache
def programmes() -> tuple[ProgrammePoint, ...]:
    """The programmes that serve the city's industries."""
    counts = ("years", "intake", "enrolled", "first_year", "teachers", "dual_qualified")
    return tuple(
        ProgrammePoint(**{**row, **{name: int(row[name]) for name in counts}}) for row in _rows("programmes.csv")
    )


@cache
def programme_years() -> tuple[ProgrammeYear, ...]:
    """The yearly figures of the programmes."""
    names = [field.name for field in fields(ProgrammeYear)][2:]
    return tuple(
        ProgrammeYear(**{**row, **{name: _number(row[name]) for name in names}}) for row in _rows("programme_years.csv")
    )


@cache
def link_shares() -> dict[str, dict[str, str]]:
    """Programme → minor group → the part of those who complete that turns there."""
    shares: dict[str, dict[str, str]] = {}
    for row in _rows("link_shares.csv"):
        shares.setdefault(row["programme_code"], {})[row["occupation"]] = row["share"]
    return shares


@cache
def demand() -> tuple[Demand, ...]:
    """What documents tell of the city's demand, by year."""
    return tuple(
        Demand(
            **row | {name: _number(row[name]) for name in ("year", "expected", "low", "high")}
            | {"weight": float(row["weight"]), "told_on": date.fromisoformat(row["told_on"])}
        )
        for row in _rows("demand.csv")
    )  # fmt: skip


@cache
def headcounts() -> tuple[Headcount, ...]:
    """How many people firms have in occupations."""
    return tuple(
        Headcount(
            **row | {name: int(row[name]) for name in ("year", "people", "leavers")}
            | {"told_on": date.fromisoformat(row["told_on"])}
        )
        for row in _rows("headcounts.csv")
    )  # fmt: skip


@cache
def chains() -> tuple[Chain, ...]:
    """The industry chains of the city."""
    return tuple(Chain(row["name"], row["is_key"] == "1", _list(row["industries"])) for row in _rows("chains.csv"))


@cache
def needs() -> tuple[Listing, ...]:
    """The needs, by number."""
    return tuple(map(_listing, _objects("needs.jsonl")))


@cache
def offers() -> tuple[Listing, ...]:
    """The offers, by number."""
    return tuple(map(_listing, _objects("offers.jsonl")))


@cache
def judgements() -> tuple[Judgement, ...]:
    """The judged pairs; the rule of judgement is the first line of the file."""
    return tuple(Judgement(**{**row, "grade": int(row["grade"])}) for row in _rows("judged.csv"))


@cache
def deeds() -> tuple[Deed, ...]:
    """What was done in the year, oldest first."""
    return tuple(Deed(date.fromisoformat(given.pop("date")), **given) for given in _objects("year.jsonl"))


@cache
def placement_seats() -> tuple[PlacementSeat, ...]:
    """The seats of the placement rounds."""
    return tuple(
        PlacementSeat(
            **row | {name: int(row[name]) for name in ("capacity", "minimum", "pay", "post_wage", "post_staff")}
            | {name: _list(row[name]) for name in ("programmes", "levels", "points", "reserves")}
            | {name: row[name] == "1" for name in ("lodging", "in_second")}
        )
        for row in _rows("placement_seats.csv")
    )  # fmt: skip


@cache
def placement_students() -> tuple[PlacementStudent, ...]:
    """The students who look for a place."""
    return tuple(
        PlacementStudent(
            **row | {"birth_date": date.fromisoformat(row["birth_date"]), "interview": int(row["interview"])}
            | {name: _list(row[name]) for name in ("groups", "wishes", "wishes_second")}
        )
        for row in _rows("placement_students.csv")
    )  # fmt: skip


@cache
def logins() -> tuple[Login, ...]:
    """A log-in or more for each kind of person."""
    return tuple(Login(**row) for row in _rows("staff.csv"))


def agreements() -> Iterator[dict[str, Any]]:
    """The agreements, each with the state it is to be brought to."""
    return _objects("agreements.jsonl")


def challenges() -> Iterator[dict[str, Any]]:
    """The technical problems put out for a bounty, with answers, choice, contract and first use."""
    return _objects("challenges.jsonl")


def dossiers() -> Iterator[dict[str, Any]]:
    """The dossiers of programme changes, each with the state it is to be brought to."""
    return _objects("dossiers.jsonl")


def projects() -> Iterator[dict[str, Any]]:
    """The projects under them, with milestones, proofs and money."""
    return _objects("projects.jsonl")


def _listing(given: dict[str, Any]) -> Listing:
    level = given["education_level"]
    return Listing(
        number=given["number"],
        organisation=given["organisation"],
        kind=given["kind"],
        title=given["title"],
        summary=given["summary"],
        detail=given["detail"],
        occupation_code=given["occupation"],
        programme_code=given["programme"],
        programme_level=given["programme_level"],
        industry_code=given["industry"],
        region_code=given["region"],
        education_level="" if level == "none" else level,
        quantity=given["quantity"],
        unit=given["unit"],
        starts_on=_day(given["starts"]),
        ends_on=_day(given["ends"]),
        expires_on=date.fromisoformat(given["expires"]),
        skills=tuple(given["skills"]),
        partners=tuple(given.get("partners", ())),
        fields=tuple(given["fields"].items()),
        state=given["state"],
        close_reason=given.get("close_reason", ""),
        consortium=given["consortium"],
        contact_name=given["contact_name"],
        contact_phone=given["contact_phone"],
        posted_on=date.fromisoformat(given["posted"]),
        source=given["source"],
    )


def _text(name: str) -> str:
    return (files("chanjiao.data") / "demo" / name).read_text(encoding="utf-8")


def _rows(name: str) -> Iterator[dict[str, Any]]:
    yield from csv.DictReader(line for line in _text(name).splitlines() if not line.startswith("#"))


def _objects(name: str) -> Iterator[dict[str, Any]]:
    yield from map(json.loads, _text(name).splitlines())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> int | None:
    return int(text) if text else None


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()
