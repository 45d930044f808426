"""What a programme teaches beside what its occupations and local firms ask."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from chanjiao.apps.curriculum import selectors
from chanjiao.apps.curriculum.actions.keep_courses import keep_courses
from chanjiao.core import clock
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.api.values import Whole
from chanjiao.interfaces.callers import actor_of, known_actor

router = Router(tags=["curriculum"])


class DemandedOut(Schema):
    """A function of an occupation, or a skill (`occupation` empty) of needs; `course` names most of it."""

    text: str
    occupation: str
    firms: list[str]
    places: int
    course: str
    part: float
    standing: str


class ProposalOut(Schema):
    """A course to widen, or a new one (`course` empty), with the firms that ask."""

    course: str
    asked: list[str]
    firms: list[str]
    places: int


class CurriculumOut(Schema):
    """One programme point; `is_own` where the college told its courses; `version` 0 without a list."""

    is_own: bool
    version: int
    courses: list[str]
    unasked: list[str]
    asked: list[DemandedOut]
    proposals: list[ProposalOut]


class CoursesIn(Schema):
    """The courses, one a line, what they deal with after a colon."""

    text: str = Field(max_length=80_000)
    version: Whole


@router.get("/{int:pk}", response=CurriculumOut)
def point(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Courses against what is asked."""
    return _detail(actor_of(request), pk)


@router.put("/{int:pk}/courses", response=CurriculumOut)
def courses(request: HttpRequest, pk: int, told: CoursesIn) -> dict[str, Any]:
    """Keep the college's own list."""
    actor = known_actor(request)
    keep_courses(actor=actor, point_id=pk, text=told.text, version=told.version, now=clock.now())
    return _detail(actor, pk)


def _detail(actor: Actor, pk: int) -> dict[str, Any]:
    view = selectors.curriculum_of(actor, pk)
    return {
        "is_own": view.is_own,
        "version": view.version,
        "courses": [one.name for one in view.courses],
        "unasked": [one.name for one in view.unasked],
        "asked": [_asked(one) for one in view.asked],
        "proposals": [
            {"course": one.course, "asked": [row.text for row in one.asked], "firms": one.firms, "places": one.people}
            for one in view.proposals
        ],
    }


def _asked(one: selectors.AskedRow) -> dict[str, Any]:
    return {
        "text": one.text,
        "occupation": one.occupation.code if one.occupation else "",
        "firms": one.skill.firms if one.skill else (),
        "places": one.skill.places if one.skill else 0,
        "course": one.cover.course if one.cover else "",
        "part": one.cover.part if one.cover else 0.0,
        "standing": one.standing,
    }
