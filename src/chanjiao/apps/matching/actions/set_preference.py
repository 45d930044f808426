"""Choose how matches are shown, and whether automated matching is wanted at all (PIPL, article 24)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.matching.actions.ask_for_matching import ask_for_matching
from chanjiao.apps.matching.models import MatchingPreference
from chanjiao.apps.matching.preferences import refusing_organisations
from chanjiao.core.audit import emit, record_change, state_of
from chanjiao.core.permissions import SYSTEM, Actor, require


def set_own_order(*, actor: Actor, is_ranked: bool, now: datetime) -> MatchingPreference:
    """The actor reads matches by fit, or in the neutral order."""
    require(actor.user_id is not None, "login.required")
    return _set(actor, now, user_id=actor.user_id, is_ranked=is_ranked)


def set_organisation_preference(
    *, actor: Actor, is_ranked: bool, takes_part: bool, now: datetime
) -> MatchingPreference:
    """The organisation's people read matches by fit or neutrally; its listings are matched, or left alone.

    Where it takes no part its open proposals are withdrawn, and come back when it takes part again.
    """
    body = actor.organisation_id
    require(body is not None and actor.acts_for(body))
    assert body is not None
    with transaction.atomic():
        took_part = body not in refusing_organisations()
        found = _set(actor, now, organisation_id=body, is_ranked=is_ranked, takes_part=takes_part)
        if took_part != takes_part:
            emit(actor=actor, name=f"matching.{'resumed' if takes_part else 'refused'}", instance=found, now=now)
    if took_part != takes_part:
        # The system runs the engine, since its answer does not depend on who refused or came back.
        ask_for_matching(actor=SYSTEM, now=now)
    return found


def _set(
    actor: Actor, now: datetime, *, is_ranked: bool, takes_part: bool = True, **whose: int | None
) -> MatchingPreference:
    with transaction.atomic():
        found, is_new = MatchingPreference.objects.select_for_update().get_or_create(
            **whose, defaults={"is_ranked": is_ranked, "takes_part": takes_part, "changed_at": now}
        )
        before = None if is_new else state_of(found)
        if is_new or (found.is_ranked, found.takes_part) != (is_ranked, takes_part):
            found.is_ranked, found.takes_part, found.changed_at = is_ranked, takes_part, now
            found.save()
            record_change(actor=actor, action="set_preference", instance=found, now=now, before=before)
    return found
