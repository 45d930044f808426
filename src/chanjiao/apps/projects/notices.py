"""What the parties of a project are told."""

from __future__ import annotations

from datetime import date, datetime

from chanjiao.apps.members.models import Organisation
from chanjiao.apps.notices.actions.send_notice import send_notice
from chanjiao.apps.notices.addressees import organisation, person
from chanjiao.apps.notices.kinds import notice_kind
from chanjiao.apps.projects.models import Milestone, Project, ProofVersion
from chanjiao.core.permissions import Actor
from chanjiao.engines.words import N_

HANDED_IN = notice_kind(
    "proof.handed_in", N_("{other} hands in proof {number} “{title}” of “{project}”"), button=N_("Verify the proof")
)
REFUSED = notice_kind(
    "proof.refused", N_("Proof {number} “{title}” of “{project}” was sent back"), button=N_("Hand in a better one")
)
OVERDUE = notice_kind(
    "milestone.overdue", N_("“{title}” of “{project}” was due on {day}"), button=N_("Hand in the proof"), urgent=True
)
CONCLUDED = notice_kind("project.closed", N_("“{project}” is concluded"), button=N_("Open the project"))
AGAIN_AFTER_DAYS = 7
"""An overdue milestone is told of again after as many days."""


def tell_of_proof(actor: Actor, version: ProofVersion, bodies: list[Organisation], now: datetime) -> None:
    """These organisations know that a proof was handed in, to be verified, or that it was sent back."""
    proof, kind = version.proof, REFUSED if version.refused_at else HANDED_IN
    for body in bodies:
        send_notice(
            actor=actor,
            to=organisation(body.pk),
            kind=kind,
            params={
                "other": version.organisation.name,
                "number": proof.number,
                "title": proof.title,
                "project": proof.project.title,
            },
            about=proof.project,
            key=f"{kind}:{version.pk}:{body.pk}",
            now=now,
        )


def tell_of_overdue(actor: Actor, milestone: Milestone, today: date, now: datetime) -> None:
    """Whoever answers for the milestone is told, the first day and then once a week."""
    late = (today - milestone.due_on).days
    to = person(milestone.responsible_id) if milestone.responsible_id else organisation(milestone.organisation_id)
    send_notice(
        actor=actor,
        to=to,
        kind=OVERDUE,
        params={"title": milestone.title, "project": milestone.project.title, "day": milestone.due_on.isoformat()},
        about=milestone.project,
        key=f"{OVERDUE}:{milestone.pk}:{milestone.due_on}:{(late - 1) // AGAIN_AFTER_DAYS}",
        now=now,
    )


def tell_of_end(actor: Actor, project: Project, bodies: list[Organisation], now: datetime) -> None:
    """The other parties know that the project is concluded."""
    for body in bodies:
        if body.pk != actor.organisation_id:
            send_notice(
                actor=actor,
                to=organisation(body.pk),
                kind=CONCLUDED,
                params={"project": project.title},
                about=project,
                key=f"{CONCLUDED}:{project.pk}:{body.pk}",
                now=now,
            )
