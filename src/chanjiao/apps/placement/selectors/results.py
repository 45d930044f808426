"""What runs made of a round: a student's own result, a firm's own seats, and figures for who runs it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from chanjiao.apps.placement.changes import own_student, round_run_by, seat_seen
from chanjiao.apps.placement.models import (
    Appeal,
    Consent,
    FirmRanking,
    Placement,
    PlacementOffer,
    PlacementRound,
    PlacementRun,
    RoundState,
    SeatGroup,
    SeatResult,
    Student,
    WaitingPlace,
    Wish,
)
from chanjiao.apps.placement.models.answers import HOLDS_A_PLACE
from chanjiao.apps.placement.rights import runs_round
from chanjiao.apps.placement.rules.eligibility import way
from chanjiao.apps.placement.rules.points import RankingMode, points_of
from chanjiao.apps.placement.snapshot import round_terms, rules_of, seat_terms, student_facts
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import Job, JobState
from chanjiao.core.permissions import Actor, require


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who listed a seat, as the firm may see them before there is a place: no name, number or date of birth."""

    student_id: int
    alias: str
    level: str
    programme_code: str
    mark: object
    by_rules: object
    by_hand: object


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who holds a place at a seat; the person stands here only with consent."""

    offer: PlacementOffer
    alias: str
    level: str
    programme_code: str
    person: Student | None


@dataclass(frozen=True, slots=True)
class OwnResult:
    """What the published run and what followed say to one student."""

    placement: Placement | None
    offers: tuple[PlacementOffer, ...]
    appeal: Appeal | None
    line: dict[int, int]
    """The place in line by seat."""
    seats: dict[str, SeatGroup]
    """The seats of the round by their name in the reasons."""

    @property
    def offer(self) -> PlacementOffer | None:
        """The latest offer."""
        return self.offers[0] if self.offers else None


@dataclass(frozen=True, slots=True)
class Moved:
    """A student whose seat differs between two runs."""

    alias: str
    before: SeatGroup | None
    after: SeatGroup | None


def published_run(round_: PlacementRound) -> PlacementRun | None:
    """The run whose result stands."""
    return round_.runs.defer("files").filter(is_published=True).first()


def own_result(actor: Actor, round_: PlacementRound) -> OwnResult:
    """The student's own result; `record.not_found` before publication and for everybody else."""
    me, run = own_student(actor), published_run(round_)
    if run is None:
        raise ChanjiaoError("record.not_found")
    line = WaitingPlace.objects.filter(run=run, student=me).values_list("seat_id", "place")
    return OwnResult(
        placement=Placement.objects.select_related("seat__organisation").filter(run=run, student=me).first(),
        offers=tuple(me.offers.filter(round=round_).select_related("seat__organisation").order_by("-pk")),
        appeal=me.appeals.filter(round=round_).order_by("-pk").first(),
        line=dict(line),
        seats={seat.name_in_files: seat for seat in round_.seats.select_related("organisation")},
    )


def runs(actor: Actor, round_: PlacementRound) -> QuerySet[PlacementRun]:
    """All runs of the round for who runs it, the latest first; only the published one for everybody else."""
    rows = round_.runs.defer("files").order_by("-pk")
    return rows if runs_round(actor, round_) else rows.filter(is_published=True)


def run(actor: Actor, pk: int) -> PlacementRun:
    """One run; `record.not_found` where it is not open to the actor."""
    found = PlacementRun.objects.defer("files").select_related("round__consortium__organisation").filter(pk=pk).first()
    if found is None or not (found.is_published or runs_round(actor, found.round)):
        raise ChanjiaoError("record.not_found")
    return found


def files_of(actor: Actor, pk: int) -> bytes:
    """The zip of a run for whoever may see the run; they name nobody."""
    return bytes(PlacementRun.objects.only("files").get(pk=run(actor, pk).pk).files)


def job_of(actor: Actor, round_: PlacementRound) -> Job | None:
    """The latest job that runs the round, for who runs it."""
    if not runs_round(actor, round_):
        return None
    return Job.objects.filter(task="placement.run", key=f"placement.run.{round_.pk}").order_by("-pk").first()


def is_running(job: Job | None) -> bool:
    """Whether the job waits or runs."""
    return job is not None and job.state in (JobState.QUEUED, JobState.RUNNING)


def seat_results(actor: Actor, run_: PlacementRun) -> QuerySet[SeatResult]:
    """What a run made of each seat: of all for who runs the round, of its own for a firm, of none for others."""
    rows = SeatResult.objects.filter(run=run_).select_related("seat__organisation")
    if not runs_round(actor, run_.round):
        rows = rows.filter(seat__organisation_id=(actor.organisation_id or 0) if _is_staff(actor) else 0)
    return rows.order_by("seat__organisation__pinyin", "seat_id")


