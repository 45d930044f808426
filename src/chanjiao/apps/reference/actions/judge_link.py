"""Confirm or reject an inferred link, or enter one of the site's own."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from chanjiao.apps.reference.models import Granularity, Link, LinkSource, LinkState, Term
from chanjiao.apps.reference.rights import may_judge_links
from chanjiao.core.audit import emit, record_change, record_removal, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def judge_link(*, actor: Actor, pk: int, confirms: bool, now: datetime) -> Link:
    """The inferred link is confirmed or rejected, and may be judged again otherwise; `record.not_found` for others."""
    require(may_judge_links(actor))
    with transaction.atomic():
        link = Link.objects.select_for_update().filter(pk=pk, source=LinkSource.INFERRED).first()
        if link is None:
            raise ChanjiaoError("record.not_found")
        before = state_of(link)
        link.state = LinkState.CONFIRMED if confirms else LinkState.REJECTED
        link.judged_by, link.judged_at = actor.name, now
        link.save()
        record_change(actor=actor, action="judge_link", instance=link, now=now, before=before)
        emit(actor=actor, name=f"link.{link.state}", instance=link, now=now)
    return link


def enter_link(*, actor: Actor, programme_code: str, occupation_code: str, now: datetime) -> Link:
    """The programme leads to the occupation or minor group, as this site knows it.

    `destination.unknown_code` where no such term is in force, `destination.exists` where it was entered before.
    """
    require(may_judge_links(actor))
    known = Term.objects.filter(system__code="occupation", code=occupation_code, in_force=True).exists()
    if not known or occupation_code.count("-") < 2:
        raise ChanjiaoError("destination.unknown_code", field="occupation", value=occupation_code[:40])
    if not Term.objects.filter(system__code="programme", code=programme_code).exists():
        raise ChanjiaoError("record.not_found")
    try:
        with transaction.atomic():
            link = Link.objects.create(
                programme_code=programme_code,
                occupation_code=occupation_code,
                granularity=Granularity.OCCUPATION if occupation_code.count("-") == 3 else Granularity.MINOR,
                source=LinkSource.LOCAL,
                judged_by=actor.name,
                judged_at=now,
            )
            record_change(actor=actor, action="enter_link", instance=link, now=now)
            emit(actor=actor, name="link.entered", instance=link, now=now)
    except IntegrityError:
        raise ChanjiaoError("destination.exists", field="occupation") from None
    return link


def remove_link(*, actor: Actor, pk: int, now: datetime) -> str:
    """The link that this site entered is gone; the code of its programme. `record.not_found` for any other link."""
    require(may_judge_links(actor))
    with transaction.atomic():
        link = Link.objects.select_for_update().filter(pk=pk, source=LinkSource.LOCAL).first()
        if link is None:
            raise ChanjiaoError("record.not_found")
        record_removal(actor=actor, action="remove_link", instance=link, now=now)
        link.delete()
    return link.programme_code
