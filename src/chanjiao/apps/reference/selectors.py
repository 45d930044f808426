"""Reads of the code tables. They are public; the actor is taken because every read takes one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Count, Model, Q, QuerySet

from chanjiao.apps.reference.fields import CodeField
from chanjiao.apps.reference.models import CodeSystem, FormerCode, Term
from chanjiao.apps.reference.rules import HEADING, SYSTEMS, held_in, possible_codes, spellings
from chanjiao.apps.reference.snapshot import index
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.engines.lookup import Hit, Reason

NEARBY = 400


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term found for what was typed: `above` names what stands over it, `matched[start:end]` is what matched."""

    system: str
    code: str
    name: str
    above: str
    in_force: bool
    reason: Reason
    matched: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FunctionSet:
    """The functions that one edition of an occupation's national standard names."""

    edition: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """How many records of a model (`members.Organisation`) bear a code in a field."""

    model: str
    field: str
    code: str
    count: int


def systems(actor: Actor) -> QuerySet[CodeSystem]:
    """Every code system, with `in_force_count` and `abolished_count`."""
    real = ~Q(terms__level=HEADING)
    return CodeSystem.objects.order_by("pk").annotate(
        in_force_count=Count("terms", filter=real & Q(terms__in_force=True)),
        abolished_count=Count("terms", filter=real & Q(terms__in_force=False)),
    )


def system(actor: Actor, code: str) -> CodeSystem:
    """One code system with its counts; `record.not_found`."""
    found = systems(actor).filter(code=code).first() if code in SYSTEMS else None
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def term(actor: Actor, system: str, code: str) -> Term:
    """The term with this code, in force or not, however the code is written; `record.not_found`."""
    # What no code can be (a NUL in an address, say) is not put to the database.
    codes = possible_codes(system, code) if system in SYSTEMS and code.isprintable() else ()
    found = Term.objects.select_related("system").filter(system__code=system, code__in=codes).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def successors(actor: Actor, term: Term) -> QuerySet[Term]:
    """The terms that had this term's code before and are in force now."""
    return Term.objects.filter(system=term.system, former_codes__code=term.code, in_force=True).exclude(pk=term.pk)


def children(actor: Actor, system: str, code: str = "") -> QuerySet[Term]:
    """The terms in force right under a code, or at the top."""
    return Term.objects.filter(system__code=system, parent_code=code, in_force=True).order_by("code")


def codes_with_children(actor: Actor, system: str, codes: Collection[str]) -> frozenset[str]:
    """Those of the codes that have something in force under them."""
    below = Term.objects.filter(system__code=system, parent_code__in=codes, in_force=True)
    return frozenset(below.values_list("parent_code", flat=True).distinct())


def path(actor: Actor, term: Term) -> list[Term]:
    """The terms above, the topmost first; empty for one at the top."""
    above: list[Term] = []
    parent = term.parent_code
    while parent and len(above) < len(SYSTEMS):
        found = Term.objects.filter(system__code=term.system.code, code=parent).defer("attributes").first()
        if found is None:
            break
        above.insert(0, found)
        parent = found.parent_code
    return above


def terms_of(actor: Actor, system: str) -> QuerySet[Term]:
    """Every term of a system that is a code of it, in the order of codes."""
    return Term.objects.filter(system__code=system).exclude(level=HEADING).order_by("code").defer("attributes")


