"""A dossier as a file to print, in the order in which a council reads it."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from chanjiao.apps.dossiers import selectors
from chanjiao.apps.dossiers.models import Decision, Effect, EvidenceKind, OpinionSide, Verdict
from chanjiao.apps.dossiers.shown import DossierView
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.documents.paper import Paper
from chanjiao.interfaces.web.dossiers import lists, words
from chanjiao.interfaces.web.printed import printed
from chanjiao.interfaces.web.wording import day, short_day

Lines = Iterator[tuple[str, bool]]


def docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier as a Word document."""
    return _printed(request, pk, "docx")


def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier as PDF."""
    return _printed(request, pk, "pdf")


def _printed(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    actor = known_actor(request)
    view = selectors.dossier(actor, pk)
    line = next(lists.lines_of(actor, [view.row]))
    title = f"{line.change}：{view.row.college} {line.programme}"
    lines = (*_what(view, line), *_evidence(view), *_opinions(view), *_outcome(view))
    paper = Paper.of_lines(title, lines, (), f"{view.row.number} · {line.state}")
    return printed(paper, ending, f"{view.row.number} {line.programme}")


def _what(view: DossierView, line: lists.Line) -> Lines:
    yield _("What is asked for"), True
    yield _told(_("College"), view.row.college), False
    yield _told(_("Programme"), f"{line.programme} {view.row.code}"), False
    yield _told(_("Kind of change"), line.change), False
    yield _told(_("Intake"), words.seats_words(view.row)), False
    yield _told(_("From the year"), view.row.from_year), False
    for label, value in ((_("Goes into"), view.into_code), (_("College that takes over"), view.partner)):
        if value:
            yield _told(label, value), False
    if view.chain:
        yield _told(_("Industry chain"), view.chain), False
    yield _("Why it is asked for"), True
    yield from ((part, False) for part in view.case.split("\n") if part.strip())


def _evidence(view: DossierView) -> Lines:
    yield _("On what it rests"), True
    for one in view.evidence:
        figure = words.figure_words(one.amount, one.measure)
        parts = [words.evidence_words(one), figure, one.source, short_day(one.as_of)]
        if one.amount_after is not None:
            after = words.figure_words(one.amount_after, one.measure)
            parts.append(_told(_("a year later"), after))
        kind = EvidenceKind(one.kind).label
        yield f"{one.number}. {kind}：" + "，".join(part for part in parts if part), False


def _opinions(view: DossierView) -> Lines:
    if not view.opinions:
        return
    yield _("Opinions"), True
    for one in view.opinions:
        verdict = Verdict(one.verdict).label if one.verdict else _("not given yet")
        side = OpinionSide(one.side).label
        said = f"。{one.words}" if one.words else ""
        yield f"{side} · {one.organisation}（{one.given_by or '–'}）：{verdict}{said}", False


def _outcome(view: DossierView) -> Lines:
    if not view.row.decision:
        return
    yield _("Decision"), True
    yield f"{Decision(view.row.decision).label}，{view.resolution}，{day(view.decided_on)}", False
    if view.reason:
        yield _told(_("Reason"), words.reason_words(view.reason)), False
    if view.note:
        yield _told(_("Note"), view.note), False
    if view.carried_out_on:
        yield _told(_("Carried out on"), f"{day(view.carried_out_on)}，{words.figure_words(view.seats_done)}"), False
    if view.effect:
        yield _told(_("Effect"), f"{Effect(view.effect).label}。{view.effect_words}"), False


def _told(label: object, value: object) -> str:
    return f"{label}{_(': ')}{value}"
