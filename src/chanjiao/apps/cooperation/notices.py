"""What the parties of an agreement are told."""

from __future__ import annotations

from datetime import datetime, timedelta

from chanjiao.apps.cooperation.models import AgreementVersion, Party, Signatory
from chanjiao.apps.notices.actions.send_notice import send_notice
from chanjiao.apps.notices.addressees import Addressee, organisation, person
from chanjiao.apps.notices.kinds import notice_kind
from chanjiao.core.permissions import Actor
from chanjiao.engines.words import N_

PROPOSED = notice_kind(
    "agreement.proposed", N_("{other} proposes “{title}” ({number})"), button=N_("Read the agreement"), urgent=True
)
TO_SIGN = notice_kind(
    "agreement.to_sign", N_("Your signature is due: “{title}” ({number})"), button=N_("Read and sign"), urgent=True
)
SIGNED = notice_kind("agreement.in_force", N_("“{title}” ({number}) is in force"), button=N_("Open the agreement"))
DECLINED = notice_kind(
    "agreement.declined", N_("{other} does not conclude “{title}” ({number})"), button=N_("Read why")
)
ENDING = notice_kind(
    "agreement.ending", N_("“{title}” ({number}) ends on {day}"), button=N_("Renew or let it end"), urgent=True
)
UNSIGNED = notice_kind(
    "agreement.unsigned", N_("“{title}” ({number}) still waits for your signature"), button=N_("Read and sign")
)
SIGNING_DAYS = timedelta(days=14)
"""How long a party has to answer a proposal before it counts as overdue."""


def tell_of_proposal(actor: Actor, version: AgreementVersion, now: datetime) -> None:
    """The other parties know of the proposal; whoever is named to sign knows that their signature is due."""
    parties = list(version.parties.all())
    for party in parties:
        if party.organisation_id != version.drafted_by_id:
            _send(actor, PROPOSED, version, _of(party), now=now, deadline=now + SIGNING_DAYS)
    for one in Signatory.objects.filter(party__in=parties):
        tell_signatory(actor, version, one, now)


def tell_signatory(actor: Actor, version: AgreementVersion, signatory: Signatory, now: datetime) -> None:
    """Somebody named to sign knows it, unless they named themselves."""
    if signatory.user_id != actor.user_id:
        _send(actor, TO_SIGN, version, person(signatory.user_id), now=now, deadline=now + SIGNING_DAYS)


def remind_party(actor: Actor, version: AgreementVersion, party: Party, now: datetime, *, week: int) -> None:
    """Whoever was named and has not signed is reminded, or the party where nobody is named yet."""
    named = list(party.signatories.all())
    late = [person(one.user_id) for one in named if one.signed_at is None] if named else [_of(party)]
    for to in late:
        _send(actor, UNSIGNED, version, to, now=now, by=f":{week}")


def tell_parties(actor: Actor, kind: str, version: AgreementVersion, now: datetime, day: str = "") -> None:
    """Every party but the one that acts is told."""
    for party in version.parties.all():
        if party.organisation_id is None or party.organisation_id != actor.organisation_id:
            _send(actor, kind, version, _of(party), now=now, day=day)


def _of(party: Party) -> Addressee:
    if party.organisation_id is not None:
        return organisation(party.organisation_id)
    assert party.user_id is not None
    return person(party.user_id)


def _send(
    actor: Actor,
    kind: str,
    version: AgreementVersion,
    to: Addressee,
    *,
    now: datetime,
    deadline: datetime | None = None,
    day: str = "",
    by: str = "",
) -> None:
    agreement = version.agreement
    send_notice(
        actor=actor,
        to=to,
        kind=kind,
        params={"other": actor.organisation_name or actor.name, "title": version.title, "number": agreement.number}
        | ({"day": day} if day else {}),
        about=agreement,
        deadline=deadline,
        key=f"{kind}:{version.pk}:{to.organisation_id or ''}:{to.person_id or ''}{by}",
        now=now,
    )
