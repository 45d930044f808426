"""What people type leads to the term they mean, with the reason."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from chanjiao.data import tables
from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.lookup import Entry, Index, Readings, Reason


def first(index, text, system=None):
    hit = index.find(text, system)[0]
    return hit.entry.code, hit.reason


@pytest.mark.parametrize(
    ("typed", "code", "reason"),
    [
        ("2-06-03-00", "2-06-03-00", Reason.CODE),
        ("2060300", "2-06-03-00", Reason.CODE),
        ("２－０６", "2-06-03-00", Reason.CODE_PREFIX),
        ("3421", "C3421", Reason.CODE),
        ("340821", "340881", Reason.FORMER_CODE),
        ("数控技术", "460103", Reason.NAME),
        ("数控", "460103", Reason.NAME_PREFIX),
        ("切削机床", "C3421", Reason.NAME_PART),
        ("会计", "2-06-03-00", Reason.ALIAS),
        ("cnc", "6-18-01-07", Reason.ALIAS_PREFIX),
        ("skjs", "460103", Reason.INITIALS),
        ("shukongjishu", "460103", Reason.PINYIN),
        ("shu kong", "460103", Reason.PINYIN),
        ("南京 鼓楼", "320106", Reason.WORDS),
        ("北航", "4111010006", Reason.ABBREVIATION),
        ("数空技术", "460103", Reason.SOUND),
        ("安庆职业技术院校", "4134013345", Reason.TYPO),
        ("shukongjisu", "460103", Reason.TYPO),
    ],
)
def test_the_first_hit_is_what_was_meant_and_says_why(index, typed, code, reason):
    assert first(index, typed) == (code, reason)


def test_a_former_code_leads_to_the_term_in_force():
    readings = Readings({}, {})
    index = Index([Entry("region", "340881", "桐城市", former_codes=("340821",))], readings)

    hit = index.find("340821")[0]

    assert (hit.entry.code, hit.reason, hit.matched) == ("340881", Reason.FORMER_CODE, "340821")


def test_a_term_no_longer_in_force_comes_after_one_in_force(index):
    assert [hit.entry.code for hit in index.find("桐城")] == ["340881", "340821"]


@pytest.mark.parametrize(("typed", "code"), [("cs", "430100"), ("zs", "430100"), ("cq", "500000"), ("zq", "500000")])
def test_a_name_is_found_by_each_reading_of_its_characters(index, typed, code):
    assert code in [hit.entry.code for hit in index.find(typed)]


def test_the_usual_reading_comes_before_the_other(index):
    assert [hit.entry.code for hit in index.find("zs")][:2] == ["330900", "430100"]


def test_terms_of_one_name_all_come(index):
    assert {hit.entry.code for hit in index.find("鼓楼区")} == {"320106", "410204"}


def test_a_system_bounds_the_search(index):
    assert {hit.entry.system for hit in index.find("数控", "programme")} == {"programme"}


def test_an_unknown_system_is_refused(index):
    with pytest.raises(ChanjiaoError) as refused:
        index.find("数控", "colour")

    assert refused.value.code == "reference.unknown_system"


@pytest.mark.parametrize("typed", ["", "   ", "，。！", "%_*", "\n\x00"])
def test_a_query_without_content_finds_nothing(index, typed):
    assert index.find(typed) == ()


def test_the_part_that_matched_is_pointed_at(index):
    by_name = index.find("操作调整")[0]
    by_initials = index.find("jcao")
    by_pinyin = index.find("jichuang", "industry")[0]

    assert by_name.matched[by_name.start : by_name.end] == "操作调整"
    assert by_initials == ()
    assert by_pinyin.matched[by_pinyin.start : by_pinyin.end] == "机床"


def test_pinyin_matches_from_the_start_of_a_syllable_only(index):
    assert index.find("ongjishu") == ()


def test_each_entry_comes_once_and_no_more_than_asked(index):
    hits = index.find("数控", limit=2)

    assert [hit.entry.code for hit in hits] == ["460103", "660103"]


@pytest.fixture(scope="module")
def whole(readings):
    entries = [Entry("occupation", row.code, row.name, row.aliases) for row in tables.occupations()]
    entries += [Entry("region", row.code, row.name) for row in tables.regions()]
    entries += [Entry("institution", row.code, row.name) for row in tables.institutions()]
    return Index(entries, readings)


@given(st.sampled_from(tables.occupations()))
@settings(deadline=None, max_examples=80)
def test_every_occupation_is_found_first_by_its_code(whole, row):
    assert whole.find(row.code, "occupation")[0].entry.code == row.code


@given(st.sampled_from(tables.institutions()))
@settings(deadline=None, max_examples=80)
def test_every_institution_is_found_by_its_name_and_initials(whole, readings, row):
    initials = "".join(one[0] for one in readings.syllables(row.name.replace("（", "").replace("）", "")))

    assert whole.find(row.name, "institution")[0].entry.code == row.code
    found = [hit.entry.code for hit in whole.find(initials, "institution", limit=30)]
    assert row.code in found or "(" in row.name


@given(st.sampled_from(tables.institutions()), st.data())
@settings(deadline=None, max_examples=80)
def test_a_dropped_character_is_forgiven_where_what_is_left_is_no_part_of_another_name(whole, row, data):
    place = data.draw(st.integers(1, len(row.name) - 1))
    typed = row.name[:place] + row.name[place + 1 :]
    assume(not any(typed in other.name for other in tables.institutions()))

    assert row.code in [hit.entry.code for hit in whole.find(typed, "institution", limit=30)]


@given(st.text(max_size=80))
@settings(deadline=None, max_examples=200)
def test_any_text_is_answered_in_order_and_within_the_limit(whole, text):
    hits = whole.find(text, limit=5)

    assert len(hits) <= 5
    assert sorted(hits, key=lambda hit: -hit.score) == list(hits)
    assert all(0 <= hit.start <= hit.end <= len(hit.matched) for hit in hits)
