"""Say how often one wants letters, and when not."""

from __future__ import annotations

from datetime import datetime, time

from django.db import transaction

from chanjiao.apps.notices.models import Preference, Rhythm
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def set_rhythm(*, actor: Actor, rhythm: Rhythm, quiet_from: time, quiet_until: time, now: datetime) -> Preference:
    """The person's wish, for letters from now on; the same hour twice means no quiet hours."""
    if actor.user_id is None:
        raise ChanjiaoError("login.required")
    with transaction.atomic():
        wish = Preference.objects.filter(person_id=actor.user_id).first()
        before = state_of(wish) if wish else None
        wish = wish or Preference(person_id=actor.user_id)
        wish.rhythm, wish.quiet_from, wish.quiet_until = rhythm, quiet_from, quiet_until
        wish.save()
        record_change(actor=actor, action="set_rhythm", instance=wish, now=now, before=before)
    return wish
