"""A round from its plan to its published result: who moves it on, what is refused, what is stored."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from chanjiao.apps.placement.actions.add_seat import add_seat, edit_seat, remove_seat
from chanjiao.apps.placement.actions.close_stage import close_round, close_wishes
from chanjiao.apps.placement.actions.open_second_round import open_second_round
from chanjiao.apps.placement.actions.open_wishes import open_wishes
from chanjiao.apps.placement.actions.plan_round import edit_round, plan_round
from chanjiao.apps.placement.actions.publish_results import publish_results
from chanjiao.apps.placement.actions.run_allocation import ask_for_run, run_allocation
from chanjiao.apps.placement.actions.set_internship_rule import set_internship_rule
from chanjiao.apps.placement.models import (
    Placement,
    PlacementOffer,
    PlacementRound,
    PlacementRun,
    RunKind,
    SeatGroup,
    SeatResult,
    WaitingPlace,
)
from chanjiao.apps.placement.rules.points import PointRule
from chanjiao.apps.placement.selectors.rounds import agreements_for_seats, seats_of_agreement
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.jobs import run_next
from chanjiao.core.models import Event, Job
from chanjiao.engines.allocation import Outcome, Problem, commitment_of
from tests.apps.cooperation.samples import drafted, in_force
from tests.apps.placement.samples import SEAT, SEED, city, contested, plan, published
from tests.cast import NOW, Cast


def test_a_secretariat_plans_a_round_with_the_rules_at_their_defaults(cast: Cast) -> None:
    made = city(cast)

    assert made.round.state == "draft"
    assert [(rule.code, int(rule.bound), rule.severity) for rule in made.round.internship_rules.all()] == [
        ("staff_share", 10, "block"), ("post_share", 20, "warn"), ("pay_share", 80, "block"), ("age", 16, "block"),
        ("insurance", 1, "block"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("who", "code"),
    [(who, "record.not_found") for who in ("nobody", "stranger", "student", "teacher")]
    + [(who, "action.denied") for who in ("dean", "personnel_officer")],
)
def test_nobody_else_plans_a_round_and_only_members_know_of_a_draft(cast: Cast, who: str, code: str) -> None:
    made = city(cast)
    actor = cast.people[who]

    with pytest.raises(ChanjiaoError, match="action.denied"):
        plan_round(actor=actor, consortium_id=cast.consortium.pk, plan=plan(), now=NOW)
    with pytest.raises(ChanjiaoError, match=code):
        edit_round(actor=actor, pk=made.round.pk, version=1, plan=plan(title="别的"), now=NOW)

    assert PlacementRound.objects.get().title == "2027届岗位实习第一轮"


def test_every_wrong_field_of_a_plan_is_told_at_once(cast: Cast) -> None:
    wrong = plan(title=" ", ends_on=NOW.date(), wishes_until=NOW, most_choices=0, answers_until=NOW)

    with pytest.raises(Rejected) as refused:
        plan_round(actor=cast.secretary, consortium_id=cast.consortium.pk, plan=wrong, now=NOW)

    assert [(one.field, one.code) for one in refused.value.errors] == [
        ("title", "input.missing"),
        ("ends_on", "placement.days_reversed"),
        ("wishes_until", "placement.deadline_past"),
        ("answers_until", "placement.deadline_too_early"),
        ("most_choices", "placement.out_of_bounds"),
    ]
    assert not PlacementRound.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"capacity": 0}, "capacity", "placement.out_of_bounds"),
        ({"capacity": -3}, "capacity", "placement.out_of_bounds"),
        ({"capacity": 10_000_000_000}, "capacity", "placement.out_of_bounds"),
        ({"capacity": 2, "minimum": 3}, "minimum", "placement.minimum_above_capacity"),
        ({"title": ""}, "title", "input.missing"),
        ({"levels": ("doctor",)}, "levels", "listing.bad_choice"),
        ({"programme_codes": ("数控",)}, "programme_codes", "placement.bad_programme"),
        ({"reserves": (("退役士兵", 2), ("退役士兵", 1))}, "reserves", "placement.reserve_twice"),
        ({"reserves": (("退役士兵", 5),)}, "reserves", "placement.reserve_above_capacity"),
        ({"point_rules": (PointRule("horoscope", 5),)}, "point_rules", "option.unknown"),
        ({"point_rules": (PointRule("near", 5, "远"),)}, "point_rules", "listing.not_a_number"),
        ({"point_rules": (PointRule("mark", 5),) * 11}, "point_rules", "placement.too_many_rules"),
    ],
)
def test_a_seat_with_impossible_figures_is_refused_at_the_field(
    cast: Cast, changes: dict[str, object], field: str, code: str
) -> None:
    made = city(cast)

    with pytest.raises(Rejected) as refused:
        made.adds_seat(**changes)

    assert (refused.value.errors[0].field, refused.value.errors[0].code) == (field, code)
    assert not SeatGroup.objects.exists()


def test_a_firm_enters_its_own_seats_and_no_other_firm_touches_them(cast: Cast) -> None:
    made = city(cast)
    told = {"round_id": made.round.pk, "organisation_id": cast.enterprise.pk, "now": NOW}
    seat = add_seat(actor=cast.personnel_officer, plan=SEAT, **told)

    with pytest.raises(ChanjiaoError, match="action.denied"):
        add_seat(actor=cast.stranger, plan=SEAT, **told)
    with pytest.raises(ChanjiaoError, match="record.not_found"):
        remove_seat(actor=cast.stranger, pk=seat.pk, now=NOW)
    edit_seat(actor=cast.personnel_officer, pk=seat.pk, version=1, plan=replace(SEAT, capacity=3), now=NOW)

    assert SeatGroup.objects.get().capacity == 3


def test_a_seat_comes_from_an_agreement_in_force_and_stands_with_it(cast: Cast) -> None:
    agreed, waits = in_force(cast), drafted(cast)
    made = city(cast)
    told = {"actor": cast.secretary, "round_id": made.round.pk, "organisation_id": cast.enterprise.pk, "plan": SEAT}

    offered = [row.id for row in agreements_for_seats(cast.secretary, made.round)]
    with pytest.raises(ChanjiaoError, match="placement.source_unfit"):
        add_seat(agreement_id=waits.pk, now=made.at, **told)
    seat = add_seat(agreement_id=agreed.pk, now=made.at, **told)

    assert offered == [agreed.pk]
    assert agreements_for_seats(cast.secretary, made.round) == []
    assert [(one.pk, one.agreement_id) for one in seats_of_agreement(cast.dean, agreed.pk)] == [(seat.pk, agreed.pk)]
    assert not seats_of_agreement(cast.stranger, agreed.pk)


def test_wishes_open_only_when_no_seat_breaks_a_rule_that_blocks(cast: Cast) -> None:
    made = city(cast)
    with pytest.raises(ChanjiaoError, match="placement.no_seats"):
        made.opens()
    made.adds_seat(pay=3000)  # 71 % of the wage of the post
    made.adds_seat(insured=False)

    with pytest.raises(ChanjiaoError, match="placement.seats_blocked") as refused:
        made.opens()

    assert refused.value.params == {"count": 2}
    assert PlacementRound.objects.get().state == "draft"


def test_a_rule_is_data_a_secretariat_may_loosen_it_with_its_source(cast: Cast) -> None:
    made = city(cast)
    made.adds_seat(pay=3000)
    told = {"actor": cast.secretary, "round_id": made.round.pk, "code": "pay_share", "severity": "block", "now": NOW}

    with pytest.raises(ChanjiaoError, match="placement.rule_without_source"):
        set_internship_rule(bound=Decimal(70), source=" ", **told)
    with pytest.raises(ChanjiaoError, match="placement.out_of_bounds"):
        set_internship_rule(bound=Decimal("NaN"), source="市级办法", **told)
    set_internship_rule(bound=Decimal(70), source="市级办法", **told)
    made.opens()

    assert made.round.state == "wishes"


def test_the_lottery_is_committed_to_before_anybody_wishes_and_revealed_with_the_result(cast: Cast) -> None:
    made = contested(cast)
    sealed = made.round.lottery

    assert (sealed.digest, sealed.revealed_at, sealed.committed_at) == (commitment_of(SEED), None, NOW)
    made.publishes()
    sealed.refresh_from_db()
    assert sealed.revealed_at == made.at
    assert commitment_of(int(sealed.seed)) == sealed.digest


def test_wishes_do_not_close_before_their_deadline(cast: Cast) -> None:
    made = city(cast)
    made.adds_seat()
    made.opens()
    told = {"actor": cast.secretary, "pk": made.round.pk, "version": made.round.version}

    with pytest.raises(ChanjiaoError, match="placement.too_early"):
        close_wishes(now=made.round.wishes_until - timedelta(seconds=1), **told)

    made.round.refresh_from_db()
    assert made.round.state == "wishes"


def test_of_two_who_open_a_round_the_second_is_told(cast: Cast) -> None:
    made = city(cast)
    made.adds_seat()
    made.opens()

    with pytest.raises(ChanjiaoError, match="state.refused"):
        open_wishes(actor=cast.secretary, pk=made.round.pk, version=1, seed=1, now=NOW)

    assert made.round.lottery.digest == commitment_of(SEED)


def test_a_final_run_stores_places_reasons_and_the_line(cast: Cast) -> None:
    made = contested(cast)

    run = PlacementRun.objects.get()
    wanted, other = made.seats
    first, second, third = (one.pk for one in made.students)
    assert (run.kind, run.seed, run.placed_count, run.students_count) == ("final", str(SEED), 2, 3)
    assert set(Placement.objects.values_list("student", "seat", "rank")) == {
        (first, wanted.pk, 1), (second, other.pk, 2), (third, None, None),
    }  # fmt: skip
    told = Placement.objects.get(student=second).reasons
    assert [one["code"] for one in told] == ["placed", "below_score", "next_in_line"]
    assert told[1]["params"]["needed"] == "90"
    assert set(WaitingPlace.objects.values_list("seat", "student", "place")) == {
        (wanted.pk, second, 1), (wanted.pk, third, 2), (other.pk, third, 1),
    }  # fmt: skip
    found = SeatResult.objects.order_by("seat")
    assert [(one.placed, one.listed, one.helps) for one in found] == [(1, 3, 2), (1, 3, 1)]
    assert PlacementRound.objects.get().state == "decided"


def test_whoever_has_no_place_is_told_only_of_free_seats_that_were_open_to_them(cast: Cast) -> None:
    made = city(cast)
    wanted, _other, free = made.adds_seat(capacity=1), made.adds_seat(programme_codes=("4702",)), made.adds_seat()
    for mark in (90, 70):
        made.adds_student(mark)
    made.opens()
    for who in (0, 1):
        made.wishes(who, wanted)
    made.closes()

    made.runs()

    told = Placement.objects.get(student=made.students[1]).reasons
    longer = [one["params"]["seats"] for one in told if one["code"] == "longer_list"]
    assert longer == [free.name_in_files]


def test_a_trial_run_shows_nothing_of_the_sealed_seed_and_leaves_the_round_where_it_is(cast: Cast) -> None:
    made = city(cast)
    seat = made.adds_seat()
    made.adds_student()
    made.opens()
    made.wishes(0, seat)
    made.closes()

    runs = [made.runs(RunKind.DRAFT), made.runs(RunKind.DRAFT)]

    made.round.refresh_from_db()
    assert [run.seed for run in runs] == ["1", "2"]
    assert made.round.state == "allocation"
    assert not WaitingPlace.objects.exists()


def test_a_run_that_fails_its_verifier_stores_nothing_and_says_so(cast: Cast) -> None:
    made = city(cast)
    seat = made.adds_seat(capacity=1)
    made.adds_student(90)
    made.adds_student(70)
    made.opens()
    made.wishes(0, seat)
    made.wishes(1, seat)
    made.closes()

    def unfair(problem: Problem) -> Outcome:
        """Places whoever has fewer points, so that the other and the seat block."""
        worse = int(problem.score.argmin())  # type: ignore[union-attr]
        chosen = np.array([0 if s == worse else -1 for s in range(problem.students)], np.int32)
        return Outcome("stable", chosen, chosen)

    with pytest.raises(ChanjiaoError, match="allocation.not_verified") as refused:
        run_allocation(actor=cast.secretary, round_id=made.round.pk, kind=RunKind.FINAL, now=made.at, solver=unfair)

    assert refused.value.params == {"faults": "blocking"}
    made.round.refresh_from_db()
    assert (made.round.state, PlacementRun.objects.count(), Placement.objects.count()) == ("allocation", 0, 0)


def test_a_broken_engine_shows_as_a_failed_job_and_nothing_is_stored(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = contested(cast)
    PlacementRun.objects.all().delete()
    PlacementRound.objects.update(state="allocation")
    nowhere = np.full(3, -1, np.int32)
    broken = "chanjiao.apps.placement.solving.deferred_acceptance"
    monkeypatch.setattr(broken, lambda problem, short: Outcome("stable", nowhere, nowhere))

    ask_for_run(actor=cast.secretary, round_id=made.round.pk, kind=RunKind.FINAL, now=made.at)
    run_next()

    job = Job.objects.get()
    assert (job.state, PlacementRun.objects.count()) == ("failed", 0)
    assert "blocking" in job.outcome


def test_a_run_is_a_job_with_progress_asked_for_once(cast: Cast) -> None:
    made = contested(cast)
    PlacementRun.objects.all().delete()
    PlacementRound.objects.update(state="allocation")
    told = {"actor": cast.secretary, "round_id": made.round.pk, "kind": RunKind.FINAL, "now": made.at}

    assert ask_for_run(**told).pk == ask_for_run(**told).pk
    run_next()

    job = Job.objects.get()
    assert (job.state, job.done_count, job.total_count, job.outcome) == ("done", 6, 6, "2/3")
    assert PlacementRun.objects.get().ran_by == "许文清"


@pytest.mark.parametrize("who", ["dean", "personnel_officer", "student", "stranger"])
def test_nobody_but_the_secretariat_runs_or_publishes(cast: Cast, who: str) -> None:
    made = contested(cast)
    actor = cast.people[who]

    with pytest.raises(ChanjiaoError, match="action.denied"):
        ask_for_run(actor=actor, round_id=made.round.pk, kind=RunKind.DRAFT, now=made.at)
    with pytest.raises(ChanjiaoError, match="action.denied"):
        publish_results(actor=actor, pk=made.round.pk, version=made.round.version, now=made.at)

    assert not PlacementOffer.objects.exists()


def test_an_empty_round_is_refused_in_words(cast: Cast) -> None:
    made = city(cast)
    made.adds_seat()
    made.adds_student()
    made.opens()
    made.closes()

    with pytest.raises(ChanjiaoError, match="placement.nobody_wished"):
        made.runs()

    assert not PlacementRun.objects.exists()


def test_a_minimum_above_the_number_of_students_closes_the_seat(cast: Cast) -> None:
    made = city(cast)
    seat = made.adds_seat(capacity=5, minimum=4)
    made.adds_student()
    made.opens()
    made.wishes(0, seat)
    made.closes()

    run = made.runs()

    assert run.placed_count == 0
    assert SeatResult.objects.get().is_closed
    assert [one["code"] for one in Placement.objects.get().reasons] == ["unplaced", "closed"]


def test_reserved_places_go_to_the_group_first(cast: Cast) -> None:
    made = city(cast)
    seat = made.adds_seat(capacity=1, reserves=(("退役士兵", 1),))
    made.adds_student(95)
    made.adds_student(60, groups=("退役士兵",))
    made.opens()
    made.wishes(0, seat)
    made.wishes(1, seat)
    made.closes()

    made.runs()

    assert Placement.objects.get(seat=seat).student == made.students[1]


def test_publishing_offers_every_place_and_tells_the_ledger(cast: Cast) -> None:
    made = published(cast)

    assert set(PlacementOffer.objects.values_list("student", "seat", "state")) == {
        (made.students[0].pk, made.seats[0].pk, "open"),
        (made.students[1].pk, made.seats[1].pk, "open"),
    }
    assert Event.objects.get(name="placement.published").amount == 2
    with pytest.raises(ChanjiaoError, match="placement.still_open"):
        close_round(actor=cast.secretary, pk=made.round.pk, version=made.round.version, now=made.at)


def test_a_stranger_verifies_the_published_files(cast: Cast, tmp_path: Path) -> None:
    made = published(cast)
    with zipfile.ZipFile(io.BytesIO(bytes(made.round.runs.get().files))) as archive:
        archive.extractall(tmp_path)

    command = [sys.executable, "-m", "chanjiao", "allocate-verify", str(tmp_path / "round"), str(tmp_path / "result")]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (answer.returncode, answer.stderr) == (0, "")
    names = {student.name for student in made.students} | {student.number for student in made.students}
    published_text = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.*"))
    assert [name for name in names if name in published_text] == []


def test_a_second_round_holds_what_is_left(cast: Cast) -> None:
    made = city(cast)
    seat = made.adds_seat(capacity=3)
    made.adds_student()
    made.opens()
    made.wishes(0, seat)
    made.closes()
    made.runs()
    made.publishes()

    second = open_second_round(
        actor=cast.secretary, pk=made.round.pk, plan=plan(now=made.at, title="第二轮"), now=made.at
    )

    assert (second.follows_id, second.state) == (made.round.pk, "draft")
    assert [(one.title, one.capacity) for one in second.seats.all()] == [("数控操机实习生", 2)]
