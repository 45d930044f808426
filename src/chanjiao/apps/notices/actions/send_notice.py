"""Tell somebody something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import IntegrityError, models, transaction

from chanjiao.apps.notices.addressees import Addressee, Target, targets_of
from chanjiao.apps.notices.kinds import KINDS
from chanjiao.apps.notices.models import Delivery, Notice
from chanjiao.apps.notices.purposes import PURPOSES
from chanjiao.core.jobs import enqueue
from chanjiao.core.permissions import Actor

DELIVER = "notices.deliver"
"""The task that sends what is due."""


def send_notice(
    *,
    actor: Actor,
    to: Addressee,
    kind: str,
    key: str,
    now: datetime,
    params: Mapping[str, str | int] | None = None,
    about: models.Model | None = None,
    deadline: datetime | None = None,
    purpose: str = "",
) -> Notice:
    """The notice in the addressee's inbox, its letters waiting; the same `key` twice is one notice.

    Called by other actions inside their transaction, which have checked what `actor` may do: the notice exists exactly
    when the deed does. `about` is what it opens; with `purpose`, letters carry a link that answers without an account.
    Raises `KeyError` for a kind or purpose that nobody registered, and for a parameter that the kind's words lack.
    """
    wanted, params = KINDS[kind], dict(params or {})
    wanted.words.format(**params)
    if purpose:
        PURPOSES[purpose]
    notice = Notice(
        key=key,
        kind=kind,
        params=params,
        **to.columns,
        object_type=about._meta.label_lower if about is not None else "",
        object_id=about.pk if about is not None else None,
        purpose=purpose,
        deadline=deadline,
        sent_at=now,
    )
    try:
        with transaction.atomic():
            notice.save(force_insert=True)
    except IntegrityError:
        return Notice.objects.get(key=key)
    _queue(notice, targets_of(to, now=now, urgent=wanted.urgent or deadline is not None))
    # The rows are the queue; this only wakes a worker, so it may be lost without losing a letter.
    transaction.on_commit(lambda: wake(actor=actor, now=now), robust=True)
    return notice


def _queue(notice: Notice, targets: Iterable[Target]) -> None:
    Delivery.objects.bulk_create(
        Delivery(
            notice=notice,
            person_id=one.person_id,
            contact_id=one.contact_id,
            bot_id=one.bot_id,
            due_at=one.due_at,
        )
        for one in targets
    )


def wake(*, actor: Actor, now: datetime) -> None:
    """A worker looks for due letters soon."""
    enqueue(DELIVER, actor=actor, now=now, key=f"{DELIVER}.now")
