"""Who may sign for a party, and what becomes true when the last signature is there."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from chanjiao.apps.accounts.models import User
from chanjiao.apps.cooperation.changes import announce, bodies_of, version_in
from chanjiao.apps.cooperation.models import (
    Agreement,
    AgreementState,
    AgreementVersion,
    Party,
    Signatory,
    VersionState,
)
from chanjiao.apps.cooperation.notices import SIGNED, tell_parties
from chanjiao.apps.cooperation.publicity import awaits_publicity
from chanjiao.apps.cooperation.rules import is_signed
from chanjiao.apps.members.models import Staff, StaffRole
from chanjiao.apps.notices.actions.settle_notices import settle_notices
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.permissions import Actor


def signers_of(party: Party) -> QuerySet[Staff]:
    """Posts of the people who may sign for an organisation: its staff, students excepted."""
    posts = Staff.objects.filter(organisation=party.organisation, ended_on__isnull=True, user__is_active=True)
    return posts.exclude(role=StaffRole.STUDENT).select_related("user").order_by("pk")


def signer_of(party: Party, user_id: int) -> Signatory | None:
    """The person as a signatory of the party, not stored yet; None where they are not of it."""
    if party.user_id is not None:
        user = User.objects.filter(pk=party.user_id, is_active=True).first() if user_id == party.user_id else None
        return Signatory(party=party, user=user, name=str(user)) if user else None
    post = signers_of(party).filter(user_id=user_id).first() if party.organisation_id else None
    return Signatory(party=party, user=post.user, name=str(post.user), post=post.title) if post else None


def is_fully_signed(version: AgreementVersion) -> bool:
    """Whether every party has signed."""
    rows = version.parties.annotate(
        named=Count("signatories"), signed=Count("signatories", filter=Q(signatories__signed_at__isnull=False))
    )
    return is_signed(tuple(rows.values_list("named", "signed")))


def put_in_force_if_ready(*, actor: Actor, agreement: Agreement, version: AgreementVersion, now: datetime) -> bool:
    """Whether it is now in force: every party has signed it, and no price waits to be publicised."""
    is_ready = is_fully_signed(version) and not awaits_publicity(version)
    if is_ready:
        _put_in_force(actor=actor, agreement=agreement, version=version, now=now)
    return is_ready


def _put_in_force(*, actor: Actor, agreement: Agreement, version: AgreementVersion, now: datetime) -> None:
    """The fully signed version is in force: it replaces the one before, and an agreement that it renews is renewed."""
    bodies, before = bodies_of(version), state_of(agreement)
    replaced = version_in(agreement, VersionState.IN_FORCE)
    if replaced is not None:
        replaced.state, replaced.settled_at = VersionState.SUPERSEDED, now
        replaced.save(update_fields=["state", "settled_at"])
    version.state, version.settled_at = VersionState.IN_FORCE, now
    version.save(update_fields=["state", "settled_at"])
    agreement.state, agreement.current = AgreementState.IN_FORCE, version
    agreement.in_force_at = agreement.in_force_at or now
    agreement.version += 1
    agreement.save()
    record_change(actor=actor, action="put_in_force", instance=agreement, now=now, before=before)
    settle_notices(about=agreement, now=now)
    tell_parties(actor, SIGNED, version, now)
    name = "agreement.amended" if replaced is not None else "agreement.in_force"
    announce(actor=actor, name=name, version=version, now=now, bodies=bodies)
    if replaced is None and agreement.previous is not None:
        _renewed(actor, agreement.previous, now)


def _renewed(actor: Actor, previous: Agreement, now: datetime) -> None:
    """The deed is told now; the one renewed stays in force until its own term is over."""
    locked = Agreement.objects.select_for_update(of=("self",)).select_related("current").get(pk=previous.pk)
    assert locked.current is not None
    bodies = bodies_of(locked.current)
    announce(actor=actor, name="agreement.renewed", version=locked.current, now=now, bodies=bodies)
    if locked.state == AgreementState.ENDED:
        before = state_of(locked)
        locked.state, locked.version = AgreementState.RENEWED, locked.version + 1
        locked.save()
        record_change(actor=actor, action="renew_agreement", instance=locked, now=now, before=before)
