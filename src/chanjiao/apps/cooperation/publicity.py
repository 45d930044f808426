"""Whose price everybody must be told before an agreement is in force, and how far that is."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from chanjiao.apps.cooperation.content import Content
from chanjiao.apps.cooperation.kinds import PublicityRule, book
from chanjiao.apps.cooperation.models import Agreement, AgreementVersion, Publicity, PublicityState
from chanjiao.apps.members.models import Organisation
from chanjiao.core.audit import emit, record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require

NEW_PRICE = gettext_noop("The price or the subject changed")
"""Why a publicity was stopped of which another took the place."""


def rule_for(kind: str, content: Content) -> PublicityRule | None:
    """The rule by which an agreement with this content is publicised, None where none applies."""
    roles = {party.role for party in content.parties}
    return _first(kind, dict(content.fields), roles)


def rule_of(version: AgreementVersion) -> PublicityRule | None:
    """The rule by which this version is publicised, None where none applies."""
    return _first(version.agreement.kind, version.fields, {party.role for party in version.parties.all()})


def publicist_of(version: AgreementVersion) -> Organisation | None:
    """The party that makes its price known: the first in a role that the rule names."""
    rule = rule_of(version)
    parties = version.parties.select_related("organisation") if rule else ()
    return next((one.organisation for one in parties if rule and one.role in rule.by and one.organisation), None)


def subject_of(version: AgreementVersion) -> str:
    """What is said to be transferred: the particular that the rule names, else the title."""
    rule = rule_of(version)
    return rule.subject_in(version.fields, version.title) if rule else version.title


def publicities_of(version: AgreementVersion) -> QuerySet[Publicity]:
    """What was made known of this very subject and price."""
    if version.amount is None:
        return Publicity.objects.none()
    return Publicity.objects.filter(
        agreement_id=version.agreement_id, subject=subject_of(version), price=version.amount
    )


def awaits_publicity(version: AgreementVersion) -> bool:
    """Whether its price must be publicised and that is not over yet."""
    return rule_of(version) is not None and not publicities_of(version).filter(state=PublicityState.PASSED).exists()


def publicity_owed(version: AgreementVersion) -> bool:
    """Whether its price must be publicised and nobody has begun."""
    return rule_of(version) is not None and not publicities_of(version).exclude(state=PublicityState.STOPPED).exists()


def stop_running(
    *, actor: Actor, agreement: Agreement, note: str, now: datetime, but_for: AgreementVersion | None = None
) -> None:
    """What is being publicised of the agreement is stopped, unless it is what the version `but_for` says."""
    running = Publicity.objects.filter(agreement=agreement, state=PublicityState.RUNNING)
    if but_for is not None:
        running = running.exclude(pk__in=publicities_of(but_for).values("pk"))
    for publicity in running:
        close(actor=actor, publicity=publicity, state=PublicityState.STOPPED, note=note, now=now)


def publicity_for(actor: Actor, pk: int) -> Publicity:
    """The running publicity that the actor's organisation is responsible for, its agreement locked first.

    `record.not_found` where there is none, `action.denied` where it is another's, `state.refused` where it is over.
    """
    publicity = locked(pk)
    require(actor.acts_for(publicity.organisation_id))
    if publicity.state != PublicityState.RUNNING:
        raise ChanjiaoError("state.refused", state=PublicityState(publicity.state).label)
    return publicity


def locked(pk: int) -> Publicity:
    """The publicity, its agreement locked until the transaction ends; `record.not_found` where there is none."""
    agreement_id = Publicity.objects.filter(pk=pk).values_list("agreement_id", flat=True).first()
    if agreement_id is None:
        raise ChanjiaoError("record.not_found")
    Agreement.objects.select_for_update().get(pk=agreement_id)
    return Publicity.objects.select_related("agreement", "organisation").get(pk=pk)


def close(*, actor: Actor, publicity: Publicity, state: PublicityState, now: datetime, note: str = "") -> None:
    """The publicity is over in that state, and the deed is told."""
    before = state_of(publicity)
    publicity.state, publicity.closed_at, publicity.note = state, now, note
    publicity.save(update_fields=["state", "closed_at", "note"])
    record_change(actor=actor, action="close_publicity", instance=publicity, now=now, before=before)
    announce(actor=actor, name=f"price.publicity_{state}", publicity=publicity, now=now)


def announce(*, actor: Actor, name: str, publicity: Publicity, now: datetime) -> None:
    """The event `name`, credited to whoever publicises; everybody may know the price."""
    agreement, body = publicity.agreement, publicity.organisation
    emit(
        actor=actor, name=name, instance=agreement, now=now, consortium_id=agreement.consortium_id,
        organisation=(body.pk, body.name), amount=publicity.price, unit="元", note=agreement.number,
    )  # fmt: skip


def _first(kind: str, facts: dict[str, object], roles: set[str]) -> PublicityRule | None:
    return next((one for one in book().publicities if one.applies_to(kind, facts, roles)), None)
