"""Technology transfer: challenges with the answers open to the caller, and contracts with their registration."""

# Annotations are not postponed here: the pagination could not find the class of the filters by its name.
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from chanjiao.apps.transfer import contract_selectors, selectors
from chanjiao.apps.transfer.shown import ChallengeRow, ContractRow
from chanjiao.core.rows import Rows
from chanjiao.interfaces.api.paging import Paging
from chanjiao.interfaces.callers import actor_of, known_actor

router = Router(tags=["transfer"])


class ChallengeFilters(Schema):
    """What narrows the list; `ours` keeps what the caller's organisation owns or has answered."""

    stage: str = ""
    ours: bool = False
    q: str = Field("", max_length=100)
    sort: str = ""


class ChallengeOut(Schema):
    """A challenge in the list; `answers` is null where the caller may not know how many there are."""

    id: int
    number: str
    title: str
    stage: str
    organisation_id: int
    organisation: str
    consortium_id: int
    need_id: int
    bounty: Decimal
    answers_until: date
    published_at: datetime | None
    answers: int | None


class ContractFilters(Schema):
    """What narrows the list; `standing` is to_register, registered or used."""

    standing: str = ""
    kind: str = ""
    q: str = Field("", max_length=100)
    sort: str = ""


class ContractOut(Schema):
    """A technology contract; `amount` is null where it is not open to the caller."""

    id: int
    number: str
    kind: str
    title: str
    state: str
    parties: list[str]
    amount: Decimal | None
    in_force_at: datetime | None
    registration: str
    office: str
    registered_on: date | None
    used_on: date | None


class ChallengeDetail(ChallengeOut):
    """One challenge, the answers that are open to the caller, and the contract where they see it."""

    summary: str
    criteria: str
    chosen_at: datetime | None
    accepted_on: date | None
    proposals: list[dict[str, Any]]
    contract: ContractOut | None


@router.get("/challenges", response=list[ChallengeOut])
@paginate(Paging)
def challenges(request: HttpRequest, filters: Query[ChallengeFilters]) -> Rows[ChallengeRow]:
    """The challenges that the caller sees."""
    told = filters.model_dump(exclude={"q"})
    return selectors.challenges(actor_of(request), selectors.Filters(**told, text=filters.q))


@router.get("/challenges/{int:pk}", response=ChallengeDetail)
def challenge(request: HttpRequest, pk: int) -> dict[str, Any]:
    """One challenge."""
    view = selectors.challenge(actor_of(request), pk)
    shown = {name: getattr(view, name) for name in ("summary", "criteria", "chosen_at", "accepted_on", "contract")}
    row = {name: getattr(view.row, name) for name in ChallengeOut.model_fields}
    return {**row, **shown, "proposals": [asdict(one) for one in view.answers]}


@router.get("/contracts", response=list[ContractOut])
@paginate(Paging)
def contracts(request: HttpRequest, filters: Query[ContractFilters]) -> Rows[ContractRow]:
    """The caller's technology contracts."""
    actor = known_actor(request)
    told = filters.model_dump(exclude={"q"})
    return contract_selectors.contracts(actor, contract_selectors.ContractFilters(**told, text=filters.q))