def names_of(actor: Actor, codes: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """(system, code) → name for the pairs asked for, with one query; pairs that nothing bears are left out.

    Codes are read as a field of the system holds them: an industry without its letter, a major for a programme.
    """
    pairs = {(system, code) for system, code in codes if code}
    if not pairs:
        return {}
    wanted = {
        (held, one): (system, code)
        for system, code in pairs
        for held in held_in(system)
        for one in possible_codes(held, code)
    }
    rows = Term.objects.filter(
        system__code__in={system for system, _ in wanted}, code__in={code for _, code in wanted}
    ).values_list("system__code", "code", "name")
    return {wanted[system, code]: name for system, code, name in rows if (system, code) in wanted}


def suggest(
    actor: Actor,
    text: str,
    system: str | None = None,
    *,
    limit: int = 10,
    in_force_only: bool = False,
    for_field: bool = False,
) -> tuple[Suggestion, ...]:
    """The terms that `text` may mean, the best first; `reference.unknown_system` for another system.

    With `for_field`, what a field of the system may hold: codes in force, and majors beside programmes.
    """
    if system is not None and system not in SYSTEMS:
        raise ChanjiaoError("reference.unknown_system", system=system, known=", ".join(SYSTEMS))
    searched = SYSTEMS if system is None else held_in(system) if for_field else (system,)
    only = in_force_only or for_field
    wanted = limit * 3 if only else limit
    present = index()
    hits = present.find_in(searched, text, wanted) or present.find_in(searched, _simplified(text), wanted)
    kept = [hit for hit in hits if hit.entry.in_force or not only]
    return tuple(_suggestion(hit) for hit in kept[:limit])


def courses_of(actor: Actor, code: str) -> tuple[str, ...]:
    """The courses that the teaching standard of a programme names, in its order."""
    return tuple(_attribute("programme", code, "courses"))


def functions_of(actor: Actor, code: str) -> tuple[FunctionSet, ...]:
    """The functions of an occupation by edition of its standard, the latest edition first."""
    sets = [FunctionSet(one["edition"], tuple(one["names"])) for one in _attribute("occupation", code, "functions")]
    return tuple(sorted(sets, key=lambda one: one.edition, reverse=True))


def records_with(actor: Actor, system: str, codes: Collection[str]) -> tuple[Touched, ...]:
    """Which records of the whole site bear one of the codes; nothing for an actor who may not see all of them."""
    if not codes or not actor.sees_all:
        return ()
    written = {one: code for code in codes for one in (code, *spellings(system, code))}
    found: dict[tuple[str, str, str], int] = {}
    for model, field in code_fields(system):
        for code, count in _counted(model, field.name, list(written)):
            key = (model._meta.label, field.name, written[code])
            found[key] = found.get(key, 0) + count
    return tuple(Touched(*key, count) for key, count in sorted(found.items()))


def code_fields(system: str) -> list[tuple[type[Model], CodeField]]:
    """Every stored field of the site that may hold a code of the system."""
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, CodeField) and system in held_in(field.system)
    ]


def _counted(model: type[Model], name: str, codes: list[str]) -> Iterable[tuple[str, int]]:
    for start in range(0, len(codes), NEARBY):
        rows = model._default_manager.filter(**{f"{name}__in": codes[start : start + NEARBY]})
        yield from rows.values_list(name).annotate(count=Count("pk")).order_by(name)


def _simplified(text: str) -> str:
    """The text in simplified characters; empty where it is in them already."""
    if text.isascii():
        return ""
    other = _converter().convert(text)
    return "" if other == text else str(other)


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def _suggestion(hit: Hit) -> Suggestion:
    entry = hit.entry
    return Suggestion(
        system=entry.system,
        code=entry.code,
        name=entry.name,
        above=entry.context,
        in_force=entry.in_force,
        reason=hit.reason,
        matched=hit.matched,
        start=hit.start,
        end=hit.end,
    )


def codes_since(actor: Actor, system: str, code: str) -> list[str]:
    """The codes in force of the terms that bore `code` in an earlier edition; empty for one that nothing bore."""
    former = FormerCode.objects.filter(term__system__code=system, code=code, term__in_force=True)
    return list(former.order_by("term__code").values_list("term__code", flat=True))


def _attribute(system: str, code: str, name: str) -> list[Any]:
    attributes = Term.objects.filter(system__code=system, code=code).values_list("attributes", flat=True).first()
    return list((attributes or {}).get(name, []))
