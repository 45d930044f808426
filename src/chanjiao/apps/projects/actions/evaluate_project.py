"""Evaluate a project for one party."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.projects.changes import acting_bodies, announce, project_for
from chanjiao.apps.projects.models import Evaluation
from chanjiao.apps.projects.rules import LENGTHS, Deed
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor


def evaluate_project(*, actor: Actor, project_id: int, points: int, words: str = "", now: datetime) -> Evaluation:
    """What the actor's party says of the project: one to five points, and why; it may change until the project ends."""
    words = clean_text(words)
    errors = []
    if not 1 <= points <= 5:
        errors.append(ChanjiaoError("listing.out_of_bounds", field="points", low=1, high=5))
    if len(words) > LENGTHS["words"]:
        errors.append(ChanjiaoError("listing.too_long", field="words", limit=LENGTHS["words"]))
    if errors:
        raise Rejected(errors)
    with transaction.atomic():
        project = project_for(actor, project_id, Deed.EVALUATE)
        body = acting_bodies(actor, project)[0]
        known = Evaluation.objects.filter(project=project, organisation=body).first()
        before = state_of(known) if known else None
        given = known or Evaluation(project=project, organisation=body)
        given.points, given.words, given.given_by, given.given_at = points, words, actor.name, now
        given.save()
        record_change(actor=actor, action="evaluate_project", instance=given, now=now, before=before)
        announce(
            actor=actor, name="project.evaluated", project=project, about=project, now=now, bodies=[body],
            amount=points, unit="分",
        )  # fmt: skip
    return given
