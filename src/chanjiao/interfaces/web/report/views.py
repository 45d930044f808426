"""The yearly report on how programmes match industry: as a page whose sentences open to their rows, as Word and PDF."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chanjiao.apps.members.selectors import consortia, consortium
from chanjiao.apps.programmes.selectors.supply import years_told
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core import clock
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.documents.paper import Paper, Paragraph, Piece
from chanjiao.interfaces.documents.paper import Table as PaperTable
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.printed import printed
from chanjiao.interfaces.web.programmes.sections import sections, shown_year
from chanjiao.interfaces.web.report.facts import ReportFacts, report_facts
from chanjiao.interfaces.web.report.standing import Standing
from chanjiao.interfaces.web.report.steering import Steering
from chanjiao.interfaces.web.report.writing import Section, Table
from chanjiao.interfaces.web.wording import day

NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Written:
    """A report as it is shown or printed: its title, whom it is of, its sections with their numerals."""

    title: str
    about: str
    year: int
    consortium_id: int | None
    sections: tuple[tuple[str, Section], ...]


def report(request: HttpRequest) -> HttpResponse:
    """The report of a year, for the city or for one consortium."""
    actor = known_actor(request)
    written = _written(request, actor)
    context = {
        "tabs": sections("report:report"),
        "written": written,
        "today": timezone.localdate(clock.now()),
        "years": years_told(actor),
        "consortia": consortia(actor),
    }
    return render(request, "report/report.html", context)


def docx(request: HttpRequest) -> HttpResponse:
    """The report as a Word document."""
    return _printed(request, "docx")


def pdf(request: HttpRequest) -> HttpResponse:
    """The report as PDF."""
    return _printed(request, "pdf")


def _written(request: HttpRequest, actor: Actor) -> Written:
    wanted = whole_number(request.GET.get("consortium", ""))
    about = consortium(actor, wanted).organisation.name if wanted is not None else _("The whole city")
    facts = report_facts(actor, year=shown_year(request, actor), consortium_id=wanted)
    names = _names(actor, facts)
    standing = Standing(facts, names)
    parts = [*standing.sections(), *Steering(facts, names).sections(), standing.data()]
    return Written(
        title=_("Report on the match of programmes and industry, %(year)s") % {"year": facts.year},
        about=about,
        year=facts.year,
        consortium_id=wanted,
        sections=tuple((_numeral(place), one) for place, one in enumerate(one for one in parts if one.sentences)),
    )


def _numeral(place: int) -> str:
    return f"{place + 1}. " if get_language() == "en" else f"{NUMERALS[place]}、"


def _names(actor: Actor, facts: ReportFacts) -> dict[tuple[str, str], str]:
    """(by, key) → name of every programme, occupation and chain that a line is of."""
    planned = [change.code for _plan, more, fewer in facts.plans for change in (*more, *fewer)]
    taught = [one.key for one in facts.by_programme if one.key]
    changing = [*(card.code for card in facts.cards), *(row.code for row in facts.dossiers)]
    programmes = [("programme", code) for code in (*taught, *planned, *changing)]
    asked = [*(one.key for one in facts.by_occupation if one.key), *(one.occupation for one in facts.outlooks)]
    occupations = [("occupation", code) for code in asked]
    chains = {("chain", str(chain.id)): chain.name for chain in facts.found.found.problem.chains}
    return names_of(actor, [*programmes, *occupations]) | chains


def _printed(request: HttpRequest, ending: str) -> HttpResponse:
    written = _written(request, known_actor(request))
    body: list[Paragraph | PaperTable] = [Paragraph((Piece(written.about),))]
    for numeral, section in written.sections:
        body += _set(request, f"{numeral}{section.title}", section)
    foot = _("Written from the rows of the platform on %(day)s") % {"day": day(timezone.localdate(clock.now()))}
    return printed(Paper(written.title, tuple(body), (), foot), ending, f"{written.title} {written.about}")


def _set(request: HttpRequest, title: str, section: Section) -> Iterator[Paragraph | PaperTable]:
    """A section as it is printed: what opens rows on the page opens them from the paper too."""
    yield Paragraph((Piece(title),), is_heading=True)
    pieces = [Piece(one.text, request.build_absolute_uri(one.url)) for one in section.sentences]
    if section.is_list:
        yield from (Paragraph((Piece(f"{place}. "), one), indented=True) for place, one in enumerate(pieces, start=1))
    else:
        joint = Piece(" " if get_language() == "en" else "")
        yield Paragraph(tuple(part for one in pieces for part in (one, joint)), indented=True)
    if section.table:
        yield _table(request, section.table)


def _table(request: HttpRequest, table: Table) -> PaperTable:
    rows = (
        (Piece(cells[0], request.build_absolute_uri(url)), *(Piece(cell) for cell in cells[1:]))
        for cells, url in table.rows
    )
    return PaperTable(table.caption, table.heads, tuple(rows))
