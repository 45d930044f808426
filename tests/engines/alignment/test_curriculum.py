"""Courses against what is asked."""

from __future__ import annotations

from pathlib import Path

from chanjiao.engines.alignment.curriculum import TOUCHED, Asked, Course, coverage, curriculum
from chanjiao.engines.matching.knowledge import knowledge

COURSES = [
    Course("工装夹具选型与设计"),
    Course("产品质量检测"),
    Course("数控加工及编程", "刀具补偿、宏程序"),
    Course("机械制图"),
    Course("大学英语", is_basic=True),
]


def test_what_is_asked_goes_to_the_course_that_names_most_of_it() -> None:
    asked = [Asked("1", "质量检测与分析"), Asked("2", "夹具使用与调整"), Asked("3", "混凝土试验")]

    found = curriculum(COURSES, asked)

    assert {key: cover.course for key, cover in found.best.items()} == {"1": "产品质量检测", "2": "工装夹具选型与设计"}
    assert [one.text for one in found.untaught] == ["夹具使用与调整", "混凝土试验"]
    assert found.unasked == ("数控加工及编程", "机械制图")


def test_what_a_course_deals_with_counts_like_its_name() -> None:
    asked = [Asked("1", "刀具补偿")]

    bare, told = (curriculum([Course("数控加工及编程", topics)], asked) for topics in ("", "刀具补偿"))

    assert (len(bare.untaught), len(told.untaught)) == (1, 0)


def test_proposals_are_for_what_firms_ask_and_name_them_those_with_most_places_first() -> None:
    asked = [
        Asked("1", "三坐标报告识读", ("甲公司",), 30),
        Asked("2", "高压断电流程", ("乙公司",), 40),
        Asked("3", "绝缘手套佩戴", ("乙公司",), 40),
        Asked("4", "混凝土试验"),
    ]

    found = curriculum([*COURSES, Course("三坐标测量技术")], asked)

    assert [(one.course, [row.text for row in one.asked], one.firms, one.people) for one in found.proposals] == [
        ("", ["高压断电流程", "绝缘手套佩戴"], ("乙公司",), 40),
        ("三坐标测量技术", ["三坐标报告识读"], ("甲公司",), 30),
    ]


def test_common_words_do_not_make_two_texts_fit() -> None:
    assert coverage(Course("现代企业管理"), "设备管理") < coverage(Course("机电设备维护"), "设备维护")
    assert coverage(Course("人工智能技术"), "焊接技术") < TOUCHED


def test_nothing_taught_or_nothing_asked_is_told_as_it_is() -> None:
    assert curriculum([], [Asked("1", "焊接")]).untaught == (Asked("1", "焊接"),)
    assert curriculum(COURSES, []).unasked == tuple(one.name for one in COURSES if not one.is_basic)
    assert coverage(Course("焊接"), "") == 0.0


def test_of_judgements_kept_aside_two_marks_in_three_are_right() -> None:
    lines = Path(__file__).with_name("judged_curriculum.tsv").read_text("utf-8").splitlines()
    judged = [line.split("\t") for line in lines if line.startswith("held")]
    marks = []

    for _, programme, asked, teaching in judged:
        courses = [Course(name) for name in knowledge().courses[programme]]
        marks += [
            cover.course in teaching.split("；") for cover in curriculum(courses, [Asked("", asked)]).best.values()
        ]

    assert (len(judged), len(marks), sum(marks)) == (37, 15, 10)
