"""Who sees which needs and offers, and how much of them."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.places import posting_places
from chanjiao.apps.exchange.selectors import (
    Filters,
    awaiting_review,
    content,
    figures,
    history,
    kind_counts,
    listing,
    open_listings,
    own_listings,
)
from chanjiao.core.errors import ChanjiaoError
from tests.apps.exchange.samples import SECRET, SECRET_PHONE, need, offer
from tests.cast import Cast

INSIDERS = {"teacher", "dean", "secretary", "administrator"}


def test_everybody_sees_the_public_part_of_an_open_offer_and_only_insiders_the_rest(cast: Cast) -> None:
    posted = offer(cast)

    seen = {name: listing(actor, Side.OFFER, posted.pk) for name, actor in cast.people.items()}

    assert {name for name, view in seen.items() if view.confidential is not None} == INSIDERS
    for name, view in seen.items():
        shown = str(asdict(view))
        assert "焊接专业实习生" in shown
        assert (SECRET in shown) is (name in INSIDERS)
        assert (SECRET_PHONE in shown) is (name in INSIDERS)
        assert ("陶老师" in shown) is (name in INSIDERS)


def test_a_draft_is_not_there_for_others(cast: Cast) -> None:
    posted = offer(cast, actor=cast.dean, submit=False)

    for name in set(cast.people) - INSIDERS:
        with pytest.raises(ChanjiaoError) as refusal:
            listing(cast.people[name], Side.OFFER, posted.pk)
        assert refusal.value.code == "record.not_found"
    assert listing(cast.teacher, Side.OFFER, posted.pk).row.state == "draft"


def test_lists_hold_nothing_confidential(cast: Cast) -> None:
    offer(cast)

    lines = list(open_listings(cast.dean, Side.OFFER)) + list(own_listings(cast.dean, Side.OFFER))

    assert len(lines) == 2
    assert SECRET not in str(lines)
    assert SECRET_PHONE not in str(lines)


def test_the_board_shows_open_ones_only_and_matched_ones_where_asked(cast: Cast) -> None:
    need(cast, title="一")
    need(cast, title="二", actor=cast.personnel_officer)

    assert [row.title for row in open_listings(cast.nobody, Side.NEED)] == ["一"]
    assert [row.title for row in open_listings(cast.nobody, Side.NEED, Filters(state="submitted"))] == ["一"]
    assert [row.title for row in open_listings(cast.nobody, Side.NEED, Filters(state="matched"))] == []


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        (Filters(kind="post"), ["钳工", "焊工"]),
        (Filters(kind="product"), []),
        (Filters(text="焊"), ["焊工"]),
        (Filters(text="\x00焊", kind="post\x00"), ["焊工"]),
        (Filters(text="恒锐 钳"), ["钳工"]),
        (Filters(text="N-2026-0001"), ["焊工"]),
        (Filters(occupation="6-18-02"), ["焊工"]),
        (Filters(region="340000"), ["焊工"]),
        (Filters(region="340800"), ["焊工"]),
        (Filters(region="320000"), ["钳工"]),
        (Filters(industry="C34"), ["焊工"]),
        (Filters(sort="title"), ["焊工", "钳工"]),
        (Filters(sort="-title"), ["钳工", "焊工"]),
        (Filters(sort="-quantity"), ["焊工", "钳工"]),
        (Filters(sort="nonsense"), ["钳工", "焊工"]),
    ],
)
def test_filters_narrow_and_order_the_board(cast: Cast, filters: Filters, titles: list[str]) -> None:
    need(cast, title="焊工", industry_code="C3484")
    need(cast, title="钳工", summary="装配", region_code="320100", occupation_code="6-20-01-01", quantity=2)

    assert [row.title for row in open_listings(cast.nobody, Side.NEED, filters)] == titles


def test_filters_take_organisation_and_zone(cast: Cast) -> None:
    need(cast)
    zone = cast.consortium.zone_id

    assert len(open_listings(cast.nobody, Side.NEED, Filters(organisation=cast.enterprise.pk))) == 1
    assert len(open_listings(cast.nobody, Side.NEED, Filters(organisation=cast.college.pk))) == 0
    assert len(open_listings(cast.nobody, Side.NEED, Filters(zone=zone))) == 1
    assert len(open_listings(cast.nobody, Side.NEED, Filters(zone=cast.college.pk))) == 0


def test_own_listings_are_the_organisations_in_every_state(cast: Cast) -> None:
    offer(cast)
    offer(cast, actor=cast.dean, submit=False)

    states = {name: sorted(row.state for row in own_listings(actor, Side.OFFER)) for name, actor in cast.people.items()}

    assert {name: found for name, found in states.items() if found} == {
        "teacher": ["draft", "open"],
        "dean": ["draft", "open"],
    }


def test_the_secretariat_sees_what_awaits_review(cast: Cast) -> None:
    offer(cast, actor=cast.dean)
    offer(cast)

    waiting = {name: len(awaiting_review(actor, Side.OFFER)) for name, actor in cast.people.items()}

    assert {name for name, count in waiting.items() if count} == {"secretary", "administrator"}


def test_figures_count_what_the_actor_may_see(cast: Cast) -> None:
    offer(cast)
    offer(cast, actor=cast.dean)

    public = [(one.side, one.kind, one.state, one.count) for one in figures(cast.nobody)]
    inside = [(one.side, one.kind, one.state, one.count) for one in figures(cast.secretary)]

    assert public == [("offer", "post", "open", 1)]
    assert inside == [("offer", "post", "open", 1), ("offer", "post", "submitted", 1)]
    assert kind_counts(cast.nobody, Side.OFFER)["post"] == 1
    assert kind_counts(cast.nobody, Side.OFFER)["product"] == 0


def test_history_is_for_insiders(cast: Cast) -> None:
    posted = offer(cast)

    assert [step.action for step in history(cast.dean, Side.OFFER, posted.pk)] == ["post_listing"]
    assert history(cast.stranger, Side.OFFER, posted.pk) == ()


def test_content_to_edit_is_given_to_those_who_may_edit(cast: Cast) -> None:
    posted = offer(cast)

    assert content(cast.dean, Side.OFFER, posted.pk)[1].detail == SECRET
    with pytest.raises(ChanjiaoError) as refusal:
        content(cast.teacher, Side.OFFER, posted.pk)
    assert refusal.value.code == "action.denied"


def test_places_to_post_follow_from_membership(cast: Cast) -> None:
    places = {name: [place.organisation for place in posting_places(actor)] for name, actor in cast.people.items()}

    assert places["dean"] == ["青浦川职业技术学院"]
    assert places["stranger"] == places["teacher"] == places["nobody"] == places["student"] == []
    assert set(places["secretary"]) == {
        "青浦川职业技术学院",
        "青浦川恒锐机械有限公司",
        "青浦川市人力资源和社会保障局",
    }
