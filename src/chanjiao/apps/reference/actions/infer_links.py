"""Infer where programmes lead that no teaching standard links."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from chanjiao.apps.reference.models import Granularity, Link, LinkSource, LinkState, Term
from chanjiao.apps.reference.rights import may_judge_links
from chanjiao.core.audit import emit, record_additions
from chanjiao.core.permissions import Actor, require
from chanjiao.engines.matching import ENGINE_ID, ENGINE_VERSION
from chanjiao.engines.matching.programme_model import Programme, level_of
from chanjiao.engines.matching.programmes import Destination, destinations

TOP = 5
"""Minor groups proposed for a programme."""
LEAST_SCORE = 0.02
"""A chance below one in fifty is not worth a person's judgement."""
CHUNK = 50


def infer_links(*, actor: Actor, now: datetime, advanced: Callable[[int], None] = lambda count: None) -> int:
    """How many links were proposed: for each programme in force without an official link, its likeliest minor groups.

    Links that somebody judged stay as judged; unjudged ones of an earlier run are replaced. Deterministic.
    """
    require(may_judge_links(actor))
    linked = set(Link.objects.filter(source=LinkSource.OFFICIAL).values_list("programme_code", flat=True))
    programmes = Term.objects.filter(system__code="programme", in_force=True).exclude(code__in=linked)
    rows = [(code, name) for code, name in programmes.values_list("code", "name").order_by("code") if level_of(code)]
    proposed = 0
    for begin in range(0, len(rows), CHUNK):
        chunk = rows[begin : begin + CHUNK]
        found = [one for code, name in chunk for one in _likeliest(code, name)]
        with transaction.atomic():
            proposed += _store(actor, [code for code, _name in chunk], found, now)
        advanced(len(chunk))
    return proposed


def _likeliest(code: str, name: str) -> list[Destination]:
    if len(code) != 6:
        return []  # a class of programmes, not a programme
    ranked = destinations(Programme(code, level_of(code), name, code=code), TOP, inferred_only=True)
    return [one for one in ranked if one.score >= LEAST_SCORE]


def _store(actor: Actor, codes: list[str], found: list[Destination], now: datetime) -> int:
    inferred = Link.objects.filter(source=LinkSource.INFERRED, programme_code__in=codes)
    inferred.filter(state=LinkState.PROPOSED).delete()
    judged = set(inferred.values_list("programme_code", "occupation_code"))
    new = [_link(one) for one in found if (one.programme, one.code) not in judged]
    Link.objects.bulk_create(new)
    record_additions(actor=actor, action="infer_links", instances=new, now=now)
    if new:
        emit(actor=actor, name="links.inferred", instance=new[0], now=now, amount=len(new))
    return len(new)


def _link(found: Destination) -> Link:
    told = ((line.how, [term for term in (line.offer, line.need) if term], line.strength) for line in found.reasons)
    reasons = [{"how": how, "terms": terms, "strength": round(strength, 4)} for how, terms, strength in told]
    return Link(
        programme_code=found.programme,
        occupation_code=found.code,
        granularity=Granularity.MINOR,
        source=LinkSource.INFERRED,
        edition=f"{ENGINE_ID} {ENGINE_VERSION}",
        state=LinkState.PROPOSED,
        score=round(found.score, 6),
        reasons=reasons,
    )
