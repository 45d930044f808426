"""Set in which parts a programme leads to occupations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from chanjiao.apps.exchange.codes import is_known
from chanjiao.apps.programmes.changes import refuse_faults
from chanjiao.apps.programmes.models import LinkShare
from chanjiao.apps.programmes.rights import may_tell_demand
from chanjiao.apps.programmes.rules.links import share_faults
from chanjiao.core.audit import emit, record_change, record_removal, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def set_shares(
    *, actor: Actor, programme_code: str, shares: Mapping[str, Decimal], source: str, now: datetime
) -> list[LinkShare]:
    """The programme leads by these shares (minor group → part) and no others; by its links again without any."""
    require(may_tell_demand(actor))
    check_shares(programme_code, shares)
    with transaction.atomic():
        known = {one.occupation_code: one for one in LinkShare.objects.filter(programme_code=programme_code)}
        for code, one in known.items():
            if code not in shares:
                record_removal(actor=actor, action="set_shares", instance=one, now=now)
                one.delete()
        result = []
        for code, share in shares.items():
            one = known.get(code) or LinkShare(programme_code=programme_code, occupation_code=code, version=0)
            if one.pk and one.share == share:
                result.append(one)
                continue
            before = state_of(one) if one.pk else None
            one.share, one.source = share, source.strip()[:120]
            one.told_by, one.told_at, one.version = actor.name, now, one.version + 1
            one.save()
            record_change(actor=actor, action="set_shares", instance=one, now=now, before=before)
            result.append(one)
        if result:
            emit(actor=actor, name="shares.set", instance=result[0], now=now, amount=len(result))
    return result


def check_shares(programme_code: str, shares: Mapping[str, Decimal]) -> None:
    """Raise a `Rejected` with everything wrong with the shares of a programme."""
    found = list(share_faults(shares))
    if not is_known("programme", programme_code):
        found.append(ChanjiaoError("programme.unknown_code", field="programme", value=programme_code[:40]))
    for code in shares:
        if code.count("-") != 2 or not is_known("occupation", code):
            found.append(ChanjiaoError("share.minor_group", field="occupation", value=code[:40]))
    refuse_faults(found)
