"""Who may have documents read, and see them."""

from __future__ import annotations

from chanjiao.apps.exchange.places import posting_places, visiting_places
from chanjiao.core.permissions import Actor, require


def reading_organisation(actor: Actor) -> int:
    """The organisation for which the actor has documents read; `action.denied` for who could enter nothing."""
    require(sees_papers(actor) and bool(posting_places(actor) or visiting_places(actor)))
    assert actor.organisation_id is not None
    return actor.organisation_id


def sees_papers(actor: Actor) -> bool:
    """Whether the actor sees the papers of their organisation: all its staff."""
    own = actor.organisation_id
    return own is not None and actor.belongs_to(own)
