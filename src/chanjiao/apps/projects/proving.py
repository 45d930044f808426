"""What handing in, replacing and judging a proof share: the file as a version, and the milestone that follows."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from chanjiao.apps.members.models import Organisation
from chanjiao.apps.projects.changes import parties_of
from chanjiao.apps.projects.models import Milestone, MilestoneState, Proof, ProofVersion
from chanjiao.apps.projects.notices import tell_of_proof
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.files import StoredFile
from chanjiao.core.permissions import Actor


def add_version(
    *, actor: Actor, proof: Proof, body: Organisation, file: StoredFile, reason: str = "", now: datetime
) -> ProofVersion:
    """The next version of the proof, which waits to be verified."""
    last = proof.versions.order_by("-number").first()
    version = ProofVersion.objects.create(
        proof=proof,
        number=last.number + 1 if last else 1,
        sha256=file.sha256,
        size=file.size,
        file_name=file.name,
        media_type=file.media_type,
        reason=reason,
        uploaded_by=actor.name,
        organisation=body,
        uploaded_at=now,
    )
    record_change(actor=actor, action="hand_in_proof", instance=version, now=now)
    others = [one for one in parties_of(proof.project) if one.pk != body.pk]
    tell_of_proof(actor, version, others, now)
    return version


def latest(proof: Proof) -> ProofVersion:
    """The version that counts: the last one."""
    return proof.versions.select_related("organisation").latest("number")


def follow(*, actor: Actor, milestone: Milestone | None, now: datetime) -> MilestoneState | None:
    """The milestone's state follows from its proofs: done when each is verified, proved while one waits, else open.

    The state that is new to it; None where it stays as it was.
    """
    if milestone is None or milestone.state == MilestoneState.DROPPED:
        return None
    versions = [latest(proof) for proof in milestone.proofs.all()]
    state = _state_after(versions)
    if state == milestone.state:
        return None
    before = state_of(milestone)
    milestone.state = state
    milestone.done_on = timezone.localdate(now) if state == MilestoneState.DONE else None
    milestone.version += 1
    milestone.save()
    record_change(actor=actor, action="follow_milestone", instance=milestone, now=now, before=before)
    return state


def file_limit() -> int:
    """The largest proof that is taken, in bytes."""
    limit: int = settings.PROOF_LIMIT
    return limit


def _state_after(versions: list[ProofVersion]) -> MilestoneState:
    standing = [one for one in versions if one.refused_at is None]
    if not standing:
        return MilestoneState.OPEN
    return MilestoneState.DONE if all(one.verified_at for one in standing) else MilestoneState.PROVED
