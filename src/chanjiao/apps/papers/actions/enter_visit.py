"""Enter a need for an enterprise after a visit; the enterprise confirms it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from chanjiao.apps.exchange.actions.post_listing import post_listing
from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.models import SourceKind
from chanjiao.apps.exchange.rules import Content
from chanjiao.apps.notices.actions.send_notice import send_notice
from chanjiao.apps.notices.addressees import organisation
from chanjiao.apps.papers.actions.enter_part import claimed_part, settle
from chanjiao.apps.papers.models import PartState, Visit
from chanjiao.apps.papers.rights import reading_organisation
from chanjiao.apps.papers.selectors import paper as paper_view
from chanjiao.core.audit import record_change
from chanjiao.core.permissions import Actor

ANSWERED_WITHIN = timedelta(days=14)


def enter_visit(
    *, actor: Actor, paper_id: int, number: int, firm_id: int, consortium_id: int, content: Content, now: datetime
) -> Visit:
    """The visit with a drafted need of the enterprise, which is told and may confirm it by a link, account or not."""
    college_id = reading_organisation(actor)
    whole = paper_view(actor, paper_id).reading.whole(number)
    told = {
        name: str(fact.value)[: 10 if name == "visited_on" else 60]
        for name in ("visited_on", "visitor", "host", "outcome")
        if (fact := whole.first(name))
    }
    with transaction.atomic():
        part = claimed_part(actor, paper_id, number)
        need = post_listing(
            actor=actor,
            side=Side.NEED,
            kind=Kind.POST,
            organisation_id=firm_id,
            consortium_id=consortium_id,
            content=content,
            now=now,
            source=SourceKind.VISIT,
        )
        settle(actor, part, PartState.ENTERED, now, need)
        visit = Visit.objects.create(need_id=need.pk, college_id=college_id, entered_at=now, **told)
        record_change(actor=actor, action="enter_visit", instance=visit, now=now)
        send_notice(
            actor=actor,
            to=organisation(firm_id),
            kind="visit.entered",
            key=f"visit.{visit.pk}",
            now=now,
            params={"college": actor.organisation_name, "need": need.title},
            about=visit,
            deadline=now + ANSWERED_WITHIN,
            purpose="papers.confirm_visit",
        )
    return visit
