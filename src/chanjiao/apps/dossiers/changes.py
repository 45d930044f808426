"""What every action on a dossier shares: who sees it, finding it locked, checking the right, telling of the deed."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import models
from django.db.models import Q

from chanjiao.apps.dossiers.models import Dossier, DossierState
from chanjiao.apps.dossiers.rules import Deed, Standing, State, deeds
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.projects.changes import claimed
from chanjiao.core.audit import emit, record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def visible_to(actor: Actor) -> Q:
    """Which dossiers the actor sees: their college's; their consortium's once complete; those they are asked about."""
    if actor.sees_all:
        return Q()
    own = actor.organisation_id if actor.belongs_to(actor.organisation_id) else None
    led = Q(consortium_id__in=actor.secretariat_of | actor.guidance_of, completed_at__isnull=False)
    asked = Dossier.objects.filter(opinions__organisation_id=own or 0).values("pk")
    return Q(college_id=own or 0) | led | Q(pk__in=asked)


def dossier_for(actor: Actor, pk: int, deed: Deed) -> Dossier:
    """The dossier, locked until the transaction ends, to which the actor may do `deed` in its present state.

    `record.not_found` where the actor may not see it, `state.refused` where it is theirs to do but not now,
    `action.denied` else.
    """
    rows = Dossier.objects.select_for_update(of=("self",)).filter(visible_to(actor), pk=pk)
    found = rows.select_related("college", "consortium").first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    standing = standing_of(actor, found)
    if deed not in deeds(standing) and _is_theirs(deed, standing):
        raise ChanjiaoError("state.refused", state=DossierState(found.state).label)
    require(deed in deeds(standing))
    return found


def standing_of(actor: Actor, dossier: Dossier) -> Standing:
    """Where the dossier stands for the actor."""
    own = actor.organisation_id
    owes = own is not None and actor.acts_for(own)
    return Standing(
        state=State(dossier.state),
        belongs=actor.belongs_to(dossier.college_id),
        acts=actor.acts_for(dossier.college_id),
        runs=actor.runs(dossier.consortium_id),
        is_asked=owes and dossier.opinions.filter(organisation_id=own or 0, verdict="").exists(),
        is_approved=dossier.decision == "approved",
    )


def moved(*, actor: Actor, dossier: Dossier, version: int, action: str, now: datetime, **changes: object) -> Dossier:
    """The locked dossier with `changes` stored and recorded; `record.stale` where it changed since `version`."""
    before = state_of(dossier)
    claimed(dossier, version)
    for name, value in changes.items():
        setattr(dossier, name, value)
    dossier.save()
    record_change(actor=actor, action=action, instance=dossier, now=now, before=before)
    return dossier


def announce(
    *,
    actor: Actor,
    name: str,
    dossier: Dossier,
    now: datetime,
    about: models.Model | None = None,
    body: Organisation | None = None,
    amount: Decimal | int | None = None,
    unit: str = "",
) -> None:
    """The event `name` about the dossier or a part of it, credited to `body`, else to the college."""
    credited = body or dossier.college
    emit(
        actor=actor,
        name=name,
        instance=about or dossier,
        now=now,
        consortium_id=dossier.consortium_id,
        organisation=(credited.pk, credited.name),
        amount=amount,
        unit=unit,
        note=dossier.number,
    )


def _is_theirs(deed: Deed, standing: Standing) -> bool:
    """Whether the deed is the reader's in some other state."""
    if deed in (Deed.ASK, Deed.READY, Deed.RETURN, Deed.DECIDE):
        return standing.runs
    if deed is Deed.OPINE:
        return standing.is_asked
    return standing.belongs if deed in (Deed.EDIT, Deed.CITE) else standing.acts
