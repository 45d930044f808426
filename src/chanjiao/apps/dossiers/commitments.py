"""What waits in dossiers: opinions owed, dossiers to lead to the vote, changes to carry out, effects to measure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from chanjiao.apps.dossiers.models import DossierState
from chanjiao.apps.dossiers.selectors import Filters, dossiers, effects_due
from chanjiao.apps.dossiers.shown import DossierRow
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core.commitments import Item, Source, Standing, register_source
from chanjiao.core.permissions import Actor
from chanjiao.engines.words import N_

Named = tuple[DossierRow, str]
"""A dossier with the name of its programme."""


def opinions_to_give(actor: Actor, now: datetime) -> list[Named]:
    """Dossiers on which the actor's organisation owes its opinion."""
    if actor.sees_all or not actor.acts_for(actor.organisation_id):
        return []
    return _named(actor, dossiers(actor, Filters(waiting=True)))


def to_lead_on(actor: Actor, now: datetime) -> list[Named]:
    """Dossiers that wait for the secretariat: for opinions to be asked, or to be put to the vote or decided."""
    if actor.sees_all or not actor.secretariat_of:
        return []
    found = (one for one in dossiers(actor) if one.consortium_id in actor.secretariat_of)
    ours = {DossierState.COMPLETE, DossierState.READY}
    return _named(
        actor,
        (one for one in found if one.state in ours or (one.state == "opinions" and one.opinions == one.opinions_asked)),
    )


def to_carry_out(actor: Actor, now: datetime) -> list[Named]:
    """Approved changes of the actor's college, and those whose effect can be measured by now."""
    if actor.sees_all or not actor.acts_for(actor.organisation_id):
        return []
    decided = dossiers(actor, Filters(state=DossierState.DECIDED, college=actor.organisation_id))
    approved = [one for one in decided if one.decision == "approved"]
    return _named(actor, [*approved, *effects_due(actor, timezone.localdate(now))])


def _named(actor: Actor, rows: Iterable[DossierRow]) -> list[Named]:
    kept = list(rows)
    names = names_of(actor, [(row.system, row.code) for row in kept])
    return [(row, names.get((row.system, row.code), row.code)) for row in kept]


def _item(named: Named) -> Item:
    row, name = named
    return Item(f"{row.number} · {name}", row.college, "dossiers.dossier", row.id, row.due_on)


register_source(
    Source(
        "dossiers.opinions", Standing.WAITS, N_("Opinions on changes of programmes"), N_("Give the opinion"),
        "file-text", opinions_to_give, _item,
    )
)  # fmt: skip
register_source(
    Source(
        "dossiers.lead", Standing.WAITS, N_("Dossiers to lead to the vote"), N_("View"), "clipboard-list", to_lead_on,
        _item,
    )
)  # fmt: skip
register_source(
    Source(
        "dossiers.carry_out", Standing.PROMISED, N_("Changes to carry out and to measure"), N_("View"), "flag",
        to_carry_out, _item,
    )
)  # fmt: skip
