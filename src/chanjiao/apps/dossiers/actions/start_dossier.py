"""Start a dossier."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction

from chanjiao.apps.dossiers.citing import cite
from chanjiao.apps.dossiers.facts import ChangeFacts, checked
from chanjiao.apps.dossiers.models import Dossier, DossierState
from chanjiao.apps.exchange.numbers import next_number
from chanjiao.apps.exchange.places import member_of
from chanjiao.apps.programmes.rules.points import COLLEGES
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def start_dossier(
    *,
    actor: Actor,
    college_id: int,
    consortium_id: int,
    facts: ChangeFacts,
    cites: Collection[str] = (),
    now: datetime,
) -> Dossier:
    """A draft of a change that the college asks for; `cites` are keys of rows that led to it, such as a warning card.

    `dossier.pending` where a dossier on the same programme point is not decided yet.
    """
    if not actor.belongs_to(college_id):
        raise ChanjiaoError("record.not_found")
    college = member_of(consortium_id, college_id)
    require(college.type in COLLEGES, "programme.not_a_college")
    columns = checked(facts, college_id=college_id, now=now)
    try:
        with transaction.atomic():
            dossier = Dossier.objects.create(
                number=next_number("D", now),
                consortium_id=consortium_id,
                college=college,
                state=DossierState.DRAFT,
                created_by=actor.name,
                created_at=now,
                **columns,
            )
            record_change(actor=actor, action="start_dossier", instance=dossier, now=now)
            cite(actor, dossier, cites, now)
    except IntegrityError:
        raise ChanjiaoError("dossier.pending", field="point") from None
    return dossier
