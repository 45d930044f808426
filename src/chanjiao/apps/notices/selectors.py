"""Reads over notices, filtered by who asks."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from chanjiao.apps.members.models import Organisation
from chanjiao.apps.members.rights import sees_private_facts
from chanjiao.apps.notices.models import Bot, BotKind, Contact, Notice, Preference
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows an inbox: what is unread, what still waits for an answer, one kind of object."""

    unread: bool = False
    waiting: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class BotView:
    """A group bot as its organisation sees it."""

    id: int
    kind: BotKind
    name: str
    last_sent_at: datetime | None
    paused_until: datetime | None
    failures: int
    last_error: str


def inbox(actor: Actor, filters: Filters = Filters()) -> QuerySet[Notice]:
    """The actor's notices, the latest first: their own, their organisation's and those of the consortia they run."""
    found = Notice.objects.filter(_addressed_to(actor)).select_related("organisation", "consortium__organisation")
    if filters.unread:
        found = found.filter(read_at=None)
    if filters.waiting:
        found = found.filter(_awaits_answer())
    return found.filter(object_type=filters.about) if filters.about else found


def notice(actor: Actor, pk: int) -> Notice:
    """One notice; `record.not_found` where it is missing or somebody else's."""
    found = inbox(actor).filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def unread_count(actor: Actor) -> int:
    """How many notices nobody of the actor's office has opened."""
    return inbox(actor, Filters(unread=True)).count()


def object_counts(actor: Actor) -> list[tuple[str, int]]:
    """(Kind of object, number) of the actor's notices, the most frequent first."""
    told = inbox(actor).exclude(object_type="").order_by()
    counted = told.values_list("object_type").annotate(count=Count("pk"))
    return [(label, count) for label, count in counted.order_by("-count", "object_type")]


def _addressed_to(actor: Actor) -> Q:
    # An administrator sees everything, but an inbox is what one is told, not what one may look into.
    mine = Q(person_id=actor.user_id) if actor.user_id is not None else Q(pk__in=[])
    if actor.organisation_id is not None and actor.acts_for(actor.organisation_id):
        mine |= Q(organisation_id=actor.organisation_id)
    return mine | Q(consortium_id__in=actor.secretariat_of) if actor.secretariat_of else mine


def _awaits_answer() -> Q:
    return Q(settled_at=None) & (Q(deadline__isnull=False) | ~Q(purpose=""))


def preference(actor: Actor) -> Preference:
    """How the actor wants to be told; the default where they never said."""
    return Preference.objects.filter(person_id=actor.user_id).first() or Preference()


def contacts_of(actor: Actor, body: Organisation) -> dict[int, Contact]:
    """Who answers letters for the organisation, by place, for its staff and its secretariat."""
    if not sees_private_facts(actor, body):
        raise ChanjiaoError("action.denied")
    return {one.place: one for one in Contact.objects.filter(organisation=body)}


def bots_of(actor: Actor, body: Organisation) -> list[BotView]:
    """The organisation's group bots, without what would let anybody speak as them."""
    if not sees_private_facts(actor, body):
        raise ChanjiaoError("action.denied")
    names = [field.name for field in fields(BotView)]
    found = Bot.objects.filter(organisation=body, ended_at=None).values(*names)
    return [BotView(**{**row, "kind": BotKind(row["kind"])}) for row in found]
