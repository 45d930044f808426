"""Extraction: single rules on short texts, laws over stories, and any input at all."""

from __future__ import annotations

import json
import random
from itertools import pairwise

import pytest

from chanjiao.engines.text import Extraction, extract, repair
from chanjiao.engines.text.damage import damage
from chanjiao.engines.text.evaluation import score_stories, written_stories
from chanjiao.engines.text.evaluation.generate import generated_story
from chanjiao.engines.text.view import view_of


def _people(text: str) -> list[tuple[str, str, str]]:
    return [(one.name, one.org, one.title) for one in extract(text).people]


def _organisations(text: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {one.name: (one.type, one.roles) for one in extract(text).organisations}


def test_a_name_that_holds_a_conjunction_is_not_cut() -> None:
    found = _organisations("青泽市人力资源和社会保障局、青泽市工业和信息化局负责人参加会议。")

    assert list(found) == ["青泽市人力资源和社会保障局", "青泽市工业和信息化局"]


def test_departments_of_a_list_inherit_the_city() -> None:
    story = "安庆市人民政府召开会议。市教体局、人社局、总工会负责人参加会议。"

    aliases = {one.name: one.aliases for one in extract(story).organisations}

    assert aliases["人社局"] == ("市人社局", "安庆市人社局")
    assert aliases["总工会"] == ("市总工会", "安庆市总工会")


def test_two_posts_make_two_entries_and_the_body_carries_over() -> None:
    found = _people("青泽科技有限公司党委副书记、副总经理王小明出席会议。")

    assert found == [
        ("王小明", "青泽科技有限公司", "党委副书记"),
        ("王小明", "青泽科技有限公司", "副总经理"),
    ]


def test_a_party_post_belongs_to_the_title_and_a_committee_to_the_name() -> None:
    found = _people("安庆经济技术开发区党工委委员、管委会副主任李明出席会议。")

    assert found == [
        ("李明", "安庆经济技术开发区", "党工委委员"),
        ("李明", "安庆经济技术开发区管委会", "副主任"),
    ]


def test_a_title_behind_the_name_is_read() -> None:
    assert _people("会上，安庆职业技术学院王小明院长致辞。") == [("王小明", "安庆职业技术学院", "院长")]


def test_names_that_share_a_title_are_all_read() -> None:
    assert [name for name, _, _ in _people("安庆师范大学副校长王小明、李晓红、张伟出席会议。")] == [
        "王小明",
        "李晓红",
        "张伟",
    ]


def test_a_citys_university_college_is_no_short_form_of_its_vocational_college() -> None:
    found = extract("澄浦职业技术学院牵头。澄浦学院、澄浦职院等院校参加会议。")

    names = {one.name: one.aliases for one in found.organisations}
    assert names == {"澄浦职业技术学院": ("澄浦职院",), "澄浦学院": ()}


def test_a_short_form_joins_its_full_form() -> None:
    found = extract("安徽华鼎集团股份有限公司牵头。华鼎集团总经理王小明致辞。安庆职院与安庆职业技术学院签约。")

    names = {one.name: one.aliases for one in found.organisations}
    assert names == {"安徽华鼎集团股份有限公司": ("华鼎集团",), "安庆职业技术学院": ("安庆职院",)}


def test_points_lose_their_counting_words_and_keep_their_speaker() -> None:
    found = extract("安庆市教育局局长王小明提出三点要求：一是提高认识；二是加强协作；三是狠抓落实。").requirements

    assert [(one.by, one.kind, one.items) for one in found] == [
        ("王小明", "requirement", ("提高认识", "加强协作", "狠抓落实"))
    ]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024年3月5日，大会在安庆召开。", "2024-03-05"),
        ("3月5日，大会在安庆召开。", "--03-05"),
        ("发布时间：2024-03-07\n3月5日，大会在安庆召开。", "2024-03-05"),
        ("3月5日，集团2023年理事会在安庆召开。", "--03-05"),
    ],
)
def test_a_year_is_given_only_by_the_date_or_the_day_of_publication(text: str, date: str) -> None:
    assert extract(text).event.date == date


@pytest.mark.parametrize(
    ("line", "credits"),
    [
        (
            "（文：王小明 图：卞 舟、温 宁 审稿：李晓红）",
            {"文": ["王小明"], "图": ["卞舟", "温宁"], "审稿": ["李晓红"]},
        ),
        ("文/图：王小明 审核：李晓红", {"文": ["王小明"], "图": ["王小明"], "审核": ["李晓红"]}),
        ("（记者 王小明 通讯员 李晓红）", {"记者": ["王小明"], "通讯员": ["李晓红"]}),
        ("供稿：王小明　一审：李晓红　二审：张伟", {"供稿": ["王小明"], "一审": ["李晓红"], "二审": ["张伟"]}),
        ("记者丨王小明 责编丨李晓红", {"记者": ["王小明"], "责编": ["李晓红"]}),
        ("（文/王小明 图/李晓红）", {"文": ["王小明"], "图": ["李晓红"]}),
        ("责任编辑: 王小明", {"责任编辑": ["王小明"]}),
    ],
)
def test_credits_are_read_in_each_style(line: str, credits: dict[str, list[str]]) -> None:
    assert extract(f"会议在安庆召开。\n{line}").as_contract()["credits"] == credits


