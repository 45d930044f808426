"""Expire every need and offer whose time is over."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.exchange.changes import announce, stored
from chanjiao.apps.exchange.models import MODELS, ListingState
from chanjiao.core.permissions import Actor, require


def expire_due(*, actor: Actor, now: datetime) -> int:
    """The number of open listings that were open until a day before today and are expired now."""
    require(actor.sees_all)
    expired = 0
    for model in MODELS.values():
        due = model._default_manager.filter(state=ListingState.OPEN, expires_on__lt=timezone.localdate(now))
        for pk in due.values_list("pk", flat=True):
            with transaction.atomic():
                listing = due.select_for_update(of=("self",)).select_related("organisation").filter(pk=pk).first()
                if listing is None:
                    continue
                changes = {"state": ListingState.EXPIRED}
                stored(
                    actor=actor,
                    listing=listing,
                    version=listing.version,
                    changes=changes,
                    action="expire_listing",
                    now=now,
                )
                announce(actor, listing, "expired", now)
            expired += 1
    return expired
