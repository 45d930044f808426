"""Code tables as the templates want them: words translated, marks placed, addresses worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from chanjiao.apps.reference import link_selectors, selectors
from chanjiao.apps.reference.models import CodeSystem, Term
from chanjiao.apps.reference.rules import HEADING
from chanjiao.core.permissions import Actor
from chanjiao.engines.lookup import Reason
from chanjiao.interfaces.web.reference import words
from chanjiao.interfaces.web.wording import listed


@dataclass(frozen=True, slots=True)
class System:
    """A code table in the list of tables."""

    code: str
    label: str
    title: str
    edition: str
    source: str
    licence: str
    completeness: str
    is_partial: bool
    in_force: int
    abolished: int
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """A term that a search found, with what matched marked."""

    system: str
    label: str
    code: str
    name: str
    above: str
    in_force: bool
    marked: SafeString
    why: SafeString
    url: str


@dataclass(frozen=True, slots=True)
class Node:
    """A term in the tree; `below` is the address of what stands under it, empty for none."""

    code: str
    name: str
    url: str
    below: str


@dataclass(frozen=True, slots=True)
class Linked:
    """The other end of a link."""

    code: str
    name: str
    url: str
    source: str
    note: str
    id: int = 0
    state: str = ""
    state_label: str = ""
    score: float | None = None
    reasons: Sequence[str] = ()
    is_local: bool = False
    judged_by: str = ""


def system_label(code: str) -> str:
    """The name of a code table in the reader's language."""
    return _(words.SYSTEMS[code]) if code in words.SYSTEMS else code


def level_label(system: str, level: str) -> str:
    """The name of a level in the reader's language."""
    if level == "class":
        return _(words.INDUSTRY_CLASS if system == "industry" else words.PROGRAMME_CLASS)
    if system == level == "major":
        return _(words.MAJOR)
    return _(words.LEVELS[level]) if level in words.LEVELS else level


def system(stored: CodeSystem) -> System:
    """A code table from its row with counts."""
    note = words.PARTIAL.get(stored.code, "")
    return System(
        code=stored.code,
        label=system_label(stored.code),
        title=stored.title,
        edition=stored.edition,
        source=stored.source,
        licence=_(stored.licence) if stored.licence in words.LICENCES else stored.licence,
        completeness=stored.note if stored.is_local else _(note) if note else "",
        is_partial=stored.is_partial,
        in_force=getattr(stored, "in_force_count", 0),
        abolished=getattr(stored, "abolished_count", 0),
        url=reverse("reference:system", args=[stored.code]),
    )


def suggestion(one: selectors.Suggestion) -> Found:
    """A search result with the matching part marked and the reason in words."""
    by_name = one.matched == one.name
    why = _(words.REASONS[one.reason.value])
    shown = "" if by_name or one.matched == one.code else _marked(one.matched, one.start, one.end)
    return Found(
        system=one.system,
        label=system_label(one.system),
        code=one.code,
        name=one.name,
        above=" › ".join(one.above.split(" ")) if one.above else "",
        in_force=one.in_force,
        marked=_marked(one.name, one.start, one.end) if by_name else format_html("{}", one.name),
        why=format_html("{} {}", why, shown) if shown else _spoken(one.reason, why),
        url=reverse("reference:term", args=[one.system, one.code]),
    )


def nodes(actor: Actor, system: str, terms: Sequence[Term]) -> list[Node]:
    """Terms as lines of the tree."""
    opening = selectors.codes_with_children(actor, system, [term.code for term in terms])
    return [
        Node(
            code="" if term.level == HEADING else term.code,
            name=term.name,
            url=reverse("reference:term", args=[system, term.code]),
            below=reverse("reference:below", args=[system, term.code]) if term.code in opening else "",
        )
        for term in terms
    ]


def groups(actor: Actor, system: str, terms: Sequence[Term]) -> list[tuple[str, list[Node]]]:
    """The top of a tree in parts: vocational programmes by level of education, others as one part without title."""
    if system != "programme":
        return [("", nodes(actor, system, terms))]
    parts = [
        (_(label), [term for term in terms if term.attributes.get("education") == level])
        for level, label in words.EDUCATION.items()
    ]
    rest = [term for term in terms if term.attributes.get("education") not in words.EDUCATION]
    return [(label, nodes(actor, system, part)) for label, part in [*parts, ("", rest)] if part]


def facts(term: Term) -> list[tuple[str, str]]:
    """(label, value) of the particulars of a term that have a value."""
    held: dict[str, Any] = term.attributes
    education = words.INSTITUTIONS if term.system.code == "institution" else words.EDUCATION
    rows = [
        (_("Province"), held.get("province")),
        (_("City"), held.get("city")),
        (_("Level of education"), _word(education, held.get("education"))),
        (_("Ownership"), _word(words.NATURE, held.get("nature"))),
        (_("Supervising authority"), held.get("authority")),
        (_("Kind of zone"), _word(words.ZONE_KINDS, held.get("kind"))),
        (_("Green occupation"), _yes_no(held.get("green"))),
        (_("Digital occupation"), _yes_no(held.get("digital"))),
        (_("Announced"), held.get("batch") or (_("After the edition of 2022") if held.get("later") else "")),
    ]
    return [(label, str(value)) for label, value in rows if value]


def links(actor: Actor, term: Term) -> list[Linked]:
    """The links of a programme or an occupation; none for other systems."""
    if term.system.code == "programme":
        return [_linked(one) for one in link_selectors.links_of_programme(actor, term.code)]
    if term.system.code == "occupation":
        return [_linked(one) for one in link_selectors.links_of_occupation(actor, term.code)]
    return []


def records(touched: Sequence[selectors.Touched]) -> list[tuple[str, str, int]]:
    """(kind of record, field, how many) of records that bear a code."""
    rows = []
    for one in touched:
        model = apps.get_model(one.model)
        label = str(getattr(model._meta.get_field(one.field), "verbose_name", one.field))
        rows.append((str(model._meta.verbose_name_plural), label, one.count))
    return rows


def link_reasons(reasons: Sequence[link_selectors.LinkReason]) -> list[str]:
    """The reasons of an inferred link as sentences, the strongest first."""
    ordered = sorted(reasons, key=lambda one: -one.strength)
    return [_(words.LINK_REASONS.get(one.how, words.OTHER_REASON)).format(terms=listed(one.terms)) for one in ordered]


def _linked(one: link_selectors.LinkedTerm) -> Linked:
    note = _("minor group") if one.granularity == "minor" and not one.through else ""
    return Linked(
        code=one.code,
        name=one.name,
        url=reverse("reference:term", args=[one.system, one.code]) if one.system else "",
        source=_(words.LINK_SOURCES[one.source]),
        note=_("by way of %(code)s") % {"code": one.through} if one.through else note,
        id=one.id,
        state=one.state if one.source == "inferred" else "",
        state_label=_(words.LINK_STATES[one.state]) if one.source == "inferred" else "",
        score=one.score,
        reasons=link_reasons(one.reasons),
        is_local=one.source == "local",
        judged_by=one.judged_by,
    )


def _spoken(reason: Reason, why: str) -> SafeString:
    return format_html("{}", why if reason not in (Reason.CODE, Reason.NAME) else "")


def _marked(text: str, start: int, end: int) -> SafeString:
    if start >= end:
        return format_html("{}", text)
    return format_html("{}<mark>{}</mark>{}", text[:start], text[start:end], text[end:])


def _word(table: dict[str, str], value: object) -> str:
    return _(table[value]) if isinstance(value, str) and value in table else ""


def _yes_no(value: object) -> str:
    return "" if value is None else _("Yes") if value else _("No")
