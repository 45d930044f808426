"""From the database to the engine: the courses of a programme point, and what its occupations and local firms ask."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from chanjiao.apps.curriculum.models import CourseList
from chanjiao.apps.curriculum.rules import is_basic
from chanjiao.apps.exchange.kinds import Kind
from chanjiao.apps.exchange.shown import ListingRow
from chanjiao.apps.programmes.models import ProgrammePoint
from chanjiao.apps.programmes.selectors.points import courses, needs_asking_for, occupations_of
from chanjiao.apps.reference.models import Term
from chanjiao.apps.reference.selectors import functions_of
from chanjiao.core.permissions import Actor
from chanjiao.engines.alignment.curriculum import Asked, Course, is_for_masters
from chanjiao.engines.matching.letters import normalised


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation of the programme with the functions of its latest standard; `places` that open needs name."""

    code: str
    name: str
    edition: str
    functions: tuple[str, ...]
    places: int


@dataclass(frozen=True, slots=True)
class SkillAsked:
    """A skill that open needs name: which needs, whose, for how many places."""

    text: str
    needs: tuple[int, ...]
    firms: tuple[str, ...]
    places: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What the engine compares; `is_own` where the college told its courses, else they are the national standard's."""

    courses: tuple[Course, ...]
    is_own: bool
    occupations: tuple[Occupation, ...]
    skills: tuple[SkillAsked, ...]

    def asked(self) -> list[Asked]:
        """Everything asked: a function once for each occupation, a skill once."""
        functions = [
            Asked(f"{one.code}:{text}", text)
            for one in self.occupations
            for text in one.functions
            if not is_for_masters(text)
        ]
        return functions + [Asked(f"skill:{one.text}", one.text, one.firms, one.places) for one in self.skills]


def problem_of(actor: Actor, point: ProgrammePoint) -> Problem:
    """What the point teaches, and what is asked of it now."""
    kept = CourseList.objects.filter(point=point).first()
    if kept is not None:
        taught = [Course(one.name, one.topics, one.is_basic) for one in kept.courses.all()]
    else:
        taught = [Course(name, "", is_basic(name)) for name in courses(actor, point)]
    links = occupations_of(actor, point)
    needs = [one for one in needs_asking_for(actor, point, links) if one.kind == Kind.POST]
    places: defaultdict[str, int] = defaultdict(int)
    for one in needs:
        places[one.occupation_code] += one.quantity - one.taken
    return Problem(
        courses=tuple(taught),
        is_own=kept is not None,
        occupations=_occupations(actor, [link.code for link in links if link.state != "rejected"], places),
        skills=_skills(needs),
    )


def _occupations(actor: Actor, codes: list[str], places: dict[str, int]) -> tuple[Occupation, ...]:
    """The occupations that the links name; of a minor group those that local needs name, all where none is named."""
    chosen: dict[str, str] = {}
    for code in codes:
        below = dict(_terms(code))
        named = {one: name for one, name in below.items() if one == code or places.get(one)}
        chosen |= named or below
    found = [_occupation(actor, code, name, places.get(code, 0)) for code, name in chosen.items()]
    return tuple(sorted(found, key=lambda one: (-one.places, not one.functions, one.code)))


def _terms(code: str) -> Iterable[tuple[str, str]]:
    rows = Term.objects.filter(system__code="occupation", in_force=True, level="occupation")
    rows = rows.filter(code=code) if code.count("-") > 2 else rows.filter(code__startswith=f"{code}-")
    return rows.order_by("code").values_list("code", "name")


def _occupation(actor: Actor, code: str, name: str, places: int) -> Occupation:
    sets = functions_of(actor, code)
    latest = sets[0] if sets else None
    return Occupation(code, name, latest.edition if latest else "", latest.names if latest else (), places)


def _skills(needs: list[ListingRow]) -> tuple[SkillAsked, ...]:
    groups: dict[str, list[ListingRow]] = {}
    spelled: dict[str, str] = {}
    for need in needs:
        for skill in need.skills:
            key = normalised(skill)
            spelled.setdefault(key, skill)
            groups.setdefault(key, []).append(need)
    found = [
        SkillAsked(
            text=spelled[key],
            needs=tuple(one.id for one in rows),
            firms=tuple(dict.fromkeys(one.organisation for one in rows)),
            places=sum(one.quantity - one.taken for one in rows),
        )
        for key, rows in groups.items()
        if key
    ]
    return tuple(sorted(found, key=lambda one: (-one.places, one.text)))
