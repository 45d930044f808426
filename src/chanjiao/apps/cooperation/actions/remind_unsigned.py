"""Remind of agreements that wait for signatures."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from chanjiao.apps.cooperation.models import AgreementVersion, VersionState
from chanjiao.apps.cooperation.notices import remind_party
from chanjiao.core.permissions import Actor, require

PATIENCE = timedelta(days=7)
MOST = 4
"""Weeks in which somebody is reminded; after that the silence is an answer, and people talk."""


def remind_unsigned(*, actor: Actor, now: datetime) -> int:
    """The number of proposals that have waited a week or more; whoever has not signed knows, once for each week."""
    require(actor.sees_all)
    waiting = AgreementVersion.objects.filter(state=VersionState.PROPOSED, proposed_at__lte=now - PATIENCE)
    versions = list(waiting.select_related("agreement").prefetch_related("parties__signatories"))
    with transaction.atomic():
        for version in versions:
            assert version.proposed_at is not None
            week = (now - version.proposed_at) // PATIENCE
            for party in version.parties.all() if week <= MOST else ():
                remind_party(actor, version, party, now, week=week)
    return len(versions)
