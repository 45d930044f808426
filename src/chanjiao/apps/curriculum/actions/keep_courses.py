"""Keep a college's own list of courses of a programme."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.curriculum.models import CourseList, TaughtCourse
from chanjiao.apps.curriculum.rules import read_courses
from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.programmes.models import ProgrammePoint
from chanjiao.core.audit import emit, record_change, record_removal, state_of
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor, require


def keep_courses(*, actor: Actor, point_id: int, text: str, version: int, now: datetime) -> CourseList:
    """The college teaches these courses, one a line; `version` is 0 where it had no list.

    A `Rejected` names every line that cannot be read; `record.stale` where the list changed since `version`.
    """
    with transaction.atomic():
        point = _point(actor, point_id)
        courses, errors = read_courses(clean_text(text))
        if errors:
            raise Rejected(errors)
        kept = CourseList.objects.select_for_update().filter(point=point).first()
        if (kept.version if kept else 0) != version:
            raise ChanjiaoError("record.stale")
        before = state_of(kept) if kept else None
        kept = kept or CourseList(point=point, version=0)
        kept.told_by, kept.told_at, kept.version = actor.name, now, version + 1
        kept.save()
        kept.courses.all().delete()
        TaughtCourse.objects.bulk_create(
            TaughtCourse(course_list=kept, position=place, name=one.name, topics=one.topics, is_basic=one.is_basic)
            for place, one in enumerate(courses)
        )
        record_change(actor=actor, action="keep_courses", instance=kept, now=now, before=before)
        college = (point.college_id, point.college.name)
        emit(
            actor=actor, name="courses.kept", instance=kept, now=now, organisation=college,
            amount=len(courses), unit="门",
        )  # fmt: skip
    return kept


def drop_courses(*, actor: Actor, point_id: int, version: int, now: datetime) -> None:
    """The national standard's courses stand for the programme point again; the record keeps the list's state."""
    with transaction.atomic():
        point = _point(actor, point_id)
        kept = CourseList.objects.select_for_update().filter(point=point).first()
        if kept is None:
            raise ChanjiaoError("record.not_found")
        if kept.version != version:
            raise ChanjiaoError("record.stale")
        record_removal(actor=actor, action="drop_courses", instance=kept, now=now)
        kept.delete()


def _point(actor: Actor, pk: int) -> ProgrammePoint:
    point = ProgrammePoint.objects.select_related("college").filter(pk=pk).first()
    if point is None:
        raise ChanjiaoError("record.not_found")
    require(actor.acts_for(point.college_id))
    return point
