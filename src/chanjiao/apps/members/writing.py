"""Writing what a founding or a list tells: each body, consortium, membership, post and goal once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from chanjiao.apps.members.models import (
    Consortium,
    Goal,
    Membership,
    MembershipRole,
    MembershipState,
    Organisation,
    Post,
    SourceDocument,
)
from chanjiao.apps.members.naming import telling_forms
from chanjiao.apps.members.planned import PlannedConsortium, PlannedGoal, PlannedOrganisation
from chanjiao.apps.members.registry import (
    add_aliases,
    completed,
    filled,
    organisation_book,
    stored_new,
)
from chanjiao.apps.members.rules import check_term, plain_text
from chanjiao.apps.members.values import MembershipFacts, OrganisationFacts, PostFacts
from chanjiao.core.audit import emit, record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor

KINDS = ("consortia", "organisations", "memberships", "posts", "goals")


@dataclass(slots=True)
class Tally:
    """Names of what was made and of what was there already, by kind."""

    made: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    known: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})

    def count(self, kind: str, name: str, *, is_new: bool) -> None:
        """One more of a kind."""
        (self.made if is_new else self.known)[kind].append(name)

    def to_json(self) -> dict[str, dict[str, list[str]]]:
        """Both lists as JSON values."""
        return {"made": self.made, "known": self.known}


class Writer:
    """Writes rows for one actor at one moment; call within a transaction.

    Bodies are found by code, name, alias and short form, so that nothing is made twice.
    """

    def __init__(self, *, actor: Actor, now: datetime) -> None:
        self.actor = actor
        self.now = now
        self.tally = Tally()
        self._book = organisation_book()
        self._bodies: dict[int, Organisation] = {}
        self._consortia = {one.organisation_id: one for one in Consortium.objects.select_related("organisation")}
        self._held: dict[tuple[int, int], list[Membership]] = {}
        states = [MembershipState.APPLIED, MembershipState.ACTIVE]
        for one in Membership.objects.filter(state__in=states):
            self._held.setdefault((one.consortium_id, one.organisation_id), []).append(one)

    def body(self, name: str) -> Organisation:
        """The organisation that `name` means; `organisation.unknown` where there is none."""
        found = self._book.find(name)
        if found is None:
            raise ChanjiaoError("organisation.unknown", name=name)
        return self._body(found)

    def organisation(self, planned: PlannedOrganisation) -> Organisation:
        """The body, found or registered; its other names are its aliases."""
        told = OrganisationFacts(name=planned.name, type=planned.type, credit_code=planned.credit_code)
        known = self._known(planned)
        if known is None:
            organisation = Organisation()
            filled(organisation, told)
            stored_new(actor=self.actor, organisation=organisation, now=self.now)
            self._bodies[organisation.pk] = organisation
        else:
            organisation = self._completed(self._body(known), told)
        names = (*telling_forms(planned.name, planned.aliases, planned.type), planned.name)
        add_aliases(actor=self.actor, organisation=organisation, names=names, now=self.now)
        self._book.add(organisation.pk, organisation.name, type_=organisation.type, aliases=names)
        if planned.type != "consortium":
            self.tally.count("organisations", organisation.name, is_new=known is None)
        return organisation

    def consortium(self, planned: PlannedConsortium) -> Consortium:
        """The consortium, found or founded; blanks of a known one are filled."""
        organisation = self.body(planned.name)
        known = self._consortia.get(organisation.pk)
        before = state_of(known) if known else None
        consortium = known or Consortium(organisation=organisation, kind=planned.kind)
        group = self._consortia.get(self.body(planned.group).pk) if planned.group else None
        consortium.group = consortium.group or group
        consortium.zone = consortium.zone or (self.body(planned.park) if planned.park else None)
        consortium.founded_on = consortium.founded_on or planned.founded_on
        consortium.founding_document = consortium.founding_document or planned.document[:300]
        consortium.save()
        self._consortia[organisation.pk] = consortium
        record_change(actor=self.actor, action="found_consortium", instance=consortium, now=self.now, before=before)
        if known is None:
            self._tell("consortium.founded", consortium, consortium, organisation)
        self.tally.count("consortia", organisation.name, is_new=known is None)
        return consortium

    def membership(self, told: MembershipFacts, *, is_assumed: bool = False) -> Membership:
        """The membership in force; a plain member who is given a role keeps one membership.

        An assumed term only fills blanks; a told one replaces what was assumed.
        """
        consortium = self._consortia.get(self.body(told.consortium).pk)
        if consortium is None:
            raise ChanjiaoError("consortium.unknown", name=told.consortium)
        organisation = self.body(told.organisation)
        check_term(told.starts_on, told.ends_on)
        held = self._held.setdefault((consortium.pk, organisation.pk), [])
        known = _same_membership(held, told.role) or self._zone_membership(consortium, told.role)
        membership = known or Membership(
            consortium=consortium, organisation=organisation, role=told.role, applied_at=self.now
        )
        before = state_of(known) if known else None
        joined = membership.state != MembershipState.ACTIVE
        _set_membership(membership, told, self.now, is_assumed=is_assumed)
        if before is None or state_of(membership) != before:
            membership.version += 0 if before is None else 1
            membership.save()
            record_change(actor=self.actor, action="enrol_member", instance=membership, now=self.now, before=before)
        if known is None:
            held.append(membership)
        if joined:
            self._tell("member.joined", membership, consortium, organisation)
        self.tally.count("memberships", str(membership), is_new=known is None)
        return membership

    def post(self, told: PostFacts, document: SourceDocument | None = None) -> Post:
        """The person's post, recorded once."""
        organisation = self.body(told.organisation)
        post, is_new = Post.objects.get_or_create(
            organisation=organisation,
            person=plain_text(told.person)[:60],
            title=plain_text(told.title)[:60],
            defaults={"document": document},
        )
        if is_new:
            record_change(actor=self.actor, action="record_post", instance=post, now=self.now)
        self.tally.count("posts", f"{post.person} · {organisation.name} {post.title}", is_new=is_new)
        return post

    def goals(self, planned: Iterable[PlannedGoal], document: SourceDocument | None = None) -> None:
        """The goals of each consortium in the order of the document, each text once."""
        for position, told in enumerate(planned, start=1):
            consortium = self._consortia[self.body(told.consortium).pk]
            goal, is_new = Goal.objects.get_or_create(
                consortium=consortium,
                kind=told.kind,
                text=told.text[:200],
                defaults={
                    "measure": told.measure,
                    "owner": self.body(told.owner) if told.owner else None,
                    "stated_by": told.stated_by[:120],
                    "document": document,
                    "position": position,
                },
            )
            if is_new:
                record_change(actor=self.actor, action="set_goal", instance=goal, now=self.now)
            self.tally.count("goals", goal.text, is_new=is_new)

    def _known(self, planned: PlannedOrganisation) -> int | None:
        names = (planned.name, *telling_forms(planned.name, planned.aliases, planned.type))
        found = (self._book.find(name, type_=planned.type, credit_code=planned.credit_code) for name in names)
        return next((pk for pk in found if pk is not None and self._is_same_body(pk, planned)), None)

    def _is_same_body(self, pk: int, planned: PlannedOrganisation) -> bool:
        """A credit code tells bodies of one name apart; a consortium is only ever a consortium."""
        known = self._body(pk)
        if planned.credit_code and known.credit_code and planned.credit_code != known.credit_code:
            raise ChanjiaoError("organisation.other_code", name=known.name, known_code=known.credit_code)
        return (known.type == "consortium") == (planned.type == "consortium")

    def _zone_membership(self, consortium: Consortium, role: str) -> Membership | None:
        """A zone sits in its consortium once, be it under its own name or its committee's."""
        if role != MembershipRole.PARK:
            return None
        seats = (one for (pk, _), held in self._held.items() if pk == consortium.pk for one in held)
        return next((one for one in seats if one.role == role), None)

    def _completed(self, organisation: Organisation, told: OrganisationFacts) -> Organisation:
        before, former = state_of(organisation), organisation.name
        if completed(organisation, told):
            organisation.version += 1
            organisation.save()
            record_change(
                actor=self.actor, action="edit_organisation", instance=organisation, now=self.now, before=before
            )
            add_aliases(actor=self.actor, organisation=organisation, names=(former,), now=self.now)
        return organisation

    def _body(self, pk: int) -> Organisation:
        if pk not in self._bodies:
            self._bodies[pk] = Organisation.objects.get(pk=pk)
        return self._bodies[pk]

    def _tell(
        self, name: str, instance: Consortium | Membership, consortium: Consortium, organisation: Organisation
    ) -> None:
        told = (organisation.pk, organisation.name)
        emit(
            actor=self.actor, name=name, instance=instance, now=self.now,
            consortium_id=consortium.pk, organisation=told,
        )  # fmt: skip


def _same_membership(held: list[Membership], role: str) -> Membership | None:
    exact = next((one for one in held if one.role == role), None)
    if exact is not None:
        return exact
    if role == MembershipRole.MEMBER:
        return held[0] if held else None
    return next((one for one in held if one.role == MembershipRole.MEMBER), None)


def _set_membership(membership: Membership, told: MembershipFacts, now: datetime, *, is_assumed: bool) -> None:
    if told.role != MembershipRole.MEMBER or membership.pk is None:
        membership.role = told.role
    membership.office = membership.office or told.office
    if membership.state != MembershipState.ACTIVE:
        membership.state, membership.decided_at = MembershipState.ACTIVE, now
    membership.starts_on = _earliest(membership.starts_on, told.starts_on)
    if told.ends_on and (membership.ends_on is None or not is_assumed):
        membership.ends_on = told.ends_on


def _earliest(known: date | None, told: date | None) -> date | None:
    return min(known, told) if known and told else known or told
