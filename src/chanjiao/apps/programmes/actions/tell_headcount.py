"""Tell how many people a firm has in an occupation."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.exchange.codes import is_known
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.programmes.changes import refuse_faults, rewritten, taken_back
from chanjiao.apps.programmes.models import Headcount
from chanjiao.apps.programmes.rights import may_tell_headcount
from chanjiao.apps.programmes.rules.demand import HeadcountFacts, group_of, headcount_faults
from chanjiao.core.audit import emit, record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def tell_headcount(*, actor: Actor, told: HeadcountFacts, now: datetime, version: int | None = None) -> Headcount:
    """The headcount as told, whether or not there was one; without `version` it must be new: `figures.exist`."""
    with transaction.atomic():
        firm = Organisation.objects.filter(pk=told.organisation_id).first()
        if firm is None:
            raise ChanjiaoError("record.not_found")
        require(may_tell_headcount(actor, firm.pk))
        check_headcount(told, now)
        known = Headcount.objects.select_for_update().filter(
            organisation=firm, occupation_code=told.occupation_code, year=told.year
        ).first()  # fmt: skip
        if known is None:
            known = Headcount.objects.create(**asdict(told))
            record_change(actor=actor, action="tell_headcount", instance=known, now=now)
        elif version is None:
            raise ChanjiaoError("figures.exist", field="year", year=told.year)
        else:
            values = {"people": told.people, "leavers": told.leavers, "told_on": told.told_on}
            known = rewritten(actor=actor, row=known, action="tell_headcount", now=now, version=version, **values)
        emit(
            actor=actor, name="headcount.told", instance=known, now=now, organisation=(firm.pk, firm.name),
            amount=known.people, unit="people",
        )  # fmt: skip
    return known


def check_headcount(told: HeadcountFacts, now: datetime) -> None:
    """Raise a `Rejected` with everything wrong with a headcount."""
    found = list(headcount_faults(told, this_year=timezone.localdate(now).year))
    if not (group_of(told.occupation_code) and is_known("occupation", told.occupation_code)):
        found.append(ChanjiaoError("destination.unknown_code", field="occupation", value=told.occupation_code[:40]))
    refuse_faults(found)


def take_back_headcount(*, actor: Actor, pk: int, version: int, now: datetime) -> None:
    """The headcount is gone, the record keeps it."""
    with transaction.atomic():
        known = Headcount.objects.select_for_update().filter(pk=pk).first()
        if known is None:
            raise ChanjiaoError("record.not_found")
        require(may_tell_headcount(actor, known.organisation_id))
        taken_back(actor=actor, row=known, action="take_back_headcount", version=version, now=now)
