"""What every action on a listing shares: finding it, checking the right, and storing a change exactly once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F

from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import MODELS, AnyListing, ListingState
from chanjiao.apps.exchange.rules import Content, Deed, deeds, is_possible
from chanjiao.core.audit import Told, emit_all, record_change, state_of, told_event
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def listing_for(actor: Actor, side: Side, pk: int, deed: Deed) -> AnyListing:
    """The listing, which the actor may do `deed` to in its present state.

    `record.not_found` where the actor may not even see it, `action.denied` where they see but may not,
    `state.refused` where its state does not allow it.
    """
    found = MODELS[side]._default_manager.select_related("organisation").filter(pk=pk).first()
    if found is None or not is_visible(actor, found):
        raise ChanjiaoError("record.not_found")
    if not is_possible(deed, found.state) and _may_act(actor, found):
        raise ChanjiaoError("state.refused", state=ListingState(found.state).label)
    require(deed in deeds(found.state, owns=owns(actor, found), runs=actor.runs(found.consortium_id)))
    return found


def owns(actor: Actor, listing: AnyListing) -> bool:
    """Whether the actor may act for the organisation that wrote the listing."""
    return actor.acts_for(listing.organisation_id)


def is_visible(actor: Actor, listing: AnyListing) -> bool:
    """Whether the actor may see the listing at all: all see open and matched ones, its people the others too."""
    public = listing.state in (ListingState.OPEN, ListingState.MATCHED)
    return public or actor.belongs_to(listing.organisation_id) or actor.runs(listing.consortium_id)


def stored(
    *, actor: Actor, listing: AnyListing, version: int, changes: Mapping[str, Any], action: str, now: datetime
) -> AnyListing:
    """The listing with `changes` stored and recorded; `record.stale` where somebody changed it since `version`."""
    before = state_of(listing)
    rows = type(listing)._default_manager.filter(pk=listing.pk, version=version)
    if not rows.update(**changes, version=F("version") + 1):
        raise ChanjiaoError("record.stale")
    for name, value in changes.items():
        setattr(listing, name, value)
    listing.version = version + 1
    record_change(actor=actor, action=action, instance=listing, now=now, before=before)
    return listing


def announce(actor: Actor, listing: AnyListing, deed: str, now: datetime, note: str = "") -> None:
    """The event `need.<deed>` or `offer.<deed>`, credited to the listing's organisation."""
    emit_all([announcement(actor, listing, deed, now, note)])


def announcement(actor: Actor, listing: AnyListing, deed: str, now: datetime, note: str = "") -> Told:
    """The event that `announce` writes, not written yet."""
    return told_event(
        actor=actor,
        name=f"{listing.side}.{deed}",
        instance=listing,
        now=now,
        consortium_id=listing.consortium_id,
        organisation=(listing.organisation_id, listing.organisation.name),
        amount=listing.quantity,
        unit=listing.unit,
        note=note,
    )


def content_of(listing: AnyListing) -> Content:
    """What the writer filled in, as rules read it."""
    return Content(
        title=listing.title,
        summary=listing.summary,
        detail=listing.detail,
        occupation_code=listing.occupation_code,
        programme_code=listing.programme_code,
        industry_code=listing.industry_code,
        region_code=listing.region_code,
        education_level=listing.education_level,
        quantity=listing.quantity,
        unit=listing.unit,
        skills=tuple(listing.skills),
        partners=tuple(listing.partners),
        fields=tuple(listing.fields.items()),
        starts_on=listing.starts_on,
        ends_on=listing.ends_on,
        expires_on=listing.expires_on,
        contact_name=listing.contact_name,
        contact_phone=listing.contact_phone,
    )


def _may_act(actor: Actor, listing: AnyListing) -> bool:
    return owns(actor, listing) or actor.runs(listing.consortium_id)
