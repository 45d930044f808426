"""What the engine must know, and what it must not mix up."""

from __future__ import annotations

import io

import pytest

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.matching import CONDITIONS, Index, match
from chanjiao.engines.matching.engine import UNTOLD
from chanjiao.engines.matching.evaluation import evaluated_own, own_set
from chanjiao.engines.matching.factors import MEASURES
from chanjiao.engines.matching.items import Item
from chanjiao.engines.matching.rank import Ranking, Text
from chanjiao.engines.matching.reasons import CONDITION_WORDS, EVIDENCE_WORDS, FACTOR_WORDS, GAP_WORDS, SHORT_WORDS
from chanjiao.engines.matching.titles import TitleModel
from chanjiao.engines.matching.weights import STANDARD


@pytest.mark.parametrize(
    ("query", "right", "wrong"),
    [
        ("挖机司机", "工程机械操作员", "手机销售"),
        ("跟单", "外贸业务员", "快递员"),
        ("美工", "平面设计师", "美甲师"),
        ("HR", "人事专员", "后端工程师"),
        ("网管", "系统管理员", "网约车司机"),
        ("月嫂", "母婴护理员", "证券交易员"),
        ("码农", "软件工程师", "农艺师"),
        ("地勤", "民航旅客服务员", "勤杂工"),
        ("版师", "服装制版工", "药师"),
        ("绿化工", "园林工人", "化工操作员"),
        ("welder", "焊工", "会计"),
    ],
)
def test_other_words_for_the_same_work_beat_look_alikes(query: str, right: str, wrong: str) -> None:
    found = Ranking([Text("wrong", wrong), Text("right", right)]).rank(Text("q", query), 1)

    assert [one.candidate for one in found] == ["right"]


def test_the_own_set_holds_three_hundred_judged_pairs_and_the_engine_leads_it() -> None:
    own = own_set()

    reached = {(one.set, one.method): one.reached["MAP"].mean for one in evaluated_own()}

    assert own.pairs >= 300
    assert reached["own, all kinds", "chanjiao"] > 0.95
    assert reached["own, all kinds", "chanjiao"] > reached["own, all kinds", "char TF-IDF"]


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 cut", b"\x00" * 1000])
def test_a_damaged_model_is_refused(damage: bytes) -> None:
    with pytest.raises(ChanjiaoError) as refused:
        TitleModel(io.BytesIO(damage))

    assert refused.value.code == "matching.model_damaged"


def test_every_code_that_a_match_can_carry_has_words() -> None:
    factors = {factor for _, shares in STANDARD.by_kind for factor, _ in shares}
    result = match(own_set().needs, own_set().offers)

    assert factors <= FACTOR_WORDS.keys()
    assert {condition.name for condition in CONDITIONS} <= CONDITION_WORDS.keys()
    assert {
        line.how for pair in result.pairs for factor in pair.factors for line in factor.evidence
    } <= EVIDENCE_WORDS.keys()
    assert {gap.code for pair in result.pairs for gap in pair.gaps} <= GAP_WORDS.keys() | {"short"}
    assert factors - UNTOLD == SHORT_WORDS.keys()


def test_a_skill_is_met_by_a_course_only_where_no_skill_offered_is_as_near() -> None:
    need = Item("n", "need", "post", "钳工", skills=("机械制图", "线切割"))
    offer = Item("o", "offer", "post", "模具班", skills=("线切割",), courses=("机械制图",))

    evidence = MEASURES["skills"](need, offer, True).evidence

    assert [(line.how, line.need, line.offer) for line in evidence] == [
        ("course", "机械制图", "机械制图"),
        ("skill", "线切割", "线切割"),
    ]


def test_a_course_that_only_shares_a_word_with_a_skill_leaves_it_missing() -> None:
    need = Item("n", "need", "post", "钳工", skills=("模具装配",))
    sharing = Item("o", "offer", "post", "模具班", courses=("绿色制造与模具",))
    teaching = Item("o", "offer", "post", "模具班", courses=("绿色制造与模具", "模具装配与调试"))

    missing, met = MEASURES["skills"](need, sharing, True), MEASURES["skills"](need, teaching, True)

    assert (missing.value, missing.unmet) == (0.0, ("模具装配",))
    assert [(line.how, line.offer) for line in met.evidence] == [("course", "模具装配与调试")]


