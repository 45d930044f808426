"""Replace the file of a proof."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.projects.changes import announce, own_body, project_for
from chanjiao.apps.projects.models import Proof, ProofVersion
from chanjiao.apps.projects.proving import add_version, file_limit, follow, latest
from chanjiao.apps.projects.rules import LENGTHS, Deed
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.files import store
from chanjiao.core.permissions import Actor, require


def replace_proof(
    *,
    actor: Actor,
    project_id: int,
    number: int,
    replaces: int,
    chunks: Iterable[bytes],
    file_name: str,
    reason: str,
    now: datetime,
) -> Proof:
    """The proof has a next version, which waits to be verified; every version before it is kept.

    Only the organisation that handed it in replaces it, says why, and names the version it saw (`record.stale` where
    that is no longer the last). A milestone that was done is open to judgement again.
    """
    reason = clean_text(reason)
    with transaction.atomic():
        _check(actor, project_id, number, replaces, reason)
    file = store(chunks, file_name, root=settings.FILES_ROOT, limit=file_limit())
    with transaction.atomic():
        proof, before = _check(actor, project_id, number, replaces, reason)
        if before.sha256 == file.sha256:
            raise Rejected([ChanjiaoError("project.same_file", field="file")])
        body = own_body(actor, proof.project)
        add_version(actor=actor, proof=proof, body=body, file=file, reason=reason, now=now)
        announce(
            actor=actor, name="proof.replaced", project=proof.project, about=proof, now=now, bodies=[body],
            amount=1, unit="份",
        )  # fmt: skip
        follow(actor=actor, milestone=proof.milestone, now=now)
    return proof


def _check(actor: Actor, project_id: int, number: int, replaces: int, reason: str) -> tuple[Proof, ProofVersion]:
    project = project_for(actor, project_id, Deed.PROVE)
    proof = project.proofs.select_related("milestone").filter(number=number).first()
    if proof is None:
        raise ChanjiaoError("record.not_found")
    before = latest(proof)
    require(actor.belongs_to(before.organisation_id))
    if before.number != replaces:
        raise ChanjiaoError("record.stale")
    if not reason or len(reason) > LENGTHS["reason"]:
        code = "listing.too_long" if reason else "review.reason_required"
        raise Rejected([ChanjiaoError(code, field="reason", limit=LENGTHS["reason"])])
    return proof, before
