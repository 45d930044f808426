"""The code tables: systems, terms, what leads from one to another, and suggestions."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.pagination import paginate

from chanjiao.apps.reference import link_selectors, selectors
from chanjiao.apps.reference.models import CodeSystem, Term
from chanjiao.interfaces.api.paging import Paging
from chanjiao.interfaces.callers import actor_of

router = Router(tags=["reference"])


class SystemOut(Schema):
    """A code system in its present edition."""

    code: str
    title: str
    edition: str
    source: str
    licence: str
    note: str
    is_partial: bool
    in_force: int = Field(alias="in_force_count")
    abolished: int = Field(alias="abolished_count")


class TermOut(Schema):
    """A code with its name."""

    code: str
    name: str
    level: str
    parent: str = Field(alias="parent_code")
    in_force: bool
    edition: str


class CodeName(Schema):
    """A code and its name."""

    code: str
    name: str


class TermDetail(TermOut):
    """A term with its other names and codes, what stands above it, and its particulars."""

    system: str
    aliases: list[str]
    former_codes: list[str]
    successors: list[CodeName]
    path: list[CodeName]
    attributes: dict[str, Any]


class LinkOut(Schema):
    """The other end of a link; `through` is the minor group (or occupation) that the link was printed for."""

    code: str
    name: str
    in_force: bool
    source: str
    granularity: str
    through: str


class SuggestionOut(Schema):
    """A term found, and why."""

    system: str
    code: str
    name: str
    above: str
    in_force: bool
    reason: str
    matched: str


class Suggestions(Schema):
    """Terms found, the best first."""

    items: list[SuggestionOut]
    count: int


class Links(Schema):
    """Links of a term, official ones first."""

    items: list[LinkOut]
    count: int


class Systems(Schema):
    """Every code system."""

    items: list[SystemOut]
    count: int


@router.get("/systems", response=Systems, summary="Code systems")
def systems(request: HttpRequest) -> dict[str, object]:
    """Every code system with its edition, source and numbers of codes."""
    found: list[CodeSystem] = list(selectors.systems(actor_of(request)))
    return {"items": found, "count": len(found)}


@router.get("/suggest", response=Suggestions, summary="Find terms")
def suggest(
    request: HttpRequest, q: str, system: str | None = None, limit: int = 10, in_force: bool = False
) -> dict[str, object]:
    """Terms by code, name, title, abbreviation, pinyin or initials, with typo tolerance, the best first."""
    actor = actor_of(request)
    found = selectors.suggest(actor, q, system, limit=max(1, min(limit, 100)), in_force_only=in_force)
    items = [
        SuggestionOut(
            system=one.system,
            code=one.code,
            name=one.name,
            above=one.above,
            in_force=one.in_force,
            reason=one.reason.value,
            matched=one.matched,
        )
        for one in found
    ]
    return {"items": items, "count": len(items)}


@router.get("/{system}/terms", response=list[TermOut], summary="Terms of a code system")
@paginate(Paging)
def terms(request: HttpRequest, system: str, parent: str | None = None, in_force: bool | None = None) -> QuerySet[Term]:
    """The terms of a system in the order of codes; of one parent (empty: the top), in force or not."""
    actor = actor_of(request)
    found = selectors.terms_of(actor, selectors.system(actor, system).code)
    if parent is not None:
        found = found.filter(parent_code=parent)
    return found if in_force is None else found.filter(in_force=in_force)


@router.get("/{system}/terms/{code}", response=TermDetail, summary="One term")
def term(request: HttpRequest, system: str, code: str) -> TermDetail:
    """A term in force or abolished, with its names, codes, path and particulars (courses, functions, marks)."""
    actor = actor_of(request)
    one = selectors.term(actor, system, code)
    return TermDetail(
        system=one.system.code,
        code=one.code,
        name=one.name,
        level=one.level,
        parent_code=one.parent_code,
        in_force=one.in_force,
        edition=one.edition,
        aliases=[alias.name for alias in one.aliases.all()],
        former_codes=[former.code for former in one.former_codes.all()],
        successors=[CodeName(code=heir.code, name=heir.name) for heir in selectors.successors(actor, one)],
        path=[CodeName(code=above.code, name=above.name) for above in selectors.path(actor, one)],
        attributes=one.attributes,
    )


@router.get("/{system}/terms/{code}/links", response=Links, summary="Links of a programme or an occupation")
def links(request: HttpRequest, system: str, code: str) -> dict[str, object]:
    """The occupations of a programme, or the programmes of an occupation; empty for other systems."""
    actor = actor_of(request)
    one = selectors.term(actor, system, code)
    found: list[link_selectors.LinkedTerm] = []
    if system == "programme":
        found = link_selectors.links_of_programme(actor, one.code)
    elif system == "occupation":
        found = link_selectors.links_of_occupation(actor, one.code)
    return {"items": found, "count": len(found)}
