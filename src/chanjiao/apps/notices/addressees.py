"""Whom a notice is for, and who of them gets a letter."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from chanjiao.apps.accounts.models import User
from chanjiao.apps.members.models import Consortium, Membership, MembershipState, Staff, StaffRole
from chanjiao.apps.members.rights import ACTING_ROLES
from chanjiao.apps.notices.models import Bot, Contact, Preference, Rhythm
from chanjiao.apps.notices.rules import Quiet, letter_due


@dataclass(frozen=True, slots=True)
class Addressee:
    """One person, whoever acts for an organisation, or a consortium's secretariat.

    `contact` 1 or 2 sends the letter to the organisation's first or second contact where it has named one.
    """

    person_id: int | None = None
    organisation_id: int | None = None
    consortium_id: int | None = None
    contact: int = 1

    @property
    def columns(self) -> dict[str, Any]:
        """The addressee as columns of a notice."""
        return {
            "person_id": self.person_id,
            "organisation_id": self.organisation_id,
            "consortium_id": self.consortium_id,
        }


def person(person_id: int) -> Addressee:
    """That one person."""
    return Addressee(person_id=person_id)


def organisation(organisation_id: int, *, contact: int = 1) -> Addressee:
    """Whoever acts for the organisation; letters go to its first or second contact where it has named one."""
    return Addressee(organisation_id=organisation_id, contact=contact)


def secretariat(consortium_id: int) -> Addressee:
    """The secretariat of the consortium, or of its group."""
    return Addressee(consortium_id=consortium_id)


@dataclass(frozen=True, slots=True)
class Target:
    """Where one delivery goes, and when."""

    due_at: datetime
    person_id: int | None = None
    contact_id: int | None = None
    bot_id: int | None = None


def targets_of(to: Addressee, *, now: datetime, urgent: bool) -> Iterator[Target]:
    """The letters and bot messages a notice becomes; group bots pass on only what is urgent."""
    contact = _contact(to)
    if contact is not None:
        due = letter_due(timezone.localtime(now), rhythm=Rhythm.AT_ONCE, quiet=Quiet())
        assert due is not None
        yield Target(due, contact_id=contact.pk)
    else:
        yield from _letters(_people(to), now)
    if urgent and to.organisation_id is not None:
        for bot in Bot.objects.filter(organisation_id=to.organisation_id, ended_at=None).values_list("pk", flat=True):
            yield Target(_bot_due(now), bot_id=bot)


def reachable(organisation_ids: Collection[int]) -> set[int]:
    """Those of the organisations for which somebody can be told: acting staff, a named contact, or a group bot."""
    staff = Staff.objects.filter(ended_on=None, user__is_active=True, role__in=ACTING_ROLES)
    sources = (staff, Contact.objects.all(), Bot.objects.filter(ended_at=None))
    found = (rows.filter(organisation__in=organisation_ids).values_list("organisation", flat=True) for rows in sources)
    return set().union(*found)


def _letters(people: list[int], now: datetime) -> Iterator[Target]:
    wishes = Preference.objects.in_bulk(people)
    for one in people:
        wish = wishes.get(one, Preference())
        due = letter_due(timezone.localtime(now), rhythm=wish.rhythm, quiet=Quiet(wish.quiet_from, wish.quiet_until))
        if due is not None:
            yield Target(due, person_id=one)


def _contact(to: Addressee) -> Contact | None:
    if to.organisation_id is None:
        return None
    return Contact.objects.filter(organisation_id=to.organisation_id, place=to.contact).first()


def _bot_due(now: datetime) -> datetime:
    return letter_due(timezone.localtime(now), rhythm=Rhythm.AT_ONCE, quiet=Quiet()) or now


def _people(to: Addressee) -> list[int]:
    """Ids of the people behind the addressee who have an account and a mail address, in order."""
    posts = Staff.objects.filter(ended_on=None, user__is_active=True).exclude(user__email="")
    if to.person_id is not None:
        found = User.objects.filter(pk=to.person_id, is_active=True).exclude(email="")
        return list(found.values_list("pk", flat=True))
    if to.organisation_id is not None:
        posts = posts.filter(organisation_id=to.organisation_id, role__in=ACTING_ROLES)
    if to.consortium_id is not None:
        posts = posts.filter(role=StaffRole.SECRETARIAT, organisation__in=_serving(to.consortium_id))
    return sorted(set(posts.values_list("user_id", flat=True)))


def _serving(consortium_id: int) -> list[int]:
    """Ids of the bodies whose secretariat staff serve the consortium: itself, its group, their lead colleges."""
    body = Consortium.objects.get(pk=consortium_id)
    consortia = [one for one in (body.pk, body.group_id) if one is not None]
    leads = Membership.objects.filter(
        consortium__in=consortia, state=MembershipState.ACTIVE, role__in=["lead_school", "lead"]
    )
    own = Consortium.objects.filter(pk__in=consortia).values_list("organisation_id", flat=True)
    return [*own, *leads.values_list("organisation_id", flat=True)]
