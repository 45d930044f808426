"""Who reads matches in a neutral order, and who takes no part in automated matching."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from chanjiao.apps.matching.models import MatchingPreference
from chanjiao.core.permissions import Actor


@dataclass(frozen=True, slots=True)
class Preference:
    """What a person, or an organisation, has chosen; both true where nothing was."""

    is_ranked: bool = True
    takes_part: bool = True


@dataclass(frozen=True, slots=True)
class Preferences:
    """The actor's own choice and that of the organisation they act for; whether they may change the latter."""

    own: Preference
    organisation: Preference
    may_change_organisation: bool


def preferences_of(actor: Actor) -> Preferences:
    """What holds for the actor."""
    rows = MatchingPreference.objects.filter(_theirs(actor))
    found = {"user" if one.user_id else "organisation": Preference(one.is_ranked, one.takes_part) for one in rows}
    may_change = actor.organisation_id is not None and actor.acts_for(actor.organisation_id)
    return Preferences(found.get("user", Preference()), found.get("organisation", Preference()), may_change)


def is_neutral(actor: Actor) -> bool:
    """Whether matches are shown to the actor without ranking, by their own choice or their organisation's."""
    return MatchingPreference.objects.filter(_theirs(actor), is_ranked=False).exists()


def _theirs(actor: Actor) -> Q:
    nothing = Q(pk__in=[])
    own = Q(user_id=actor.user_id) if actor.user_id else nothing
    return own | (Q(organisation_id=actor.organisation_id) if actor.organisation_id else nothing)


def refusing_organisations() -> frozenset[int]:
    """The organisations that take no part in automated matching."""
    rows = MatchingPreference.objects.filter(takes_part=False, organisation__isnull=False)
    return frozenset(rows.values_list("organisation_id", flat=True))
