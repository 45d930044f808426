"""Official lists: what is open, public parts only, by number and day, with what changed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from chanjiao.apps.exchange.actions.publish_list import publish_list
from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.list_selectors import edition, editions, latest
from chanjiao.apps.exchange.models import ListEdition, Need
from chanjiao.apps.exchange.official_lists import FOUR, LISTS, THREE, ListCode
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import Event
from chanjiao.core.permissions import NOBODY, SYSTEM
from tests.apps.exchange.samples import need, offer
from tests.cast import NOW, Cast


def published(cast: Cast, code: ListCode = ListCode.TALENT_NEEDS, *, days: int = 0) -> ListEdition:
    return publish_list(
        actor=cast.secretary, code=code, consortium_id=cast.consortium.pk, now=NOW + timedelta(days=days)
    )


def test_a_list_holds_what_is_open_with_its_public_part_for_everybody(cast: Cast) -> None:
    first = need(cast)
    need(cast, title="草稿", submit=False)

    made = published(cast)

    stored = edition(NOBODY, made.pk)
    assert [row["number"] for row in stored.rows] == [first.number]
    assert set(stored.rows[0]) == {"side", "listing", *LISTS[ListCode.TALENT_NEEDS].columns}
    confidential = [text for text in (first.detail, first.contact_phone, first.contact_name) if text]
    assert confidential
    assert not any(text in json.dumps(stored.rows, ensure_ascii=False) for text in confidential)


def test_the_next_edition_says_what_changed_and_leaves_the_one_before_as_it_was(cast: Cast) -> None:
    stays, changes, goes = (need(cast, title=title) for title in ("甲", "乙", "丙"))
    first = published(cast)
    Need.objects.filter(pk=changes.pk).update(quantity=3)
    Need.objects.filter(pk=goes.pk).update(state="closed", close_reason="fulfilled")
    new = need(cast, title="丁")

    second = published(cast, days=1)

    assert (second.number, second.added, second.changed, second.removed) == (
        2, [new.number], [changes.number], [goes.number],
    )  # fmt: skip
    first.refresh_from_db()
    assert {row["number"] for row in first.rows} == {stays.number, changes.number, goes.number}


def test_the_same_list_twice_on_one_day_is_one_edition(cast: Cast) -> None:
    need(cast)

    assert published(cast) == published(cast)
    assert published(cast, days=1).number == 2


def test_a_list_of_nothing_is_not_begun(cast: Cast) -> None:
    with pytest.raises(ChanjiaoError, match=r"list\.empty"):
        published(cast)

    assert not ListEdition.objects.exists()


@pytest.mark.parametrize("person", ["dean", "stranger", "bureau_officer", "nobody"])
def test_only_the_secretariat_publishes(cast: Cast, person: str) -> None:
    need(cast)

    with pytest.raises(ChanjiaoError, match=r"action\.denied"):
        publish_list(actor=cast.people[person], code=ListCode.NEEDS, consortium_id=cast.consortium.pk, now=NOW)

    assert not ListEdition.objects.exists()


def test_a_groups_list_takes_in_its_consortia_and_leaves_a_public_event(cast: Cast) -> None:
    need(cast)
    offer(cast)

    publish_list(actor=SYSTEM, code=ListCode.TALENTS, consortium_id=cast.group.pk, now=NOW)

    assert latest(NOBODY, cast.group.pk)[ListCode.TALENTS].row_count == 1
    told = Event.objects.get(name="list.published")
    assert (told.amount, told.note) == (1, "Talents")
    assert editions(NOBODY).count() == 1


def test_three_lists_and_four_hold_every_kind_that_they_name() -> None:
    assert len(THREE) == 3
    assert {(Side.NEED, kind) for kind in Kind} == set(LISTS[ListCode.NEEDS].holds)
    assert {pair for code in FOUR for pair in LISTS[code].holds if pair[0] is Side.OFFER} | {
        (Side.OFFER, Kind.PRODUCT)
    } == {(Side.OFFER, kind) for kind in Kind}
