"""What projects leave to do and to wait for, and the needs that they came from."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from chanjiao.apps.projects.models import Milestone, Project, ProofVersion
from chanjiao.apps.projects.selectors import milestones_due, milestones_owed, proofs_to_verify
from chanjiao.core.commitments import Item, Source, Standing, register_source
from chanjiao.core.traces import register_path
from chanjiao.engines.words import N_

SOON = timedelta(days=14)
"""How long before its day a milestone is named."""


register_path(Project, "agreement__match__need_id")
register_path(Milestone, "project__agreement__match__need_id")


def _to_verify(one: ProofVersion) -> Item:
    return Item(one.proof.title, f"{one.proof.project} · {one.organisation}", "projects.project", one.proof.project_id)


def _to_reach(one: Milestone) -> Item:
    return Item(one.title, f"{one.project} · {one.organisation}", "projects.project", one.project_id, one.due_on)


register_source(
    Source(
        "projects.proofs",
        Standing.WAITS,
        N_("Proofs to verify"),
        N_("Verify"),
        "file-certificate",
        lambda actor, now: proofs_to_verify(actor),
        _to_verify,
    )
)
register_source(
    Source(
        "projects.milestones",
        Standing.PROMISED,
        N_("Milestones due"),
        N_("Hand in the proof"),
        "flag",
        lambda actor, now: milestones_due(actor, timezone.localdate(now) + SOON),
        _to_reach,
    )
)
register_source(
    Source(
        "projects.owed",
        Standing.OWED,
        N_("Milestones that partners owe"),
        N_("View"),
        "hourglass",
        lambda actor, now: milestones_owed(actor, timezone.localdate(now)),
        _to_reach,
    )
)
