"""The placement of the demo city: a round whose result is out, and one in which wishes are open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from django.utils import timezone

from chanjiao.apps.members.models import Consortium, Organisation
from chanjiao.apps.members.selectors import actor_for
from chanjiao.apps.placement.actions.add_seat import add_seat
from chanjiao.apps.placement.actions.answer_offer import answer_offer
from chanjiao.apps.placement.actions.close_stage import close_rankings, close_wishes
from chanjiao.apps.placement.actions.enter_wish_lists import enter_wish_lists
from chanjiao.apps.placement.actions.give_points import give_points
from chanjiao.apps.placement.actions.make_appeal import adopt_rerun, decide_appeal, make_appeal
from chanjiao.apps.placement.actions.open_wishes import SEED_BITS, open_wishes
from chanjiao.apps.placement.actions.plan_round import plan_round
from chanjiao.apps.placement.actions.publish_results import publish_results
from chanjiao.apps.placement.actions.register_student import StudentRecord, give_log_in, register_student
from chanjiao.apps.placement.actions.run_allocation import run_allocation
from chanjiao.apps.placement.actions.set_travel_times import set_travel_times
from chanjiao.apps.placement.models import OfferState, PlacementRound, RunKind, SeatGroup, Student, Wish
from chanjiao.apps.placement.rules.points import PointRule, RankingMode
from chanjiao.apps.placement.rules.seats import SeatPlan
from chanjiao.apps.placement.rules.states import RoundPlan
from chanjiao.apps.placement.selectors.rounds import agreements_for_seats
from chanjiao.core.permissions import SYSTEM
from chanjiao.data import demo, demo_rows

Bodies = Mapping[str, Organisation]
APPEAL = "我的面试评分表上是89分，公示的是78分，请核对。"
ANSWER = "经核对企业原始评分表，面试分误录，已由78分更正为89分并重新运行，结果按重跑调整。"
ZONES = ("主城区", "经开区", "高新区", "江北")
MINUTES = ((10, 30, 45, 40), (30, 10, 60, 55), (45, 60, 10, 70), (40, 55, 70, 10))
"""From each zone (row) to each (column)."""


def load_placement(bodies: Bodies, consortium: Consortium, *, now: datetime) -> None:
    """Students, a published round with some answers given, and a round that takes wishes until next week."""
    now = timezone.localtime(now).replace(hour=18, minute=0, second=0, microsecond=0) - timedelta(days=1)
    students = _register(bodies, now - timedelta(days=60))
    _published_round(bodies, consortium, students, now)
    _open_round(bodies, consortium, students, now)


def _register(bodies: Bodies, now: datetime) -> dict[str, Student]:
    made = {}
    for row in demo.placement_students():
        record = StudentRecord(
            number=row.number, name=row.name, level=row.level, programme_code=row.programme_code,
            birth_date=row.birth_date, mark=Decimal(row.mark), home=row.home, groups=row.groups,
        )  # fmt: skip
        student = register_student(actor=SYSTEM, college_id=bodies[row.college].pk, record=record, now=now)
        if row.username:
            student = give_log_in(actor=SYSTEM, pk=student.pk, username=row.username, now=now)
        made[row.number] = student
    return made


def _published_round(bodies: Bodies, consortium: Consortium, students: dict[str, Student], now: datetime) -> None:
    begun = now - timedelta(days=45)
    plan = RoundPlan(
        title="2027届岗位实习第一轮", starts_on=_day(now, 40), ends_on=_day(now, 220),
        wishes_until=begun + timedelta(days=20), rankings_until=begun + timedelta(days=35),
        appeals_until=now + timedelta(days=5), answers_until=now + timedelta(days=6), most_choices=6, most_minutes=60,
    )  # fmt: skip
    round_ = plan_round(actor=SYSTEM, consortium_id=consortium.pk, plan=plan, now=begun)
    seats = _prepare(bodies, round_, demo.placement_seats(), begun)
    wishes = {row.number: row.wishes for row in demo.placement_students()}
    _enter(bodies, round_, seats, wishes, begun + timedelta(days=10))
    _give_points(round_, students, begun + timedelta(days=12))
    for close, at in ((close_wishes, plan.wishes_until), (close_rankings, plan.rankings_until)):
        round_.refresh_from_db()
        close(actor=SYSTEM, pk=round_.pk, version=round_.version, now=at)
    decided = plan.rankings_until + timedelta(days=1)
    for kind in (RunKind.DRAFT, RunKind.FINAL):
        run_allocation(actor=SYSTEM, round_id=round_.pk, kind=kind, now=decided, ran_by="汤予安")
    round_.refresh_from_db()
    publish_results(actor=SYSTEM, pk=round_.pk, version=round_.version, now=now - timedelta(days=3))
    _uphold_an_appeal(round_, now - timedelta(days=2))
    _answer_some(round_, now - timedelta(days=1))


def _uphold_an_appeal(round_: PlacementRound, now: datetime) -> None:
    """An interview's points were written down wrong: corrected, run again, and adopted before anybody had answered."""
    student = Student.objects.exclude(user=None).get(wish_lists__round=round_)
    seat = round_.seats.get(ranking=RankingMode.HAND)
    assert student.user is not None
    appeal = make_appeal(actor=actor_for(student.user), round_id=round_.pk, text=APPEAL, now=now - timedelta(hours=9))
    give_points(actor=SYSTEM, seat_id=seat.pk, points={student.pk: Decimal(89)}, now=now - timedelta(hours=4))
    rerun = run_allocation(
        actor=SYSTEM, round_id=round_.pk, kind=RunKind.RERUN, note="面试分更正", now=now, ran_by="汤予安"
    )
    decide_appeal(actor=SYSTEM, pk=appeal.pk, uphold=True, answer=ANSWER, now=now)
    adopt_rerun(actor=SYSTEM, run_id=rerun.pk, now=now)


