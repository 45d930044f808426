"""The pages of matches: reasons that add up, answers, and nothing of the other side before both agree."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from chanjiao.apps.exchange.models import Need
from chanjiao.apps.matching.actions.run_matching import run_matching
from chanjiao.apps.matching.models import Match
from chanjiao.core import clock
from chanjiao.core.permissions import SYSTEM
from chanjiao.engines.matching import Evidence, Factor
from chanjiao.interfaces.web.matching.words import Teller, whole_points
from tests.apps.exchange.samples import need, offer
from tests.cast import Cast
from tests.interfaces.test_exchange_pages import SCRIPT, TERM, logged_in, page

NEED_SECRET = "需方的机密要求"
OFFER_SECRET = "供方的机密说明"


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.cookies["django_language"] = "en"


@pytest.fixture
def proposed(cast: Cast) -> Match:
    need(cast, detail=NEED_SECRET, contact_phone="13800000001", **TERM)
    offer(cast, detail=OFFER_SECRET, contact_phone="13800000002", **TERM)
    run_matching(actor=SYSTEM, now=clock.now())
    return Match.objects.get()


def test_each_side_reads_its_own_particulars_only_until_both_accept(
    client: Client, cast: Cast, proposed: Match
) -> None:
    logged_in(client, cast.dean)
    before = page(client, f"/matches/{proposed.pk}/") + page(client, "/matches/")
    client.post(f"/matches/{proposed.pk}/accept/")
    one_side = page(client, f"/matches/{proposed.pk}/")
    logged_in(client, cast.personnel_officer)
    client.post(f"/matches/{proposed.pk}/accept/")
    logged_in(client, cast.dean)
    both = page(client, f"/matches/{proposed.pk}/")

    for shown in (before, one_side):
        assert OFFER_SECRET in shown
        assert NEED_SECRET not in shown
        assert "13800000001" not in shown
    assert NEED_SECRET in both
    assert "13800000001" in both
    assert Need.objects.get().state == "matched"


def test_the_points_of_the_factors_add_up_to_the_score(client: Client, cast: Cast, proposed: Match) -> None:
    logged_in(client, cast.dean)

    shown = page(client, f"/matches/{proposed.pk}/")

    points = [int(number) for number in re.findall(r'<progress class="meter" max="\d+" value="(\d+)"', shown)]
    assert sum(points) == round(100 * proposed.score)
    assert len(points) == len(proposed.reasons)


def test_points_are_whole_and_lose_nothing() -> None:
    assert whole_points([0.256, 0.253, 0.153], 0.662) == [26, 25, 15]
    assert whole_points([], 0.0) == []
    assert whole_points([0.004] * 3, 0.012) == [1, 0, 0]


def test_reasons_are_sentences_in_the_readers_language(cast: Cast, proposed: Match) -> None:
    from chanjiao.apps.matching.selectors import match

    view = match(cast.dean, proposed.pk)
    told = Teller(lambda words: words, view.row.kind, {"340800": "安庆市"}).reasons(view.row.factors, view.row.score)

    sentences = {reason.code: reason.sentences for reason in told}
    assert sentences["place"] == ("both in 安庆市",)
    assert sentences["level"] == ("both: Associate (higher vocational)",)
    assert sentences["quantity"] == ("12 needed, 30 available",)


def test_a_match_is_declined_with_a_reason(client: Client, cast: Cast, proposed: Match) -> None:
    logged_in(client, cast.personnel_officer)

    without = client.post(f"/matches/{proposed.pk}/decline/", {"note": "x"})
    client.post(f"/matches/{proposed.pk}/decline/", {"reason": "pay", "note": SCRIPT})

    shown = page(client, f"/matches/{proposed.pk}/")
    assert without.status_code == 422
    assert Match.objects.get().decline_reason == "pay"
    assert SCRIPT not in shown
    assert "&lt;script&gt;" in shown


def test_an_answer_sent_twice_is_told_and_counts_once(client: Client, cast: Cast, proposed: Match) -> None:
    logged_in(client, cast.dean)

    client.post(f"/matches/{proposed.pk}/accept/")
    again = client.post(f"/matches/{proposed.pk}/accept/", follow=True)

    assert "answered already" in again.content.decode()
    assert Match.objects.get().version == 2


def test_a_foreign_match_is_not_found(client: Client, cast: Cast, proposed: Match) -> None:
    logged_in(client, cast.stranger)

    assert proposed.need.title not in page(client, f"/matches/{proposed.pk}/", 404)
    assert client.post(f"/matches/{proposed.pk}/accept/").status_code == 404
    assert proposed.need.title not in page(client, "/matches/")


def test_the_list_says_what_waits_and_exports_it(client: Client, cast: Cast, proposed: Match) -> None:
    logged_in(client, cast.dean)

    shown = page(client, "/matches/?waiting=1")
    file = b"".join(client.get("/matches/?format=csv").streaming_content).decode()  # type: ignore[attr-defined]

    assert "Waiting for our answer" in shown
    assert proposed.need.title in shown
    assert proposed.need.title in file
    assert NEED_SECRET not in file


def test_the_points_are_headed_as_sorted_only_where_they_sort_the_list(
    client: Client, cast: Cast, proposed: Match
) -> None:
    logged_in(client, cast.dean)

    waiting_first = page(client, "/matches/")
    all_wait = page(client, "/matches/?waiting=1")
    asked = page(client, "/matches/?sort=-score")

    assert "aria-sort" not in waiting_first
    assert "What waits for our answer comes first, the rest by points." in waiting_first
    assert not any("comes first" in shown for shown in (all_wait, asked))
    assert 'aria-sort="descending"' in all_wait
    assert 'aria-sort="descending"' in asked


def test_sums_in_units_of_ten_thousand_are_told_in_yuan_in_english() -> None:
    paid = Factor("money", 0.06, 0.06, 1.0, (Evidence("money", "45", "30.5", 1.0),))

    english = Teller(str, "technical_problem", {}).brief([paid])
    with translation.override("zh-hans"):
        chinese = Teller(gettext, "technical_problem", {}).brief([paid])

    assert english == ["Pay or price fits: up to 450,000 yuan is paid, 305,000 yuan is asked"]
    assert "45 万元" in chinese[0]


def test_the_list_costs_the_same_queries_for_many_rows(
    client: Client, cast: Cast, proposed: Match, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        need(cast, title=f"焊工 {number} 班", **TERM)
    run_matching(actor=SYSTEM, now=clock.now())
    logged_in(client, cast.dean)
    client.get("/matches/")
    assert Match.objects.count() == 6

    with django_assert_num_queries(11):
        client.get("/matches/")
