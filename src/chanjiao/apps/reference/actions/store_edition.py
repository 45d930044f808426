"""Write an edition of a code system: the one place where terms are stored."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from chanjiao.apps.reference.models import Alias, CodeSystem, FormerCode, Term
from chanjiao.apps.reference.rules import Changes, Edition, Known, Row, compare, level_of, parent_of
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.permissions import Actor, require

_BATCH = 2000


def known_terms(system: str) -> list[Known]:
    """The terms of a system as they stand."""
    rows = Term.objects.filter(system__code=system).values_list("code", "name", "parent_code", "in_force")
    return [Known(*row) for row in rows]


def complete(system: str, rows: Iterable[Row], known: Iterable[Known]) -> tuple[Row, ...]:
    """Rows with level and parent filled in where the edition left them to the code."""
    given = list(rows)
    codes = {row.code for row in given} | {term.code for term in known}
    return tuple(
        Row(
            code=row.code,
            name=row.name,
            level=row.level if row.level is not None else level_of(system, row.code),
            parent=row.parent if row.parent is not None else parent_of(system, row.code, codes),
            aliases=row.aliases,
            former=row.former,
            inferred_former=row.inferred_former,
            attributes=row.attributes,
            in_force=row.in_force,
        )
        for row in given
    )


@transaction.atomic
def store_edition(*, actor: Actor, edition: Edition, whole: bool, is_local: bool, now: datetime) -> Changes:
    """The system stands as `edition` gives it; what it lacks is abolished if `whole`, and nothing is ever deleted."""
    require(actor.sees_all)
    known = known_terms(edition.system)
    rows = complete(edition.system, edition.rows, known)
    changes = compare(known, rows, whole=whole)
    system = CodeSystem.objects.select_for_update().filter(code=edition.system).first()
    before = state_of(system) if system else None
    system = system or CodeSystem(code=edition.system)
    for name in ("title", "edition", "source", "licence", "note", "digest"):
        setattr(system, name, getattr(edition, name))
    system.is_partial = edition.note.startswith("partial")
    system.is_local, system.loaded_at = is_local, now
    system.save()
    _store_terms(system, edition, rows)
    _end_terms(edition, changes)
    record_change(actor=actor, action="store_edition", instance=system, now=now, before=before)
    return changes


def _store_terms(system: CodeSystem, edition: Edition, rows: tuple[Row, ...]) -> None:
    stored = {term.code: term for term in Term.objects.filter(system__code=edition.system)}
    fresh = [_new_term(system, row) for row in rows if row.code not in stored]
    Term.objects.bulk_create(fresh, batch_size=_BATCH)
    altered = [stored[row.code] for row in rows if row.code in stored and _alter(stored[row.code], row, edition)]
    fields = ["name", "level", "parent_code", "in_force", "edition", "attributes"]
    Term.objects.bulk_update(altered, fields, batch_size=200)
    terms = stored | {term.code: term for term in fresh}
    _store_aliases(rows, terms, set(stored))
    _store_former_codes(edition, rows, terms)


def _new_term(system: CodeSystem, row: Row) -> Term:
    return Term(
        system=system,
        code=row.code,
        name=row.name,
        level=row.level or "",
        parent_code=row.parent or "",
        in_force=row.in_force,
        edition=system.edition,
        attributes=dict(row.attributes or {}),
    )


def _alter(term: Term, row: Row, edition: Edition) -> bool:
    """Whether the term had to change to say what `row` says; it does so afterwards."""
    attributes = term.attributes if row.attributes is None else dict(row.attributes)
    wanted = (row.name, row.level, row.parent, row.in_force, attributes)
    if wanted == (term.name, term.level, term.parent_code, term.in_force, term.attributes):
        return False
    term.name, term.in_force, term.attributes = row.name, row.in_force, attributes
    term.level, term.parent_code, term.edition = row.level or "", row.parent or "", edition.edition
    return True


def _store_aliases(rows: tuple[Row, ...], terms: dict[str, Term], stored: set[str]) -> None:
    told = [row for row in rows if row.aliases is not None]
    for row in told:
        if row.code in stored:
            terms[row.code].aliases.exclude(name__in=row.aliases or ()).delete()
    aliases = [Alias(term=terms[row.code], name=name) for row in told for name in row.aliases or ()]
    Alias.objects.bulk_create(aliases, batch_size=_BATCH, ignore_conflicts=True)


def _store_former_codes(edition: Edition, rows: tuple[Row, ...], terms: dict[str, Term]) -> None:
    codes = [
        FormerCode(
            term=terms[row.code], code=code, until_edition="" if inferred else edition.edition, is_inferred=inferred
        )
        for row in rows
        for inferred, former in ((False, row.former), (True, row.inferred_former))
        for code in former
    ]
    FormerCode.objects.bulk_create(codes, batch_size=_BATCH, ignore_conflicts=True)


def _end_terms(edition: Edition, changes: Changes) -> None:
    ended = [one.code for one in changes.abolished] + [move.before for move in changes.moved]
    terms = Term.objects.filter(system__code=edition.system)
    for start in range(0, len(ended), 500):
        terms.filter(code__in=ended[start : start + 500]).update(in_force=False, edition=edition.edition)
    before = {move.after: move.before for move in changes.moved}
    heirs = list(terms.filter(code__in=before))
    FormerCode.objects.bulk_create(
        [FormerCode(term=heir, code=before[heir.code], until_edition=edition.edition) for heir in heirs],
        ignore_conflicts=True,
    )
    _inherit(terms, heirs, before)


def _inherit(terms: QuerySet[Term], heirs: list[Term], before: dict[str, str]) -> None:
    """A moved term keeps the particulars and other names that it had, unless the edition gives it its own."""
    old = {term.code: term for term in terms.filter(code__in=before.values()).prefetch_related("aliases")}
    for heir in heirs:
        heir.attributes = heir.attributes or old[before[heir.code]].attributes
    Term.objects.bulk_update(heirs, ["attributes"], batch_size=200)
    aliases = [
        Alias(term=heir, name=alias.name)
        for heir in heirs
        if not heir.aliases.exists()
        for alias in old[before[heir.code]].aliases.all()
    ]
    Alias.objects.bulk_create(aliases, ignore_conflicts=True)
