"""Students of a college: registered one by one or from a file, changed, given a log-in, deleted on request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from chanjiao.apps.accounts.models import User
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.members.versions import check_fields
from chanjiao.apps.placement.changes import stored, student_seen
from chanjiao.apps.placement.models import Student
from chanjiao.apps.placement.rights import is_student, keeps_students
from chanjiao.apps.placement.rules.students import COLLEGES, student_faults
from chanjiao.core.audit import emit, record_change
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor, require


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentRecord:
    """A student as the college tells it."""

    number: str
    name: str
    level: str
    programme_code: str
    birth_date: date | None = None
    mark: Decimal | None = None
    home: str = ""
    groups: tuple[str, ...] = ()


def register_student(*, actor: Actor, college_id: int, record: StudentRecord, now: datetime) -> Student:
    """The new student; `placement.student_twice` where the college has that number, a `Rejected` for wrong fields."""
    college = _college_kept_by(actor, college_id)
    student = _checked(college, record, now)
    try:
        with transaction.atomic():
            student.save()
            record_change(actor=actor, action="register_student", instance=student, now=now)
    except IntegrityError:
        raise ChanjiaoError("placement.student_twice", field="number", value=record.number) from None
    return student


def register_students(*, actor: Actor, college_id: int, records: Iterable[StudentRecord], now: datetime) -> int:
    """How many students of a file were registered: all of them or none, in a few statements."""
    college = _college_kept_by(actor, college_id)
    made = [_checked(college, record, now) for record in records]
    try:
        with transaction.atomic():
            Student.objects.bulk_create(made, batch_size=500)
            told, count = (college.pk, college.name), len(made)
            emit(actor=actor, name="students.registered", instance=college, now=now, organisation=told, amount=count)
    except IntegrityError:
        known = set(college.placement_students.values_list("number", flat=True))
        twice = next((one.number for one in made if one.number in known), "")
        raise ChanjiaoError("placement.student_twice", field="number", value=twice) from None
    return len(made)


def edit_student(*, actor: Actor, pk: int, version: int, record: StudentRecord, now: datetime) -> Student:
    """The student with new data; runs made before keep what they were made of."""
    with transaction.atomic():
        student = student_seen(actor, pk)
        require(keeps_students(actor, student.college_id))
        _checked(student.college, record, now)
        values = asdict(record) | {"groups": list(record.groups)}
        return stored(actor=actor, row=student, action="edit_student", now=now, version=version, **values)


def give_log_in(*, actor: Actor, pk: int, username: str, now: datetime) -> Student:
    """The student is the person of that log-in name, who must be staff of the college as a student."""
    with transaction.atomic():
        student = student_seen(actor, pk)
        require(keeps_students(actor, student.college_id))
        posts = {"posts__organisation_id": student.college_id, "posts__role": "student"}
        user = User.objects.filter(username=username.strip(), is_active=True, **posts).first()
        if user is None or Student.objects.filter(user=user).exclude(pk=pk).exists():
            raise ChanjiaoError("staff.unknown_person", field="username")
        return stored(actor=actor, row=student, action="give_log_in", now=now, user=user)


def delete_student(*, actor: Actor, pk: int, now: datetime) -> None:
    """Everything held about the student is gone; asked for by the student or done by their college.

    The record keeps that it was done, under the alias. A published run keeps its files, which know aliases only.
    """
    with transaction.atomic():
        student = student_seen(actor, pk)
        require(is_student(actor, student) or keeps_students(actor, student.college_id))
        record_change(actor=actor, action="delete_student", instance=student, now=now)
        student.delete()


def _college_kept_by(actor: Actor, college_id: int) -> Organisation:
    college = Organisation.objects.filter(pk=college_id, type__in=COLLEGES).first()
    if college is None:
        raise ChanjiaoError("record.not_found")
    require(keeps_students(actor, college_id))
    return college


def _checked(college: Organisation, record: StudentRecord, now: datetime) -> Student:
    faults = list(student_faults(mark=record.mark, birth_date=record.birth_date, today=now.date()))
    if faults:
        raise Rejected(faults)
    values = asdict(record) | {"groups": list(record.groups)}
    student = Student(college=college, alias=alias_of(college.pk, record.number), created_at=now, **values)
    check_fields(student, known=frozenset({"college"}))
    return student


def alias_of(college_id: int, number: str) -> str:
    """Twelve characters that stand for a student and tell nobody who it is without the site's secret."""
    return salted_hmac("placement.alias", f"{college_id}:{number}", algorithm="sha256").hexdigest()[:12]
