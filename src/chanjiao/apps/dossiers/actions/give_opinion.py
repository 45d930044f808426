"""Give an opinion on a change."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.dossiers.asking import opinions_owed
from chanjiao.apps.dossiers.changes import announce, dossier_for
from chanjiao.apps.dossiers.models import Opinion, Verdict
from chanjiao.apps.dossiers.notices import ALL_GIVEN, ASKED, tell_of_dossier
from chanjiao.apps.dossiers.rules import Deed, text_faults
from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.notices.actions.settle_notices import settle_notices
from chanjiao.apps.notices.addressees import organisation, secretariat
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor


def give_opinion(*, actor: Actor, pk: int, verdict: str, words: str, now: datetime) -> Opinion:
    """What the actor's organisation says of the change; who is not plainly in favour says why."""
    words = clean_text(words)
    with transaction.atomic():
        dossier = dossier_for(actor, pk, Deed.OPINE)
        errors = [*text_faults(required=verdict != Verdict.FOR, words=words)]
        if verdict not in Verdict.values:
            errors.insert(0, ChanjiaoError("listing.required", field="verdict"))
        if errors:
            raise Rejected(errors)
        opinion = dossier.opinions.select_related("organisation").get(organisation_id=actor.organisation_id or 0)
        before = state_of(opinion)
        opinion.verdict, opinion.words, opinion.given_by, opinion.given_at = verdict, words, actor.name, now
        opinion.save()
        record_change(actor=actor, action="give_opinion", instance=opinion, now=now, before=before)
        settle_notices(about=dossier, kind=ASKED, to=organisation(opinion.organisation_id), now=now)
        announce(
            actor=actor, name="dossier.opinion_given", dossier=dossier, now=now, body=opinion.organisation, amount=1,
            unit="份",
        )  # fmt: skip
        if not opinions_owed(dossier) and not dossier.opinions.filter(verdict="").exists():
            tell_of_dossier(actor, ALL_GIVEN, dossier, [secretariat(dossier.consortium_id)], now=now)
    return opinion
