"""Agree that corrections are kept as training material, or take it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.members.models import Correction, TrainingConsent
from chanjiao.apps.members.rights import may_found
from chanjiao.core.audit import record_change
from chanjiao.core.permissions import Actor, require


@transaction.atomic
def agree_to_training(*, actor: Actor, agrees: bool, now: datetime) -> None:
    """Corrections of the organisation's documents are kept from now on; or none is, and those kept are deleted."""
    organisation_id = actor.organisation_id
    require(may_found(actor) and organisation_id is not None and actor.acts_for(organisation_id))
    assert organisation_id is not None
    if agrees:
        consent, is_new = TrainingConsent.objects.get_or_create(
            organisation_id=organisation_id, defaults={"given_by_id": actor.user_id, "given_at": now}
        )
        if is_new:
            record_change(actor=actor, action="agree_to_training", instance=consent, now=now)
        return
    for consent in TrainingConsent.objects.filter(organisation_id=organisation_id):
        record_change(actor=actor, action="withdraw_training", instance=consent, now=now)
        consent.delete()
    Correction.objects.filter(document__owner_id=organisation_id).delete()