def test_a_skill_that_comes_near_to_what_is_asked_is_told_as_counting_in_part() -> None:
    need = Item("n", "need", "post", "工艺员", skills=("压铸仿真", "标注规范"))
    offer = Item("o", "offer", "post", "模具班", skills=("真空压铸", "图像标注规范"))

    evidence = MEASURES["skills"](need, offer, True).evidence

    assert [(line.how, line.need, line.offer) for line in evidence] == [
        ("skill_in_part", "压铸仿真", "真空压铸"),
        ("skill", "标注规范", "图像标注规范"),
    ]


def test_evidence_keeps_the_writing_of_the_texts_and_leaves_out_words_that_say_nothing() -> None:
    need = Item("n", "need", "expert", "GMP顾问，每周 2 小时")
    offer = Item("o", "offer", "expert", "gmp顾问，每周 2 小时")

    found = MEASURES["title"](need, offer, True).evidence

    assert [(line.how, line.need) for line in found if line.how == "word"] == [("word", "GMP顾问")]


def test_two_programmes_that_lead_to_one_occupation_are_named_themselves() -> None:
    need = Item("n", "need", "post", "钳工", programmes=("460113",))
    offer = Item("o", "offer", "post", "模具班", programmes=("460113",))

    evidence = MEASURES["occupation"](need, offer, True).evidence

    assert [(line.how, line.need, line.offer) for line in evidence] == [
        ("programme", "模具设计与制造 460113", "模具设计与制造 460113")
    ]


def test_shares_of_every_kind_add_up_to_one() -> None:
    assert {kind: round(sum(dict(shares).values()), 9) for kind, shares in STANDARD.by_kind} == dict.fromkeys(
        ("post", "technical_problem", "training", "equipment", "expert", "product"), 1.0
    )


def test_the_same_id_twice_on_a_side_is_refused() -> None:
    twice = [Item("o", "offer", "post", "焊工"), Item("o", "offer", "post", "会计")]

    with pytest.raises(ChanjiaoError) as refused:
        match([Item("n", "need", "post", "焊工")], twice)

    assert (refused.value.code, refused.value.params["id"]) == ("matching.duplicate_id", "o")


def test_an_index_brought_up_to_date_answers_as_one_built_anew() -> None:
    own = own_set()
    changed = Item("po1", "offer", "post", "烹饪学徒", skills=("面点",))
    brought = (
        Index(own.offers).updated([changed], removed=["po2"]).updated([Item("new", "offer", "post", "挖掘机学员")])
    )
    anew = [*(o for o in own.offers if o.id not in ("po1", "po2")), changed, Item("new", "offer", "post", "挖掘机学员")]

    from chanjiao.engines.matching import match_one

    for need in own.needs:
        assert match_one(need, brought) == match_one(need, Index(sorted(anew, key=lambda item: item.id)))


def test_two_names_without_a_common_character_or_concept_meet_by_their_meaning() -> None:
    result = match(
        [Item("n", "need", "post", "口腔医生")],
        [Item("a", "offer", "post", "Dentist"), Item("b", "offer", "post", "Plumber")],
    )

    assert [pair.offer for pair in result.pairs] == ["a"]
    title = result.pairs[0].factors[0]
    assert ("口腔医生", "Dentist") in {(line.need, line.offer) for line in title.evidence}


def test_a_member_that_never_answers_stands_below_a_new_one_and_one_that_answers_above() -> None:
    offers = [
        Item("a-silent", "offer", "post", "焊工", replies=(10, 0)),
        Item("b-new", "offer", "post", "焊工", replies=(0, 0)),
        Item("c-prompt", "offer", "post", "焊工", replies=(10, 10)),
    ]

    pairs = match([Item("n", "need", "post", "焊工", replies=(0, 0))], offers).pairs

    assert [pair.offer for pair in pairs] == ["c-prompt", "b-new", "a-silent"]
    assert [(line.how, line.need, line.offer) for line in pairs[2].factors[-1].evidence] == [
        ("replies_of_offer", "10", "0")
    ]
    assert [line.how for line in pairs[1].factors[-1].evidence] == ["replies_of_none"]


def test_a_wish_raises_a_pair_and_two_raise_it_more() -> None:
    need = Item("n", "need", "post", "焊工", organisation="1", wishes=("2", "3"))
    offers = [
        Item("a", "offer", "post", "焊工", organisation="4"),
        Item("b", "offer", "post", "焊工", organisation="2"),
        Item("c", "offer", "post", "焊工", organisation="3", wishes=("1",)),
    ]

    pairs = match([need], offers).pairs

    assert [pair.offer for pair in pairs] == ["c", "b", "a"]
    assert [pair.factors[-1].evidence[0].how for pair in pairs[:2]] == ["wish", "wish_of_need"]
