"""Take weights back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.matching.actions.learn_weights import stored
from chanjiao.apps.matching.models import WeightOrigin, WeightSet
from chanjiao.apps.matching.weight_sets import OWN, may_weigh, own_shares, weights_in_force
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.engines.matching import KINDS


def restore_weights(*, actor: Actor, kind: str, version: int, now: datetime) -> WeightSet:
    """A new version with the shares of an earlier one; version 0 is what the engine ships with.

    Nothing is lost: the version taken back stays in the list. `record.not_found` where there is no such version,
    `weights.in_force` where it changes nothing.
    """
    require(may_weigh(actor))
    with transaction.atomic():
        shares = _shares(kind, version)
        if shares == weights_in_force().of(kind):
            raise ChanjiaoError("weights.in_force")
        return stored(
            actor=actor, kind=kind, shares=shares, now=now, origin=WeightOrigin.RESTORED, restored_version=version
        )


def _shares(kind: str, version: int) -> dict[str, float]:
    found = WeightSet.objects.filter(kind=kind, version=version).first()
    if kind not in KINDS or (found is None and version != OWN):
        raise ChanjiaoError("record.not_found")
    return found.shares if found else own_shares(kind)