VARIED = """州委常委吉克拉铁，滨江草原职业学院院长敖特根巴雅尔，国际交流处副处长（主持工作）查宁，\
Krantz Lager（滨江）有限公司总经理马宁出席。
查宁表态，对反馈的问题照单全收，月底前拿出整改方案，年底前逐项销号。
马宁希望联盟联起手来，让货走得更快；联起心来，让饭碗端得更稳；联起网来，让学习路更近。
会议议定以下事项：
一、滨江草原职业学院9月15日前完成面试分组。
二、滨江市化工协会负责联系评估机构。
姓名\t单位\t职务
韦东宁\t滨江高新区管委会\t经济发展处副处长
"""


def test_names_in_other_tongues_acting_posts_and_tables_of_people_are_read() -> None:
    found = extract(VARIED)

    assert [(one.name, one.org, one.title) for one in found.people] == [
        ("吉克拉铁", "州委", "常委"),
        ("敖特根巴雅尔", "滨江草原职业学院", "院长"),
        ("查宁", "滨江草原职业学院", "国际交流处副处长（主持工作）"),
        ("马宁", "Krantz Lager（滨江）有限公司", "总经理"),
        ("韦东宁", "滨江高新区管委会", "经济发展处副处长"),
    ]


def test_what_is_declared_set_apart_by_semicolons_or_resolved_becomes_points() -> None:
    found = extract(VARIED)

    assert [(one.by, one.kind, one.items) for one in found.requirements] == [
        ("查宁", "commitment", ("对反馈的问题照单全收", "月底前拿出整改方案", "年底前逐项销号")),
        ("马宁", "hope", ("联起手来，让货走得更快", "联起心来，让饭碗端得更稳", "联起网来，让学习路更近")),
        ("", "requirement", ("滨江草原职业学院9月15日前完成面试分组", "滨江市化工协会负责联系评估机构")),
    ]


GUESTS = "滨江职业技术学院院长王小明、滨江市教育局局长李晓红、滨江宏达机械有限公司总经理张伟出席会议。\n"


@pytest.mark.parametrize(
    ("sentence", "points"),
    [
        (
            "张伟表示，公司将以签约为契机，扩大订单班规模，每年拿出50万元设奖学金。",
            [("张伟", "commitment", "以签约为契机，扩大订单班规模"), ("张伟", "commitment", "每年拿出50万元设奖学金")],
        ),
        (
            "王小明说，学校马上研究课程，下月选派5名教师跟班。",
            [("王小明", "commitment", "马上研究课程"), ("王小明", "commitment", "下月选派5名教师跟班")],
        ),
        (
            "李晓红强调，要健全机制，压实责任；要严格考核，将结果纳入评价。",
            [
                ("李晓红", "requirement", "健全机制，压实责任"),
                ("李晓红", "requirement", "严格考核，将结果纳入评价"),
            ],
        ),
        (
            "李晓红指出，挂牌只是开头，企业要当好主人翁，学校要当好主力军。",
            [("李晓红", "requirement", "企业要当好主人翁"), ("李晓红", "requirement", "学校要当好主力军")],
        ),
        (
            "张伟希望双方在师资互聘、成果转化、技能竞赛等方面先行探索。",
            [("张伟", "hope", "师资互聘"), ("张伟", "hope", "成果转化"), ("张伟", "hope", "技能竞赛")],
        ),
        (
            "张伟期待与学校长期合作，公司将在人才公寓方面提供保障。",
            [("张伟", "hope", "与学校长期合作"), ("张伟", "commitment", "在人才公寓方面提供保障")],
        ),
        (
            "李晓红介绍了情况。她建议，学校压缩重复课程，增加检测内容。",
            [("李晓红", "requirement", "压缩重复课程"), ("李晓红", "requirement", "增加检测内容")],
        ),
        (
            "张伟建议尽快启动二期建设，王小明提出要加大贯通培养力度。",
            [("张伟", "requirement", "尽快启动二期建设"), ("王小明", "requirement", "加大贯通培养力度")],
        ),
        ("联合体的成立将为园区带来活力，张伟对企业需要的岗位作了说明。", []),
        ("现将有关事项通知如下：\n一、会议时间\n3月5日\n二、会议地点\n滨江\n", []),
    ],
)
def test_points_are_read_from_what_opens_them(sentence: str, points: list[tuple[str, str, str]]) -> None:
    found = extract(GUESTS + sentence).requirements

    assert [(one.by, one.kind, item) for one in found for item in one.items] == points


