"""Reads over organisations, consortia and staff, filtered by who asks."""

from __future__ import annotations

from django.db.models import Case, Q, QuerySet, When

from chanjiao.apps.accounts.models import ApiToken, User
from chanjiao.apps.members.models import Consortium, ConsortiumKind, Membership, MembershipState, Staff, StaffRole
from chanjiao.core.permissions import NOBODY, Actor, Role


def posts_of(user: User) -> QuerySet[Staff]:
    """The posts a person holds now, oldest first: the organisations they can act for."""
    return Staff.objects.filter(user=user, ended_on__isnull=True).select_related("organisation")


def actor_for(user: User, staff_id: int | None = None) -> Actor:
    """The actor a person is: for the chosen post where it is theirs, else for their first, else for themselves."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    posts = list(posts_of(user))
    chosen = next((post for post in posts if post.pk == staff_id), posts[0] if posts else None)
    if chosen is None:
        return Actor(user_id=user.pk, name=str(user), is_administrator=user.is_superuser)
    return Actor(
        user_id=user.pk,
        name=str(user),
        organisation_id=chosen.organisation_id,
        organisation_name=chosen.organisation.name,
        role=Role(chosen.role),
        secretariat_of=_consortia_served(chosen, StaffRole.SECRETARIAT),
        guidance_of=_consortia_served(chosen, StaffRole.GUIDANCE),
        is_administrator=user.is_superuser,
    )


def actor_for_token(token: ApiToken) -> Actor:
    """The actor a token stands for: its person in the organisation it was made for, nobody once that post has ended."""
    if token.organisation_id is None:
        return actor_for(token.user)
    post = posts_of(token.user).filter(organisation_id=token.organisation_id).first()
    return actor_for(token.user, post.pk) if post else NOBODY


def _consortia_served(post: Staff, role: StaffRole) -> frozenset[int]:
    """Consortia whose secretariat or guidance committee the post belongs to, a group's consortia included.

    A secretariat's staff belong to the consortium itself or to its lead college; a guidance officer to a department
    on the committee.
    """
    if post.role != role:
        return frozenset()
    roles = ["lead_school", "lead"] if role == StaffRole.SECRETARIAT else ["guidance_committee"]
    joined = Membership.objects.filter(
        organisation_id=post.organisation_id, state=MembershipState.ACTIVE, role__in=roles
    ).values("consortium_id")
    served = Consortium.objects.filter(Q(organisation_id=post.organisation_id) | Q(pk__in=joined))
    direct = set(served.values_list("pk", flat=True))
    children = Consortium.objects.filter(group_id__in=direct).values_list("pk", flat=True)
    return frozenset(direct | set(children))


def consortia(actor: Actor) -> QuerySet[Consortium]:
    """Every consortium with its organisation, groups first; their names are public."""
    is_group = Case(When(kind=ConsortiumKind.GROUP, then=0), default=1)
    return Consortium.objects.select_related("organisation").order_by(is_group, "pk")
