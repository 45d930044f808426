"""What is taught beside what is asked: courses of a programme against functions and skills of its occupations.

A course covers what is asked as far as its name, or one of the things it deals with, is like it in letters, synonyms
and meaning. Letters count most: shares and marks were chosen on half of the judgements in
`tests/engines/alignment/judged_curriculum.tsv`, figures on the other half stand in docs/algorithms/alignment.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chanjiao.engines.matching.items import Evidence
from chanjiao.engines.matching.likeness import Shares, Similarity, encode_ahead, similarity

TAUGHT = 0.4
"""From this part on a course teaches what is asked."""
TOUCHED = 0.2
"""From this part on a course touches it, and could be changed to teach it."""
_SHARES: Shares = dict.fromkeys((True, False), (0.8, 0.1, 0.0, 0.1))

_BETWEEN = re.compile(r"[、，,；;。/]")
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
class Cover:
    """How far a course covers something asked (0–1), and the words behind it: asked on the side of the need."""

    course: str
    asked: str
    part: float
    words: tuple[Evidence, ...] = ()


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


def curriculum(courses: Sequence[Course], asked: Sequence[Asked]) -> Curriculum:
    """What the courses teach of what is asked, what is missing, and who would help.

    Basic courses are never said to be asked by nobody. Deterministic; equal covers go to the course that stands first.
    """
    encode_ahead([*(piece for one in courses for piece in _pieces(one)), *(one.text for one in asked)])
    best: dict[str, Cover] = {}
    named: dict[str, tuple[str, ...]] = {one.name: () for one in courses}
    for one in asked:
        parts = [(course, coverage(course, one.text)) for course in courses]
        for course, part in parts:
            named[course.name] += (one.id,) if part >= TOUCHED else ()
        course, part = max(parts, key=lambda entry: entry[1], default=(Course(""), 0.0))
        if part >= TOUCHED:
            best[one.id] = Cover(course.name, one.id, round(part, 4), _words(course, one.text))
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


def coverage(course: Course, asked: str) -> float:
    """How far one course covers one asked text.

    >>> coverage(Course("工装夹具选型与设计"), "夹具使用与调整") > coverage(Course("现代企业管理"), "夹具使用与调整")
    True
    """
    return max(_likeness(asked, piece).value for piece in _pieces(course))


def _words(course: Course, asked: str) -> tuple[Evidence, ...]:
    """What stands behind a cover: the words of its best piece, an occupational field aside."""
    piece = max(_pieces(course), key=lambda piece: _likeness(asked, piece).value)
    return tuple(one for one in _likeness(asked, piece, explain=True).evidence if one.how != "inferred")


def _likeness(asked: str, piece: str, explain: bool = False) -> Similarity:
    return similarity(asked, piece, explain, shares=_SHARES)


def _pieces(course: Course) -> list[str]:
    """A course's name, and each thing that it deals with."""
    return [course.name, *(piece for piece in _BETWEEN.split(course.topics) if piece.strip())]


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
