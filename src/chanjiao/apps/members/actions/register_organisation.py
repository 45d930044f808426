"""Registering organisations: one with refusal of duplicates, or many where known ones are completed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction

from chanjiao.apps.members.models import Organisation, OrganisationType
from chanjiao.apps.members.naming import NameBook
from chanjiao.apps.members.registry import add_aliases, completed, filled, organisation_book, stored_new
from chanjiao.apps.members.rights import may_register
from chanjiao.apps.members.values import OrganisationFacts
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def register_organisation(*, actor: Actor, told: OrganisationFacts, now: datetime) -> Organisation:
    """The new organisation; `organisation.duplicate` where its code or one of its names is known."""
    require(may_register(actor))
    organisation = Organisation()
    filled(organisation, told)
    try:
        with transaction.atomic():
            known = organisation_book().find(told.name, type_=told.type, credit_code=organisation.credit_code or "")
            if known is not None:
                name = Organisation.objects.get(pk=known).name
                raise ChanjiaoError("organisation.duplicate", field="name", name=name)
            stored_new(actor=actor, organisation=organisation, now=now)
            add_aliases(actor=actor, organisation=organisation, names=told.aliases, now=now)
    except IntegrityError:
        raise ChanjiaoError("organisation.duplicate", field="name", name=told.name) from None
    return organisation


@transaction.atomic
def register_organisations(*, actor: Actor, told: Iterable[OrganisationFacts], now: datetime) -> list[Organisation]:
    """The organisations in the order told: new ones registered, known ones completed where they were blank.

    Zones may stand anywhere in the list. Linear in the organisations told and stored.
    """
    require(may_register(actor))
    rows, book = list(told), organisation_book()
    stored: dict[int, Organisation] = {}
    for place in sorted(range(len(rows)), key=lambda place: rows[place].type != OrganisationType.PARK):
        row = rows[place]
        if row.zone_name and row.zone_id is None:
            row = replace(row, zone_id=book.find(row.zone_name, type_=OrganisationType.PARK))
        organisation = _known_or_new(_known(book, row), row)
        _store(actor=actor, organisation=organisation, row=row, now=now)
        names = [name for name in (*row.aliases, row.short_name, row.name) if name]
        book.add(organisation.pk, organisation.name, type_=organisation.type, aliases=names)
        stored[place] = organisation
    return [stored[place] for place in range(len(rows))]


def _known(book: NameBook[int], row: OrganisationFacts) -> int | None:
    """The body already registered under the row's code, its name, or a name that the row calls its alias."""
    found = (book.find(name, type_=row.type, credit_code=row.credit_code) for name in (row.name, *row.aliases))
    return next((pk for pk in found if pk is not None), None)


def _known_or_new(known: int | None, row: OrganisationFacts) -> Organisation:
    if known is not None:
        return Organisation.objects.get(pk=known)
    organisation = Organisation()
    filled(organisation, row)
    return organisation


def _store(*, actor: Actor, organisation: Organisation, row: OrganisationFacts, now: datetime) -> None:
    former = row.name
    if organisation.pk is None:
        stored_new(actor=actor, organisation=organisation, now=now)
    else:
        before, former = state_of(organisation), organisation.name
        if completed(organisation, row):
            organisation.version += 1
            organisation.save()
            record_change(actor=actor, action="edit_organisation", instance=organisation, now=now, before=before)
    add_aliases(actor=actor, organisation=organisation, names=(*row.aliases, row.name, former), now=now)
