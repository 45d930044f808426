"""Start a project."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from chanjiao.apps.cooperation.changes import visible_to as agreements_visible_to
from chanjiao.apps.cooperation.models import Agreement, AgreementState
from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.exchange.numbers import next_number
from chanjiao.apps.projects.changes import announce, parties_of
from chanjiao.apps.projects.models import Milestone, Project, ProjectState
from chanjiao.apps.projects.rules import LENGTHS
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor, require


def start_project(
    *, actor: Actor, agreement_id: int, title: str = "", continues: int | None = None, now: datetime
) -> Project:
    """A project that carries out an agreement in force, for its term, called like it unless told otherwise.

    With `continues`, a concluded project of the same parties, its milestones come along, as many days after the start
    as they were. `project.needs_agreement` where the agreement is not in force.
    """
    title = clean_text(title).replace("\n", " ")
    if len(title) > LENGTHS["title"]:
        raise Rejected([ChanjiaoError("listing.too_long", field="title", limit=LENGTHS["title"])])
    with transaction.atomic():
        agreement = _agreement(actor, agreement_id)
        version = agreement.current
        assert version is not None
        assert version.starts_on is not None
        assert version.ends_on is not None
        previous = _previous(continues) if continues is not None else None
        project = Project(
            agreement=agreement,
            previous=previous,
            title=title or version.title,
            state=ProjectState.RUNNING,
            starts_on=version.starts_on,
            ends_on=version.ends_on,
            created_at=now,
        )
        bodies = parties_of(project)
        require(any(actor.acts_for(body.pk) for body in bodies))
        if previous is not None and {one.pk for one in parties_of(previous)} != {one.pk for one in bodies}:
            raise ChanjiaoError("record.not_found")
        project.number = next_number("P", now)
        project.save()
        record_change(actor=actor, action="start_project", instance=project, now=now)
        if previous is not None:
            _carry_over(previous, project)
        announce(actor=actor, name="project.started", project=project, about=project, now=now, bodies=bodies)
    return project


def _agreement(actor: Actor, pk: int) -> Agreement:
    found = Agreement.objects.filter(agreements_visible_to(actor), pk=pk).select_related("current").first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    if found.state != AgreementState.IN_FORCE:
        raise ChanjiaoError("project.needs_agreement")
    return found


def _previous(pk: int) -> Project:
    found = Project.objects.filter(pk=pk).exclude(state=ProjectState.RUNNING).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def _carry_over(old: Project, new: Project) -> None:
    shift = new.starts_on - old.starts_on
    Milestone.objects.bulk_create(
        Milestone(
            project=new,
            position=position,
            title=one.title,
            deliverable=one.deliverable,
            starts_on=min(one.starts_on + shift, new.ends_on) if one.starts_on else None,
            due_on=min(one.due_on + shift, new.ends_on),
            organisation_id=one.organisation_id,
            responsible_id=one.responsible_id,
        )
        for position, one in enumerate(old.milestones.exclude(state="dropped"))
    )
