"""Who may have documents read, and see them."""

from __future__ import annotations

from chanjiao.apps.exchange.selectors import posting_places
from chanjiao.core.permissions import Actor, require


def reading_organisation(actor: Actor) -> int:
    """The organisation for which the actor has documents read; `action.denied` for who could enter nothing."""
    require(actor.organisation_id is not None and actor.acts_for(actor.organisation_id) and bool(posting_places(actor)))
    assert actor.organisation_id is not None
    return actor.organisation_id