def _answer_some(round_: PlacementRound, now: datetime) -> None:
    """Two in three have answered, one of them no, so that the next in line was asked; whoever has a log-in has not."""
    offers = list(round_.offers.filter(state=OfferState.OPEN, student__user=None).order_by("student__number"))
    declined = 3 * (len(offers) // 6)
    for place, offer in enumerate(offers):
        if place % 3 < 2:
            answer_offer(actor=SYSTEM, pk=offer.pk, accept=place != declined, now=now)


def _open_round(bodies: Bodies, consortium: Consortium, students: dict[str, Student], now: datetime) -> None:
    begun = now - timedelta(days=6)
    plan = RoundPlan(
        title="2027年春季跟岗实习", starts_on=_day(now, 95), ends_on=_day(now, 150),
        wishes_until=now + timedelta(days=8), rankings_until=now + timedelta(days=12),
        appeals_until=now + timedelta(days=18), answers_until=now + timedelta(days=20), most_choices=5,
        most_minutes=60,
    )  # fmt: skip
    round_ = plan_round(actor=SYSTEM, consortium_id=consortium.pk, plan=plan, now=begun)
    offered = tuple(row for row in demo.placement_seats() if row.in_second)
    seats = _prepare(bodies, round_, offered, begun)
    wishes = {row.number: row.wishes_second for row in demo.placement_students() if row.wishes_second}
    _enter(bodies, round_, seats, wishes, begun + timedelta(days=2))


def _prepare(
    bodies: Bodies, round_: PlacementRound, rows: tuple[demo_rows.PlacementSeat, ...], now: datetime
) -> dict[str, SeatGroup]:
    """The seats by number, those of a firm with an agreement in force taken from it, once the round takes wishes."""
    ways = {(home, zone): MINUTES[row][column] for row, home in enumerate(ZONES) for column, zone in enumerate(ZONES)}
    set_travel_times(actor=SYSTEM, round_id=round_.pk, minutes=ways, now=now)
    seats = {}
    for row in rows:
        firm = bodies[row.organisation].pk
        agreed = next((one.id for one in agreements_for_seats(SYSTEM, round_) if firm in one.organisation_ids), None)
        seats[row.number] = add_seat(
            actor=SYSTEM, round_id=round_.pk, organisation_id=firm, plan=_seat_plan(row), agreement_id=agreed, now=now
        )
    round_.refresh_from_db()
    open_wishes(actor=SYSTEM, pk=round_.pk, version=round_.version, seed=_seed(round_.title), now=now)
    return seats


def _seed(title: str) -> int:
    """As many bits as a real round draws by chance; here from its title, so that every demo has the same places."""
    return int.from_bytes(sha256(f"chanjiao.demo:{title}".encode()).digest()[: SEED_BITS // 8])


def _seat_plan(row: demo_rows.PlacementSeat) -> SeatPlan:
    rules = (part.split(":") for part in row.points)
    reserves = (part.split(":") for part in row.reserves)
    return SeatPlan(
        title=row.title, capacity=row.capacity, minimum=row.minimum, description=row.description, levels=row.levels,
        programme_codes=row.programmes, pay=row.pay, post_wage=row.post_wage, post_staff=row.post_staff, insured=True,
        lodging=row.lodging, zone=row.zone, ranking=row.ranking,
        point_rules=tuple(PointRule(one[0], int(one[1]), one[2] if len(one) > 2 else "") for one in rules),
        reserves=tuple((group, int(places)) for group, places in reserves),
    )  # fmt: skip


def _enter(
    bodies: Bodies, round_: PlacementRound, seats: dict[str, SeatGroup], wishes: dict[str, tuple[str, ...]],
    now: datetime,
) -> None:  # fmt: skip
    by_college: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for row in demo.placement_students():
        if row.number in wishes:
            by_college[row.college][row.number] = [seats[number].pk for number in wishes[row.number]]
    for college, lists in by_college.items():
        enter_wish_lists(actor=SYSTEM, round_id=round_.pk, lists=lists, college_id=bodies[college].pk, now=now)


def _give_points(round_: PlacementRound, students: dict[str, Student], now: datetime) -> None:
    given = {students[row.number].pk: Decimal(row.interview) for row in demo.placement_students()}
    for seat in round_.seats.filter(ranking=RankingMode.HAND):
        asked = Wish.objects.filter(seat=seat).values_list("wish_list__student_id", flat=True)
        give_points(actor=SYSTEM, seat_id=seat.pk, points={pk: given[pk] for pk in asked}, now=now)


def _day(now: datetime, days: int) -> date:
    return timezone.localdate(now) + timedelta(days=days)
