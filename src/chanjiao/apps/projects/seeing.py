"""What of a project is open to whom: money and confidential proofs are the parties', unless they agreed to share."""

from __future__ import annotations

from chanjiao.apps.cooperation.shown import opens_money
from chanjiao.apps.projects.models import Project, Proof
from chanjiao.core.permissions import Actor


def sees_money(actor: Actor, project: Project) -> bool:
    """Whether the actor reads the project's money and its confidential proofs."""
    assert project.agreement.current is not None
    return opens_money(actor, project.agreement.current)


def sees_proof(actor: Actor, project: Project, proof: Proof) -> bool:
    """Whether the actor, who sees the project, sees this proof."""
    return not proof.is_confidential or sees_money(actor, project)
