"""Reads of the links between programmes and occupations. They are public but for those that somebody rejected."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from chanjiao.apps.reference.models import FormerCode, Link, LinkSource, LinkState, Term
from chanjiao.apps.reference.rights import may_judge_links
from chanjiao.core.permissions import Actor


@dataclass(frozen=True, slots=True)
class LinkReason:
    """Why a link was inferred: how (neighbour, word, class …), by which terms, and how strongly (0–1)."""

    how: str
    terms: tuple[str, ...]
    strength: float


@dataclass(frozen=True, slots=True)
class LinkedTerm:
    """The other end of a link; `through` is the minor group when the link was printed for the whole group.

    `system` is the code system that holds it, empty where none does.
    `score`, `reasons` and `judged_by` are those of inferred links.
    """

    code: str
    name: str
    system: str
    in_force: bool
    source: str
    granularity: str
    through: str = ""
    id: int = 0
    state: str = "confirmed"
    score: float | None = None
    reasons: tuple[LinkReason, ...] = ()
    judged_by: str = ""


def links_of_programme(actor: Actor, code: str) -> list[LinkedTerm]:
    """The occupations and minor groups that a programme leads to, official links first, rejected ones last.

    Rejected links are shown to those who may judge links, and to nobody else.
    """
    links = list(_links(actor).filter(programme_code__in=_codes_borne("programme", code)))
    names = _terms_by_code(["occupation"], [link.occupation_code for link in links])
    return _in_order([_linked(link, link.occupation_code, names) for link in links])


def links_of_occupation(actor: Actor, code: str) -> list[LinkedTerm]:
    """The programmes that lead to an occupation, to its minor group, or (for a group) to an occupation in it."""
    own = _codes_borne("occupation", code)
    if code.count("-") < 3:
        asked = Q(occupation_code__in=own) | Q(occupation_code__startswith=f"{code}-")
    else:
        asked = Q(occupation_code__in=[*own, code.rpartition("-")[0]])
    links = list(_links(actor).filter(asked))
    names = _terms_by_code(["programme", "major"], [link.programme_code for link in links])
    return _in_order(
        [
            _linked(link, link.programme_code, names, "" if link.occupation_code in own else link.occupation_code)
            for link in links
        ]
    )


def inferred_links(actor: Actor, state: str = "") -> QuerySet[Link]:
    """Inferred links for those who may judge them, the unjudged first and the likeliest of them; none for others."""
    if not may_judge_links(actor):
        return Link.objects.none()
    rows = Link.objects.filter(source=LinkSource.INFERRED).order_by(
        F("judged_at").asc(nulls_first=True), "-score", "pk"
    )
    return rows.filter(state=state) if state in LinkState.values else rows


def inferred_counts(actor: Actor) -> dict[str, int]:
    """How many inferred links stand in each state."""
    counted = inferred_links(actor).order_by().values_list("state").annotate(count=Count("pk"))
    return dict.fromkeys(LinkState.values, 0) | dict(counted)


def reasons_of(link: Link) -> tuple[LinkReason, ...]:
    """Why the link was inferred; nothing for official and local ones."""
    return tuple(LinkReason(one["how"], tuple(one["terms"]), one["strength"]) for one in link.reasons)


def _links(actor: Actor) -> QuerySet[Link]:
    rows = Link.objects.all()
    return rows if may_judge_links(actor) else rows.exclude(state=LinkState.REJECTED)


def _codes_borne(system: str, code: str) -> list[str]:
    """The code, and those that its term is known to have had before."""
    former = FormerCode.objects.filter(term__system__code=system, term__code=code, is_inferred=False)
    return [code, *former.values_list("code", flat=True)]


def _terms_by_code(systems: Collection[str], codes: Collection[str]) -> dict[str, Term]:
    terms = Term.objects.filter(system__code__in=systems, code__in=set(codes)).defer("attributes")
    return {term.code: term for term in terms.select_related("system")}


def _linked(link: Link, code: str, terms: dict[str, Term], through: str = "") -> LinkedTerm:
    term = terms.get(code)
    return LinkedTerm(
        code=code,
        name=term.name if term else code,
        system=term.system.code if term else "",
        in_force=term.in_force if term else False,
        source=link.source,
        granularity=link.granularity,
        through=through,
        id=link.pk,
        state=link.state,
        score=link.score,
        reasons=reasons_of(link),
        judged_by=link.judged_by,
    )


def _in_order(links: list[LinkedTerm]) -> list[LinkedTerm]:
    order = {"official": 0, "local": 1, "inferred": 2}
    return sorted(
        links,
        key=lambda one: (one.state == "rejected", order.get(one.source, 3), one.through, -(one.score or 0), one.code),
    )
