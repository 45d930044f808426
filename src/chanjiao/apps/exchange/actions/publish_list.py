"""Publish an official list as it reads today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import MODELS, AnyListing, ListEdition, ListingState
from chanjiao.apps.exchange.official_lists import LISTS, ListCode, change_between
from chanjiao.apps.exchange.shown import public_fields
from chanjiao.apps.members.models import Consortium
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core.audit import emit, record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import SYSTEM, Actor, require

CODES = {
    "industry": ("industry",),
    "region": ("region",),
    "occupation": ("occupation",),
    "programme": ("programme", "major"),
}


def publish_list(*, actor: Actor, code: ListCode, consortium_id: int, now: datetime) -> ListEdition:
    """The list's next edition: what is open in the consortium, and in a group's consortia, with its public part.

    Published twice on one day without a change it is one edition. Refused with `list.empty` where nothing is open and
    nothing was published before.
    """
    body = Consortium.objects.filter(pk=consortium_id).first()
    if body is None:
        raise ChanjiaoError("record.not_found")
    require(actor.runs(consortium_id))
    rows = list(_rows(code, consortium_id, now))
    last = ListEdition.objects.filter(code=code, consortium=body).order_by("-number").first()
    if last is None and not rows:
        raise ChanjiaoError("list.empty")
    is_today = last is not None and timezone.localdate(last.published_at) == timezone.localdate(now)
    if last is not None and is_today and last.rows == rows:
        return last
    edition = _next(last, rows, code=code, consortium=body, published_at=now, published_by=actor.name)
    try:
        with transaction.atomic():
            edition.save()
            record_change(actor=actor, action="publish_list", instance=edition, now=now)
            emit(
                actor=actor,
                name="list.published",
                instance=edition,
                now=now,
                consortium_id=body.pk,
                amount=len(rows),
                note=LISTS[code].title,
            )
    except IntegrityError:  # somebody published the same number meanwhile
        raise ChanjiaoError("record.stale") from None
    return edition


def _next(last: ListEdition | None, rows: list[dict[str, object]], **heading: Any) -> ListEdition:
    change = change_between(last.rows if last else (), rows)
    return ListEdition(
        number=last.number + 1 if last else 1,
        rows=rows,
        row_count=len(rows),
        added=list(change.added),
        changed=list(change.changed),
        removed=list(change.removed),
        **heading,
    )


def _rows(code: ListCode, consortium_id: int, now: datetime) -> Iterator[dict[str, object]]:
    listings = [one for side, kind in LISTS[code].holds for one in _open(side, kind, consortium_id, now)]
    listings.sort(key=lambda one: (one.organisation.pinyin, one.number))
    pairs = {(system, getattr(one, f"{name}_code")) for one in listings for name in CODES for system in CODES[name]}
    names = names_of(SYSTEM, pairs)
    return (_row(one, LISTS[code].columns, names) for one in listings)


def _open(side: Side, kind: str, consortium_id: int, now: datetime) -> list[AnyListing]:
    inside = Q(consortium=consortium_id) | Q(consortium__group=consortium_id)
    found = MODELS[side]._default_manager.filter(
        inside, kind=kind, state=ListingState.OPEN, expires_on__gte=timezone.localdate(now)
    )
    return list(found.select_related("organisation"))


def _row(listing: AnyListing, columns: tuple[str, ...], names: dict[tuple[str, str], str]) -> dict[str, object]:
    told: dict[str, object] = {
        "number": listing.number,
        "title": listing.title,
        "organisation": listing.organisation.name,
        "credit_code": listing.organisation.credit_code or "",
        "kind": listing.kind,
        "summary": listing.summary,
        "skills": "、".join(listing.skills),
        "quantity": listing.quantity,
        "unit": listing.unit,
        "education_level": listing.education_level,
        "starts_on": listing.starts_on.isoformat() if listing.starts_on else "",
        "expires_on": listing.expires_on.isoformat(),
        **public_fields(listing),
    }
    for name, systems in CODES.items():
        held = getattr(listing, f"{name}_code")
        found = next((names[system, held] for system in systems if (system, held) in names), "")
        told[name] = f"{held} {found}".strip()
    return {"side": listing.side.value, "listing": listing.pk} | {name: told.get(name, "") for name in columns}
