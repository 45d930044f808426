"""The official lists as they were published."""

# Annotations are not postponed here: the pagination could not find the class of the filters by its name.
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router, Schema
from ninja.pagination import paginate

from chanjiao.apps.exchange import list_selectors
from chanjiao.apps.exchange.list_selectors import EditionFilters
from chanjiao.apps.exchange.models import ListEdition
from chanjiao.interfaces.api.paging import Paging
from chanjiao.interfaces.api.values import Whole
from chanjiao.interfaces.callers import actor_of

router = Router(tags=["lists"])


class EditionOut(Schema):
    """An edition of a list: its number, day and size, and what had changed."""

    id: int
    code: str
    consortium_id: int
    number: int
    published_at: datetime
    row_count: int
    added: list[str]
    changed: list[str]
    removed: list[str]


class EditionDetail(EditionOut):
    """An edition with its rows; their keys are those of the list's columns."""

    rows: list[dict[str, Any]]


@router.get("", response=list[EditionOut], summary="Editions of the official lists, the latest first")
@paginate(Paging)
def editions(request: HttpRequest, code: str = "", consortium: Whole | None = None) -> QuerySet[ListEdition]:
    """All editions, of one list or one consortium where asked."""
    actor = actor_of(request)
    return list_selectors.editions(actor, EditionFilters(code=code[:20], consortium=consortium))


@router.get("/{pk}", response=EditionDetail, summary="One edition with its rows")
def edition(request: HttpRequest, pk: Whole) -> ListEdition:
    """The rows as they read on the day."""
    return list_selectors.edition(actor_of(request), pk)
