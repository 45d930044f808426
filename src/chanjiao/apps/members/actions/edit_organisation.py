"""Changing an organisation's facts."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from chanjiao.apps.members.models import Organisation
from chanjiao.apps.members.registry import add_aliases, filled, organisation_book
from chanjiao.apps.members.rights import may_edit, may_register
from chanjiao.apps.members.selectors import organisation as organisation_seen
from chanjiao.apps.members.values import OrganisationFacts
from chanjiao.apps.members.versions import claim
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def edit_organisation(
    *, actor: Actor, organisation_id: int, version: int, told: OrganisationFacts, now: datetime
) -> Organisation:
    """The organisation as told; a former name stays its alias.

    Its type is changed by secretariats only. `record.stale`, `organisation.duplicate`.
    """
    organisation = organisation_seen(actor, organisation_id)
    require(may_edit(actor, organisation))
    require(told.type == organisation.type or may_register(actor))
    before, former = state_of(organisation), organisation.name
    try:
        with transaction.atomic():
            claim(organisation, version)
            filled(organisation, told)
            _refuse_duplicate(organisation)
            organisation.save()
            record_change(actor=actor, action="edit_organisation", instance=organisation, now=now, before=before)
            add_aliases(actor=actor, organisation=organisation, names=(former, *told.aliases), now=now)
    except IntegrityError:
        raise ChanjiaoError("organisation.duplicate", field="name", name=told.name) from None
    return organisation


def _refuse_duplicate(organisation: Organisation) -> None:
    known = organisation_book().find(
        organisation.name, type_=organisation.type, credit_code=organisation.credit_code or ""
    )
    if known is not None and known != organisation.pk:
        name = Organisation.objects.get(pk=known).name
        raise ChanjiaoError("organisation.duplicate", field="name", name=name)
