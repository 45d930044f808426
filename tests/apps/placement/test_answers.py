"""After publication: answers, the line, deadlines, consent withdrawn, appeals and their re-run."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from chanjiao.apps.notices.models import Notice
from chanjiao.apps.placement.actions.answer_offer import answer_for_student, answer_offer, expire_offers, record_joining
from chanjiao.apps.placement.actions.give_consent import give_consent, withdraw_consent
from chanjiao.apps.placement.actions.give_points import give_points
from chanjiao.apps.placement.actions.make_appeal import adopt_rerun, decide_appeal, make_appeal
from chanjiao.apps.placement.actions.save_wishes import save_wishes
from chanjiao.apps.placement.actions.send_reminders import send_reminders, tell_results
from chanjiao.apps.placement.actions.set_travel_times import set_travel_times
from chanjiao.apps.placement.models import (
    Appeal,
    Consent,
    FirmRanking,
    OfferState,
    Placement,
    PlacementOffer,
    PlacementRun,
    RunKind,
    Wish,
)
from chanjiao.apps.placement.rules.points import PointRule
from chanjiao.apps.placement.selectors import results, students
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import AuditRecord, Event
from chanjiao.core.permissions import SYSTEM
from tests.apps.placement.samples import City, city, published
from tests.cast import Cast, person


def offers_of(made: City) -> list[tuple[int, int, str]]:
    """(student, seat, state) by position in the city, in the order in which they were offered."""
    students = {one.pk: place for place, one in enumerate(made.students)}
    seats = {one.pk: place for place, one in enumerate(made.seats)}
    rows = PlacementOffer.objects.order_by("pk").values_list("student_id", "seat_id", "state")
    return [(students[student], seats[seat], state) for student, seat, state in rows]


def offer_to(made: City, who: int) -> PlacementOffer:
    return PlacementOffer.objects.filter(student=made.students[who], state=OfferState.OPEN).get()


def answer(made: City, who: int, accept: bool) -> None:
    answer_offer(actor=made.actors[who], pk=offer_to(made, who).pk, accept=accept, now=made.at)


def test_a_student_accepts_and_the_firm_notes_that_they_came(cast: Cast) -> None:
    made = published(cast)

    answer(made, 0, accept=True)
    offer = PlacementOffer.objects.get(student=made.students[0])
    record_joining(actor=cast.personnel_officer, pk=offer.pk, joined_on=made.round.starts_on, now=made.at)

    assert offers_of(made) == [(0, 0, "joined"), (1, 1, "open")]
    assert set(Event.objects.filter(object_name=str(offer)).values_list("name", "organisation_name")) == {
        ("placement.accepted", cast.enterprise.name), ("placement.joined", cast.enterprise.name),
    }  # fmt: skip


def test_a_place_declined_moves_the_next_in_line_up_and_theirs_goes_on(cast: Cast) -> None:
    made = published(cast)

    answer(made, 0, accept=False)

    assert offers_of(made) == [(0, 0, "declined"), (1, 1, "replaced"), (1, 0, "open"), (2, 1, "open")]


def test_whoever_has_accepted_stays_and_the_place_goes_to_the_one_behind(cast: Cast) -> None:
    made = published(cast)
    answer(made, 1, accept=True)

    answer(made, 0, accept=False)

    assert offers_of(made) == [(0, 0, "declined"), (1, 1, "accepted"), (2, 0, "open")]


def test_an_answer_counts_once_and_only_before_its_deadline(cast: Cast) -> None:
    made = published(cast)
    first, second = offer_to(made, 0), offer_to(made, 1)
    answer(made, 0, accept=True)

    with pytest.raises(ChanjiaoError, match="placement.answered_already"):
        answer_offer(actor=made.actors[0], pk=first.pk, accept=False, now=made.at)
    with pytest.raises(ChanjiaoError, match="placement.too_late"):
        late = second.answer_until + timedelta(seconds=1)
        answer_offer(actor=made.actors[1], pk=second.pk, accept=True, now=late)

    assert offers_of(made) == [(0, 0, "accepted"), (1, 1, "open")]


def test_an_answer_in_the_very_second_of_the_deadline_counts_and_the_next_does_not(cast: Cast) -> None:
    made = published(cast)
    offer = offer_to(made, 0)

    answer_offer(actor=made.actors[0], pk=offer.pk, accept=True, now=offer.answer_until)
    expired = expire_offers(actor=SYSTEM, now=offer.answer_until + timedelta(seconds=1))

    assert expired == 1
    assert offers_of(made) == [(0, 0, "accepted"), (1, 1, "expired"), (2, 1, "open")]


def test_a_late_offer_leaves_two_days_to_answer(cast: Cast) -> None:
    made = published(cast)
    late = made.round.answers_until + timedelta(minutes=5)

    expire_offers(actor=SYSTEM, now=late)

    assert PlacementOffer.objects.get(student=made.students[2]).answer_until == late + timedelta(hours=48)


@pytest.mark.parametrize("who", ["dean", "personnel_officer", "secretary", "stranger", "nobody"])
def test_nobody_answers_for_a_student(cast: Cast, who: str) -> None:
    made = published(cast)

    with pytest.raises(ChanjiaoError, match="record.not_found"):
        answer_offer(actor=cast.people[who], pk=offer_to(made, 0).pk, accept=True, now=made.at)

    assert offers_of(made) == [(0, 0, "open"), (1, 1, "open")]


def test_an_officer_answers_as_the_student_told_and_the_student_learns_of_it(cast: Cast) -> None:
    made = published(cast)
    offer = offer_to(made, 0)

    with pytest.raises(ChanjiaoError, match="placement.told_how_missing"):
        answer_for_student(actor=cast.dean, pk=offer.pk, accept=False, told=" ", now=made.at)
    with pytest.raises(ChanjiaoError, match="record.not_found"):
        answer_for_student(actor=cast.secretary, pk=offer.pk, accept=False, told="电话告知", now=made.at)
    assert offers_of(made) == [(0, 0, "open"), (1, 1, "open")]

    answer_for_student(actor=cast.dean, pk=offer.pk, accept=False, told="电话告知", now=made.at)

    assert offers_of(made) == [(0, 0, "declined"), (1, 1, "replaced"), (1, 0, "open"), (2, 1, "open")]
    assert Notice.objects.get(kind="placement.declined_for").person_id == made.students[0].user_id
    assert AuditRecord.objects.get(action="answer_for_student").object_id == offer.pk
    assert PlacementOffer.objects.get(pk=offer.pk).answered_for == "电话告知"


def test_a_firm_learns_who_comes_only_while_there_is_consent(cast: Cast) -> None:
    made = published(cast)

    before = results.newcomers(cast.personnel_officer, made.seats[0].pk)
    withdraw_consent(actor=made.actors[0], round_id=made.round.pk, now=made.at)
    after = results.newcomers(cast.personnel_officer, made.seats[0].pk)

    assert [one.person for one in before] == [made.students[0]]
    assert [(one.person, one.alias) for one in after] == [(None, made.students[0].alias)]
    with pytest.raises(ChanjiaoError, match="action.denied"):
        results.newcomers(cast.stranger, made.seats[0].pk)


def test_applicants_have_no_name_for_the_firm(cast: Cast) -> None:
    made = published(cast)

    found = results.applicants(cast.personnel_officer, made.seats[0].pk)

    assert [(one.alias, one.mark) for one in found] == [
        (made.students[0].alias, Decimal("90.00")), (made.students[1].alias, Decimal("80.00")),
        (made.students[2].alias, Decimal("70.00")),
    ]  # fmt: skip
    assert "name" not in type(found[0]).__dataclass_fields__


def test_without_consent_wishes_do_not_count(cast: Cast) -> None:
    made = city(cast)
    seat = made.adds_seat()
    for mark in (90, 80):
        made.adds_student(mark)
    made.opens()
    made.wishes(0, seat)
    made.wishes(1, seat)
    withdraw_consent(actor=made.actors[0], round_id=made.round.pk, now=made.at)
    made.closes()

    run = made.runs()

    assert (run.students_count, Placement.objects.get().student) == (1, made.students[1])


def test_consent_given_twice_is_one_and_one_withdrawn_stays_on_record(cast: Cast) -> None:
    made = city(cast)
    made.adds_seat()
    made.adds_student()
    made.opens()
    told = {"actor": made.actors[0], "round_id": made.round.pk, "now": made.at}

    assert give_consent(**told).pk == give_consent(**told).pk
    withdraw_consent(**told)
    give_consent(**told)

    assert sorted(Consent.objects.values_list("withdrawn_at", flat=True), key=str) == [made.at, None]


@pytest.mark.parametrize(
    ("seats", "code"),
    [([0, 0], "placement.seat_twice"), ([-1], "placement.seat_unknown"), ([1], "placement.not_eligible")],
)
def test_a_wrong_list_is_refused_and_the_old_one_stands(cast: Cast, seats: list[int], code: str) -> None:
    made = city(cast)
    mine, closed = made.adds_seat(), made.adds_seat(title="只收中职", levels=("secondary",))
    made.adds_student()
    made.opens()
    made.wishes(0, mine)
    ids = [{0: mine.pk, 1: closed.pk, -1: 987654}[one] for one in seats]

    with pytest.raises(ChanjiaoError, match=code):
        save_wishes(actor=made.actors[0], round_id=made.round.pk, seat_ids=ids, version=1, now=made.at)

    assert list(Wish.objects.values_list("seat", "rank")) == [(mine.pk, 1)]


def test_a_list_is_saved_until_the_deadline_and_not_from_two_devices_at_once(cast: Cast) -> None:
    made = city(cast, most_choices=1)
    one, two = made.adds_seat(), made.adds_seat()
    made.adds_student()
    made.opens()
    made.wishes(0, one)
    told = {"actor": made.actors[0], "round_id": made.round.pk}

    save_wishes(seat_ids=[two.pk], version=1, now=made.round.wishes_until, **told)
    with pytest.raises(ChanjiaoError, match="record.stale"):
        save_wishes(seat_ids=[one.pk], version=1, now=made.at, **told)
    with pytest.raises(ChanjiaoError, match="placement.list_too_long"):
        save_wishes(seat_ids=[one.pk, two.pk], version=2, now=made.at, **told)
    with pytest.raises(ChanjiaoError, match="placement.too_late"):
        late = made.round.wishes_until + timedelta(seconds=1)
        save_wishes(seat_ids=[one.pk], version=2, now=late, **told)

    assert list(Wish.objects.values_list("seat", flat=True)) == [two.pk]


def test_a_way_too_long_closes_a_seat_without_lodging_and_a_short_one_gives_points(cast: Cast) -> None:
    made = city(cast, most_minutes=60)
    near_rule = (PointRule("mark", 80), PointRule("near", 20, "60"))
    far = made.adds_seat(zone="高新区", capacity=1, point_rules=near_rule)
    lodging = made.adds_seat(title="提供住宿", zone="高新区", lodging=True)
    made.adds_student(80, home="江北")
    made.adds_student(75, home="高新区")
    ways = {("江北", "高新区"): 70, ("高新区", "高新区"): 15}
    set_travel_times(actor=cast.secretary, round_id=made.round.pk, minutes=ways, now=made.at)
    made.opens()
    made.wishes(0, lodging)
    made.wishes(1, far, lodging)

    with pytest.raises(ChanjiaoError, match="placement.not_eligible"):
        save_wishes(actor=made.actors[0], round_id=made.round.pk, seat_ids=[far.pk], version=1, now=made.at)

    assert list(Wish.objects.filter(wish_list__student=made.students[0]).values_list("seat", flat=True)) == [lodging.pk]
    choices = {one.seat.pk: one for one in students.seat_choices(made.actors[0], made.round)}
    assert [(one.code, one.params) for one in choices[far.pk].obstacles] == [("too_far", {"minutes": 70, "most": 60})]
    assert choices[lodging.pk].is_open
    asked = results.applicants(cast.personnel_officer, far.pk)
    assert [(one.alias, one.by_rules) for one in asked] == [(made.students[1].alias, Decimal("75.00"))]


def test_points_by_hand_go_before_points_by_rules_and_only_to_applicants(cast: Cast) -> None:
    made = city(cast)
    seat, other = made.adds_seat(capacity=1), made.adds_seat()
    made.adds_student(95)
    made.adds_student(60)
    made.opens()
    made.wishes(0, seat)
    made.wishes(1, seat)
    told = {"actor": cast.personnel_officer, "now": made.at}

    give_points(seat_id=seat.pk, points={made.students[1].pk: Decimal("99.5")}, **told)
    with pytest.raises(ChanjiaoError, match="placement.not_an_applicant"):
        give_points(seat_id=other.pk, points={made.students[0].pk: Decimal(10)}, **told)
    for wrong in ("NaN", "Infinity", "-1", "1001"):
        with pytest.raises(ChanjiaoError, match="placement.out_of_bounds"):
            give_points(seat_id=seat.pk, points={made.students[0].pk: Decimal(wrong)}, **told)
    made.closes()
    made.runs()

    assert Placement.objects.get(seat=seat).student == made.students[1]
    assert FirmRanking.objects.count() == 1


def test_a_student_no_longer_eligible_is_left_out_and_told_why(cast: Cast) -> None:
    made = city(cast)
    seat = made.adds_seat(programme_codes=("4601",))
    made.adds_student()
    made.adds_student()
    made.opens()
    made.wishes(0, seat)
    made.wishes(1, seat)
    type(made.students[0]).objects.filter(pk=made.students[0].pk).update(programme_code="530701")
    made.closes()

    made.runs()

    told = Placement.objects.get(student=made.students[0])
    assert (told.seat, [(one["code"], one["params"]["obstacle"]) for one in told.reasons]) == (
        None, [("not_eligible", "programme")],
    )  # fmt: skip


def test_an_appeal_leads_to_a_rerun_that_shows_who_moves_and_is_adopted(cast: Cast) -> None:
    made = published(cast)
    appeal = make_appeal(actor=made.actors[2], round_id=made.round.pk, text="平均成绩应为 95 分", now=made.at)
    give_points(actor=cast.secretary, seat_id=made.seats[0].pk, points={made.students[2].pk: Decimal(95)}, now=made.at)
    first = PlacementRun.objects.get()
    rerun = made.runs(RunKind.RERUN)

    moved = results.moved(cast.secretary, first, rerun)
    decide_appeal(actor=cast.secretary, pk=appeal.pk, uphold=True, answer="成绩登记有误，已更正。", now=made.at)
    adopt_rerun(actor=cast.secretary, run_id=rerun.pk, now=made.at)

    names = {one.alias: place for place, one in enumerate(made.students)}
    assert {(names[one.alias], one.after == made.seats[0]) for one in moved} == {(0, False), (1, False), (2, True)}
    states = [(who, seat) for who, seat, state in offers_of(made) if state == "open"]
    assert sorted(states) == [(0, 1), (2, 0)]
    assert (1, 1, "moved") in offers_of(made)
    changed = Notice.objects.filter(kind="placement.changed").values_list("person_id", flat=True)
    assert set(changed) == {one.user_id for one in made.students[:3]}
    assert list(PlacementRun.objects.filter(is_published=True)) == [rerun]
    assert Appeal.objects.get().state == "upheld"


def test_a_rerun_takes_no_place_from_whoever_has_accepted(cast: Cast) -> None:
    made = published(cast)
    answer(made, 0, accept=True)
    give_points(actor=cast.secretary, seat_id=made.seats[0].pk, points={made.students[2].pk: Decimal(95)}, now=made.at)
    rerun = made.runs(RunKind.RERUN)

    with pytest.raises(ChanjiaoError, match="placement.would_displace"):
        adopt_rerun(actor=cast.secretary, run_id=rerun.pk, now=made.at)

    assert offers_of(made) == [(0, 0, "accepted"), (1, 1, "open")]
    assert PlacementRun.objects.get(is_published=True).kind == "final"


def test_an_appeal_needs_words_a_part_in_the_round_and_time(cast: Cast) -> None:
    made = published(cast)
    idle = made.adds_student()
    told = {"actor": made.actors[2], "round_id": made.round.pk, "now": made.at}

    with pytest.raises(ChanjiaoError, match="placement.appeal_empty"):
        make_appeal(text="  ", **told)
    with pytest.raises(ChanjiaoError, match="placement.took_no_part"):
        make_appeal(text="我没有岗位", **(told | {"actor": idle}))
    with pytest.raises(ChanjiaoError, match="placement.too_late"):
        make_appeal(text="迟了", **(told | {"now": made.round.appeals_until + timedelta(seconds=1)}))
    make_appeal(text="请复核", **told)
    with pytest.raises(ChanjiaoError, match="placement.appealed_already"):
        make_appeal(text="请再复核", **told)

    assert Appeal.objects.count() == 1


def test_a_decision_needs_its_reason_and_is_made_once(cast: Cast) -> None:
    made = published(cast)
    appeal = make_appeal(actor=made.actors[2], round_id=made.round.pk, text="请复核", now=made.at)
    told = {"pk": appeal.pk, "uphold": False, "now": made.at}

    with pytest.raises(ChanjiaoError, match="placement.decision_empty"):
        decide_appeal(actor=cast.secretary, answer=" ", **told)
    with pytest.raises(ChanjiaoError, match="action.denied"):
        decide_appeal(actor=cast.dean, answer="成绩无误", **told)
    decide_appeal(actor=cast.secretary, answer="成绩无误", **told)
    with pytest.raises(ChanjiaoError, match="state.refused"):
        decide_appeal(actor=cast.secretary, answer="改判", **told)

    assert Appeal.objects.get().answer == "成绩无误"


def test_students_are_told_of_results_once_and_reminded_before_a_deadline(cast: Cast) -> None:
    made = published(cast)

    for _ in range(2):
        tell_results(actor=SYSTEM, round_id=made.round.pk, now=made.at)
        send_reminders(actor=SYSTEM, now=made.round.answers_until - timedelta(hours=3))

    told = sorted(Notice.objects.values_list("kind", flat=True))
    assert told == ["placement.answer_due"] * 2 + ["placement.offered"] * 2 + ["placement.result"]


def test_colleges_and_students_are_reminded_of_wishes_or_consent_that_are_missing(cast: Cast) -> None:
    made = city(cast)
    seat = made.adds_seat()
    for _ in range(3):
        made.adds_student()
    made.opens()
    made.wishes(0, seat)
    made.wishes(1, seat)
    withdraw_consent(actor=made.actors[1], round_id=made.round.pk, now=made.at)

    send_reminders(actor=SYSTEM, now=made.round.wishes_until - timedelta(hours=30))

    kinds = dict(Notice.objects.values_list("kind", "params"))
    assert kinds["placement.wishes_missing"]["count"] == 2
    reminded = Notice.objects.filter(kind="placement.own_wishes_missing").values_list("person_id", flat=True)
    assert set(reminded) == {made.students[1].user_id, made.students[2].user_id}
    assert set(kinds) == {"placement.wishes_missing", "placement.own_wishes_missing"}


def test_a_student_sees_only_their_own_result(cast: Cast) -> None:
    made = published(cast)
    outsider = person("elsewhere", "学生九", cast.college, "student")

    own = results.own_result(made.actors[1], made.round)

    assert own.placement is not None
    assert own.placement.student == made.students[1]
    for actor in (outsider, cast.dean, cast.personnel_officer):
        with pytest.raises(ChanjiaoError, match="record.not_found"):
            results.own_result(actor, made.round)
