"""The yearly report on how programmes match industry: as a page whose sentences open to their rows, as Word and PDF."""

from __future__ import annotations

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
from chanjiao.interfaces.documents.paper import Paper
from chanjiao.interfaces.web.exchange.lists import whole_number
from chanjiao.interfaces.web.printed import printed
from chanjiao.interfaces.web.programmes.sections import sections, shown_year
from chanjiao.interfaces.web.report.facts import ReportFacts, report_facts
from chanjiao.interfaces.web.report.sentences import Report, Section
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
    parts = Report(facts, _names(actor, facts)).sections()
    return Written(
        title=_("Report on the match of programmes and industry, %(year)s") % {"year": facts.year},
        about=about,
        year=facts.year,
        consortium_id=wanted,
        sections=tuple((_numeral(place), one) for place, one in enumerate(parts)),
    )


def _numeral(place: int) -> str:
    return f"{place + 1}. " if get_language() == "en" else f"{NUMERALS[place]}、"


def _names(actor: Actor, facts: ReportFacts) -> dict[tuple[str, str], str]:
    """(by, key) → name of every programme, occupation and chain that a line is of."""
    programmes = [("programme", one.key) for one in facts.by_programme if one.key]
    occupations = [("occupation", one.key) for one in facts.by_occupation if one.key]
    chains = {("chain", str(chain.id)): chain.name for chain in facts.found.found.problem.chains}
    return names_of(actor, [*programmes, *occupations]) | chains


def _printed(request: HttpRequest, ending: str) -> HttpResponse:
    written = _written(request, known_actor(request))
    lines: list[tuple[str, bool]] = [(written.about, False)]
    for numeral, section in written.sections:
        lines.append((f"{numeral}{section.title}", True))
        lines += [(one.text, False) for one in section.sentences]
        lines += [(_row_words(section.heads, cells), False) for cells, _url in section.table]
    foot = _("Written from the rows of the platform on %(day)s") % {"day": day(timezone.localdate(clock.now()))}
    # The font of papers has no sign of minus of its own.
    told = tuple((text.replace("−", "-"), is_heading) for text, is_heading in lines)
    paper = Paper(written.title, told, (), foot)
    return printed(paper, ending, f"{written.title} {written.about}")


def _row_words(heads: tuple[str, ...], cells: tuple[str, ...]) -> str:
    """A row of a table as a line, since a paper has no tables."""
    told = "，".join(f"{head} {cell}" for head, cell in zip(heads[1:], cells[1:], strict=True))
    return f"　　{cells[0]}：{told}"
