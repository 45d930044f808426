"""What is taught beside what is asked: courses of a programme against functions and skills of its occupations.

A course covers a part of what is asked: of the terms of an asked text, each weighed by how rare it is in the standards,
those that the course names too, in the same word or in one that means nearly the same. Common words (技术, 管理) weigh
little, so that two texts do not fit because both speak of management.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from chanjiao.engines.matching.knowledge import knowledge
from chanjiao.engines.matching.letters import normalised
from chanjiao.engines.matching.meaning import meaning_model

TAUGHT = 0.5
"""From this part on a course teaches what is asked."""
TOUCHED = 0.25
"""From this part on a course touches it, and could be changed to teach it."""
_NEAR = 0.8
"""How close in meaning two differently written terms must be to stand for each other."""


_JOINING = re.compile(r"有关知识|基础知识|基本知识|[与及和的等]|^能")
_FOR_MASTERS = re.compile(r"(?:技术|培训|管理|指导|创新|革新|改进|改造|质量|生产|[与及和、])+")


@dataclass(frozen=True, slots=True)
class Course:
    """A course, with what it deals with where that is told; a basic one (思想政治, 英语, 体育) is for everybody."""

    name: str
    topics: str = ""
    is_basic: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that work asks for: a function of an occupation's standard, or a skill that a firm's need names.

    `people` are the places that name it; `firms` those who ask, empty for a function of a standard.
    """

    id: str
    text: str
    firms: tuple[str, ...] = ()
    people: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """A term of what is asked, and the course's term that stands for it; `course` is empty where none does."""

    asked: str
    course: str
    weight: float


@dataclass(frozen=True, slots=True)
class Cover:
    """How far a course covers something asked (0–1), term by term."""

    course: str
    asked: str
    part: float
    terms: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of a course, or a new one (`course` empty), for what is asked and not taught."""

    course: str
    asked: tuple[Asked, ...]
    firms: tuple[str, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Curriculum:
    """Courses against what is asked.

    `best` holds for everything asked the course that covers most of it, where one touches it; `named` for every course
    the ids of all that it touches. `untaught` is asked and by no course taught; `unasked` are courses that touch
    nothing asked; `proposals` come those with most places first.
    """

    best: dict[str, Cover]
    named: dict[str, tuple[str, ...]]
    untaught: tuple[Asked, ...]
    unasked: tuple[str, ...]
    proposals: tuple[Proposal, ...]

    @property
    def covers(self) -> tuple[Cover, ...]:
        """What is asked and taught, with the course."""
        return tuple(one for one in self.best.values() if one.part >= TAUGHT)


def curriculum(courses: Sequence[Course], asked: Sequence[Asked]) -> Curriculum:
    """What the courses teach of what is asked, what is missing, and who would help.

    Basic courses are never said to be asked by nobody. Deterministic; equal covers go to the course that stands first.
    """
    read = [(one.name, _terms(f"{one.name} {one.topics}")) for one in courses]
    best: dict[str, Cover] = {}
    named: dict[str, tuple[str, ...]] = {one.name: () for one in courses}
    for one in asked:
        covers = [cover for course, terms in read if (cover := _cover(course, terms, one)).part >= TOUCHED]
        for cover in covers:
            named[cover.course] += (one.id,)
        if covers:
            best[one.id] = max(covers, key=lambda cover: cover.part)
    untaught = tuple(one for one in asked if one.id not in best or best[one.id].part < TAUGHT)
    return Curriculum(
        best=best,
        named=named,
        untaught=untaught,
        unasked=tuple(one.name for one in courses if not one.is_basic and not named[one.name]),
        proposals=_proposals(untaught, best),
    )


def is_for_masters(function: str) -> bool:
    """Whether a function is one of the highest grades alone, who train and manage: no course of a school teaches it.

    >>> is_for_masters("技术管理与培训"), is_for_masters("质量检验")
    (True, False)
    """
    return _FOR_MASTERS.fullmatch(function) is not None


def coverage(course: str, asked: str) -> Cover:
    """How far one course covers one asked text.

    >>> coverage("工装夹具选型与设计", "夹具使用与调整").part > coverage("现代企业管理", "夹具使用与调整").part
    True
    """
    return _cover(course, _terms(course), Asked(asked, asked))


def _cover(course: str, terms: tuple[str, ...], asked: Asked) -> Cover:
    named = []
    for term in _terms(asked.text):
        near = [(closeness(term, other), other) for other in terms]
        strength, other = max(near, default=(0.0, ""))
        named.append((Named(term, other if strength else "", _weight(term)), strength))
    total = sum(one.weight for one, _ in named)
    part = sum(one.weight * strength for one, strength in named) / total if total else 0.0
    return Cover(course, asked.id, round(part, 4), tuple(one for one, _ in named))


@lru_cache(maxsize=100_000)
def closeness(one: str, other: str) -> float:
    """How far a course's term `other` stands for the asked term `one`: 1 where it names it, in part where it names a
    part of it, else by meaning, 0 below `_NEAR`.
    """
    if one == other:
        return 1.0
    if one in other:
        return 1.0
    if other in one:
        return len(other) / len(one)
    left, right = meaning_model().encode([one, other])
    near = float(left @ right)
    return near if near >= _NEAR else 0.0


@lru_cache(maxsize=50_000)
def _terms(text: str) -> tuple[str, ...]:
    """The terms of a text that the model knows, and the stretches between them that it does not."""
    found: list[str] = []
    for stretch in _JOINING.sub(" ", normalised(text)).split():
        rest = stretch
        for unit in meaning_model().units(stretch):
            before, _, rest = rest.partition(unit.written)
            found += [before, unit.written]
        found.append(rest)
    return tuple(dict.fromkeys(term for term in found if len(term) > 1))


@lru_cache(maxsize=50_000)
def _weight(term: str) -> float:
    """How rare the term is in the courses and functions of the national standards, squared."""
    lines, count = _standards()
    return (math.log((count + 1) / (lines.count(term) + 1)) + 0.1) ** 2


@lru_cache(maxsize=1)
def _standards() -> tuple[str, int]:
    known = knowledge()
    texts = {text for table in (known.courses, known.functions) for row in table.values() for text in row}
    return "\n".join(sorted(map(normalised, texts))), len(texts)


def _proposals(untaught: Sequence[Asked], best: dict[str, Cover]) -> tuple[Proposal, ...]:
    """One proposal a course that could be changed, and one new course for each firm's remaining skills."""
    groups: dict[tuple[str, tuple[str, ...]], list[Asked]] = {}
    for one in untaught:
        if one.firms:
            near = best.get(one.id)
            groups.setdefault((near.course, ()) if near else ("", one.firms), []).append(one)
    made = [
        Proposal(
            course=course,
            asked=tuple(rows),
            firms=tuple(dict.fromkeys(firm for one in rows for firm in one.firms)),
            people=max(one.people for one in rows),
        )
        for (course, _), rows in groups.items()
    ]
    return tuple(sorted(made, key=lambda one: (-one.people, one.course == "", one.course, one.firms)))
