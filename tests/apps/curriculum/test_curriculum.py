"""A college's courses beside what the occupations of a programme and the firms of the city ask."""

from __future__ import annotations

import pytest

from chanjiao.apps.curriculum.actions.keep_courses import drop_courses, keep_courses
from chanjiao.apps.curriculum.models import CourseList
from chanjiao.apps.curriculum.selectors import course_text, curriculum_of
from chanjiao.apps.reference.models import CodeSystem, Link, Term
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.models import Event
from tests.apps.dossiers.samples import point
from tests.apps.exchange.samples import need
from tests.cast import NOW, Cast

OWN = "焊接工艺：二氧化碳气体保护焊\n焊接检验\n\n机械制图\n大学英语"


def welding(cast: Cast) -> int:
    """A programme point whose group of occupations holds a welder, who is asked for, and a riveter, who is not."""
    for system, terms in {
        "programme": [("460110", "智能焊接技术", "programme", {"courses": ["焊接方法与设备", "机械制图"]})],
        "occupation": [
            ("6-18-02-04", "焊工", "occupation", {"functions": [
                {"edition": "2009", "names": ["焊前准备"]},
                {"edition": "2018", "names": ["焊接检验", "焊接工艺评定", "技术管理与培训"]}]}),
            ("6-18-02-05", "铆工", "occupation", {"functions": [{"edition": "2018", "names": ["铆接"]}]}),
        ],
    }.items():  # fmt: skip
        made = CodeSystem.objects.create(code=system, title=system, digest="0" * 64, loaded_at=NOW)
        for code, name, level, attributes in terms:
            Term.objects.create(system=made, code=code, name=name, level=level, attributes=attributes)
    Link.objects.create(programme_code="460110", occupation_code="6-18-02", granularity="minor", source="official")
    need(cast)
    return point(cast, "460110").pk


def test_the_standard_stands_for_a_college_that_has_told_no_courses(cast: Cast) -> None:
    view = curriculum_of(cast.nobody, welding(cast))

    assert (view.is_own, [one.name for one in view.courses]) == (False, ["焊接方法与设备", "机械制图"])
    # Of the group, the welder alone is named by a need; the latest edition counts; who trains and manages is left out.
    assert [(one.text, one.occupation.code) for one in view.asked if one.occupation] == [
        ("焊接检验", "6-18-02-04"), ("焊接工艺评定", "6-18-02-04"),
    ]  # fmt: skip
    assert [(one.text, one.skill.firms) for one in view.asked if one.skill] == [
        ("二氧化碳气体保护焊", ("青浦川恒锐机械有限公司",)), ("焊接机器人操作", ("青浦川恒锐机械有限公司",)),
    ]  # fmt: skip


def test_a_college_keeps_its_own_courses_and_is_compared_by_them(cast: Cast) -> None:
    pk = welding(cast)

    kept = keep_courses(actor=cast.dean, point_id=pk, text=OWN, version=0, now=NOW)
    view = curriculum_of(cast.stranger, pk)

    assert (view.is_own, view.version, kept.courses.count()) == (True, 1, 4)
    standing = {one.text: (one.standing, one.cover.course if one.cover else "") for one in view.asked}
    assert standing["二氧化碳气体保护焊"] == ("taught", "焊接工艺")
    assert standing["焊接检验"] == ("taught", "焊接检验")
    assert [one.name for one in view.unasked] == ["机械制图"]
    assert course_text(cast.dean, pk) == ("焊接工艺：二氧化碳气体保护焊\n焊接检验\n机械制图\n大学英语", 1)
    assert Event.objects.get(name="courses.kept").amount == 4
    drop_courses(actor=cast.dean, point_id=pk, version=1, now=NOW)
    assert curriculum_of(cast.dean, pk).is_own is False


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" \n\x00", "listing.required"),
        ("焊接\n焊接", "curriculum.twice"),
        ("：只有内容", "curriculum.no_name"),
        ("长" * 81, "curriculum.too_long"),
        ("\n".join(f"课程{number}" for number in range(121)), "curriculum.too_many"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_whole(cast: Cast, text: str, code: str) -> None:
    with pytest.raises(Rejected) as refused:
        keep_courses(actor=cast.dean, point_id=point(cast).pk, text=text, version=0, now=NOW)

    assert code in [one.code for one in refused.value.errors]
    assert not CourseList.objects.exists()


@pytest.mark.parametrize(
    ("person", "version", "code"),
    [("teacher", 0, "action.denied"), ("personnel_officer", 0, "action.denied"), ("dean", 1, "record.stale")],
)
def test_only_officers_of_the_college_keep_its_courses_and_nobody_over_a_newer_list(
    cast: Cast, person: str, version: int, code: str
) -> None:
    with pytest.raises(ChanjiaoError) as refused:
        keep_courses(actor=cast.people[person], point_id=point(cast).pk, text="焊接", version=version, now=NOW)

    assert refused.value.code == code
    assert not CourseList.objects.exists()
