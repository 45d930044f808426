"""The organisations that a listing asks for by name."""

from __future__ import annotations

from collections.abc import Iterable

from chanjiao.apps.members.models import Organisation, OrganisationAlias
from chanjiao.apps.members.rules import name_key


def known_partners(names: Iterable[str]) -> dict[str, str]:
    """Name or alias as written → full name, for the organisations that are known."""
    keys = {name: name_key(name) for name in names}
    if not keys:
        return {}
    wanted = keys.values()
    aliases = OrganisationAlias.objects.filter(name_key__in=wanted).values_list("name_key", "organisation__name")
    whole = dict(aliases) | dict(Organisation.objects.filter(name_key__in=wanted).values_list("name_key", "name"))
    return {name: whole[key] for name, key in keys.items() if key in whole}


def partner_ids(names: Iterable[str]) -> dict[str, int]:
    """Full name as stored → the organisation, by its name now or one it bore."""
    keys = {name: name_key(name) for name in names}
    wanted = keys.values()
    aliases = OrganisationAlias.objects.filter(name_key__in=wanted).values_list("name_key", "organisation_id")
    whole = dict(aliases) | dict(Organisation.objects.filter(name_key__in=wanted).values_list("name_key", "pk"))
    return {name: whole[key] for name, key in keys.items() if key in whole}
