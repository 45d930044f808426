"""Draft an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.cooperation.changes import bodies_of, visible_to
from chanjiao.apps.cooperation.contents import content_of, first_version
from chanjiao.apps.cooperation.kinds import kind_of
from chanjiao.apps.cooperation.models import Agreement, AgreementState, AgreementVersion
from chanjiao.apps.cooperation.prefill import first_content, repeated
from chanjiao.apps.exchange.numbers import next_number
from chanjiao.apps.exchange.places import member_of
from chanjiao.apps.matching.models import Match, MatchState
from chanjiao.apps.matching.selectors import match as match_seen
from chanjiao.apps.members.models import Organisation
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def draft_agreement(
    *,
    actor: Actor,
    kind: str,
    organisation_id: int,
    consortium_id: int,
    partner_ids: Sequence[int] = (),
    match_id: int | None = None,
    like_id: int | None = None,
    now: datetime,
) -> Agreement:
    """A draft of this kind between the actor's organisation, a member of the consortium, and its partners.

    With `match_id`, an accepted match of theirs, need, offer and organisations fill it in; a match that is not accepted
    is `agreement.match_not_accepted`. With `like_id`, an earlier agreement of that kind to which the organisation is a
    party, its clauses, particulars, money and length of term are taken over (`agreement.like_unfit`).
    """
    require(actor.acts_for(organisation_id))
    agreed, drafter = kind_of(kind), member_of(consortium_id, organisation_id)
    match = _match(actor, match_id, organisation_id) if match_id is not None else None
    like = _like(actor, like_id, kind, organisation_id) if like_id is not None else None
    bodies = _bodies(drafter, partner_ids, match)
    with transaction.atomic():
        agreement = Agreement.objects.create(
            number=next_number("A", now),
            kind=agreed.code,
            consortium_id=consortium_id,
            match=match,
            state=AgreementState.DRAFT,
            created_at=now,
        )
        content = first_content(actor, agreed, bodies, match)
        if like is not None:
            content = repeated(content, content_of(like), timezone.localdate(now))
        first_version(agreement=agreement, drafter=drafter, content=content, now=now)
        record_change(actor=actor, action="draft_agreement", instance=agreement, now=now)
    return agreement


def _match(actor: Actor, pk: int, organisation_id: int) -> Match:
    match_seen(actor, pk)
    found = Match.objects.select_related("need__organisation", "offer__organisation").get(pk=pk)
    if organisation_id not in (found.need.organisation_id, found.offer.organisation_id):
        raise ChanjiaoError("record.not_found")
    if found.state != MatchState.ACCEPTED:
        raise ChanjiaoError("agreement.match_not_accepted")
    return found


def _like(actor: Actor, pk: int, kind: str, organisation_id: int) -> AgreementVersion:
    found = Agreement.objects.filter(visible_to(actor), pk=pk).select_related("current").first()
    if found is None or found.current is None:
        raise ChanjiaoError("record.not_found")
    if found.kind != kind or organisation_id not in [body.pk for body in bodies_of(found.current)]:
        raise ChanjiaoError("agreement.like_unfit", field="like")
    return found.current


def _bodies(drafter: Organisation, partner_ids: Sequence[int], match: Match | None) -> list[Organisation]:
    matched = [match.need.organisation, match.offer.organisation] if match else []
    partners = list(Organisation.objects.filter(pk__in=partner_ids))
    if len(partners) < len(set(partner_ids)):
        raise ChanjiaoError("agreement.unknown_party", field="parties")
    return list({body.pk: body for body in [drafter, *matched, *partners]}.values())
