"""The rows of the demo city's files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
