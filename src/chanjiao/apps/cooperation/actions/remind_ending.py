"""Remind of agreements about to end."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.cooperation.models import Agreement, AgreementState
from chanjiao.apps.cooperation.notices import ENDING, tell_parties
from chanjiao.core.permissions import Actor, require

SOON = timedelta(days=30)


def remind_ending(*, actor: Actor, now: datetime) -> int:
    """The number of agreements in force that end within 30 days and are not renewed; their parties know, once each."""
    require(actor.sees_all)
    until = timezone.localdate(now) + SOON
    rows = Agreement.objects.filter(state=AgreementState.IN_FORCE, current__ends_on__lte=until)
    due = rows.exclude(renewals__state=AgreementState.IN_FORCE).select_related("current__agreement")
    with transaction.atomic():
        for agreement in due:
            assert agreement.current is not None
            tell_parties(actor, ENDING, agreement.current, now, day=str(agreement.current.ends_on))
    return len(due)
