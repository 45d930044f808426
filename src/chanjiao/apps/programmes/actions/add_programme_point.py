"""Add a programme that a college teaches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction

from chanjiao.apps.exchange.codes import is_known, is_major
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.programmes.changes import check
from chanjiao.apps.programmes.models import ProgrammePoint
from chanjiao.apps.programmes.rules.points import COLLEGES, Figures, level_of
from chanjiao.apps.programmes.values import ProgrammeFacts
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def add_programme_point(
    *, actor: Actor, college_id: int, level: str, code: str, figures: Figures, now: datetime
) -> ProgrammePoint:
    """The new programme point; `code` is looked for in the vocational catalogue and in that of majors.

    Refused with `programme.exists` where the college teaches it at this level already, `programme.not_a_college` for
    other organisations; a `Rejected` lists every wrong field.
    """
    college = Organisation.objects.filter(pk=college_id).first()
    if college is None:
        raise ChanjiaoError("record.not_found")
    require(actor.acts_for(college.pk))
    if college.type not in COLLEGES:
        raise ChanjiaoError("programme.not_a_college")
    check_point(level=level, code=code, figures=figures, now=now)
    column = "major_code" if is_major(code) else "programme_code"
    try:
        with transaction.atomic():
            point = ProgrammePoint.objects.create(college=college, level=level, **{column: code}, **asdict(figures))
            record_change(actor=actor, action="add_programme_point", instance=point, now=now)
    except IntegrityError:
        raise ChanjiaoError("programme.exists", field="code") from None
    return point


def check_point(*, level: str, code: str, figures: Figures, now: datetime) -> None:
    """Raise a `Rejected` with everything wrong with a new point's code and figures."""
    known = level_of(code) == level and is_known("programme", code)
    unknown = [] if known else [ChanjiaoError("programme.unknown_code", field="code", value=code)]
    check(figures, now, also=unknown)


def add_programme_points(*, actor: Actor, told: Iterable[ProgrammeFacts], now: datetime) -> list[ProgrammePoint]:
    """The new programme points of a file, all of them or none; the first fault is raised."""
    with transaction.atomic():
        return [
            add_programme_point(
                actor=actor,
                college_id=one.college_id,
                level=one.level,
                code=one.programme_code,
                figures=Figures(
                    years=one.years,
                    intake=one.intake,
                    enrolled=one.enrolled,
                    teachers=one.teachers,
                    dual_qualified=one.dual_qualified,
                    first_year=one.first_year,
                ),
                now=now,
            )
            for one in told
        ]
