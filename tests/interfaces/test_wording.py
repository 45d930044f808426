"""Values as words, and charts as rectangles."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from chanjiao.apps.exchange.kinds import UNIT_WORDS
from chanjiao.core.words import filled, translate
from chanjiao.engines.matching.reasons import EVIDENCE_WORDS, GAP_WORDS, SHORT_WORDS
from chanjiao.interfaces.cli import allocate, allocate_verify
from chanjiao.interfaces.web import wording
from chanjiao.interfaces.web.charts import Bar, BarChart, ColumnChart, parts_of_score
from chanjiao.interfaces.web.placement import words as placement
from chanjiao.interfaces.web.wording import SINGULAR, ago, amount, browser, day, days_left, percent, short_day

TEMPLATES = Path(wording.__file__).parent / "templates"


@pytest.mark.parametrize(
    ("number", "chinese", "english"),
    [
        (0, "0", "0"),
        (1234, "1,234", "1,234"),
        (99_999, "99,999", "99,999"),
        (120_000, "12万", "120,000"),
        (125_000, "12.5万", "125,000"),
        (1_234_567, "123.5万", "1,234,567"),
        ("12.50", "12.50", "12.50"),
        (None, "", ""),
    ],
)
def test_large_numbers_are_told_by_ten_thousands_in_chinese(number: object, chinese: str, english: str) -> None:
    with translation.override("zh-hans"):
        assert amount(number) == chinese
    with translation.override("en"):
        assert amount(number) == english


def test_a_day_is_told_with_its_weekday() -> None:
    with translation.override("zh-hans"):
        assert day(date(2026, 3, 5)) == "2026年3月5日 (周四)"
    with translation.override("en"):
        assert day(date(2026, 3, 5)) == "Thu 5 March 2026"


def test_a_time_late_in_the_evening_of_utc_belongs_to_the_next_day_in_shanghai() -> None:
    assert short_day(datetime(2026, 3, 5, 17, 0, tzinfo=UTC)) == "2026-03-06"


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "tomorrow"), (5, "5 days left"), (-1, "overdue since yesterday"), (-3, "3 days overdue")],
)
def test_a_deadline_is_told_by_the_days_that_are_left(days: int, words: str) -> None:
    today = date(2026, 3, 5)

    with translation.override("en"):
        assert days_left(today + timedelta(days=days), today) == words


def test_what_is_long_ago_is_told_by_its_date() -> None:
    with translation.override("en"):
        assert ago(timezone.now() - timedelta(seconds=20)) == "just now"
        assert ago(timezone.now() - timedelta(minutes=5)) == "5 min ago"
        assert ago(datetime(2020, 1, 2, 3, 4, tzinfo=UTC)) == "2020-01-02"


def test_a_share_that_is_not_known_is_a_dash() -> None:
    assert percent(None) == "–"
    assert percent(0.634) == "63%"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Mobile MicroMessenger/8.0.4", "WeChat · iOS"),
        ("curl/8.0", "curl/8.0"),
    ],
)
def test_a_session_is_told_by_browser_and_system(agent: str, words: str) -> None:
    assert browser(agent) == words


def test_the_bars_of_a_chart_are_in_proportion_and_begin_at_zero() -> None:
    chart = BarChart("t", [Bar("a", (30, 10)), Bar("b", (10, 0))], ("x", "y"))

    first, second = chart.rows
    assert [(piece.x, piece.width) for piece in first["pieces"]] == [(0, 75), (75, 25)]  # type: ignore[attr-defined]
    assert [(piece.x, piece.width) for piece in second["pieces"]] == [(0, 25), (25, 0)]  # type: ignore[attr-defined]


def test_a_chart_of_nothing_but_zeros_can_be_drawn() -> None:
    assert BarChart("t", [Bar("a", (0,))]).rows[0]["total"] == 0
    assert ColumnChart("t", [Bar("a", (0,))]).columns[0]["total"] == 0


@pytest.mark.parametrize(("most", "top"), [(1, 1), (3, 4), (7, 8), (11, 20), (45, 50), (99, 100), (101, 200)])
def test_the_axis_ends_at_a_round_number_not_below_the_highest_column(most: int, top: int) -> None:
    assert ColumnChart("t", [Bar("a", (most,))]).top == top


def test_the_parts_of_a_score_stand_one_after_another_and_add_up() -> None:
    parts = parts_of_score([("职业", 0.2, "一致"), ("地点", 0.07), ("时间", 0.05)])

    assert [part["x"] for part in parts] == [0, 20, 27]
    assert sum(part["points"] for part in parts) == 32  # type: ignore[misc]


def test_a_sorting_head_turns_the_order_around_and_keeps_the_filters() -> None:
    context = Context({"request": RequestFactory().get("/members/?kind=post&sort=name&page=3")})

    head = Template('{% sort_header "name" "Name" %}').render(context)

    assert 'href="?kind=post&amp;sort=-name"' in head
    assert 'aria-sort="ascending"' in head


def test_a_chip_sets_its_filter_and_the_chosen_one_takes_it_away() -> None:
    context = Context(
        {"request": RequestFactory().get("/members/?kind=post&q=x"), "kinds": [("post", "P", 3), ("a", "A")]}
    )

    chips = Template('{% chips "kind" kinds %}').render(context)

    assert 'href="?kind=a&amp;q=x"' in chips or 'href="?q=x&amp;kind=a"' in chips
    assert 'href="?q=x" aria-current="true">P <span class="figure">3</span>' in chips


def test_a_filter_in_the_address_comes_out_escaped() -> None:
    context = Context({"request": RequestFactory().get("/members/", {"q": '"><script>'}), "kinds": [("a", "A")]})

    assert "<script>" not in Template('{% chips "kind" kinds %}').render(context)


def test_one_row_is_counted_in_the_singular_and_the_query_of_a_bare_address_can_follow_another_page() -> None:
    context = Context({"request": RequestFactory().get("/cooperation/")})

    with translation.override("en"):
        bar = Template('{% load i18n %}{% list_bar 1 noun=_("agreements") %}{% list_bar 2 %}').render(context)
    address = Template("/flow/{% query by='' %}").render(context)

    assert '<strong class="figure">1</strong> agreement<' in bar
    assert '<strong class="figure">2</strong> records<' in bar
    assert address == "/flow/?"


def test_every_noun_that_stands_after_a_count_has_its_singular() -> None:
    used = {
        noun
        for page in TEMPLATES.rglob("*.html")
        for noun in re.findall(r"""{% list_bar [^%]*noun=_\("([^"]+)"\)""", page.read_text("utf-8"))
    }

    assert len(used) > 30
    assert (used | set(UNIT_WORDS.values())) - set(SINGULAR) == {"found, the best first", "waiting"}


