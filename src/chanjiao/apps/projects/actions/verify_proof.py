"""Verify a proof, or send it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.projects.changes import acting_bodies, announce, project_for
from chanjiao.apps.projects.models import MilestoneState, Project, Proof, ProofVersion
from chanjiao.apps.projects.notices import tell_of_proof
from chanjiao.apps.projects.proving import follow, latest
from chanjiao.apps.projects.rules import LENGTHS, Deed, may_verify
from chanjiao.apps.projects.seeing import sees_proof
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor, require


def verify_proof(
    *, actor: Actor, project_id: int, number: int, sha256: str, refusal: str = "", now: datetime
) -> ProofVersion:
    """The last version of the proof, with that fingerprint, is verified; with `refusal`, it is sent back for that.

    Whoever verifies is of another party than the one that handed it in, or the secretariat. `record.stale` where it
    was replaced meanwhile, `project.judged` where it was judged already. A milestone is done when all its proofs are
    verified.
    """
    refusal = clean_text(refusal)
    with transaction.atomic():
        project = project_for(actor, project_id, Deed.VERIFY)
        proof = project.proofs.select_related("milestone").filter(number=number).first()
        if proof is None or not sees_proof(actor, project, proof):
            raise ChanjiaoError("record.not_found")
        version = _version(actor, project, proof, sha256)
        if len(refusal) > LENGTHS["reason"]:
            raise Rejected([ChanjiaoError("listing.too_long", field="refusal", limit=LENGTHS["reason"])])
        before = state_of(version)
        if refusal:
            version.refused_at, version.refusal = now, refusal
        else:
            version.verified_at, version.verified_by, version.verified_for = now, actor.name, actor.organisation_name
        version.save()
        action = "refuse_proof" if refusal else "verify_proof"
        record_change(actor=actor, action=action, instance=version, now=now, before=before)
        _tell(actor, project, proof, version, now)
    return version


def _version(actor: Actor, project: Project, proof: Proof, sha256: str) -> ProofVersion:
    version = latest(proof)
    acts_for = {body.pk for body in acting_bodies(actor, project)}
    if actor.organisation_id is not None and actor.runs(project.agreement.consortium_id):
        acts_for.add(actor.organisation_id)
    require(may_verify(handed_in_by=version.organisation_id, acts_for=acts_for))
    if version.sha256 != sha256:
        raise ChanjiaoError("record.stale")
    if version.verified_at or version.refused_at:
        raise ChanjiaoError("project.judged")
    return version


def _tell(actor: Actor, project: Project, proof: Proof, version: ProofVersion, now: datetime) -> None:
    if version.refused_at:
        tell_of_proof(actor, version, [version.organisation], now)
    name = "proof.refused" if version.refused_at else "proof.verified"
    announce(
        actor=actor, name=name, project=project, about=proof, now=now, bodies=[version.organisation],
        amount=1, unit="份",
    )  # fmt: skip
    if follow(actor=actor, milestone=proof.milestone, now=now) == MilestoneState.DONE:
        assert proof.milestone is not None
        bodies = [proof.milestone.organisation]
        announce(actor=actor, name="milestone.done", project=project, about=proof.milestone, now=now, bodies=bodies)
