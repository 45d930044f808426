"""Conclude a publicity whose last day is over: no objection stands, and what all have signed is in force."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.cooperation.changes import version_in
from chanjiao.apps.cooperation.models import Publicity, PublicityState, VersionState
from chanjiao.apps.cooperation.publicity import close, locked
from chanjiao.apps.cooperation.publicity_notices import PASSED, tell_parties
from chanjiao.apps.cooperation.signing import put_in_force_if_ready
from chanjiao.core.permissions import Actor, require


def pass_publicities(*, actor: Actor, now: datetime) -> int:
    """The number of publicities that ended now, each in a transaction of its own."""
    require(actor.sees_all)
    over = Publicity.objects.filter(state=PublicityState.RUNNING, ends_on__lt=timezone.localdate(now))
    return sum(_passed(actor, pk, now) for pk in list(over.values_list("pk", flat=True)))


def pass_if_over(*, actor: Actor, publicity: Publicity, now: datetime) -> bool:
    """Whether the publicity, whose agreement is locked, is over now: its last day is past, every objection answered."""
    is_waiting = publicity.objections.filter(upheld__isnull=True).exists()
    if publicity.state != PublicityState.RUNNING or is_waiting or publicity.ends_on >= timezone.localdate(now):
        return False
    close(actor=actor, publicity=publicity, state=PublicityState.PASSED, now=now)
    agreement = publicity.agreement
    version = version_in(agreement, VersionState.PROPOSED)
    tell_parties(actor, PASSED, publicity, now)
    if version is not None:
        put_in_force_if_ready(actor=actor, agreement=agreement, version=version, now=now)
    return True


def _passed(actor: Actor, pk: int, now: datetime) -> bool:
    with transaction.atomic():
        return pass_if_over(actor=actor, publicity=locked(pk), now=now)
