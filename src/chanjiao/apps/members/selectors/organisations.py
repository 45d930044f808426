"""One organisation: its public facts, and what only its own people and its secretariat see."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from chanjiao.apps.members.models import Membership, Organisation, OrganisationType, Post, Staff
from chanjiao.apps.members.rights import sees_membership, sees_private_facts
from chanjiao.apps.members.rules import credit_code_of, told_by_code
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import Event
from chanjiao.core.permissions import Actor, Role


@dataclass(frozen=True, slots=True)
class CodeSuggestion:
    """What a credit code lets one expect of its body: kind and types as in `rules.CodeFacts`, the region where it is
    registered (empty where no table knows it) with the names from the province down, and the body that bears it.
    """

    kind: str
    types: tuple[str, ...]
    region: str
    region_names: tuple[str, ...]
    known: Organisation | None


def organisation(actor: Actor, pk: int) -> Organisation:
    """One organisation with its zone and aliases; `record.not_found` where it is missing."""
    found = Organisation.objects.select_related("zone").prefetch_related("aliases").filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def organisations_for_choice(actor: Actor, search: str, *, limit: int = 10) -> QuerySet[Organisation]:
    """Bodies that may join a consortium and whose name holds `search`, for choosing one."""
    from chanjiao.apps.members.selectors.directory import directory

    return directory(actor, search=search).exclude(type=OrganisationType.PARK)[:limit]


def organisations_kept(actor: Actor) -> QuerySet[Organisation]:
    """The organisations whose facts the actor keeps: their own and those of consortia they run, with zones, aliases."""
    rows = Organisation.objects.select_related("zone").prefetch_related("aliases").order_by("pinyin", "pk")
    if actor.sees_all:
        return rows
    own = actor.organisation_id if actor.acts_for(actor.organisation_id) else None
    joined = Membership.objects.filter(consortium_id__in=actor.secretariat_of).values("organisation_id")
    return rows.filter(Q(pk=own) | Q(pk__in=joined))


def people_of(actor: Actor, body: Organisation) -> QuerySet[Post]:
    """Named persons with posts in published documents, for people who are logged in and no students."""
    found = Post.objects.filter(organisation=body).order_by("id")
    return found if actor.sees_all or actor.role not in (None, Role.STUDENT) else found.none()


def staff_of(actor: Actor, body: Organisation) -> QuerySet[Staff]:
    """People with accounts in the organisation, present ones first; nobody for those who may not see them."""
    found = Staff.objects.filter(organisation=body).select_related("user").order_by("ended_on", "id")
    return found if sees_private_facts(actor, body) else found.none()


def staff_member(actor: Actor, pk: int) -> Staff:
    """One staff record; `record.not_found` where it is missing or hidden."""
    found = Staff.objects.select_related("user", "organisation").filter(pk=pk).first()
    if found is None or not sees_private_facts(actor, found.organisation):
        raise ChanjiaoError("record.not_found")
    return found


def history_of(actor: Actor, body: Organisation, *, limit: int = 12) -> QuerySet[Event]:
    """The latest deeds of and about the organisation, newest first; none for those who see its public facts only."""
    if not sees_private_facts(actor, body):
        return Event.objects.none()
    held = Membership.objects.filter(organisation=body).values("pk")
    about = Q(organisation_id=body.pk) | Q(object_type="members.membership", object_id__in=held)
    about |= Q(object_type="members.organisation", object_id=body.pk)
    return Event.objects.filter(about).order_by("-at", "-id")[:limit]


def membership_history(actor: Actor, held: Membership) -> QuerySet[Event]:
    """The deeds of one membership, newest first, for the organisation and the secretariat."""
    found = Event.objects.filter(object_type="members.membership", object_id=held.pk).order_by("-at", "-id")
    return found if sees_membership(actor, held) else found.none()


def organisation_by_code(actor: Actor, code: str) -> Organisation | None:
    """The organisation with this unified social credit code, which is public, or None."""
    return Organisation.objects.filter(credit_code=code.upper()).first()


def suggested_by_code(actor: Actor, typed: str) -> CodeSuggestion | None:
    """What the credit code that somebody types says of its body; None for nothing typed, `credit_code.*` for a wrong
    one.
    """
    code = credit_code_of(typed)
    if code is None:
        return None
    told = told_by_code(code)
    names = names_of(actor, [("region", region) for region in told.regions])
    borne = [region for region in told.regions if ("region", region) in names]
    return CodeSuggestion(
        kind=told.kind,
        types=told.types,
        region=borne[0] if borne else "",
        region_names=tuple(names["region", region] for region in reversed(borne)),
        known=organisation_by_code(actor, code),
    )
