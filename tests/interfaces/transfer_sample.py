"""A challenge at every stage, for tests that walk all routes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from django.utils import timezone

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


def make_transfer(cast: Cast) -> TransferSample:
    """The sample, stored; those that take answers do so today."""
    now = timezone.now()
    terms = replace(samples.TERMS, answers_until=timezone.localdate(now) + timedelta(days=30))
    answered = samples.published(cast, terms, now, "N-2026-0913")
    return TransferSample(
        drafted=samples.drafted(cast, terms, now, "N-2026-0911"),
        published=samples.published(cast, terms, now, "N-2026-0912"),
        answered=answered,
        answer=samples.answered(cast.dean, answered, now=now),
        chosen=samples.chosen(cast, "N-2026-0914"),
        contracted=samples.in_force(cast, "N-2026-0915"),
    )
