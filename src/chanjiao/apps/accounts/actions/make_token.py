"""Making a token for a program."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from chanjiao.apps.accounts.models import ApiToken
from chanjiao.apps.accounts.rules import TOKEN_PREFIX, TOKENS_AT_A_TIME, token_expiry
from chanjiao.apps.accounts.selectors import digest_of, oneself, tokens_of
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def make_token(*, actor: Actor, name: str, days: int, now: datetime) -> tuple[ApiToken, str]:
    """A token that acts as the actor for the organisation they act for now, with its secret, told this once.

    Refused with `input.missing`, `token.days` or `token.too_many`.
    """
    user = oneself(actor)
    if not name.strip():
        raise ChanjiaoError("input.missing", field="name", name="name")
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        user=user,
        name=name.strip()[:60],
        digest=digest_of(secret),
        organisation_id=actor.organisation_id,
        created_at=now,
        expires_at=token_expiry(now=now, days=days),
    )
    with transaction.atomic():
        if tokens_of(actor).filter(expires_at__gt=now).count() >= TOKENS_AT_A_TIME:
            raise ChanjiaoError("token.too_many", limit=TOKENS_AT_A_TIME)
        token.save()
        record_change(actor=actor, action="make_token", instance=token, now=now)
    return token, secret
