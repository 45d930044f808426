"""Take a later edition of a code system."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from chanjiao.apps.reference.actions.store_edition import complete, known_terms, store_edition
from chanjiao.apps.reference.models import CodeSystem
from chanjiao.apps.reference.rules import SYSTEMS, Changes, Edition, Row, compare
from chanjiao.apps.reference.selectors import Touched, records_with
from chanjiao.apps.reference.snapshot import drop_index
from chanjiao.core.audit import emit
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require

MOST_ABOLISHED = 0.5
"""A larger share of the codes in force going at once is taken for a file that holds only a part."""


@dataclass(frozen=True, slots=True)
class Update:
    """What an edition changes, and which records of this site bear a code that it renames, moves or abolishes."""

    changes: Changes
    touched: tuple[Touched, ...]


@transaction.atomic
def update_reference(*, actor: Actor, edition: Edition, whole: bool, now: datetime, dry_run: bool = False) -> Update:
    """The system stands in the new edition, or nothing has changed with `dry_run`; either way what differs is told.

    Records keep their codes: an abolished or moved code stays and leads to its successor. Codes that the edition does
    not name are abolished if it is `whole`.
    """
    require(actor.sees_all)
    if edition.system not in SYSTEMS:
        raise ChanjiaoError("reference.unknown_system", system=edition.system, known=", ".join(SYSTEMS))
    if not edition.rows:
        raise ChanjiaoError("reference.no_rows")
    known = known_terms(edition.system)
    rows = complete(edition.system, edition.rows, known)
    changes = compare(known, rows, whole=whole)
    in_force = sum(term.in_force for term in known)
    if len(changes.abolished) > MOST_ABOLISHED * in_force:
        raise ChanjiaoError("reference.too_much_abolished", abolished=len(changes.abolished), in_force=in_force)
    _require_parents(edition.system, rows, {term.code for term in known})
    update = Update(changes, records_with(actor, edition.system, changes.touching))
    if not dry_run and changes.count:
        stored = replace(_with_head(edition), rows=rows)
        store_edition(actor=actor, edition=stored, whole=whole, is_local=True, now=now)
        system = CodeSystem.objects.get(code=edition.system)
        emit(actor=actor, name="reference.updated", instance=system, now=now, amount=changes.count, unit="terms")
        transaction.on_commit(drop_index)
    return update


def _require_parents(system: str, rows: tuple[Row, ...], known: set[str]) -> None:
    codes = known | {row.code for row in rows}
    for row in rows:
        if row.parent and row.parent not in codes:
            raise ChanjiaoError("table.unknown_reference", what="parent", value=row.parent, where=system)


def _with_head(edition: Edition) -> Edition:
    """The edition with what it does not say about itself taken from the one that stands, and a digest of its own."""
    standing = CodeSystem.objects.filter(code=edition.system).first()
    words = [standing.digest if standing else "", edition.edition, repr(edition.rows)]
    return replace(
        edition,
        title=edition.title or (standing.title if standing else edition.system),
        source=edition.source or (standing.source if standing else ""),
        licence=edition.licence or (standing.licence if standing else ""),
        note=edition.note or (standing.note if standing else ""),
        digest="l-" + hashlib.sha256("\0".join(words).encode()).hexdigest()[:40],
    )
