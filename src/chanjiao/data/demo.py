"""The demo consortium of an invented city, read as typed rows; `demo/README.md` says what each file holds."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from chanjiao.data.demo_rows import (
    Chain,
    Deed,
    Demand,
    Headcount,
    Judgement,
    Listing,
    Login,
    Membership,
    Organisation,
    Person,
    PlacementSeat,
    PlacementStudent,
    ProgrammePoint,
    ProgrammeYear,
)


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
