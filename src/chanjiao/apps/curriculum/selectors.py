"""Reads over curricula: what a programme point teaches beside what is asked. Public, like points and open needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chanjiao.apps.curriculum.models import CourseList
from chanjiao.apps.curriculum.snapshot import Occupation, Problem, SkillAsked, problem_of
from chanjiao.apps.programmes.models import ProgrammePoint
from chanjiao.apps.programmes.selectors.points import programme_point
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.engines.alignment.curriculum import TAUGHT, Course, Cover, Curriculum, Proposal, curriculum


@dataclass(frozen=True, slots=True)
class AskedRow:
    """Something asked: a function of an occupation or a skill of needs; `cover` is the course that names most of it."""

    text: str
    occupation: Occupation | None
    skill: SkillAsked | None
    cover: Cover | None

    @property
    def standing(self) -> str:
        """How far it is taught: taught, touched, or missing."""
        if self.cover is None:
            return "missing"
        return "taught" if self.cover.part >= TAUGHT else "touched"


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A course with what it names of what is asked."""

    name: str
    topics: str
    is_basic: bool
    names: tuple[AskedRow, ...]


@dataclass(frozen=True, slots=True)
class CurriculumView:
    """A programme point's courses against what is asked; `version` is that of the college's own list, 0 without one."""

    point: ProgrammePoint
    is_own: bool
    told_at: datetime | None
    version: int
    may_keep: bool
    occupations: tuple[Occupation, ...]
    asked: tuple[AskedRow, ...]
    courses: tuple[CourseRow, ...]
    proposals: tuple[Proposal, ...]

    def of(self, standing: str) -> list[AskedRow]:
        """The rows of one standing."""
        return [one for one in self.asked if one.standing == standing]

    @property
    def described(self) -> list[Occupation]:
        """The occupations whose functions a national standard tells."""
        return [one for one in self.occupations if one.functions]

    @property
    def unasked(self) -> list[CourseRow]:
        """Courses that name nothing of what is asked, those for everybody aside."""
        return [one for one in self.courses if not one.names and not one.is_basic]


def curriculum_of(actor: Actor, point_id: int) -> CurriculumView:
    """What the programme point teaches beside what its occupations and local firms ask; `record.not_found`."""
    point = programme_point(actor, point_id)
    kept = CourseList.objects.filter(point=point).first()
    problem = problem_of(actor, point)
    asked = problem.asked()
    answer = curriculum(problem.courses, asked)
    rows, ids = _rows(problem, answer), [one.id for one in asked]
    return CurriculumView(
        point=point,
        is_own=problem.is_own,
        told_at=kept.told_at if kept else None,
        version=kept.version if kept else 0,
        may_keep=actor.acts_for(point.college_id),
        occupations=problem.occupations,
        asked=rows,
        courses=tuple(_course(one, dict(zip(ids, rows, strict=True)), answer) for one in problem.courses),
        proposals=answer.proposals,
    )


def course_text(actor: Actor, point_id: int) -> tuple[str, int]:
    """The courses as they are edited, one a line, and the version of the college's list."""
    view_point = programme_point(actor, point_id)
    if not actor.acts_for(view_point.college_id):
        raise ChanjiaoError("action.denied")
    kept = CourseList.objects.filter(point=view_point).first()
    lines = [f"{one.name}：{one.topics}" if one.topics else one.name for one in problem_of(actor, view_point).courses]
    return "\n".join(lines), kept.version if kept else 0


def _course(course: Course, rows: dict[str, AskedRow], answer: Curriculum) -> CourseRow:
    names = tuple(rows[one] for one in answer.named[course.name])
    return CourseRow(course.name, course.topics, course.is_basic, names)


def _rows(problem: Problem, answer: Curriculum) -> tuple[AskedRow, ...]:
    occupations = {one.code: one for one in problem.occupations}
    skills = {one.text: one for one in problem.skills}
    return tuple(
        AskedRow(
            text=one.text,
            occupation=occupations.get(one.id.partition(":")[0]),
            skill=skills.get(one.text) if one.id.startswith("skill:") else None,
            cover=answer.best.get(one.id),
        )
        for one in problem.asked()
    )
