"""Students who want the same seat or none find each other, and the run keeps them together."""

from __future__ import annotations

import pytest

from chanjiao.apps.placement.actions.answer_offer import answer_offer
from chanjiao.apps.placement.actions.join_team import form_team, join_team, leave_team
from chanjiao.apps.placement.models import Placement, PlacementOffer, WishList
from chanjiao.apps.placement.rules.states import MethodName, ShortRule, plan_faults
from chanjiao.apps.placement.selectors.teams import own_team
from chanjiao.core.errors import ChanjiaoError
from tests.apps.placement.samples import City, city, plan
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def team_city(cast: Cast) -> City:
    """Two seats of two places, four students with marks 90, 80, 70, 60; the first and the last are a team."""
    made = city(cast, method=MethodName.TOGETHER)
    for title in ("数控操机实习生", "装配钳工实习生"):
        made.adds_seat(title=title)
    for mark in (90, 80, 70, 60):
        made.adds_student(mark)
    made.opens()
    for who in range(4):
        made.wishes(who, *made.seats)
    form_team(actor=made.actors[0], round_id=made.round.pk, code="ABC234", now=NOW)
    join_team(actor=made.actors[3], round_id=made.round.pk, code="ABC234", now=NOW)
    return made


def seats_of(made: City) -> list[int | None]:
    """The seat of each student by its place in the round."""
    places = {seat.pk: place for place, seat in enumerate(made.seats)}
    held = dict(Placement.objects.filter(run=made.round.runs.get()).values_list("student_id", "seat_id"))
    return [places.get(held[student.pk]) for student in made.students]


def test_a_team_gets_the_same_seat_and_stands_where_its_lowest_member_stands(cast: Cast) -> None:
    made = team_city(cast)
    made.closes()

    made.runs()

    assert seats_of(made) == [1, 0, 0, 1]
    reasons = Placement.objects.get(student=made.students[0]).reasons
    assert [one["code"] for one in reasons] == ["placed", "below_score", "as_lowest"]
    made.publishes()
    offer = PlacementOffer.objects.get(student=made.students[1])
    answer_offer(actor=made.actors[1], pk=offer.pk, accept=False, now=made.at)
    assert set(PlacementOffer.objects.filter(state="open").values_list("seat__title", "student__number")) == {
        ("数控操机实习生", "2024003"), ("装配钳工实习生", "2024001"), ("装配钳工实习生", "2024004"),
    }  # fmt: skip


def test_members_whose_lists_differ_are_placed_alone(cast: Cast) -> None:
    made = team_city(cast)
    team = own_team(made.actors[0], made.round)
    assert team is not None
    assert (team.agrees, [mate.name for mate in team.mates]) == (True, ["学生4"])
    WishList.objects.get(student=made.students[3]).wishes.filter(rank=2).delete()
    again = own_team(made.actors[0], made.round)
    assert again is not None
    assert not again.agrees
    made.closes()

    made.runs()

    assert seats_of(made) == [0, 0, 1, None]


def test_a_wrong_code_a_full_team_and_a_round_without_teams_are_refused(cast: Cast) -> None:
    made = team_city(cast)
    alone = city(cast, title="稳定轮")
    alone.adds_seat()
    alone.opens()

    for code in ("", "ZZZZZZ"):
        with pytest.raises(ChanjiaoError, match="placement.team_unknown"):
            join_team(actor=made.actors[1], round_id=made.round.pk, code=code, now=NOW)
    with pytest.raises(ChanjiaoError, match="placement.no_teams"):
        form_team(actor=made.actors[1], round_id=alone.round.pk, code="ABC234", now=NOW)
    with pytest.raises(ChanjiaoError, match="placement.too_late"):
        leave_team(actor=made.actors[3], round_id=made.round.pk, now=made.round.answers_until)
    assert WishList.objects.filter(team="ABC234").count() == 2
    leave_team(actor=made.actors[3], round_id=made.round.pk, now=NOW)
    assert WishList.objects.filter(team="ABC234").count() == 1


def test_teams_go_neither_with_reserved_places_nor_with_seats_kept_short(cast: Cast) -> None:
    told = plan(method=MethodName.TOGETHER, short_rule=ShortRule.KEEP)
    made = city(cast, method=MethodName.TOGETHER)
    made.adds_seat(reserves=(("退役军人", 1),))

    faults = [(fault.code, fault.field) for fault in plan_faults(told, NOW)]

    assert faults == [("placement.together_closes", "short_rule")]
    with pytest.raises(ChanjiaoError, match="placement.reserves_not_together"):
        made.opens()
    assert made.round.state == "draft"
