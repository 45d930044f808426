"""What those concerned are told of a dossier."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from chanjiao.apps.dossiers.models import Dossier
from chanjiao.apps.dossiers.sources import programme_name
from chanjiao.apps.notices.actions.send_notice import send_notice
from chanjiao.apps.notices.addressees import Addressee
from chanjiao.apps.notices.kinds import notice_kind
from chanjiao.core.permissions import Actor
from chanjiao.engines.words import N_

COMPLETED = notice_kind(
    "dossier.completed", N_("{college} hands in the dossier {number} on {programme}"), button=N_("Ask for opinions")
)
ASKED = notice_kind(
    "dossier.asked",
    N_("Your opinion is asked on a change of {programme} at {college} ({number})"),
    button=N_("Give the opinion"),
)
ALL_GIVEN = notice_kind(
    "dossier.all_given",
    N_("Every opinion on the dossier {number} on {programme} is given"),
    button=N_("Put it to the vote"),
)
RETURNED = notice_kind(
    "dossier.returned",
    N_("The dossier {number} on {programme} came back to be mended"),
    button=N_("Read why"),
    urgent=True,
)
DECIDED = notice_kind(
    "dossier.decided", N_("The dossier {number} on {programme} at {college} is decided"), button=N_("Read the decision")
)


def tell_of_dossier(
    actor: Actor,
    kind: str,
    dossier: Dossier,
    to: Iterable[Addressee],
    *,
    now: datetime,
    deadline: datetime | None = None,
) -> None:
    """These know of it, each once for each version of the dossier."""
    params = {
        "number": dossier.number,
        "college": dossier.college.name,
        "programme": programme_name(actor, dossier),
    }
    for one in to:
        target = ":".join(str(value or "") for value in one.columns.values())
        send_notice(
            actor=actor,
            to=one,
            kind=kind,
            params=params,
            about=dossier,
            key=f"{kind}:{dossier.pk}:{dossier.version}:{target}",
            deadline=deadline,
            now=now,
        )
