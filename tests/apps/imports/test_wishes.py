"""Wish lists of a college come from a file, and can be taken back."""

from __future__ import annotations

import pytest

from chanjiao.apps.imports.actions.undo_import import ask_for_undo, undo_import
from chanjiao.apps.imports.selectors import exported_rows, rejected_rows
from chanjiao.apps.notices.models import Notice
from chanjiao.apps.placement.models import Consent, WishList
from chanjiao.core.permissions import Actor
from tests.apps.imports.files import csv_of, xlsx_of
from tests.apps.imports.test_imports import taken_in
from tests.apps.placement.samples import City, city
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db
HEADING = ("轮次", "学号", "姓名", "第一志愿", "第2志愿", "其他志愿")


def open_city(cast: Cast) -> City:
    """A round that takes wishes, with two posts and two students; the second has listed the second post."""
    made = city(cast)
    for title in ("数控操机实习生", "装配钳工实习生"):
        made.adds_seat(title=title)
    for _ in range(2):
        made.adds_student()
    made.opens()
    made.wishes(1, made.seats[1])
    return made


def listed(made: City) -> list[list[int]]:
    """The seats of each student's list, by their place in the round."""
    places = {seat.pk: place for place, seat in enumerate(made.seats)}
    lists = {one.student_id: one for one in WishList.objects.prefetch_related("wishes")}
    return [
        [places[wish.seat_id] for wish in lists[student.pk].wishes.all()] if student.pk in lists else []
        for student in made.students
    ]


def test_an_officer_enters_the_lists_of_the_college_and_takes_them_back(cast: Cast) -> None:
    made = open_city(cast)
    first, second = made.seats
    rows = [
        ("", "2024001", "学生1", "装配钳工实习生", "", f"P{first.pk}"),
        ("", "2024002", "", f"{first.organisation.name} · {first.title}", "", ""),
    ]

    batch = taken_in(cast.dean, xlsx_of({"志愿": [HEADING, *rows]}), "wishes")

    assert (batch.created, batch.updated, batch.rejected) == (1, 1, 0)
    assert listed(made) == [[1, 0], [0]]
    assert Consent.objects.filter(withdrawn_at=None).count() == 2
    assert Notice.objects.filter(kind="placement.wishes_entered").count() == 2
    again = taken_in(cast.dean, csv_of(HEADING, rows), "wishes")
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    exported = list(exported_rows(cast.dean, "wishes", "", "zh-hans")[1])
    assert [row[1:4] for row in exported] == [
        ["2024001", "学生1", f"{second.organisation.name} · 装配钳工实习生"],
        ["2024002", "学生2", f"{first.organisation.name} · 数控操机实习生"],
    ]
    ask_for_undo(actor=cast.dean, batch_id=batch.pk, now=NOW)
    undone = undo_import(batch_id=batch.pk, now=NOW)
    assert (undone.kept, listed(made)) == (0, [[], [1]])
    assert Consent.objects.filter(withdrawn_at=None).count() == 1


def test_a_wrong_row_says_what_is_wrong_in_which_column_and_stores_nothing(cast: Cast) -> None:
    made = open_city(cast)
    made.adds_student(level="secondary")
    title = made.round.title
    rows = [
        ("", "2029999", "", "装配钳工实习生", "", ""),
        ("", "2024001", "别人", "装配钳工实习生", "", ""),
        ("", "2024002", "", "没有的岗位", "装配钳工实习生", ""),
        ("", "2024003", "", "装配钳工实习生", "", ""),
        ("别的轮次", "2024001", "", "装配钳工实习生", "", ""),
        (title, "2024002", "", "", "", ""),
        ("", "2024002", "", "装配钳工实习生", "装配钳工实习生", ""),
    ]

    batch = taken_in(cast.dean, csv_of(HEADING, rows), "wishes")

    assert (batch.created, batch.updated, batch.rejected) == (0, 0, 7)
    assert listed(made) == [[], [1], []]
    told = [row.reasons for row in rejected_rows(cast.dean, batch, "zh-hans")]
    assert [reason.split(":")[0] for (reason,) in told[:6]] == [
        "学号", "姓名", "志愿1", "“装配钳工实习生”不接收该学生；层次、专业、年龄或路程不符", "安置轮次", "学号",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["secretary", "personnel_officer"])
def test_nobody_but_an_officer_of_the_college_enters_lists(cast: Cast, who: str) -> None:
    made = open_city(cast)
    actor: Actor = getattr(cast, who)

    batch = taken_in(actor, csv_of(HEADING, [("", "2024001", "", "装配钳工实习生", "", "")]), "wishes")

    assert (batch.created, batch.rejected, listed(made)) == (0, 1, [[], [1]])
    assert not list(exported_rows(actor, "wishes", "", "zh-hans")[1])