def test_marked_words_are_escaped_with_their_text() -> None:
    html = Template("{% marked text words %}").render(
        Context({"text": "<i>焊工</i> 电焊工", "words": ["焊工", "电焊工"]})
    )

    assert html == "&lt;i&gt;<mark>焊工</mark>&lt;/i&gt; <mark>电焊工</mark>"


@pytest.mark.parametrize(
    ("words", "values", "english", "chinese"),
    [
        (
            allocate.REASON_WORDS["unplaced"],
            {"choices": 1},
            "No place: the one choice had none.",
            "未安置：所填的一个志愿没有录取。",
        ),
        (
            allocate.REASON_WORDS["unplaced"],
            {"choices": 2},
            "No place: none of the 2 choices had one.",
            "未安置：所填的2个志愿都没有录取。",
        ),
        (placement.SEAT_WORDS["seat_full"], {"capacity": 1}, "The one place is taken.", "唯一的名额已录满。"),
        (placement.SEAT_WORDS["seat_full"], {"capacity": 12}, "All 12 places are taken.", "12个名额全部录满。"),
        (
            placement.WISH_WORDS["below_score"],
            {"needed": "2", "own": "1"},
            "All its places went to students with 2 points or more there; you have 1 point.",
            "这里的名额都给了 2 分及以上的同学，你在这里是 1 分。",
        ),
        (
            EVIDENCE_WORDS["replies_of_need"],
            {"need": "1", "offer": "0"},
            "the side in need answered 0 of 1 match",
            "需方收到 1 次对接，回复了 0 次",
        ),
    ],
)
def test_reasons_speak_of_one_thing_in_the_singular(
    words: str, values: dict[str, object], english: str, chinese: str
) -> None:
    assert filled(translate(words, "en"), values) == english
    assert filled(translate(words, "zh-hans"), values) == chinese


def test_no_reason_puts_a_plural_after_a_number_that_may_be_one() -> None:
    reasons = [
        placement.PLACE_WORDS, placement.WISH_WORDS, placement.SEAT_WORDS, placement.POINT_SENTENCES,
        allocate.REASON_WORDS, allocate_verify.FAULT_WORDS, EVIDENCE_WORDS, GAP_WORDS, SHORT_WORDS,
    ]  # fmt: skip
    nouns = "choices|groups|matches|minutes|pairs|places|points|seats|students|wishes"

    plural = [words for table in reasons for words in table.values() if re.search(rf"\{{\w+\}} ({nouns})\b", words)]

    assert plural == []