def test_what_only_looks_like_a_name_is_no_organisation() -> None:
    found = _organisations(
        "滨江经济技术开发区管委会人社局局长王小明出席。王小明说，人社局将逐条梳理专家组意见，压实园区责任，"
        "把难题交给学院，与企业共建刀具研发中心。管委会将拿出5万平方米厂房。滨江市市域产教联合体建设推进会闭幕。"
    )

    assert list(found) == ["滨江经济技术开发区管委会"]


def test_attendance_counts_people_and_not_units() -> None:
    assert extract("3月5日，大会在安庆召开，111家单位的120余名代表参加会议。").event.attendance == 120


def test_the_object_has_the_contract_s_keys_and_is_json() -> None:
    found = extract(written_stories()[0].text).as_contract()

    assert list(found) == [
        "text",
        "consortia",
        "organisations",
        "people",
        "event",
        "documents",
        "requirements",
        "credits",
    ]
    assert json.loads(json.dumps(found, ensure_ascii=False)) == found


def test_a_story_of_nothing_yields_nothing() -> None:
    found = extract("今天天气很好。")

    assert found == Extraction("今天天气很好。")


@pytest.mark.parametrize("story", written_stories(), ids=lambda story: story.id)
def test_every_span_holds_a_form_of_what_it_stands_for(story: object) -> None:
    found = extract(story.text)  # type: ignore[attr-defined]

    for organisation in found.organisations:
        forms = {organisation.name, *organisation.aliases}
        assert all(any(form.endswith(found.text[a:b]) for form in forms) for a, b in organisation.spans)
    for person in found.people:
        assert all(found.text[a:b].replace(" ", "") == person.name.replace(" ", "") for a, b in person.spans)


def test_the_damaged_story_yields_what_the_sound_one_yields() -> None:
    for seed in range(15):
        story = generated_story(seed).text

        assert extract(damage(story, seed=seed, style="dense")) == extract(story)


def test_extraction_is_deterministic() -> None:
    story = generated_story(7).text

    assert extract(story) == extract(story)


def test_the_scores_on_written_and_generated_stories_do_not_fall() -> None:
    least = {
        "organisations": 0.95,
        "organisation roles": 0.93,
        "person names": 0.98,
        "person + title + organisation": 0.96,
        "event": 0.92,
        "documents": 0.97,
        "requirement items": 0.95,
        "requirement items + speaker": 0.95,
        "credits": 0.97,
    }
    stories = [*written_stories()[:18], *(generated_story(seed) for seed in range(60))]

    scores = score_stories(stories, extract)

    assert {field: scores[field].f1 for field, bound in least.items() if scores[field].f1 < bound} == {}


def test_fifteen_hundred_random_texts_are_read_without_a_fault() -> None:
    source = random.Random(11)
    words = (
        "产教 联合体 副主任 王小明 安庆市 教育局 （ ） ， 。 ； 《 》 “ ” 一是 二是 希望 将 会议 召开 在 和 与 "
        "由 牵头 文： 图： 2024年 3月5日 120人 \n ? (chǎn) 產 \u202e 😀 a 管委会 党工委 等三个方面 "
        "提出 当选 理事长 有限公司 、 ： 第一，"
    ).split(" ")
    for _ in range(1500):
        text = "".join(source.choices(words, k=source.randint(0, 40)))

        found = extract(text)

        assert found.text == repair(text).text


@pytest.mark.parametrize(
    "text",
    [
        "(" * 300_000,
        "会" * 300_000,
        "副" * 100_000,
        "国家级" * 50_000 + "学院",
        "市教育局、" * 30_000,
        "副主任王伟，" * 30_000,
        "校?！" + "北本" * 100_000,
        "《" * 100_000 + "》" * 100_000,
        "从好、好等三个方面" * 20_000,
    ],
    ids=lambda text: text[:6],
)
def test_a_hostile_text_is_read_to_its_end(text: str) -> None:
    assert len(extract(text).text) > 0


def test_no_rule_looks_farther_than_two_thousand_characters_for_the_end_of_a_sentence() -> None:
    endless = "王院长希望，一要加强合作；二要完善机制；" * 2000

    view = view_of(endless)

    assert max(sentence.end - sentence.start for sentence in view.sentences) == 2000
    assert view.sentences[-1].end == len(endless)
    assert all(a.end == b.start for a, b in pairwise(view.sentences))
