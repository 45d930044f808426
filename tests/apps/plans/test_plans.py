"""A scenario is written, solved, verified and stored, and each change says why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import sleep

import pytest

from chanjiao.apps.plans.actions.keep_scenario import edit_scenario, write_scenario
from chanjiao.apps.plans.actions.make_plan import ask_for_plan, make_plan
from chanjiao.apps.plans.actions.stop_solving import stop_solving
from chanjiao.apps.plans.capacity import capacities
from chanjiao.apps.plans.models import IntakePlan, PlannedChange, PlanScenario
from chanjiao.apps.plans.rules import Options
from chanjiao.apps.plans.selectors import Filters, changes, plan, scenario, scenarios
from chanjiao.apps.programmes.models import ProgrammePoint, YearFigures
from chanjiao.core import jobs
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.models import AuditRecord, Event, Job
from chanjiao.engines.planning import Effort, Plan, Problem, solve
from chanjiao.interfaces.web.plans import words
from tests.apps.programmes.structure import structure
from tests.cast import NOW, Cast

OPTIONS = Options(first_year=2027, years=5, seconds=1, class_size=10, least_class=30, more_teachers=0)
pytestmark = pytest.mark.django_db


def written(cast: Cast, **options: object) -> PlanScenario:
    return write_scenario(
        actor=cast.secretary, consortium_id=cast.consortium.pk, title="基准方案",
        options=replace(OPTIONS, **options), now=NOW,
    )  # fmt: skip


def test_a_plan_moves_seats_from_accounting_to_machining_and_says_why(cast: Cast) -> None:
    structure(cast)
    found = written(cast, more_teachers=50)

    made = make_plan(actor=cast.secretary, scenario_id=found.pk, now=NOW)

    rows = {one.code: one for one in changes(cast.teacher, made)}
    accounting, machining = rows["530302"], rows["460103"]
    assert (accounting.direction, accounting.before) == ("fewer", 100.0)
    assert accounting.planned < 100
    assert [one["occupation"] for one in accounting.causes] == ["2-06-03"]
    assert accounting.causes[0]["gap_today"] == pytest.approx(-45)  # 100 × 0.95 come, 50 are asked for
    assert (machining.direction, machining.before) == ("more", 60.0)
    assert made.figures["shortage"] < made.figures["shortage_today"]
    assert made.checked == pytest.approx(made.objective, rel=1e-6)
    assert made.bound <= made.objective
    assert len(made.problem_hash) == 64
    assert Event.objects.filter(name="plan.made", consortium_id=cast.consortium.pk).count() == 1


def test_teachers_bind_and_their_price_is_in_openings(cast: Cast) -> None:
    structure(cast)
    found = written(cast)

    made = make_plan(actor=cast.secretary, scenario_id=found.pk, now=NOW)

    machining = [one for one in made.prices if one["class"] == "4601"]
    assert machining
    assert {one["kind"] for one in made.prices} == {"teachers"}  # no rooms are told, so that none limit
    assert all(one["college"] == cast.college.pk and one["openings"] > 0 for one in machining)


def test_rooms_bind_where_teachers_would_not_and_are_named_as_rooms(cast: Cast) -> None:
    told = structure(cast)
    for year, rooms in ((2025, 9), (2026, 2)):
        YearFigures.objects.filter(point=told.machining, year=year).update(rooms=rooms)
    found = written(cast, more_teachers=100, students_per_teacher=40, students_per_room=60)

    made = make_plan(actor=cast.secretary, scenario_id=found.pk, now=NOW)

    # 60 seats over three years need 60 × 3 ÷ 60 = 3 rooms where 2 stand since 2026: 3 are taken, and a note says so.
    names = words.names_in(cast.secretary, made, ())
    assert {(one["kind"], one["class"], one["limit"]) for one in made.prices} == {("rooms", "4601", 3.0)}
    assert {"code": "fewer_rooms", "college": cast.college.pk, "class": "4601", "have": 2, "need": 3.0} in made.notes
    assert words.worths(made, names)[0].sentence.startswith("青浦川职业技术学院每增加 1 间 4601实训室，可补上")
    assert any("4601实训室 2 间" in one for one in words.notes(made, names, {}))
    machining = made.changes.filter(code="460103")
    assert all(one.planned <= 60 for one in machining)


def test_money_binds_a_college_as_a_whole_and_its_price_is_told_in_openings(cast: Cast) -> None:
    told = structure(cast)
    for taught, cost in ((told.machining, 240), (told.accounting, 200)):
        YearFigures.objects.filter(point=taught, year=2026).update(running_cost=cost)
    found = written(cast, more_teachers=100, students_per_teacher=40)
    rich = replace(OPTIONS, more_teachers=100, students_per_teacher=40, more_money=100)

    made = make_plan(actor=cast.secretary, scenario_id=found.pk, now=NOW)
    edit_scenario(actor=cast.secretary, pk=found.pk, version=1, title=found.title, options=rich, now=NOW)
    with_more = make_plan(actor=cast.secretary, scenario_id=found.pk, now=NOW)

    # A seat of machining costs 240 ÷ 60 = 4 and one of accounting 200 ÷ 100 = 2; together 440 are spent.
    names = words.names_in(cast.secretary, made, ())
    assert {(one["kind"], one["class"], one["limit"]) for one in made.prices} == {("money", "", 440.0)}
    assert "10 万元运行经费" in words.worths(made, names)[0].sentence
    seats = {one.code: one.intake[0] for one in made.changes.all()}
    assert 4 * seats["460103"] + 2 * seats.get("530302", 100) <= 440
    assert not [one for one in with_more.prices if one["kind"] == "money"]
    assert with_more.figures["shortage"] <= made.figures["shortage"]


def test_a_change_that_rooms_bound_says_so(cast: Cast) -> None:
    told = structure(cast)
    YearFigures.objects.filter(point=told.machining).update(rooms=4)
    found = written(cast, more_teachers=100, students_per_teacher=40, students_per_room=60)

    made = make_plan(actor=cast.secretary, scenario_id=found.pk, now=NOW)

    machining = made.changes.get(code="460103")
    said = words.reasons(machining, made.years, words.names_in(cast.secretary, made, [machining]))
    assert (machining.before, machining.intake[-1]) == (60, 80)
    assert any(one.startswith("已用满：青浦川职业技术学院4601实训室（") for one in said)


def test_todays_intake_always_fits_what_it_is_held_by(cast: Cast) -> None:
    told = structure(cast)
    ProgrammePoint.objects.filter(pk=told.machining.pk).update(intake=50)
    YearFigures.objects.filter(point=told.machining).update(teachers=0, dual_qualified=0)

    limits, uses, notes = capacities(
        {(str(cast.college.pk), "460103"): ProgrammePoint.objects.get(pk=told.machining.pk)}, OPTIONS
    )

    # 50 × 3 ÷ 18 = 8.333…, which three decimals must not cut.
    assert limits[0].amount >= 50 * uses[0].per_seat
    assert [one["code"] for one in notes] == ["fewer_teachers"]


def test_other_colleges_fill_their_part_of_the_demand_first(cast: Cast) -> None:
    structure(cast)
    found = written(cast)

    made = make_plan(actor=cast.secretary, scenario_id=found.pk, now=NOW)

    # 200 machinists are asked for and a college outside brings 20 × 0.95 of them: 181 a year are left, 60 × 0.95 come.
    assert made.figures["shortage_today"] == pytest.approx(5 * (181 - 57), abs=1)


def test_a_plan_that_the_verifier_faults_is_not_stored(cast: Cast) -> None:
    structure(cast)
    found = written(cast)

    def crooked(problem: Problem, stopped: Callable[[], bool]) -> Plan:
        plan = solve(problem)
        return replace(plan, intake=plan.intake + 1)

    with pytest.raises(ChanjiaoError, match="planning.failed_verification"):
        make_plan(actor=cast.secretary, scenario_id=found.pk, now=NOW, solver=crooked)

    assert not IntakePlan.objects.exists()
    assert not PlannedChange.objects.exists()


def test_a_stopped_job_stores_its_best_verified_plan_with_its_gap(cast: Cast) -> None:
    structure(cast)
    found = written(cast, seconds=120)
    asked_for = ask_for_plan(actor=cast.bureau_officer, scenario_id=found.pk, now=NOW)

    stopped = stop_solving(actor=cast.secretary, scenario_id=found.pk, now=NOW)
    assert stop_solving(actor=cast.secretary, scenario_id=found.pk, now=NOW) is None
    jobs.run_next()

    assert stopped == asked_for
    asked_for.refresh_from_db()
    made = IntakePlan.objects.get(scenario=found)
    assert (asked_for.state, asked_for.outcome) == ("done", f"{100 * made.gap:.2f} %")
    assert made.checked == pytest.approx(made.objective, rel=1e-6)
    assert made.bound <= made.objective
    assert Event.objects.filter(name="plan.stopped", consortium_id=cast.consortium.pk).count() == 1
    assert AuditRecord.objects.get(action="stop_solving").after == {"finish_asked": True}


def test_a_solver_at_work_is_told_to_end_and_a_cancelled_one_stores_nothing(cast: Cast) -> None:
    structure(cast)
    found = written(cast)

    def patient(problem: Problem, stopped: Callable[[], bool]) -> Plan:
        while not stopped():
            sleep(0.01)
        return solve(problem, Effort(gap=0.0, stopped=stopped))

    def cancelled() -> bool:
        raise jobs.Cancelled

    with pytest.raises(jobs.Cancelled):
        make_plan(actor=cast.secretary, scenario_id=found.pk, now=NOW, solver=patient, step=cancelled)
    assert not IntakePlan.objects.exists()
    made = make_plan(actor=cast.secretary, scenario_id=found.pk, now=NOW, solver=patient, step=lambda: True)
    assert made.is_stopped
    assert 0 <= made.bound <= made.objective
    assert made.ending == ("stopped" if made.gap > 1e-4 else "proven")


def test_only_who_may_plan_stops_a_solver(cast: Cast) -> None:
    found = written(cast)
    job = ask_for_plan(actor=cast.secretary, scenario_id=found.pk, now=NOW)

    with pytest.raises(ChanjiaoError, match="action.denied"):
        stop_solving(actor=cast.dean, scenario_id=found.pk, now=NOW)
    with pytest.raises(ChanjiaoError, match="record.not_found"):
        stop_solving(actor=cast.stranger, scenario_id=found.pk, now=NOW)

    job.refresh_from_db()
    assert not job.finish_asked
    assert not Event.objects.filter(name="plan.stopped").exists()


def test_nothing_is_planned_where_nobody_teaches_and_where_nothing_is_asked(cast: Cast) -> None:
    found = written(cast)

    with pytest.raises(ChanjiaoError, match="planning.nothing_to_plan"):
        make_plan(actor=cast.secretary, scenario_id=found.pk, now=NOW)

    assert not IntakePlan.objects.exists()


def test_options_out_of_bounds_are_named_field_by_field_and_nothing_is_written(cast: Cast) -> None:
    with pytest.raises(Rejected) as refused:
        written(cast, years=9, first_year=2020, surplus=-1, demand="none")

    fields = {one.field for one in refused.value.errors}
    assert fields == {"years", "first_year", "surplus", "demand"}
    assert not PlanScenario.objects.exists()


def test_a_title_stands_once_and_a_stale_edit_changes_nothing(cast: Cast) -> None:
    found = written(cast)

    with pytest.raises(ChanjiaoError, match="plan.title_taken"):
        written(cast)
    with pytest.raises(ChanjiaoError, match="record.stale"):
        edit_scenario(actor=cast.secretary, pk=found.pk, version=7, title="另一", options=OPTIONS, now=NOW)
    edited = edit_scenario(
        actor=cast.secretary, pk=found.pk, version=1, title="另一", options=replace(OPTIONS, surplus=1.0), now=NOW
    )

    assert (edited.title, edited.told.surplus, edited.version) == ("另一", 1.0, 2)


def test_staff_of_members_read_plans_only_the_secretariat_and_guidance_make_them(cast: Cast) -> None:
    structure(cast)
    found = written(cast)
    made = make_plan(actor=cast.bureau_officer, scenario_id=found.pk, now=NOW)

    assert [one.pk for one in scenarios(cast.teacher)] == [found.pk]
    assert plan(cast.dean, made.pk).pk == made.pk
    for hidden_from in (cast.stranger, cast.student, cast.nobody):
        assert not scenarios(hidden_from).exists()
        with pytest.raises(ChanjiaoError, match="record.not_found"):
            scenario(hidden_from, found.pk)
    with pytest.raises(ChanjiaoError, match="action.denied"):
        ask_for_plan(actor=cast.dean, scenario_id=found.pk, now=NOW)
    assert not Job.objects.filter(task="plans.plan").exists()


def test_changes_are_filtered_and_sorted(cast: Cast) -> None:
    structure(cast)
    found = written(cast, more_teachers=50)
    made = make_plan(actor=cast.secretary, scenario_id=found.pk, now=NOW)

    fewer = changes(cast.dean, made, Filters(direction="fewer"))
    by_code = changes(cast.dean, made, Filters(sort="-code"))

    assert [one.code for one in fewer] == ["530302"]
    assert [one.code for one in by_code] == sorted((one.code for one in by_code), reverse=True)
    assert not changes(cast.dean, made, Filters(text="护理")).exists()
