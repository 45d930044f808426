"""Begin the renewal of an agreement."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from chanjiao.apps.cooperation.changes import agreement_for, own_party
from chanjiao.apps.cooperation.contents import content_of, first_version
from chanjiao.apps.cooperation.models import Agreement, AgreementState
from chanjiao.apps.cooperation.rules import Deed
from chanjiao.apps.exchange.numbers import next_number
from chanjiao.core.audit import record_change
from chanjiao.core.days import months_later, term_after, years_until
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def renew_agreement(*, actor: Actor, pk: int, now: datetime) -> Agreement:
    """A draft of another agreement like this one, for a term as long that begins the day after this one's end; where
    that is over too, in whole years later.

    The one that is renewed stays in force until the draft is signed. `agreement.renewal_begun` where one waits already.
    """
    with transaction.atomic():
        old = agreement_for(actor, pk, Deed.RENEW)
        if old.renewals.exclude(state=AgreementState.WITHDRAWN).exists():
            raise ChanjiaoError("agreement.renewal_begun")
        base = old.current
        assert base is not None
        assert base.starts_on
        assert base.ends_on
        starts, ends = next_term(base.starts_on, base.ends_on, localdate(now))
        content = replace(content_of(base), starts_on=starts, ends_on=ends, overlap_meant=False)
        renewal = Agreement.objects.create(
            number=next_number("A", now),
            kind=old.kind,
            consortium_id=old.consortium_id,
            match_id=old.match_id,
            previous=old,
            state=AgreementState.DRAFT,
            created_at=now,
        )
        first_version(agreement=renewal, drafter=own_party(actor, base), content=content, like=base, now=now)
        record_change(actor=actor, action="renew_agreement", instance=renewal, now=now)
    return renewal


def next_term(starts: date, ends: date, today: date) -> tuple[date, date]:
    """The term of the renewal.

    >>> next_term(date(2024, 9, 1), date(2025, 8, 31), date(2026, 11, 1))
    (datetime.date(2026, 9, 1), datetime.date(2027, 8, 31))
    """
    first, last = term_after(starts, ends)
    months = 12 * years_until(last, today)
    return months_later(first, months), months_later(last, months)
