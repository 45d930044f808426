"""Repair: what each damage becomes, what stays, and that what is clean stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from chanjiao.engines.text import repair
from chanjiao.engines.text.damage import STYLES, damage
from chanjiao.engines.text.evaluation import written_stories
from chanjiao.engines.text.evaluation.generate import generated_story

HARD = [
    ("產(chǎn)教融合", "产教融合"),
    ("會(huì )議", "会议"),
    ("產（chǎn）教", "产教"),
    ("產 (chǎn) 教融合", "产教融合"),
    ("校長(cháng)", "校长"),
    ("麼(me)們(men)個(gè)", "么们个"),
    ("皇后與公里,干部學(xué)習(xí),宋學(xué)云,特征,范圍", "皇后与公里,干部学习,宋学云,特征,范围"),
    ("乾隆年間,餘姚職業(yè)學(xué)校", "乾隆年间,余姚职业学校"),
    ("六(lù)安職業(yè)技術(shù)學(xué)院", "六(lù)安职业技术学院"),
    ("職業(yè)學(xué)校(以下簡(jiǎn)稱(chēng)職校)", "职业学校(以下简称职校)"),
    ("教(jiào)育(yù)部(bù)職(zhí)業(yè)司", "教育部职业司"),
    ("聯(lián)合體(tǐ)於(yú)今日成立", "联合体于今日成立"),
    ("後(hòu)續(xù)工作", "后续工作"),
    ("取得顯著成效,著力推進(jìn)", "取得显著成效,着力推进"),
    ("隨著產(chǎn)業(yè)發(fā)展", "随着产业发展"),
    ("成效顯著", "成效显著"),
    ("陜西省職業(yè)", "陕西省职业"),
    ("畢昇與李昇", "毕昇与李昇"),
    ("瞭解情況,瞭望塔", "了解情况,瞭望塔"),
    ("慰藉與藉此機會", "慰藉与借此机会"),
    ("域?qū)<覍W(xué)者", "域专家学者"),
    ("發(fā)展?，F(xiàn)有", "发展。现有"),
    ("已經(jīng)落實(shí)?,F(xiàn)代職業(yè)教育", "已经落实。现代职业教育"),
    ("高等學(xué)?；驀?guó)內(nèi)企業(yè)", "高等学校或国内企业"),
    ("《高等學(xué)?！笆濉笨茖W(xué)和技術(shù)發(fā)展規(guī)劃》", "《高等学校“十三五”科学和技术发展规划》"),
    ("台灣科技大學與軟體公司合作,推動產學", "台湾科技大学与软件公司合作,推动产学"),
    ("香港職業訓練局與學院簽署協議,於本港啟動", "香港职业训练局与学院签署协议,于本港启动"),
    ("產教融合,1014日晚,大會(huì )召開(kāi)", "产教融合,10月14日晚,大会召开"),
    ("产教融合,,校企合作", "产教融合,校企合作"),
    ("产教融合，，校企合作", "产教融合，校企合作"),
    ("?深化产教融合", "深化产教融合"),
    ("︵产教︶融合︒", "（产教）融合。"),
    ("产教\u200b融合\u202e", "产教融合"),
]

CLEAN = [
    "六(lù)安市与溧(lì)阳市签约",
    "为什么?产教融合",
    "真的吗?!当然",
    "函数f(x)与g(x)",
    "会议室(a)召开",
    "国家职业教育(产教融合)基地",
    "共1014日",
    "实习期180日内",
    "显著、著名、着力、沿着",
    "昇腾处理器与毕昇杯",
    "于洪区、呼和浩特、后勤、里程、干部、云岭、征求、范围",
    "综合改革,国际合作,在线视频会议",
    "澳门科技大学、太阳城小区",
    "中国国际大数据产业博览会官方网站",
]


@pytest.mark.parametrize(("damaged", "sound"), HARD)
def test_a_damaged_phrase_becomes_what_it_was(damaged: str, sound: str) -> None:
    assert repair(damaged).text == sound


@pytest.mark.parametrize("text", CLEAN)
def test_a_clean_phrase_comes_back_as_the_same_string(text: str) -> None:
    repaired = repair(text)

    assert repaired.text is text
    assert repaired.changes == ()


@pytest.mark.parametrize("story", [one.text for one in written_stories()])
def test_a_clean_story_passes_byte_for_byte(story: str) -> None:
    assert repair(story).text.encode() == story.encode()


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="产教融合职业学校企业后里干云征范的了，。、；（）“”0123456789日月年abc \n", max_size=200))
def test_simplified_text_without_doubled_marks_passes_byte_for_byte(text: str) -> None:
    assume(not re.search("[，、；。] ?[，、；。]|[0-9]{3,4}日", text))

    assert repair(text).text == text


def _hard_cases() -> list[tuple[str, str]]:
    lines = (Path(__file__).parent / "hard_cases.tsv").read_text("utf-8").splitlines()
    rows = [line.replace("\\n", "\n").replace("\\u200b", "\u200b").split("\t") for line in lines if line[:1] != "#"]
    return [(damaged, sound) for damaged, sound in rows]


@pytest.mark.parametrize(("damaged", "sound"), _hard_cases())
def test_a_short_hard_case_is_read_as_it_was(damaged: str, sound: str) -> None:
    assert repair(damaged).text == sound


def test_readings_between_the_bytes_of_characters_are_undone_but_for_bytes_that_the_page_lost() -> None:
    stories = [generated_story(seed).text for seed in range(40)]

    wrong = sum(Levenshtein.distance(s, repair(damage(s, seed=n, style="shifted")).text) for n, s in enumerate(stories))

    assert wrong <= 0.002 * sum(map(len, stories))


@pytest.mark.parametrize("style", [style for style in STYLES if style not in ("shifted", "split")])
def test_each_damage_of_generated_stories_is_undone(style: str) -> None:
    for seed in range(40):
        story = generated_story(seed).text

        assert repair(damage(story, seed=seed, style=style)).text == story


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.sampled_from(STYLES))
def test_every_span_of_the_result_lies_in_the_source_in_the_same_order(seed: int, style: str) -> None:
    source = damage(generated_story(seed).text, seed=seed, style=style)
    repaired = repair(source)
    spans = repaired.source_spans([(place, place + 1) for place in range(len(repaired.text))])

    assert all(0 <= start < end <= len(source) for start, end in spans)
    assert spans == sorted(spans)


def test_a_change_says_where_it_was_and_where_it_is() -> None:
    repaired = repair("六(lù)安的產(chǎn)業(yè)")

    readings = [change for change in repaired.changes if change.kind == "reading"]
    assert [(c.before, c.after, c.source_start, c.start) for c in readings] == [
        ("(chǎn)", "", 8, 8),
        ("(yè)", "", 15, 9),
    ]
    assert repaired.source_spans([(7, 9)]) == [(7, 15)]


def test_a_phrase_of_spam_is_taken_out_and_the_page_called_doubtful() -> None:
    repaired = repair("由天衢新区管委会、久久综合亚洲鲁鲁九月天和某公司共同牵头")

    assert repaired.text == "由天衢新区管委会和某公司共同牵头"
    assert repaired.doubtful
    assert repaired.reasons == ("name_replaced_by_spam",)


def test_the_only_school_of_the_page_takes_the_place_of_the_spam() -> None:
    repaired = repair("会议在德州职院召开，amjs澳金沙门线路首页副院长出席")

    assert repaired.text == "会议在德州职院召开，德州职业技术学院副院长出席"
    assert repaired.doubtful


def test_an_advertisement_line_is_taken_out() -> None:
    assert repair("成立大会\nAPP下载\n今天召开").text == "成立大会\n今天召开"


def test_lost_characters_make_a_page_doubtful() -> None:
    assert repair("产教\ufffd融合").reasons == ("lost_characters",)
