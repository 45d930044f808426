"""Storing cited rows as evidence, numbered in the order in which they come."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Max
from django.utils import timezone

from chanjiao.apps.dossiers.models import Dossier, Evidence
from chanjiao.apps.dossiers.rules import MOST_EVIDENCE
from chanjiao.apps.dossiers.sources import candidates
from chanjiao.core.audit import record_additions
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor


def cite(actor: Actor, dossier: Dossier, keys: Collection[str], now: datetime) -> list[Evidence]:
    """The rows of these keys, cited as they read now; those cited already stay as they are.

    `record.not_found` for a key that no source hands the actor.
    """
    known = {(one.kind, one.object_type, one.object_id, one.measure) for one in dossier.evidence.all()}
    offered = {one.key: one for one in candidates(actor, dossier, timezone.localdate(now))}
    if not set(keys) <= set(offered):
        raise ChanjiaoError("record.not_found")
    chosen = [offered[key] for key in dict.fromkeys(keys)]
    fresh = [one for one in chosen if (one.kind, one.object_type, one.object_id, one.measure) not in known]
    first = next_evidence_number(dossier, len(fresh))
    made = [
        Evidence.objects.create(
            dossier=dossier,
            number=number,
            kind=one.kind,
            title=one.title,
            object_type=one.object_type,
            object_id=one.object_id,
            measure=one.measure,
            amount=one.amount,
            as_of=one.as_of,
            source=" · ".join(part for part in (one.source, one.under) if part)[:200],
            cited_by=actor.name,
            cited_at=now,
        )
        for number, one in enumerate(fresh, start=first)
    ]
    record_additions(actor=actor, action="cite_evidence", instances=made, now=now)
    return made


def next_evidence_number(dossier: Dossier, count: int = 1) -> int:
    """The first of `count` free numbers; `dossier.too_much_evidence` where there is no room for them."""
    last: int = dossier.evidence.aggregate(last=Max("number"))["last"] or 0
    if dossier.evidence.count() + count > MOST_EVIDENCE:
        raise Rejected([ChanjiaoError("dossier.too_much_evidence", limit=MOST_EVIDENCE)])
    return last + 1
