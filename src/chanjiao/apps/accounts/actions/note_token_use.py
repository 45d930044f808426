"""Remembering when a token was last used."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from chanjiao.apps.accounts.models import ApiToken

GRAIN = timedelta(hours=1)


def note_token_use(*, token: ApiToken, now: datetime) -> None:
    """The hour of the last use is stored; no more often, so that reading stays reading."""
    if token.last_used_at is None or token.last_used_at < now - GRAIN:
        is_older = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - GRAIN)
        ApiToken.objects.filter(is_older, pk=token.pk).update(last_used_at=now)
