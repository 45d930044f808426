"""Recording a deed that was done off the platform: a visit, a meeting, a training."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.members.rules import plain_text
from chanjiao.apps.members.selectors import organisation as organisation_seen
from chanjiao.core.audit import emit
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import Event
from chanjiao.core.permissions import Actor, require

DEEDS = frozenset({"visit.made", "meeting.held", "training.held"})


@transaction.atomic
def record_deed(
    *, actor: Actor, name: str, organisation_id: int, amount: int, unit: str, note: str, now: datetime
) -> Event:
    """The event `name` (one of `DEEDS`), credited to the organisation; `amount` counts `unit`."""
    organisation = organisation_seen(actor, organisation_id)
    require(actor.acts_for(organisation.pk))
    if name not in DEEDS:
        raise ChanjiaoError("option.unknown", field="name", name="name", value=name, expected=", ".join(sorted(DEEDS)))
    return emit(
        actor=actor,
        name=name,
        instance=organisation,
        now=now,
        organisation=(organisation.pk, organisation.name),
        amount=amount,
        unit=plain_text(unit)[:20],
        note=plain_text(note)[:300],
    )
