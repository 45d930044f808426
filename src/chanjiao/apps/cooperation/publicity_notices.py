"""What parties and objectors are told of a publicised price."""

from __future__ import annotations

from datetime import datetime

from chanjiao.apps.cooperation.changes import bodies_of
from chanjiao.apps.cooperation.models import Objection, Publicity
from chanjiao.apps.notices.actions.send_notice import send_notice
from chanjiao.apps.notices.addressees import Addressee, organisation, person
from chanjiao.apps.notices.kinds import notice_kind
from chanjiao.core.permissions import Actor
from chanjiao.engines.words import N_

PUBLICISED = notice_kind(
    "price.publicised",
    N_("The price of “{title}” ({number}) is publicised until {day}"),
    button=N_("Open the publicity"),
)
PASSED = notice_kind(
    "price.publicity_passed",
    N_("The price of “{title}” ({number}) was publicised, and no objection stands"),
    button=N_("Open the publicity"),
)
STOPPED = notice_kind(
    "price.publicity_stopped",
    N_("The price of “{title}” ({number}) is publicised no longer"),
    button=N_("Read why"),
    urgent=True,
)
OBJECTED = notice_kind(
    "price.objected", N_("An objection to the price of “{title}” ({number})"), button=N_("Answer it"), urgent=True
)
ANSWERED = notice_kind(
    "price.objection_answered",
    N_("Your objection to the price of “{title}” ({number}) was answered"),
    button=N_("Read what was answered"),
)


def tell_parties(actor: Actor, kind: str, publicity: Publicity, now: datetime) -> None:
    """Every organisation of the agreement is told, but the one that acts."""
    version = publicity.agreement.current
    for body in bodies_of(version) if version else ():
        if body.pk != actor.organisation_id:
            _send(actor, kind, publicity, to=organisation(body.pk), now=now)


def tell_publicist(actor: Actor, objection: Objection, now: datetime) -> None:
    """Whoever publicises knows that an objection waits for their answer, unless they entered it."""
    body = objection.publicity.organisation
    if body.pk != actor.organisation_id:
        _send(actor, OBJECTED, objection.publicity, to=organisation(body.pk), now=now, by=objection.pk)


def tell_objector(actor: Actor, objection: Objection, now: datetime) -> None:
    """Whoever objected, or entered it for another, knows the answer."""
    if objection.user_id != actor.user_id:
        _send(actor, ANSWERED, objection.publicity, to=person(objection.user_id), now=now, by=objection.pk)


def _send(actor: Actor, kind: str, publicity: Publicity, *, to: Addressee, now: datetime, by: object = "") -> None:
    send_notice(
        actor=actor,
        to=to,
        kind=kind,
        params={
            "title": publicity.subject,
            "number": publicity.agreement.number,
            "day": publicity.ends_on.isoformat(),
        },
        about=publicity,
        key=f"{kind}:{publicity.pk}:{to.organisation_id or ''}:{to.person_id or ''}:{by}",
        now=now,
    )
