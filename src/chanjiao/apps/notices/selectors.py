"""Reads over notices, filtered by who asks."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from chanjiao.apps.notices.models import Notice
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows an inbox: what is unread, what still waits for an answer, one kind."""

    unread: bool = False
    waiting: bool = False
    kind: str = ""


def inbox(actor: Actor, filters: Filters = Filters()) -> QuerySet[Notice]:
    """The actor's notices, the latest first: their own, their organisation's and those of the consortia they run."""
    found = Notice.objects.filter(_addressed_to(actor)).select_related("organisation", "consortium__organisation")
    if filters.unread:
        found = found.filter(read_at=None)
    if filters.waiting:
        found = found.filter(_awaits_answer())
    return found.filter(kind=filters.kind) if filters.kind else found


def notice(actor: Actor, pk: int) -> Notice:
    """One notice; `record.not_found` where it is missing or somebody else's."""
    found = inbox(actor).filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def unread_count(actor: Actor) -> int:
    """How many notices nobody of the actor's office has opened."""
    return inbox(actor, Filters(unread=True)).count()


def kind_counts(actor: Actor) -> list[tuple[str, int]]:
    """(Kind, number) of the actor's notices, the most frequent first."""
    counted = inbox(actor).order_by().values_list("kind").annotate(count=Count("pk"))
    return [(kind, count) for kind, count in counted.order_by("-count", "kind")]


def _addressed_to(actor: Actor) -> Q:
    # An administrator sees everything, but an inbox is what one is told, not what one may look into.
    mine = Q(person_id=actor.user_id) if actor.user_id is not None else Q(pk__in=[])
    if actor.organisation_id is not None and actor.acts_for(actor.organisation_id):
        mine |= Q(organisation_id=actor.organisation_id)
    return mine | Q(consortium_id__in=actor.secretariat_of) if actor.secretariat_of else mine


def _awaits_answer() -> Q:
    return Q(settled_at=None) & (Q(deadline__isnull=False) | ~Q(purpose=""))
