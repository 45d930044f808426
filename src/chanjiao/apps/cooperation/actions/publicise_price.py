"""Make a price known to everybody, and stop that."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.cooperation.actions.pass_publicity import pass_if_over
from chanjiao.apps.cooperation.changes import agreement_for, the_version
from chanjiao.apps.cooperation.models import AgreementVersion, Publicity, PublicityState, VersionState
from chanjiao.apps.cooperation.publicity import (
    NEW_PRICE,
    announce,
    close,
    publicist_of,
    publicity_for,
    rule_of,
    stop_running,
    subject_of,
)
from chanjiao.apps.cooperation.publicity_notices import PUBLICISED, STOPPED, tell_parties
from chanjiao.apps.cooperation.publicity_rules import PublicityTerms, publicity_faults
from chanjiao.apps.cooperation.rules import Deed
from chanjiao.apps.exchange.contents import clean_text
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor

LONGEST_NOTE = 300


def publicise_price(*, actor: Actor, pk: int, told: PublicityTerms, now: datetime) -> Publicity:
    """Everybody reads what is transferred and for how much, and may object until the last day.

    The proposed version's own subject and price are made known; the agreement comes into force no sooner than that is
    over. A `Rejected` lists every wrong field. What was made known elsewhere long enough is over at once.
    """
    told = replace(told, contact=clean_text(told.contact), place=clean_text(told.place))
    with transaction.atomic():
        agreement = agreement_for(actor, pk, Deed.PUBLICISE)
        version = the_version(agreement, VersionState.PROPOSED)
        rule = rule_of(version)
        assert rule is not None
        errors = publicity_faults(told, days=rule.days, today=timezone.localdate(now))
        if errors:
            raise Rejected(errors)
        stop_running(actor=actor, agreement=agreement, note=NEW_PRICE, now=now)
        publicity = _opened(version, told, now)
        record_change(actor=actor, action="publicise_price", instance=publicity, now=now)
        announce(actor=actor, name="price.publicised", publicity=publicity, now=now)
        tell_parties(actor, PUBLICISED, publicity, now)
        pass_if_over(actor=actor, publicity=publicity, now=now)
    return publicity


def stop_publicity(*, actor: Actor, pk: int, note: str, now: datetime) -> Publicity:
    """The price is no longer made known, for the reason given; the agreement waits for another publicity."""
    note = clean_text(note)
    with transaction.atomic():
        publicity = publicity_for(actor, pk)
        if not note or len(note) > LONGEST_NOTE:
            code = "listing.too_long" if note else "listing.required"
            raise Rejected([ChanjiaoError(code, field="note", limit=LONGEST_NOTE)])
        close(actor=actor, publicity=publicity, state=PublicityState.STOPPED, note=note, now=now)
        tell_parties(actor, STOPPED, publicity, now)
    return publicity


def _opened(version: AgreementVersion, told: PublicityTerms, now: datetime) -> Publicity:
    body = publicist_of(version)
    if version.amount is None:
        raise Rejected([ChanjiaoError("publicity.needs_price", field="amount")])
    assert body is not None
    assert told.begins_on is not None
    assert told.ends_on is not None
    return Publicity.objects.create(
        agreement=version.agreement,
        organisation=body,
        subject=subject_of(version),
        price=version.amount,
        begins_on=told.begins_on,
        ends_on=told.ends_on,
        place=told.place,
        contact=told.contact,
        opened_at=now,
    )
