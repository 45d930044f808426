"""Reads over technology contracts: registered where, first used when, as far as the actor sees the agreement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from chanjiao.apps.cooperation.changes import visible_to
from chanjiao.apps.cooperation.models import Agreement
from chanjiao.apps.cooperation.shown import opens_money
from chanjiao.apps.transfer.changes import SIGNED
from chanjiao.apps.transfer.contracts import seller_of
from chanjiao.apps.transfer.rules import CONTRACT_KINDS
from chanjiao.apps.transfer.shown import ContractRow
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.core.rows import Rows, column_asked, readable

SORTS = {
    "number": "number",
    "title": "current__title",
    "signed": "in_force_at",
    "registered": "registration__registered_on",
    "used": "first_use__used_on",
}
STANDINGS = {
    "to_register": Q(registration__isnull=True, state__in=SIGNED),
    "registered": Q(registration__isnull=False),
    "used": Q(first_use__isnull=False),
}
"""What the list can be narrowed to."""


@dataclass(frozen=True, slots=True)
class ContractFilters:
    """What narrows the list of contracts."""

    standing: str = ""
    kind: str = ""
    text: str = ""
    sort: str = ""


def contracts(actor: Actor, filters: ContractFilters = ContractFilters()) -> Rows[ContractRow]:
    """The technology contracts that the actor sees and that were concluded, the latest signed first."""
    filters = readable(filters)
    rows = _rows(actor).filter(STANDINGS.get(filters.standing, Q(state__in=SIGNED)))
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    for word in filters.text.split():
        rows = rows.filter(
            Q(current__title__icontains=word) | Q(number__iexact=word) | Q(registration__number__iexact=word)
        )
    return Rows(rows.order_by(*_order(filters.sort)), lambda found: _row(actor, found))


def contract(actor: Actor, pk: int) -> ContractRow:
    """One technology contract; `record.not_found` where there is none for the actor."""
    found = contract_or_none(actor, pk)
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def contract_or_none(actor: Actor, pk: int | None) -> ContractRow | None:
    """One technology contract, None where the actor sees none."""
    found = _rows(actor).filter(pk=pk).first() if pk is not None else None
    return _row(actor, found) if found is not None else None


def _rows(actor: Actor) -> QuerySet[Any]:
    seen = Agreement.objects.filter(visible_to(actor), kind__in=CONTRACT_KINDS.values())
    rows = Agreement.objects.filter(pk__in=seen.values("pk"))
    rows = rows.select_related("current", "registration", "first_use__proof")
    return rows.prefetch_related("current__parties__organisation", "current__parties__user")


def _row(actor: Actor, found: Any) -> ContractRow:
    registration, use = getattr(found, "registration", None), getattr(found, "first_use", None)
    is_signed = found.state in SIGNED
    acts = any(actor.acts_for(one.organisation_id) for one in found.current.parties.all() if one.organisation_id)
    return ContractRow(
        id=found.pk,
        number=found.number,
        kind=found.kind,
        title=found.current.title,
        state=found.state,
        parties=tuple(str(one) for one in found.current.parties.all()),
        amount=found.current.amount if opens_money(actor, found.current) else None,
        in_force_at=found.in_force_at,
        registration=registration.number if registration else "",
        office=registration.office if registration else "",
        registered_on=registration.registered_on if registration else None,
        used_on=use.used_on if use else None,
        place=use.place if use else "",
        effect=use.effect if use else "",
        proof=(use.proof.project_id, use.proof.number) if use else None,
        may_register=is_signed and registration is None and acts and actor.acts_for(seller_of(found).pk),
        may_note_use=is_signed and use is None and acts,
    )


def _order(sort: str) -> tuple[str, ...]:
    asked = column_asked(sort, SORTS)
    return (asked, "-pk") if asked else ("-in_force_at", "-pk")
