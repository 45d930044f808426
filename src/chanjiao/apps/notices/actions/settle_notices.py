"""What was asked has been answered: nobody is reminded of it any more."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from chanjiao.apps.notices.addressees import Addressee
from chanjiao.apps.notices.models import Delivery, DeliveryState, Notice


def settle_notices(*, about: models.Model, now: datetime, to: Addressee | None = None, kind: str = "") -> int:
    """How many notices about the object are settled now, for one addressee or all; their waiting letters are dropped.

    Called by the action that answers, inside its transaction.
    """
    open_ones = Notice.objects.filter(object_type=about._meta.label_lower, object_id=about.pk, settled_at=None)
    if to is not None:
        open_ones = open_ones.filter(**to.columns)
    if kind:
        open_ones = open_ones.filter(kind=kind)
    settled = list(open_ones.values_list("pk", flat=True))
    Notice.objects.filter(pk__in=settled).update(settled_at=now)
    Delivery.objects.filter(notice__in=settled, state=DeliveryState.WAITING).update(state=DeliveryState.DROPPED)
    return len(settled)
