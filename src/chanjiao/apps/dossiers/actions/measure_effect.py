"""Measure what came of a change."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.dossiers.book import book
from chanjiao.apps.dossiers.changes import announce, dossier_for, moved
from chanjiao.apps.dossiers.models import Dossier, DossierState, Effect, EvidenceKind
from chanjiao.apps.dossiers.rules import Deed, measurable_on, text_faults
from chanjiao.apps.dossiers.sources import candidates
from chanjiao.apps.exchange.contents import clean_text
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor


def measure_effect(*, actor: Actor, pk: int, version: int, effect: str, words: str, now: datetime) -> Dossier:
    """What came of the change, beside the figures it rested on as they read now.

    `dossier.too_early` before the months of the book have passed since it was carried out.
    """
    words = clean_text(words)
    with transaction.atomic():
        dossier = dossier_for(actor, pk, Deed.MEASURE)
        assert dossier.carried_out_on is not None
        first = measurable_on(dossier.carried_out_on, book().effect_months)
        if timezone.localdate(now) < first:
            raise ChanjiaoError("dossier.too_early", day=first)
        errors = [*text_faults(effect_words=words)]
        if effect not in Effect.values:
            errors.insert(0, ChanjiaoError("listing.required", field="effect"))
        if errors:
            raise Rejected(errors)
        _read_figures_again(actor, dossier, now)
        told = {"state": DossierState.MEASURED, "effect": effect, "effect_words": words, "measured_at": now}
        moved(actor=actor, dossier=dossier, version=version, action="measure_effect", now=now, **told)
        announce(actor=actor, name="dossier.measured", dossier=dossier, now=now, amount=1, unit="项")
    return dossier


def _read_figures_again(actor: Actor, dossier: Dossier, now: datetime) -> None:
    today = {
        (one.object_type, one.object_id, one.measure): one.amount
        for one in candidates(actor, dossier, timezone.localdate(now))
    }
    for evidence in dossier.evidence.filter(kind=EvidenceKind.FIGURE):
        before = state_of(evidence)
        evidence.amount_after = today.get((evidence.object_type, evidence.object_id or 0, evidence.measure))
        evidence.save()
        record_change(actor=actor, action="measure_effect", instance=evidence, now=now, before=before)