def result_of(actor: Actor, seat: SeatGroup) -> SeatResult | None:
    """What the published run made of the seat, for the firm and for who runs the round."""
    found = published_run(seat.round)
    return seat_results(actor, found).filter(seat=seat).first() if found else None


def _is_staff(actor: Actor) -> bool:
    return actor.belongs_to(actor.organisation_id)


def moved(actor: Actor, before: PlacementRun, after: PlacementRun) -> list[Moved]:
    """The students whose seat differs between two runs of one round, by alias; for who runs it."""
    round_run_by(actor, before.round_id)
    require(before.round_id == after.round_id, "record.not_found")
    old, new = (dict(one.placements.values_list("student_id", "seat_id")) for one in (before, after))
    changed = [student for student in old | new if old.get(student) != new.get(student)]
    seats = {seat.pk: seat for seat in before.round.seats.select_related("organisation")}
    aliases = Student.objects.filter(pk__in=changed).order_by("alias").values_list("pk", "alias")
    return [Moved(alias, seats.get(old.get(pk) or 0), seats.get(new.get(pk) or 0)) for pk, alias in aliases]


def applicants(actor: Actor, seat_id: int) -> list[Applicant]:
    """Who listed the seat with consent, best points first; for acting staff of the firm and who runs the round."""
    seat = seat_seen(actor, seat_id)
    require(actor.acts_for(seat.organisation_id) or runs_round(actor, seat.round))
    consents = Consent.objects.filter(round=seat.round, withdrawn_at__isnull=True)
    rows = Student.objects.filter(wish_lists__wishes__seat=seat, pk__in=consents.values("student"))
    given = dict(FirmRanking.objects.filter(seat=seat).values_list("student_id", "points"))
    terms, place, rules = round_terms(seat.round), seat_terms(seat), rules_of(seat)
    made = []
    for one in rows:
        facts = student_facts(one)
        own = points_of(rules, facts, way(facts, place, terms)) if seat.ranking == RankingMode.RULES else None
        made.append(Applicant(one.pk, one.alias, one.level, one.programme_code, one.mark, own, given.get(one.pk)))
    return sorted(made, key=_standing)


def _standing(one: Applicant) -> tuple[float, str]:
    points = one.by_hand if one.by_hand is not None else one.by_rules
    return (-float(str(points)) if points is not None else 1.0, one.alias)


def newcomers(actor: Actor, seat_id: int) -> list[Newcomer]:
    """Who holds a place at the seat: with name for the firm's acting staff where consent is in force."""
    seat = seat_seen(actor, seat_id)
    require(actor.acts_for(seat.organisation_id))
    rows = seat.offers.filter(state__in=HOLDS_A_PLACE).select_related("student__college").order_by("pk")
    consents = Consent.objects.filter(round=seat.round, withdrawn_at__isnull=True)
    agreed = set(consents.values_list("student_id", flat=True))
    return [
        Newcomer(
            one, one.student.alias, one.student.level, one.student.programme_code,
            one.student if one.student_id in agreed else None,
        )
        for one in rows
    ]  # fmt: skip


def appeals(actor: Actor, round_: PlacementRound, state: str = "") -> QuerySet[Appeal]:
    """The appeals of a round for who runs it: by alias and words, the oldest open one first."""
    round_run_by(actor, round_.pk)
    rows = Appeal.objects.filter(round=round_).select_related("student", "rerun")
    return (rows.filter(state=state) if state else rows).order_by("-state", "made_at")


def wish_counts(rounds: Iterable[PlacementRound]) -> dict[int, int]:
    """How many students have a list with wishes, by round."""
    pks = [one.pk for one in rounds]
    rows = Wish.objects.filter(wish_list__round__in=pks).values_list("wish_list__round_id")
    return dict(rows.annotate(Count("wish_list", distinct=True)).order_by())


def progress_of(round_: PlacementRound) -> dict[str, int]:
    """How many lists, consents and rankings there are; figures alone, that name nobody."""
    ranked = round_.seats.filter(Q(ranking=RankingMode.HAND, rankings__isnull=False)).distinct().count()
    return {
        "lists": wish_counts([round_]).get(round_.pk, 0),
        "consents": Consent.objects.filter(round=round_, withdrawn_at__isnull=True).count(),
        "by_hand": round_.seats.filter(ranking=RankingMode.HAND).count(),
        "ranked": ranked,
    }


def is_published(round_: PlacementRound) -> bool:
    """Whether the result is out."""
    return round_.state in (RoundState.PUBLISHED, RoundState.CLOSED)
