"""What every action on a project shares: who sees it, finding it locked, checking the right, telling of the deed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import models
from django.db.models import Q

from chanjiao.apps.cooperation.changes import bodies_of
from chanjiao.apps.cooperation.models import Party
from chanjiao.apps.members.models import Organisation, Staff, StaffRole
from chanjiao.apps.projects.models import Project, ProjectState
from chanjiao.apps.projects.rules import Deed, deeds
from chanjiao.core.audit import emit
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def visible_to(actor: Actor) -> Q:
    """Which projects the actor sees: those of agreements to which their organisation or they themselves are a party,
    and their consortium's for a secretariat.
    """
    if actor.sees_all:
        return Q()
    own = actor.organisation_id if actor.belongs_to(actor.organisation_id) else None
    mine = Q(organisation_id=own) if own else Q(pk__in=[])
    if actor.user_id is not None:
        mine |= Q(user_id=actor.user_id)
    parties = Party.objects.filter(mine).values("version_id")
    return Q(agreement__current_id__in=parties) | Q(agreement__consortium_id__in=actor.secretariat_of)


def project_for(actor: Actor, pk: int, deed: Deed) -> Project:
    """The project, locked until the transaction ends, in which the actor may do `deed` now.

    `record.not_found` where the actor may not see it, `state.refused` where it is concluded, `action.denied` else.
    """
    rows = Project.objects.select_for_update(of=("self",)).filter(pk=pk)
    found = rows.filter(pk__in=Project.objects.filter(visible_to(actor)).values("pk")).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    possible = deeds_of(actor, found)
    if deed not in possible and found.state != ProjectState.RUNNING and _acts(actor, found):
        raise ChanjiaoError("state.refused", state=ProjectState(found.state).label)
    require(deed in possible)
    return found


def deeds_of(actor: Actor, project: Project) -> frozenset[Deed]:
    """What the actor may do in the project now."""
    return deeds(
        project.state,
        acts=_acts(actor, project),
        belongs=any(actor.belongs_to(body.pk) for body in parties_of(project)),
        runs=actor.runs(project.agreement.consortium_id),
    )


def parties_of(project: Project) -> list[Organisation]:
    """The organisations that carry the project."""
    assert project.agreement.current is not None
    return bodies_of(project.agreement.current)


def acting_bodies(actor: Actor, project: Project) -> list[Organisation]:
    """The parties that the actor may act for."""
    return [body for body in parties_of(project) if actor.acts_for(body.pk)]


def own_body(actor: Actor, project: Project) -> Organisation:
    """The party whose staff the actor is; `action.denied` for others."""
    found = next((body for body in parties_of(project) if actor.belongs_to(body.pk)), None)
    if found is None:
        raise ChanjiaoError("action.denied")
    return found


def claimed(record: models.Model, version: int) -> None:
    """The locked record has its next version number; `record.stale` where somebody changed it since `version`."""
    if record.version != version:  # type: ignore[attr-defined]
        raise ChanjiaoError("record.stale")
    record.version = version + 1  # type: ignore[attr-defined]


def is_staff(user_id: int, organisation_id: int) -> bool:
    """Whether the person works for the organisation now; students do not."""
    posts = Staff.objects.filter(user_id=user_id, organisation_id=organisation_id, ended_on__isnull=True)
    return posts.exclude(role=StaffRole.STUDENT).exists()


def announce(
    *,
    actor: Actor,
    name: str,
    project: Project,
    about: models.Model,
    now: datetime,
    bodies: Iterable[Organisation],
    amount: Decimal | int | None = None,
    unit: str = "",
) -> None:
    """The event `name` about a project or a part of it, for each organisation that it is credited to."""
    for body in bodies:
        emit(
            actor=actor,
            name=name,
            instance=about,
            now=now,
            consortium_id=project.agreement.consortium_id,
            organisation=(body.pk, body.name),
            amount=amount,
            unit=unit,
            note=project.number,
        )


def _acts(actor: Actor, project: Project) -> bool:
    return bool(acting_bodies(actor, project))
