"""Seats of a round: entered directly, taken from a need for posts, changed, taken away."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from chanjiao.apps.cooperation.models import Agreement, AgreementState
from chanjiao.apps.exchange.models import Need
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.placement.changes import in_state, seat_seen, stored
from chanjiao.apps.placement.models import PlacementRound, RoundState, SeatGroup, SeatReserve
from chanjiao.apps.placement.rights import runs_round
from chanjiao.apps.placement.rules.seats import SeatPlan, seat_faults
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor, require


def add_seat(
    *,
    actor: Actor,
    round_id: int,
    organisation_id: int,
    plan: SeatPlan,
    need_id: int | None = None,
    agreement_id: int | None = None,
    now: datetime,
) -> SeatGroup:
    """The new seat group of a firm; done by the firm or by whoever runs the round, while that is a draft.

    It may come from a need of the firm or from an agreement in force to which the firm is a party; others are
    refused with `placement.source_unfit`.
    """
    with transaction.atomic():
        round_ = _round_for(actor, round_id, organisation_id)
        _check(plan)
        _check_source(organisation_id, need_id, agreement_id)
        seat = SeatGroup.objects.create(
            round=round_, organisation_id=organisation_id, need_id=need_id, agreement_id=agreement_id, **_columns(plan)
        )
        _keep_reserves(seat, plan)
        record_change(actor=actor, action="add_seat", instance=seat, now=now)
    return seat


def edit_seat(*, actor: Actor, pk: int, version: int, plan: SeatPlan, now: datetime) -> SeatGroup:
    """The seat group with a new plan, while the round is a draft."""
    with transaction.atomic():
        seat = _own_seat(actor, pk)
        _check(plan)
        stored(actor=actor, row=seat, action="edit_seat", now=now, version=version, **_columns(plan))
        _keep_reserves(seat, plan)
    return seat


def remove_seat(*, actor: Actor, pk: int, now: datetime) -> None:
    """The seat group is gone from the draft."""
    with transaction.atomic():
        seat = _own_seat(actor, pk)
        record_change(actor=actor, action="remove_seat", instance=seat, now=now)
        seat.delete()


def _round_for(actor: Actor, round_id: int, organisation_id: int) -> PlacementRound:
    round_ = PlacementRound.objects.filter(pk=round_id).first()
    if round_ is None or not Organisation.objects.filter(pk=organisation_id).exists():
        raise ChanjiaoError("record.not_found")
    require(runs_round(actor, round_) or actor.acts_for(organisation_id))
    in_state(round_, RoundState.DRAFT)
    return round_


def _check_source(organisation_id: int, need_id: int | None, agreement_id: int | None) -> None:
    needs = Need.objects.filter(pk=need_id or 0, organisation_id=organisation_id)
    agreements = Agreement.objects.filter(pk=agreement_id or 0, state=AgreementState.IN_FORCE)
    agreements = agreements.filter(current__parties__organisation_id=organisation_id)
    if (need_id is not None and not needs.exists()) or (agreement_id is not None and not agreements.exists()):
        raise ChanjiaoError("placement.source_unfit")


def _own_seat(actor: Actor, pk: int) -> SeatGroup:
    seat = seat_seen(actor, pk)
    require(runs_round(actor, seat.round) or actor.acts_for(seat.organisation_id))
    in_state(seat.round, RoundState.DRAFT)
    return seat


def _check(plan: SeatPlan) -> None:
    faults = list(seat_faults(plan))
    if faults:
        raise Rejected(faults)


def _columns(plan: SeatPlan) -> dict[str, object]:
    columns = asdict(plan)
    del columns["reserves"]
    return columns | {"levels": list(plan.levels), "programme_codes": list(plan.programme_codes)}


def _keep_reserves(seat: SeatGroup, plan: SeatPlan) -> None:
    seat.reserves.all().delete()
    SeatReserve.objects.bulk_create(SeatReserve(seat=seat, group=group, places=n) for group, n in plan.reserves)
