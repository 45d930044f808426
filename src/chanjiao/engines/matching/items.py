"""What the engine is given and what it answers: frozen values, free of database and language."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Side = Literal["need", "offer"]
Value = str | int | float | bool

KINDS = ("post", "technical_problem", "training", "equipment", "expert", "product")
LEVELS = ("secondary", "associate", "bachelor", "master", "doctor")


@dataclass(frozen=True, slots=True)
class Item:
    """One need or offer. Whatever is empty is unknown: it is never a reason to refuse, and is named as missing.

    `summary` is public; `detail` is read only when `confidential` is false, and never quoted. `regions` are the places
    that the writer accepts, as code prefixes (34 = Anhui, 3408 = one city); empty accepts all. `only_to` are
    the organisations that may see the item; empty opens it to all. `consent` false keeps it out of matching.
    `extras` holds the typed fields of the kind under their storage names. `wishes` are organisations asked for by name,
    `refuses` organisations that the writer does not want. `replies` tells of how many matches the organisation was
    asked and how many it answered, None where nobody counts. `licences` None means that nobody said what is held.

    >>> Item("n1", "need", "post", "挖机司机", extras=(("engagement", "employment"),)).stated("engagement")
    'employment'
    """

    id: str
    side: Side
    kind: str
    title: str
    summary: str = ""
    detail: str = ""
    confidential: bool = True
    skills: tuple[str, ...] = ()
    courses: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    region: str = ""
    regions: tuple[str, ...] = ()
    level: str = ""
    quantity: int | None = None
    starts: date | None = None
    ends: date | None = None
    open_until: date | None = None
    organisation: str = ""
    only_to: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    refuses: tuple[str, ...] = ()
    replies: tuple[int, int] | None = None
    licences: tuple[str, ...] | None = None
    consent: bool = True
    extras: tuple[tuple[str, Value], ...] = ()

    def stated(self, name: str) -> Value | None:
        """The typed field of that name, or None where it was left open."""
        return next((value for key, value in self.extras if key == name), None)

    @property
    def public_text(self) -> str:
        """Title, summary and skills, and the detail where it is not confidential."""
        parts = (self.title, self.summary, " ".join(self.skills), "" if self.confidential else self.detail)
        return "\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Weights:
    """The share of each factor in a score, by kind of need; every kind's shares add up to 1."""

    by_kind: tuple[tuple[str, tuple[tuple[str, float], ...]], ...]

    def of(self, kind: str) -> dict[str, float]:
        """Factor code → share for one kind; an unknown kind has none."""
        return dict(dict(self.by_kind).get(kind, ()))


@dataclass(frozen=True, slots=True)
class Options:
    """How to match. `today` (for expiry) and the weights are given, so that a run can be repeated exactly.

    `personalised` false gives the neutral order: everything that keeps the hard conditions, by id, without a score.
    """

    candidates: int = 60
    least_score: float = 0.05
    personalised: bool = True
    today: date | None = None
    weights: Weights | None = None
    conditions: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing behind a factor: what stands on the side of the need, what on the side of the offer, and how much.

    `how` says by what: word, synonym, occupation, link, industry, skill, course, place, level, date, number, choice.
    """

    how: str
    need: str
    offer: str
    strength: float


@dataclass(frozen=True, slots=True)
class Factor:
    """A part of the score: value = weight × strength, strength in [0, 1]."""

    code: str
    value: float
    weight: float
    strength: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that holds the score down: a factor with nothing said on a side, or a fit that is not full.

    `code` is `missing` (nothing is said on `side`) or `short` (said, and not fitting); `gain` is the most that the
    score would rise; `params` fill the words of the reason.
    """

    code: str
    factor: str
    side: Literal["need", "offer", "both"]
    gain: float
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A need and an offer that keep every hard condition; `score` is the sum of the factors' values."""

    need: str
    offer: str
    rank: int
    score: float
    factors: tuple[Factor, ...]
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """A hard condition that a pair does not keep, with the values that clash."""

    condition: str
    need: str = ""
    offer: str = ""


@dataclass(frozen=True, slots=True)
class MatchResult:
    """The pairs of every need, best first, and all that is needed to run the engine again."""

    engine: str
    version: str
    problem_hash: str
    options: Options
    pairs: tuple[Pair, ...]
    refused: tuple[tuple[str, int], ...] = field(default=())
