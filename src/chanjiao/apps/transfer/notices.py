"""What the two sides of a challenge and of a transfer contract are told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from chanjiao.apps.cooperation.models import Agreement
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.notices.actions.send_notice import send_notice
from chanjiao.apps.notices.addressees import organisation
from chanjiao.apps.notices.kinds import notice_kind
from chanjiao.apps.transfer.models import Challenge
from chanjiao.core.permissions import Actor
from chanjiao.engines.words import N_

ANSWERED = notice_kind("challenge.answered", N_("{other} answers “{title}” ({number})"), button=N_("Read the answer"))
CHOSEN = notice_kind(
    "challenge.chosen",
    N_("Your answer to “{title}” ({number}) was chosen"),
    button=N_("Draft the contract"),
    urgent=True,
)
NOT_CHOSEN = notice_kind(
    "challenge.not_chosen", N_("Your answer to “{title}” ({number}) was not chosen"), button=N_("Read why")
)
ACCEPTED = notice_kind(
    "challenge.accepted", N_("{other} has accepted the work for “{title}” ({number})"), button=N_("Open the challenge")
)
CLOSED = notice_kind("challenge.closed", N_("“{title}” ({number}) ended without result"), button=N_("Read why"))
REGISTERED = notice_kind(
    "contract.registered",
    N_("{other} has registered the contract “{title}” ({number})"),
    button=N_("Open the contract"),
)
USED = notice_kind(
    "result.first_used", N_("{other} tells of the first use under “{title}” ({number})"), button=N_("Verify the proof")
)


def tell_of_challenge(
    actor: Actor, kind: str, challenge: Challenge, bodies: Iterable[Organisation], *, now: datetime, by: str = ""
) -> None:
    """These organisations know of it, each once; `by` tells apart several deeds of one kind."""
    for body in bodies:
        _tell(actor, kind, challenge, body, key=f"{kind}:{challenge.pk}:{body.pk}:{by}", now=now)


def tell_of_contract(
    actor: Actor, kind: str, agreement: Agreement, bodies: Iterable[Organisation], *, now: datetime
) -> None:
    """The other parties of the contract know of it."""
    for body in bodies:
        _tell(actor, kind, agreement, body, key=f"{kind}:{agreement.pk}:{body.pk}", now=now)


def _tell(
    actor: Actor, kind: str, about: Challenge | Agreement, body: Organisation, *, key: str, now: datetime
) -> None:
    send_notice(
        actor=actor,
        to=organisation(body.pk),
        kind=kind,
        params={"other": actor.organisation_name, "title": str(about), "number": about.number},
        about=about,
        key=key,
        now=now,
    )
