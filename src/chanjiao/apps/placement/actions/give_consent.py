"""A student's separate consent to data going to the firm of their place, given for one round and withdrawable."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from chanjiao.apps.placement.changes import in_state, own_student, round_seen, stored
from chanjiao.apps.placement.models import Consent, RoundState
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def give_consent(*, actor: Actor, round_id: int, now: datetime) -> Consent:
    """The consent in force; giving it twice changes nothing. Only while wishes or rankings are open."""
    student, round_ = own_student(actor), round_seen(actor, round_id)
    in_state(round_, RoundState.WISHES, RoundState.RANKING)
    found = Consent.objects.filter(student=student, round=round_, withdrawn_at__isnull=True).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            consent = Consent.objects.create(student=student, round=round_, given_at=now)
            record_change(actor=actor, action="give_consent", instance=consent, now=now)
    except IntegrityError:  # the same click twice in one second
        return Consent.objects.get(student=student, round=round_, withdrawn_at__isnull=True)
    return consent


def withdraw_consent(*, actor: Actor, round_id: int, now: datetime) -> Consent:
    """The consent is no longer in force: runs leave the student out, and firms no longer see them. At any time."""
    student, round_ = own_student(actor), round_seen(actor, round_id)
    with transaction.atomic():
        consent = Consent.objects.filter(student=student, round=round_, withdrawn_at__isnull=True).first()
        if consent is None:
            raise ChanjiaoError("record.not_found")
        return stored(actor=actor, row=consent, action="withdraw_consent", now=now, withdrawn_at=now)
