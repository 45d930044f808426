"""Reads over publicised prices: open to everybody; objections for who made them, who answers, and the secretariat."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils import timezone

from chanjiao.apps.cooperation.changes import version_in, visible_to
from chanjiao.apps.cooperation.kinds import PublicityRule
from chanjiao.apps.cooperation.models import Agreement, Objection, Publicity, PublicityState, VersionState
from chanjiao.apps.cooperation.publicity import publicist_of, publicity_owed, rule_of
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.core.rows import Rows, column_asked, readable

SORTS = {
    "subject": "subject",
    "organisation": "organisation__pinyin",
    "price": "price",
    "begins": "begins_on",
    "ends": "ends_on",
    "state": "state",
}


@dataclass(frozen=True, slots=True)
class PublicityFilters:
    """What narrows the list."""

    state: str = ""
    text: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True)
class PublicityRow:
    """A line of the list; `agreement_id` where the reader sees the agreement, `waiting` objections as they see them."""

    id: int
    subject: str
    organisation_id: int
    organisation: str
    price: Decimal
    begins_on: date
    ends_on: date
    state: str
    agreement_id: int | None
    number: str
    waiting: int


@dataclass(frozen=True, slots=True)
class ObjectionView:
    """One objection and its answer; `upheld` is None until there is one."""

    id: int
    name: str
    reason: str
    received_at: datetime
    upheld: bool | None
    answer: str
    answered_by: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class PublicityView:
    """A publicity as one reader sees it, with the rule it follows where the site still has one."""

    row: PublicityRow
    kind: str
    place: str
    contact: str
    note: str
    opened_at: datetime
    closed_at: datetime | None
    objections: tuple[ObjectionView, ...]
    rule: PublicityRule | None
    may_object: bool
    is_ours: bool


def publicities(actor: Actor, filters: PublicityFilters = PublicityFilters()) -> Rows[PublicityRow]:
    """Every publicised price, those that begin last first."""
    filters, rows = readable(filters), _rows()
    if filters.state:
        rows = rows.filter(state=filters.state)
    for word in filters.text.split():
        rows = rows.filter(Q(subject__icontains=word) | Q(organisation__name__icontains=word))
    asked = column_asked(filters.sort, SORTS)
    seen = _Seen(actor)
    return Rows(rows.order_by(asked, "-pk") if asked else rows, seen.row)


def state_counts() -> dict[str, int]:
    """State → number of publicities."""
    counted = Counter(Publicity.objects.order_by().values_list("state", flat=True))
    return {state: counted[state] for state in PublicityState.values}


def publicity(actor: Actor, pk: int) -> PublicityView:
    """One publicity; `record.not_found` where there is none."""
    found = _rows().filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    is_open = found.state == PublicityState.RUNNING and timezone.localdate(clock.now()) <= found.ends_on
    return PublicityView(
        row=_Seen(actor).row(found),
        kind=found.agreement.kind,
        place=found.place,
        contact=found.contact,
        note=found.note,
        opened_at=found.opened_at,
        closed_at=found.closed_at,
        objections=tuple(_objection(one) for one in found.objections.all() if _is_open(actor, found, one)),
        rule=rule_of(found.agreement.current) if found.agreement.current else None,
        may_object=is_open and actor.user_id is not None,
        is_ours=actor.acts_for(found.organisation_id),
    )


def publicities_of(actor: Actor, agreement_id: int) -> list[PublicityRow]:
    """What was made known of an agreement, the latest first."""
    return _seen(actor, _rows().filter(agreement_id=agreement_id))


def rule_of_agreement(actor: Actor, agreement_id: int) -> PublicityRule | None:
    """The rule by which an agreement that the actor sees is publicised, None where none applies."""
    found = Agreement.objects.filter(visible_to(actor), pk=agreement_id).first()
    version = found and (version_in(found, VersionState.PROPOSED) or found.current)
    return rule_of(version) if version else None


def prices_to_publicise(actor: Actor) -> list[Agreement]:
    """Agreements that wait for signatures and whose price the actor's organisation has to make known first."""
    body = actor.organisation_id
    if actor.sees_all or body is None or not actor.acts_for(body):
        return []
    own = Agreement.objects.filter(versions__state=VersionState.PROPOSED, versions__parties__organisation_id=body)
    found = own.distinct().select_related("current").prefetch_related("versions__parties").order_by("pk")
    return [one for one in found if _is_to_publicise(actor, one)]


def objections_to_answer(actor: Actor) -> list[PublicityRow]:
    """Publicities of the actor's organisation on which objections wait, the earliest first."""
    body = actor.organisation_id
    if actor.sees_all or body is None or not actor.acts_for(body):
        return []
    waiting = Objection.objects.filter(upheld__isnull=True).values("publicity_id")
    own = _rows().filter(organisation_id=body, state=PublicityState.RUNNING, pk__in=waiting)
    return _seen(actor, own.order_by("ends_on", "pk"))


def _is_to_publicise(actor: Actor, agreement: Agreement) -> bool:
    version = version_in(agreement, VersionState.PROPOSED)
    if version is None or not publicity_owed(version):
        return False
    body = publicist_of(version)
    return body is not None and actor.acts_for(body.pk)


def _rows() -> QuerySet[Publicity]:
    rows = Publicity.objects.select_related("organisation", "agreement__current").prefetch_related("objections")
    return rows.order_by("-begins_on", "-pk")


def _is_open(actor: Actor, found: Publicity, one: Objection) -> bool:
    runs = actor.runs(found.agreement.consortium_id)
    return runs or actor.belongs_to(found.organisation_id) or one.user_id == actor.user_id


class _Seen:
    """Rows for one reader, who is asked once, with the first row, which agreements they see."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor

    @cached_property
    def _agreements(self) -> set[int]:
        about = Agreement.objects.filter(visible_to(self._actor), publicities__isnull=False)
        return set(about.values_list("pk", flat=True)) if self._actor.is_known else set()

    def row(self, found: Publicity) -> PublicityRow:
        """The publicity as the reader sees it."""
        open_to = [one for one in found.objections.all() if _is_open(self._actor, found, one)]
        return PublicityRow(
            id=found.pk,
            subject=found.subject,
            organisation_id=found.organisation_id,
            organisation=found.organisation.name,
            price=found.price,
            begins_on=found.begins_on,
            ends_on=found.ends_on,
            state=found.state,
            agreement_id=found.agreement_id if found.agreement_id in self._agreements else None,
            number=found.agreement.number,
            waiting=sum(one.upheld is None for one in open_to),
        )


def _seen(actor: Actor, found: QuerySet[Publicity]) -> list[PublicityRow]:
    seen = _Seen(actor)
    return [seen.row(one) for one in found]


def _objection(one: Objection) -> ObjectionView:
    copied = ("id", "name", "reason", "received_at", "upheld", "answer", "answered_by", "answered_at")
    return ObjectionView(**{name: getattr(one, name) for name in copied})
