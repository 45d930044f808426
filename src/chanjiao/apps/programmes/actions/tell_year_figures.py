"""Tell the figures of a programme point in a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from chanjiao.apps.programmes.changes import point_named, refuse_faults, rewritten, taken_back
from chanjiao.apps.programmes.models import ProgrammePoint, YearFigures
from chanjiao.apps.programmes.rights import may_tell_supply
from chanjiao.apps.programmes.rules.supply import YearFacts, faults
from chanjiao.core.audit import Told, emit_all, record_additions, record_change, told_event
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def tell_year_figures(
    *,
    actor: Actor,
    point_id: int,
    year: int,
    told: YearFacts,
    now: datetime,
    version: int | None = None,
    source: str = "",
) -> YearFigures:
    """The year's figures as told, whether or not there were some; `record.stale` where they are not in `version`.

    Without `version` the year must be new: `figures.exist`.
    """
    with transaction.atomic():
        point = point_named(point_id)
        require(may_tell_supply(actor, point.college_id))
        check_year_figures(point, year, told, now)
        values = {**asdict(told), "source": source.strip()[:80], "told_at": now}
        known = YearFigures.objects.select_for_update().filter(point=point, year=year).first()
        if known is None:
            known = YearFigures.objects.create(point=point, year=year, **values)
            record_change(actor=actor, action="tell_year_figures", instance=known, now=now)
        elif version is None:
            raise ChanjiaoError("figures.exist", field="year", year=year)
        else:
            known = rewritten(actor=actor, row=known, action="tell_year_figures", now=now, version=version, **values)
        emit_all([_event(actor, known, now)])
    return known


def check_year_figures(point: ProgrammePoint, year: int, told: YearFacts, now: datetime) -> None:
    """Raise a `Rejected` with everything wrong with the figures of a year."""
    this_year = timezone.localdate(now).year
    refuse_faults(faults(told, year, this_year=this_year, last_year=point.last_year))


def tell_all_year_figures(
    *, actor: Actor, told: Iterable[tuple[ProgrammePoint, int, YearFacts, str]], now: datetime
) -> list[YearFigures]:
    """The figures (point, year, facts, source) of many points, all new, all or none; the first fault is raised."""
    rows = []
    for point, year, facts, source in told:
        require(may_tell_supply(actor, point.college_id))
        check_year_figures(point, year, facts, now)
        rows.append(YearFigures(point=point, year=year, **asdict(facts), source=source.strip()[:80], told_at=now))
    try:
        with transaction.atomic():
            YearFigures.objects.bulk_create(rows)
            record_additions(actor=actor, action="tell_year_figures", instances=rows, now=now)
            emit_all(_event(actor, row, now) for row in rows)
    except IntegrityError:
        raise ChanjiaoError(
            "figures.exist", field="year", year="、".join(sorted({str(row.year) for row in rows}))
        ) from None
    return rows


def _event(actor: Actor, row: YearFigures, now: datetime) -> Told:
    college = (row.point.college_id, row.point.college.name)
    name = "programme.figures_told"
    return told_event(actor=actor, name=name, instance=row, now=now, organisation=college, amount=row.year)


def take_back_year_figures(*, actor: Actor, pk: int, version: int, now: datetime) -> None:
    """The year's figures are gone, the record keeps them."""
    with transaction.atomic():
        known = YearFigures.objects.select_for_update().filter(pk=pk).first()
        if known is None:
            raise ChanjiaoError("record.not_found")
        require(may_tell_supply(actor, known.point.college_id))
        taken_back(actor=actor, row=known, action="take_back_year_figures", version=version, now=now)
