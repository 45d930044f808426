"""Organisations, consortia, memberships and foundings."""

# Annotations are not postponed here: the pagination could not find the class of the filters by its name.
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Status
from ninja.pagination import paginate

from chanjiao.apps.members import rights, selectors
from chanjiao.apps.members.actions.accept_founding import accept_founding
from chanjiao.apps.members.actions.apply_for_membership import apply_for_membership
from chanjiao.apps.members.actions.edit_organisation import edit_organisation
from chanjiao.apps.members.actions.leave_consortium import leave_consortium
from chanjiao.apps.members.actions.read_founding import read_founding
from chanjiao.apps.members.actions.register_organisation import register_organisation
from chanjiao.apps.members.actions.renew_membership import renew_membership
from chanjiao.apps.members.actions.review_membership import review_membership
from chanjiao.apps.members.models import Consortium, Founding, Membership, Organisation
from chanjiao.core import clock
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.api.paging import Paging
from chanjiao.interfaces.api.v1.shapes.members import (
    AcceptanceIn,
    ApplicationIn,
    ConsortiumDetail,
    ConsortiumOut,
    DecisionIn,
    DirectoryQuery,
    DocumentIn,
    FoundingDetail,
    FoundingOut,
    LeavingIn,
    MembershipOut,
    OrganisationDetail,
    OrganisationEdit,
    OrganisationIn,
    OrganisationOut,
    RenewalIn,
)
from chanjiao.interfaces.api.values import Id
from chanjiao.interfaces.callers import actor_of, known_actor

router = Router(tags=["members"])


@router.get("/organisations", response=list[OrganisationOut], summary="Organisations")
@paginate(Paging)
def organisations(request: HttpRequest, filters: Query[DirectoryQuery]) -> QuerySet[Organisation]:
    """The directory; filters and sorting are those of the page."""
    wanted = filters.dict()
    return selectors.directory(actor_of(request), search=wanted.pop("q"), type_=wanted.pop("type"), **wanted)


@router.get("/organisations/{pk}", response=OrganisationDetail, summary="One organisation")
def organisation(request: HttpRequest, pk: int) -> dict[str, Any]:
    """An organisation with its names and memberships."""
    return _detail(actor_of(request), pk)


@router.post("/organisations", response={201: OrganisationDetail}, summary="Register an organisation")
def register(request: HttpRequest, data: OrganisationIn) -> Status[dict[str, Any]]:
    """The new organisation; for secretariats and the administrator."""
    actor = known_actor(request)
    made = register_organisation(actor=actor, told=data.told(), now=clock.now())
    return Status(201, _detail(actor, made.pk))


@router.put("/organisations/{pk}", response=OrganisationDetail, summary="Edit an organisation")
def edit(request: HttpRequest, pk: int, data: OrganisationEdit) -> dict[str, Any]:
    """The organisation as described; `record.stale` where somebody changed it since `version`."""
    actor = known_actor(request)
    told = OrganisationIn(**data.dict(exclude={"version"})).told()
    edit_organisation(actor=actor, organisation_id=pk, version=data.version, told=told, now=clock.now())
    return _detail(actor, pk)


def _detail(actor: Actor, pk: int) -> dict[str, Any]:
    body = selectors.organisation(actor, pk)
    sees_private = rights.sees_private_facts(actor, body)
    shown = {name: getattr(body, name) for name in OrganisationDetail.model_fields if hasattr(body, name)}
    shown["aliases"] = [alias.name for alias in body.aliases.all()]
    shown["memberships"] = list(selectors.memberships_of(actor, body))
    if not sees_private:
        shown["contact_name"] = shown["contact_phone"] = ""
    return shown


@router.get("/consortia", response=list[ConsortiumOut], summary="Consortia")
@paginate(Paging)
def consortia(request: HttpRequest) -> QuerySet[Consortium]:
    """Groups and consortia, groups first."""
    return selectors.consortia(actor_of(request))


@router.get("/consortia/{pk}", response=ConsortiumDetail, summary="One consortium")
def consortium(request: HttpRequest, pk: int) -> Consortium:
    """A consortium with its goals and the number of its members by role and type."""
    actor = actor_of(request)
    body = selectors.consortium(actor, pk)
    figures = selectors.figures(actor, pk)
    body.shown_goals = list(selectors.goals_of(actor, body))  # type: ignore[attr-defined]
    body.role_counts = dict(figures.roles)  # type: ignore[attr-defined]
    body.type_counts = dict(figures.types)  # type: ignore[attr-defined]
    return body


@router.get("/memberships", response=list[MembershipOut], summary="Memberships")
@paginate(Paging)
def memberships(
    request: HttpRequest,
    consortium: Id | None = None,
    organisation: Id | None = None,
    role: str = "",
    state: str = "",
) -> QuerySet[Membership]:
    """Active memberships; applications and former ones for the organisation itself and the secretariat."""
    return selectors.memberships(
        actor_of(request), consortium=consortium, organisation=organisation, role=role, state=state
    )


@router.post("/memberships", response={201: MembershipOut}, summary="Apply to join")
def apply(request: HttpRequest, data: ApplicationIn) -> Status[Membership]:
    """An application that waits for the secretariat."""
    return Status(201, apply_for_membership(actor=known_actor(request), now=clock.now(), **data.dict()))


@router.post("/memberships/{pk}/decide", response=MembershipOut, summary="Decide on an application")
def decide(request: HttpRequest, pk: int, data: DecisionIn) -> Membership:
    """The application approved or declined, by the secretariat."""
    return review_membership(actor=known_actor(request), membership_id=pk, now=clock.now(), **data.dict())


@router.post("/memberships/{pk}/renew", response=MembershipOut, summary="Renew a membership")
def renew(request: HttpRequest, pk: int, data: RenewalIn) -> Membership:
    """The membership with a later end, by the secretariat."""
    return renew_membership(actor=known_actor(request), membership_id=pk, now=clock.now(), **data.dict())


@router.post("/memberships/{pk}/leave", response=MembershipOut, summary="Leave a consortium")
def leave(request: HttpRequest, pk: int, data: LeavingIn) -> Membership:
    """The membership ended, or the application taken back."""
    return leave_consortium(actor=known_actor(request), membership_id=pk, now=clock.now(), **data.dict())


@router.get("/foundings", response=list[FoundingOut], summary="Founding documents")
@paginate(Paging)
def foundings(request: HttpRequest) -> QuerySet[Founding]:
    """Founding drafts and what became of them, newest first; empty for those who may not found."""
    return selectors.foundings(actor_of(request))


@router.post("/foundings", response={201: FoundingDetail}, summary="Read a founding document")
def read(request: HttpRequest, data: DocumentIn) -> Status[Founding]:
    """The draft; the one that stands already where the text was read before."""
    founding = read_founding(
        actor=known_actor(request), content=data.text, name=data.name, limit=settings.DOCUMENT_LIMIT, now=clock.now()
    )
    return Status(201, founding)


@router.get("/foundings/{pk}", response=FoundingDetail, summary="One founding")
def founding(request: HttpRequest, pk: int) -> Founding:
    """A founding with text and facts."""
    return selectors.founding(actor_of(request), pk)


@router.post("/foundings/{pk}/accept", response=FoundingDetail, summary="Accept a founding")
def accept(request: HttpRequest, pk: int, data: AcceptanceIn) -> Founding:
    """The founding accepted; `outcome` names what was made and what was there already."""
    return accept_founding(actor=known_actor(request), founding_id=pk, now=clock.now(), **data.dict())
