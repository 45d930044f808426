"""Hand in a proof."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.projects.changes import announce, own_body, project_for
from chanjiao.apps.projects.models import Milestone, MilestoneState, Project, Proof
from chanjiao.apps.projects.proving import add_version, file_limit, follow
from chanjiao.apps.projects.rules import LENGTHS, MOST_PROOFS, Deed
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.files import StoredFile, store
from chanjiao.core.permissions import Actor


def hand_in_proof(
    *,
    actor: Actor,
    project_id: int,
    title: str,
    chunks: Iterable[bytes],
    file_name: str,
    milestone_id: int | None = None,
    is_confidential: bool = False,
    now: datetime,
) -> Proof:
    """The next numbered proof of the project, its first file stored; it waits to be verified by another party.

    A file that is forged, empty, too large or of an unknown kind is refused (`core.files.store`).
    """
    title = clean_text(title).replace("\n", " ")
    with transaction.atomic():
        project_for(actor, project_id, Deed.PROVE)
    # The file is written outside of the transaction, which would else hold the project while a slow sender sends.
    file = store(chunks, file_name, root=settings.FILES_ROOT, limit=file_limit())
    with transaction.atomic():
        project = project_for(actor, project_id, Deed.PROVE)
        milestone = _milestone(project, milestone_id)
        proof = _numbered(project, milestone, title or file.name[: LENGTHS["title"]], is_confidential)
        record_change(actor=actor, action="hand_in_proof", instance=proof, now=now)
        _told(actor, project, proof, file, now)
    return proof


def _told(actor: Actor, project: Project, proof: Proof, file: StoredFile, now: datetime) -> None:
    body = own_body(actor, project)
    add_version(actor=actor, proof=proof, body=body, file=file, now=now)
    announce(
        actor=actor, name="proof.handed_in", project=project, about=proof, now=now, bodies=[body], amount=1, unit="份"
    )
    if follow(actor=actor, milestone=proof.milestone, now=now) == MilestoneState.PROVED:
        assert proof.milestone is not None
        bodies = [proof.milestone.organisation]
        announce(actor=actor, name="milestone.proved", project=project, about=proof.milestone, now=now, bodies=bodies)


def _milestone(project: Project, pk: int | None) -> Milestone | None:
    if pk is None:
        return None
    found = project.milestones.filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    if found.state == MilestoneState.DROPPED:
        raise ChanjiaoError("state.refused", state=MilestoneState(found.state).label)
    return found


def _numbered(project: Project, milestone: Milestone | None, title: str, is_confidential: bool) -> Proof:
    if len(title) > LENGTHS["title"]:
        raise Rejected([ChanjiaoError("listing.too_long", field="title", limit=LENGTHS["title"])])
    last = project.proofs.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST_PROOFS:
        raise Rejected([ChanjiaoError("project.too_many_proofs", limit=MOST_PROOFS)])
    return Proof.objects.create(
        project=project, milestone=milestone, number=last + 1, title=title, is_confidential=is_confidential
    )
