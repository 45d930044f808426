"""Discarding a founding draft."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.members.models import Founding, FoundingState
from chanjiao.apps.members.rights import may_found
from chanjiao.apps.members.selectors import founding as founding_seen
from chanjiao.apps.members.versions import claim
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def discard_founding(*, actor: Actor, founding_id: int, version: int, now: datetime) -> Founding:
    """The draft put away; reading the same document again brings it back."""
    founding = founding_seen(actor, founding_id)
    require(may_found(actor))
    if founding.state != FoundingState.DRAFT:
        raise ChanjiaoError("state.refused", state=founding.get_state_display())
    before = state_of(founding)
    with transaction.atomic():
        claim(founding, version)
        founding.state, founding.decided_at = FoundingState.DISCARDED, now
        founding.save(update_fields=["state", "decided_at"])
        record_change(actor=actor, action="discard_founding", instance=founding, now=now, before=before)
    return founding
