"""Say that a change was carried out."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.dossiers.changes import announce, dossier_for, moved
from chanjiao.apps.dossiers.models import Dossier, DossierState
from chanjiao.apps.dossiers.rules import MOST_SEATS, Deed
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor


def carry_out_change(
    *, actor: Actor, pk: int, version: int, carried_out_on: date | None, seats_done: int | None, now: datetime
) -> Dossier:
    """The change was carried out on a day between the decision and today, with the intake that came about.

    The figures of the programme point are the college's yearly ones and are entered there, not here.
    """
    with transaction.atomic():
        dossier = dossier_for(actor, pk, Deed.CARRY_OUT)
        errors = _faults(dossier, carried_out_on, seats_done, timezone.localdate(now))
        if errors:
            raise Rejected(errors)
        told = {"state": DossierState.CARRIED_OUT, "carried_out_on": carried_out_on, "seats_done": seats_done}
        moved(actor=actor, dossier=dossier, version=version, action="carry_out_change", now=now, **told)
        assert seats_done is not None
        seats = seats_done - dossier.seats_now
        announce(actor=actor, name="dossier.carried_out", dossier=dossier, now=now, amount=seats, unit="人")
    return dossier


def _faults(dossier: Dossier, day: date | None, seats: int | None, today: date) -> list[ChanjiaoError]:
    errors = []
    if day is None:
        errors.append(ChanjiaoError("listing.required", field="carried_out_on"))
    elif dossier.decided_on is not None and not dossier.decided_on <= day <= today:
        errors.append(ChanjiaoError("contract.outside", field="carried_out_on", first=dossier.decided_on, last=today))
    if seats is None or not 0 <= seats <= MOST_SEATS:
        errors.append(ChanjiaoError("listing.out_of_bounds", field="seats_done", low=0, high=MOST_SEATS))
    return errors
