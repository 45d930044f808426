"""Publish a challenge."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.transfer.changes import announce, challenge_for, stored
from chanjiao.apps.transfer.models import Challenge, ChallengeState
from chanjiao.apps.transfer.rules import Deed, challenge_faults
from chanjiao.core.errors import Rejected
from chanjiao.core.permissions import Actor


def publish_challenge(*, actor: Actor, pk: int, version: int, now: datetime) -> Challenge:
    """Everybody sees the challenge, and members of its consortium may answer; its terms stay from now on."""
    with transaction.atomic():
        challenge = challenge_for(actor, pk, Deed.PUBLISH)
        errors = challenge_faults(
            challenge.bounty, challenge.criteria, challenge.answers_until, today=timezone.localdate(now)
        )
        if errors:
            raise Rejected(errors)
        changes: dict[str, object] = {"state": ChallengeState.PUBLISHED, "published_at": now}
        stored(actor=actor, challenge=challenge, version=version, changes=changes, action="publish_challenge", now=now)
        body = challenge.need.organisation
        announce(
            actor=actor, name="challenge.published", challenge=challenge, now=now, body=body, amount=challenge.bounty
        )
    return challenge
