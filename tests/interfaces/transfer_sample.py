"""A challenge at every stage, for tests that walk all routes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone

from chanjiao.apps.cooperation.actions.object_to_price import object_to_price
from chanjiao.apps.cooperation.models import Agreement, Objection, Publicity
from chanjiao.apps.transfer.models import Challenge, ChallengeAnswer
from tests.apps.transfer import samples
from tests.cast import Cast


@dataclass(frozen=True, slots=True)
class TransferSample:
    """Challenges of the enterprise, by stage; the college answers them."""

    drafted: Challenge
    published: Challenge
    answered: Challenge
    answer: ChallengeAnswer
    chosen: Challenge
    contracted: Challenge
    unpublicised: Agreement
    publicity: Publicity
    objection: Objection


def make_transfer(cast: Cast) -> TransferSample:
    """The sample, stored; those that take answers do so today."""
    now = timezone.now()
    terms = replace(samples.TERMS, answers_until=timezone.localdate(now) + timedelta(days=30))
    to_publicise = samples.proposed(cast, samples.contract(cast, samples.chosen(cast, "N-2026-0916")))
    waiting = samples.proposed(cast, samples.contract(cast, samples.chosen(cast, "N-2026-0917")))
    publicity = samples.publicised(cast, waiting, timezone.localdate(now), now)
    answered = samples.published(cast, terms, now, "N-2026-0913")
    return TransferSample(
        drafted=samples.drafted(cast, terms, now, "N-2026-0911"),
        published=samples.published(cast, terms, now, "N-2026-0912"),
        answered=answered,
        answer=samples.answered(cast.dean, answered, now=now),
        chosen=samples.chosen(cast, "N-2026-0914"),
        contracted=samples.in_force(cast, "N-2026-0915"),
        unpublicised=to_publicise,
        publicity=publicity,
        objection=object_to_price(actor=cast.stranger, pk=publicity.pk, reason="价格偏高", now=now),
    )
