"""Reads over published lists; they are public."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import MODELS, ListEdition
from chanjiao.apps.exchange.official_lists import ListCode
from chanjiao.apps.exchange.selectors import PUBLIC_STATES
from chanjiao.apps.members.models import Consortium
from chanjiao.apps.members.selectors import consortia
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


@dataclass(frozen=True, slots=True)
class EditionFilters:
    """What narrows the editions: one list, one consortium."""

    code: str = ""
    consortium: int | None = None


def editions(actor: Actor, filters: EditionFilters = EditionFilters()) -> QuerySet[ListEdition]:
    """Every edition without its rows, the latest first."""
    found = ListEdition.objects.defer("rows").select_related("consortium__organisation")
    if filters.code:
        found = found.filter(code=filters.code)
    return found.filter(consortium=filters.consortium) if filters.consortium is not None else found


def edition(actor: Actor, pk: int) -> ListEdition:
    """One edition with its rows; `record.not_found` where there is none."""
    found = ListEdition.objects.select_related("consortium__organisation").filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def latest(actor: Actor, consortium_id: int | None = None) -> dict[ListCode, ListEdition]:
    """The latest edition of each list, of one consortium or of any."""
    found: dict[ListCode, ListEdition] = {}
    for one in editions(actor, EditionFilters(consortium=consortium_id)):
        found.setdefault(ListCode(one.code), one)
    return found


def publishable(actor: Actor) -> list[Consortium]:
    """The consortia whose lists the actor may publish."""
    return [body for body in consortia(actor) if actor.runs(body.pk)]


def still_public(actor: Actor, rows: Iterable[Mapping[str, Any]]) -> set[tuple[str, int]]:
    """(Side, id) of those rows whose listing everybody may still open."""
    wanted = [(Side(row["side"]), row["listing"]) for row in rows]
    found: set[tuple[str, int]] = set()
    for side in Side:
        ids = [pk for of, pk in wanted if of is side]
        open_ones = MODELS[side]._default_manager.filter(pk__in=ids, state__in=PUBLIC_STATES)
        found |= {(side.value, pk) for pk in open_ones.values_list("pk", flat=True)}
    return found
