"""Projects that tests start from."""

from __future__ import annotations

from datetime import date, datetime

from chanjiao.apps.cooperation.models import Agreement
from chanjiao.apps.projects.actions.add_milestone import add_milestone
from chanjiao.apps.projects.actions.hand_in_proof import hand_in_proof
from chanjiao.apps.projects.actions.start_project import start_project
from chanjiao.apps.projects.actions.verify_proof import verify_proof
from chanjiao.apps.projects.models import Milestone, Project, Proof, ProofVersion
from chanjiao.apps.projects.rules import MilestoneFacts
from chanjiao.core.permissions import Actor
from tests.apps.cooperation import samples as agreements
from tests.cast import NOW, Cast

DUE = date(2026, 12, 31)
PDF = b"%PDF-1.7\n1 0 obj\n"
OTHER_PDF = b"%PDF-1.7\n2 0 obj\n"


def started(cast: Cast, agreement: Agreement | None = None) -> Project:
    """The college's project under an order class in force."""
    agreement = agreement or agreements.in_force(cast)
    return start_project(actor=cast.dean, agreement_id=agreement.pk, now=NOW)


def milestone(cast: Cast, project: Project, title: str = "开班", due_on: date = DUE, **told: object) -> Milestone:
    """A milestone for which the college answers."""
    facts = MilestoneFacts(title=title, due_on=due_on, organisation_id=cast.college.pk, **told)  # type: ignore[arg-type]
    return add_milestone(actor=cast.dean, project_id=project.pk, told=facts, now=NOW)


def proof(
    actor: Actor, project: Project, step: Milestone | None = None, *, content: bytes = PDF, **told: object
) -> Proof:
    """A proof of the milestone, handed in by the actor."""
    return hand_in_proof(
        actor=actor,
        project_id=project.pk,
        title="开班通知",
        chunks=[content],
        file_name="开班通知.pdf",
        milestone_id=step.pk if step else None,
        now=NOW,
        **told,  # type: ignore[arg-type]
    )


def judge(actor: Actor, given: Proof, refusal: str = "", now: datetime = NOW) -> ProofVersion:
    """The actor verifies the last version, or sends it back."""
    sha256 = given.versions.latest("number").sha256
    return verify_proof(
        actor=actor, project_id=given.project_id, number=given.number, sha256=sha256, refusal=refusal, now=now
    )
