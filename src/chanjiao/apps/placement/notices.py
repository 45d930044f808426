"""What students, firms, colleges and the secretariat are told of a placement."""

from __future__ import annotations

from datetime import datetime

from chanjiao.apps.notices.actions.send_notice import send_notice
from chanjiao.apps.notices.addressees import organisation, person, secretariat
from chanjiao.apps.notices.kinds import notice_kind
from chanjiao.apps.placement.models import Appeal, OfferState, PlacementOffer, PlacementRound
from chanjiao.core.permissions import Actor
from chanjiao.engines.words import N_

OFFERED = notice_kind(
    "placement.offered", N_("You are offered a place: {seat} at {firm}"), button=N_("Answer the offer"), urgent=True
)
RESULT = notice_kind("placement.result", N_("The result of “{round}” is out"), button=N_("Read your result"))
WISHES_MISSING = notice_kind(
    "placement.wishes_missing",
    N_("Wishes or consent of {count} of your students are missing in “{round}”"),
    button=N_("See who"),
    urgent=True,
)
OWN_WISHES_MISSING = notice_kind(
    "placement.own_wishes_missing",
    N_("Your wishes or your consent are missing in “{round}”"),
    button=N_("List wishes"),
    urgent=True,
)
WISHES_ENTERED = notice_kind(
    "placement.wishes_entered", N_("Your college entered your wishes in “{round}”"), button=N_("Check your wishes")
)
RANKING_DUE = notice_kind(
    "placement.ranking_due", N_("Applicants wait for your points in “{round}”"), button=N_("Give points"), urgent=True
)
ANSWER_DUE = notice_kind(
    "placement.answer_due", N_("Your place {seat} lapses without an answer"), button=N_("Answer the offer"), urgent=True
)
ACCEPTED_FOR = notice_kind(
    "placement.accepted_for", N_("Your college accepted the place {seat} for you"), button=N_("Check the answer")
)
DECLINED_FOR = notice_kind(
    "placement.declined_for", N_("Your college gave up the place {seat} for you"), button=N_("Check the answer")
)
CHANGED = notice_kind(
    "placement.changed", N_("A re-run changed your result in “{round}”"), button=N_("Read your result"), urgent=True
)
APPEALED = notice_kind("placement.appealed", N_("An appeal was made in “{round}”"), button=N_("Decide"), urgent=True)
DECIDED = notice_kind("placement.appeal_decided", N_("Your appeal in “{round}” is decided"), button=N_("Read"))


def tell_offer(*, actor: Actor, offer: PlacementOffer, now: datetime) -> None:
    """The student has the offer in the inbox, with the deadline; nothing for a student without a log-in."""
    if offer.student.user_id is None:
        return
    params = {"seat": offer.seat.title, "firm": offer.seat.organisation.name}
    send_notice(
        actor=actor, to=person(offer.student.user_id), kind=OFFERED, key=f"placement.offer.{offer.pk}", now=now,
        params=params, about=offer.round, deadline=offer.answer_until,
    )  # fmt: skip


def tell_answered_for(*, actor: Actor, offer: PlacementOffer, now: datetime) -> None:
    """The student knows what the college answered for them, and may object; nothing without a log-in."""
    if offer.student.user_id is None:
        return
    kind = ACCEPTED_FOR if offer.state == OfferState.ACCEPTED else DECLINED_FOR
    send_notice(
        actor=actor, to=person(offer.student.user_id), kind=kind, key=f"placement.answered_for.{offer.pk}",
        now=now, params={"seat": offer.seat.title}, about=offer.round,
    )  # fmt: skip


def tell_result(*, actor: Actor, round_: PlacementRound, user_id: int, now: datetime) -> None:
    """The student knows that the result is out."""
    send_notice(
        actor=actor, to=person(user_id), kind=RESULT, key=f"placement.result.{round_.pk}.{user_id}", now=now,
        params={"round": round_.title}, about=round_,
    )  # fmt: skip


def tell_changed(*, actor: Actor, round_: PlacementRound, user_id: int, run_id: int, now: datetime) -> None:
    """The student knows that an adopted re-run gave another place, or none."""
    send_notice(
        actor=actor, to=person(user_id), kind=CHANGED, key=f"placement.changed.{run_id}.{user_id}", now=now,
        params={"round": round_.title}, about=round_,
    )  # fmt: skip


def tell_appeal(*, actor: Actor, appeal: Appeal, now: datetime) -> None:
    """The secretariat knows of the appeal; the text stays on its page."""
    send_notice(
        actor=actor, to=secretariat(appeal.round.consortium_id), kind=APPEALED, key=f"placement.appeal.{appeal.pk}",
        now=now, params={"round": appeal.round.title}, about=appeal.round,
    )  # fmt: skip


def tell_decision(*, actor: Actor, appeal: Appeal, now: datetime) -> None:
    """The student knows that the appeal is decided."""
    if appeal.student.user_id is None:
        return
    key = f"placement.decision.{appeal.pk}"
    params = {"round": appeal.round.title}
    to = person(appeal.student.user_id)
    send_notice(actor=actor, to=to, kind=DECIDED, key=key, now=now, params=params, about=appeal.round)


def remind_college(*, actor: Actor, round_: PlacementRound, college_id: int, count: int, now: datetime) -> None:
    """The college knows how many of its students have no wishes yet; once a round."""
    send_notice(
        actor=actor, to=organisation(college_id), kind=WISHES_MISSING,
        key=f"placement.wishes_missing.{round_.pk}.{college_id}", now=now,
        params={"round": round_.title, "count": count}, about=round_, deadline=round_.wishes_until,
    )  # fmt: skip


def remind_student(*, actor: Actor, round_: PlacementRound, user_id: int, now: datetime) -> None:
    """The student is reminded of the wishes that are missing; once a round."""
    send_notice(
        actor=actor, to=person(user_id), kind=OWN_WISHES_MISSING,
        key=f"placement.own_wishes_missing.{round_.pk}.{user_id}", now=now, params={"round": round_.title},
        about=round_, deadline=round_.wishes_until,
    )  # fmt: skip


def tell_wishes_entered(*, actor: Actor, round_: PlacementRound, user_id: int, now: datetime) -> None:
    """The student knows that the college entered a list for them; told anew each time."""
    send_notice(
        actor=actor, to=person(user_id), kind=WISHES_ENTERED,
        key=f"placement.wishes_entered.{round_.pk}.{user_id}.{now:%Y%m%d%H%M%S}", now=now,
        params={"round": round_.title}, about=round_, deadline=round_.wishes_until,
    )  # fmt: skip


def remind_firm(*, actor: Actor, round_: PlacementRound, firm_id: int, now: datetime) -> None:
    """The firm is reminded of points to give by hand; once a round."""
    send_notice(
        actor=actor, to=organisation(firm_id), kind=RANKING_DUE, key=f"placement.ranking_due.{round_.pk}.{firm_id}",
        now=now, params={"round": round_.title}, about=round_, deadline=round_.rankings_until,
    )  # fmt: skip


def remind_answer(*, actor: Actor, offer: PlacementOffer, now: datetime) -> None:
    """The student is reminded of an offer that is about to lapse; once an offer."""
    if offer.student.user_id is None:
        return
    send_notice(
        actor=actor, to=person(offer.student.user_id), kind=ANSWER_DUE, key=f"placement.answer_due.{offer.pk}",
        now=now, params={"seat": offer.seat.title}, about=offer.round, deadline=offer.answer_until,
    )  # fmt: skip
