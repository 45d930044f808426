"""Keep a figure of demand that a document tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from chanjiao.apps.exchange.codes import is_known
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.programmes.changes import refuse_faults, rewritten, taken_back
from chanjiao.apps.programmes.models import DemandFigure
from chanjiao.apps.programmes.models.demand import TOLD_SOURCES
from chanjiao.apps.programmes.rights import may_tell_demand
from chanjiao.apps.programmes.rules.demand import WEIGHTS, DemandFacts, Source, demand_faults, group_of
from chanjiao.core.audit import Told, emit_all, record_additions, record_change, told_event
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def tell_demand(
    *, actor: Actor, told: DemandFacts, now: datetime, pk: int | None = None, version: int | None = None
) -> DemandFigure:
    """The figure as told: a new one, or that of `pk`; `demand.exists` where the document tells it already."""
    require(may_tell_demand(actor))
    check_demand(told, now)
    values = _values(told)
    try:
        with transaction.atomic():
            if pk is None:
                figure = DemandFigure.objects.create(**values, keeper_id=actor.organisation_id)
                record_change(actor=actor, action="tell_demand", instance=figure, now=now)
            else:
                figure = rewritten(
                    actor=actor, row=_figure(pk), action="tell_demand", now=now, version=version, **values
                )
            emit_all([_event(actor, figure, now)])
    except IntegrityError:
        raise ChanjiaoError("demand.exists", field="occupation") from None
    return figure


def tell_all_demand(*, actor: Actor, told: Iterable[DemandFacts], now: datetime) -> list[DemandFigure]:
    """The figures of a file, all new, all or none; the first fault is raised."""
    require(may_tell_demand(actor))
    rows = []
    for one in told:
        check_demand(one, now)
        rows.append(DemandFigure(**_values(one), keeper_id=actor.organisation_id))
    try:
        with transaction.atomic():
            DemandFigure.objects.bulk_create(rows)
            record_additions(actor=actor, action="tell_demand", instances=rows, now=now)
            emit_all(_event(actor, row, now) for row in rows)
    except IntegrityError:
        raise ChanjiaoError("demand.exists", field="occupation") from None
    return rows


def _values(told: DemandFacts) -> dict[str, Any]:
    weight = WEIGHTS[Source(told.source)] if told.weight is None else told.weight
    return {**asdict(replace(told, title=told.title.strip())), "weight": Decimal(str(round(weight, 2)))}


def _event(actor: Actor, row: DemandFigure, now: datetime) -> Told:
    return told_event(actor=actor, name="demand.told", instance=row, now=now, amount=row.expected, unit="people")


def check_demand(told: DemandFacts, now: datetime) -> None:
    """Raise a `Rejected` with everything wrong with a figure of demand."""
    found = list(demand_faults(told, this_year=timezone.localdate(now).year))
    if not (group_of(told.occupation_code) and is_known("occupation", told.occupation_code)):
        found.append(ChanjiaoError("destination.unknown_code", field="occupation", value=told.occupation_code[:40]))
    if told.industry_code and not is_known("industry", told.industry_code):
        found.append(ChanjiaoError("listing.unknown_code", field="industry", value=told.industry_code[:40]))
    if told.source not in TOLD_SOURCES:
        found.append(ChanjiaoError("listing.bad_choice", field="source", value=told.source[:40]))
    if told.zone_id is not None and not Organisation.objects.filter(pk=told.zone_id, type="park").exists():
        found.append(ChanjiaoError("record.not_found", field="zone"))
    refuse_faults(found)


def take_back_demand(*, actor: Actor, pk: int, version: int, now: datetime) -> None:
    """The figure is gone, the record keeps it."""
    require(may_tell_demand(actor))
    with transaction.atomic():
        taken_back(actor=actor, row=_figure(pk), action="take_back_demand", version=version, now=now)


def _figure(pk: int) -> DemandFigure:
    found = DemandFigure.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found
