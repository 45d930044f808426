"""Enter what the council decided on a dossier."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.dossiers.changes import announce, dossier_for, moved
from chanjiao.apps.dossiers.models import Decision, Dossier, DossierState
from chanjiao.apps.dossiers.notices import DECIDED, tell_of_dossier
from chanjiao.apps.dossiers.reasons import checked_reason
from chanjiao.apps.dossiers.rules import Deed, text_faults
from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.notices.addressees import organisation
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor


def decide_dossier(
    *,
    actor: Actor,
    pk: int,
    version: int,
    decision: str,
    decided_on: date | None,
    resolution: str,
    reason: str = "",
    note: str = "",
    now: datetime,
) -> Dossier:
    """The change is approved, or refused for a coded reason with words; `resolution` names where it stands."""
    with transaction.atomic():
        dossier = dossier_for(actor, pk, Deed.DECIDE)
        told = _decided(decision, decided_on, clean_text(resolution), timezone.localdate(now))
        if decision == Decision.REFUSED:
            told |= checked_reason(reason, note)
        else:
            told |= _note(note)
        moved(
            actor=actor, dossier=dossier, version=version, action="decide_dossier", now=now,
            state=DossierState.DECIDED, **told,
        )  # fmt: skip
        seats = dossier.seats_planned - dossier.seats_now
        announce(actor=actor, name=f"dossier.{decision}", dossier=dossier, now=now, amount=seats, unit="人")
        asked = dossier.opinions.values_list("organisation_id", flat=True)
        tell_of_dossier(actor, DECIDED, dossier, map(organisation, {dossier.college_id, *asked}), now=now)
    return dossier


def _decided(decision: str, decided_on: date | None, resolution: str, today: date) -> dict[str, object]:
    errors = [*text_faults(resolution=resolution)]
    if decision not in Decision.values:
        errors.append(ChanjiaoError("listing.required", field="decision"))
    if decided_on is None:
        errors.append(ChanjiaoError("listing.required", field="decided_on"))
    elif decided_on > today:
        errors.append(ChanjiaoError("dossier.ahead", field="decided_on"))
    if errors:
        raise Rejected(errors)
    return {"decision": decision, "decided_on": decided_on, "resolution": resolution}


def _note(note: str) -> dict[str, object]:
    note = clean_text(note)
    errors = [*text_faults(required=False, note=note)]
    if errors:
        raise Rejected(errors)
    return {"note": note}
