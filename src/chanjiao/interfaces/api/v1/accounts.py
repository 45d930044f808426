"""Who calls, the tokens they hold, and the people who have accounts."""

# Annotations are not postponed here: the pagination could not find the class of the filters by its name.
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.pagination import paginate

from chanjiao.apps.accounts import selectors
from chanjiao.apps.accounts.actions.register_person import register_person
from chanjiao.apps.accounts.actions.revoke_token import revoke_token
from chanjiao.apps.accounts.models import ApiToken, User
from chanjiao.core import clock
from chanjiao.interfaces.api.paging import Paging
from chanjiao.interfaces.callers import actor_of, known_actor

router = Router(tags=["accounts"])


class MeOut(Schema):
    """The caller, and whom they act for."""

    id: int
    username: str
    full_name: str
    email: str
    language: str
    organisation_id: int | None
    organisation: str
    role: str | None
    secretariat_of: list[int]
    guidance_of: list[int]
    is_administrator: bool


class TokenOut(Schema):
    """A token without its secret, which is shown once, on the page that makes it."""

    id: int
    name: str
    organisation_id: int | None
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


class PersonOut(Schema):
    """A person with an account."""

    id: int
    username: str
    full_name: str
    email: str
    is_active: bool
    last_login: datetime | None


class PersonIn(Schema):
    """Who is to have an account."""

    username: str
    full_name: str
    email: str = ""


class PersonMade(PersonOut):
    """The person with the first password, told this once."""

    first_password: str


class PeopleQuery(Schema):
    """Filters of the list of people, called as on the page."""

    q: str = ""
    standing: str = ""


@router.get("/me", response=MeOut)
def me(request: HttpRequest) -> dict[str, Any]:
    """The caller; `login.required` for nobody."""
    actor = actor_of(request)
    user = selectors.oneself(actor)
    return {
        "id": user.pk,
        "username": user.username,
        "full_name": user.full_name,
        "email": user.email,
        "language": user.language,
        "organisation_id": actor.organisation_id,
        "organisation": actor.organisation_name,
        "role": actor.role,
        "secretariat_of": sorted(actor.secretariat_of),
        "guidance_of": sorted(actor.guidance_of),
        "is_administrator": actor.is_administrator,
    }


@router.get("/tokens", response=list[TokenOut])
@paginate(Paging)
def tokens(request: HttpRequest) -> QuerySet[ApiToken]:
    """One's own tokens that are not revoked, newest first."""
    return selectors.tokens_of(actor_of(request))


@router.delete("/tokens/{token_id}", response={204: None})
def revoke(request: HttpRequest, token_id: int) -> tuple[int, None]:
    """The token lets nobody in from now on."""
    revoke_token(actor=actor_of(request), token_id=token_id, now=clock.now())
    return 204, None


@router.get("/people", response=list[PersonOut])
@paginate(Paging)
def people(request: HttpRequest, filters: Query[PeopleQuery]) -> QuerySet[User]:
    """People with accounts: all for administrators and secretariats, else oneself."""
    return selectors.people(actor_of(request), search=filters.q, standing=filters.standing)


@router.post("/people", response={201: PersonMade})
def register(request: HttpRequest, person: PersonIn) -> tuple[int, dict[str, Any]]:
    """A new person; done by administrators and secretariats."""
    actor = known_actor(request)
    user, password = register_person(actor=actor, now=clock.now(), **person.dict())
    told = {name: getattr(user, name) for name in PersonOut.model_fields}
    return 201, {**told, "first_password": password}
