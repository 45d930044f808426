"""Founding a consortium without a document."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from chanjiao.apps.members.models import Consortium
from chanjiao.apps.members.plan import PlannedConsortium, PlannedOrganisation
from chanjiao.apps.members.rights import may_found
from chanjiao.apps.members.writing import Writer
from chanjiao.core.permissions import Actor, require


def found_consortium(
    *,
    actor: Actor,
    name: str,
    kind: str,
    group: str = "",
    zone: str = "",
    founded_on: date | None = None,
    now: datetime,
) -> Consortium:
    """The consortium of that name, founded where there was none; `organisation.unknown` for its group or zone."""
    require(may_found(actor))
    planned = PlannedConsortium(name=name, kind=kind, group=group, park=zone, founded_on=founded_on)
    with transaction.atomic():
        writer = Writer(actor=actor, now=now)
        writer.organisation(PlannedOrganisation(name, "consortium"))
        return writer.consortium(planned)
