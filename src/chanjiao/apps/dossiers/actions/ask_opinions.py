"""Ask for opinions on a change."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.dossiers.asking import organisations_to_ask
from chanjiao.apps.dossiers.changes import announce, dossier_for, moved
from chanjiao.apps.dossiers.models import Dossier, DossierState, Opinion
from chanjiao.apps.dossiers.notices import ASKED, COMPLETED, tell_of_dossier
from chanjiao.apps.dossiers.rules import Deed
from chanjiao.apps.notices.actions.settle_notices import settle_notices
from chanjiao.apps.notices.addressees import organisation
from chanjiao.core.audit import record_additions
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor


def ask_opinions(
    *, actor: Actor, pk: int, version: int, organisations: Collection[int], due_on: date | None, now: datetime
) -> Dossier:
    """These organisations, and always the college, are asked for their opinion until the day; asked once each.

    `record.not_found` where one of them is none that can be asked (`asking.organisations_to_ask`).
    """
    with transaction.atomic():
        dossier = dossier_for(actor, pk, Deed.ASK)
        if due_on is None or due_on < timezone.localdate(now):
            raise Rejected([ChanjiaoError("listing.past" if due_on else "listing.required", field="due_on")])
        asked = _asked(dossier, organisations, due_on, now)
        record_additions(actor=actor, action="ask_opinions", instances=asked, now=now)
        told = {"state": DossierState.OPINIONS}
        moved(actor=actor, dossier=dossier, version=version, action="ask_opinions", now=now, **told)
        settle_notices(about=dossier, kind=COMPLETED, now=now)
        announce(actor=actor, name="dossier.opinions_asked", dossier=dossier, now=now, amount=len(asked), unit="家")
        deadline = timezone.make_aware(datetime.combine(due_on, time(18)))
        to = [organisation(one.organisation_id) for one in asked]
        tell_of_dossier(actor, ASKED, dossier, to, now=now, deadline=deadline)
    return dossier


def _asked(dossier: Dossier, organisations: Collection[int], due_on: date, now: datetime) -> list[Opinion]:
    sides = {one.organisation_id: one for one in organisations_to_ask(dossier)}
    if not set(organisations) <= set(sides):
        raise ChanjiaoError("record.not_found")
    wanted = {*organisations, *(pk for pk, one in sides.items() if one.side == "college")}
    return [
        Opinion.objects.create(dossier=dossier, organisation_id=pk, side=one.side, asked_at=now, due_on=due_on)
        for pk, one in sides.items()
        if pk in wanted and not one.is_asked
    ]
