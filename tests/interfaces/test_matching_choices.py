"""Pages of what may be chosen about matching and asked of it."""

from __future__ import annotations

import pytest
from django.test import Client

from chanjiao.apps.matching.actions.run_matching import run_matching
from chanjiao.apps.matching.models import Match, MatchingPreference, WeightSet
from chanjiao.core import clock
from chanjiao.core.permissions import SYSTEM, Actor
from tests.apps.exchange.samples import need, offer
from tests.cast import NOW, Cast
from tests.interfaces.test_exchange_pages import TERM
from tests.interfaces.test_members_pages import client_of


def in_chinese(actor: Actor) -> Client:
    client = client_of(actor)
    client.cookies["django_language"] = "zh-hans"
    return client


@pytest.fixture
def dean(cast: Cast) -> Client:
    return in_chinese(cast.dean)


def test_the_neutral_order_is_chosen_on_a_page_and_shown_without_points(cast: Cast, dean: Client) -> None:
    need(cast, **TERM)
    offer(cast, **TERM)
    run_matching(actor=SYSTEM, now=clock.now())

    answer = dean.post("/matches/choice/", {"is_ranked": "0"}, follow=True)
    listed = dean.get("/matches/").content.decode()

    assert "已保存" in answer.content.decode()
    assert "中立顺序" in listed
    assert 'class="score"' not in listed
    assert 'class="score"' in in_chinese(cast.personnel_officer).get("/matches/").content.decode()


def test_an_organisation_refuses_automated_matching_on_a_page(cast: Cast, dean: Client) -> None:
    need(cast, **TERM)
    offer(cast, **TERM)
    run_matching(actor=SYSTEM, now=clock.now())

    dean.post("/matches/choice/organisation/", {"is_ranked": "1", "takes_part": "0"})

    assert Match.objects.get().state == "withdrawn"


@pytest.mark.parametrize("body", [{}, {"is_ranked": "2"}, {"is_ranked": "😀" * 1000}])
def test_a_choice_that_is_none_is_told_at_its_field_and_nothing_is_stored(dean: Client, body: dict[str, str]) -> None:
    answers = [dean.post(f"/matches/choice/{path}", body) for path in ("", "organisation/")]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert not MatchingPreference.objects.exists()


def test_why_is_answered_with_reasons_and_with_the_broken_condition(cast: Cast, dean: Client) -> None:
    asked, given = need(cast, **TERM), offer(cast, **TERM)
    wrong = need(cast, title="焊接工程师", education_level="bachelor", **TERM)

    fits = dean.get("/matches/why/", {"need": asked.number, "offer": given.number}).content.decode()
    clashes = dean.get("/matches/why/", {"need": wrong.number, "offer": given.number}).content.decode()

    assert "契合，下次匹配时推荐" in fits
    assert "要求本科，供方仅为高职专科" in clashes


@pytest.mark.parametrize("numbers", [("", ""), ("N-1", "O-1"), ("x" * 50, "1"), ("1' OR 1=1", "😀")])
def test_a_pair_that_cannot_be_told_is_answered_in_a_sentence(
    cast: Cast, dean: Client, numbers: tuple[str, str]
) -> None:
    answer = dean.get("/matches/why/", dict(zip(("need", "offer"), numbers, strict=True)))

    assert answer.status_code in (200, 404)
    assert "无法回答" in answer.content.decode()


def test_weights_are_reported_and_taken_back_on_their_pages(cast: Cast) -> None:
    secretary = in_chinese(cast.secretary)
    move = {"factor": "place", "before": 0.07, "after": 0.112, "sureness": 7.2, "blamed": 31}
    WeightSet.objects.create(
        kind="post", version=1, shares={"title": 0.5, "place": 0.5}, origin="learned", made_at=NOW, moves=[move],
        accepted=150, declined=120, unanswered=80,
    )  # fmt: skip

    report = secretary.get("/matches/weights/post/").content.decode()
    secretary.post("/matches/weights/post/restore/", {"version": "0"})

    assert "7.0 → 11.2，很有把握（7.2 个标准误）；谢绝时被指 31 次" in report
    assert WeightSet.objects.order_by("-version").first().restored_version == 0  # type: ignore[union-attr]


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999", "7"])
def test_a_version_that_does_not_exist_is_not_found(cast: Cast, version: str) -> None:
    answer = in_chinese(cast.secretary).post("/matches/weights/post/restore/", {"version": version})

    assert (answer.status_code, WeightSet.objects.count()) == (404, 0)


def test_learning_without_replies_says_that_nothing_moved(cast: Cast) -> None:
    answer = in_chinese(cast.secretary).post("/matches/weights/learn/", follow=True)

    assert "权重未动" in answer.content.decode()
    assert not WeightSet.objects.exists()
