"""Ending a token before its time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.accounts.models import ApiToken
from chanjiao.apps.accounts.selectors import tokens_of
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def revoke_token(*, actor: Actor, token_id: int, now: datetime) -> ApiToken:
    """The token, which lets nobody in from now on; only one's own."""
    require(actor.user_id is not None, "login.required")
    with transaction.atomic():
        token = tokens_of(actor).select_for_update().filter(pk=token_id).first()
        if token is None:
            raise ChanjiaoError("record.not_found")
        before = state_of(token)
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        record_change(actor=actor, action="revoke_token", instance=token, now=now, before=before)
    return token
