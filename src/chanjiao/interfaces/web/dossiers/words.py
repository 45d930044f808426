"""Words for dossiers: changes, measures, reasons, what comes next."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from chanjiao.apps.cooperation.kinds import Words
from chanjiao.apps.dossiers.book import book
from chanjiao.apps.dossiers.models import OpinionSide
from chanjiao.apps.dossiers.rules import Deed, State
from chanjiao.apps.dossiers.shown import DossierRow, DossierView, EvidenceView
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core.permissions import Actor
from chanjiao.engines.words import N_
from chanjiao.interfaces.web.wording import amount, day

MEASURES = {
    "intake": (N_("Intake plan"), "人"),
    "enrolled": (N_("Students enrolled"), "人"),
    "teachers": (N_("Teachers"), "人"),
    "dual_qualified": (N_("Dual-qualified teachers"), "人"),
    "places": (N_("Places that open needs ask for"), "人"),
    "missing": (N_("Functions and skills that no course names"), ""),
    "completed": (N_("Completed"), "人"),
    "gap": (N_("Openings less completions"), "人"),
    "planned": (N_("Intake under the plan"), "人"),
    "placed": (N_("With a destination"), "%"),
    "in_field": (N_("Work in their field"), "%"),
    "in_city": (N_("Work in the city"), "%"),
}
"""Measure of a figure → its name and unit."""
STEPS = (
    State.DRAFT, State.COMPLETE, State.OPINIONS, State.READY, State.DECIDED, State.CARRIED_OUT, State.MEASURED,
)  # fmt: skip


def said(words: Words) -> str:
    """The words in the reader's language."""
    return words.in_language(get_language() or "zh-hans")


def change_words(code: str) -> str:
    """The name of a kind of change; its code where the book no longer has it."""
    found = book().changes.get(code)
    return said(found.label) if found else code


def changes() -> list[tuple[str, str]]:
    """(code, name) of every kind of change."""
    return [(code, said(kind.label)) for code, kind in book().changes.items()]


def reasons() -> list[tuple[str, str]]:
    """(code, name) of every reason of refusal."""
    return [(code, said(words)) for code, words in book().refusals.items()]


def reason_words(code: str) -> str:
    """A reason of refusal."""
    return dict(reasons()).get(code, code)


def programme_names(actor: Actor, rows: Iterable[DossierRow]) -> dict[int, str]:
    """Dossier → the name of its programme, its code where nothing bears it."""
    rows = list(rows)
    names = names_of(actor, [(row.system, row.code) for row in rows])
    return {row.id: names.get((row.system, row.code), row.code) for row in rows}


def measure_words(measure: str) -> str:
    """The name of a measure."""
    return _(MEASURES[measure][0]) if measure in MEASURES else measure


def evidence_words(one: EvidenceView) -> str:
    """What the row says, in one line."""
    if one.measure:
        return f"{one.title} · {measure_words(one.measure)}"
    return one.title


def figure_words(value: object, measure: str = "") -> str:
    """A figure with its unit; empty where there is none."""
    if value is None:
        return ""
    unit = MEASURES.get(measure, ("", "人"))[1]
    told = amount(value)
    return {"": told, "%": f"{told}%"}.get(unit) or _("%s people") % told


def seats_words(row: DossierRow) -> str:
    """How the intake changes."""
    return f"{amount(row.seats_now)} → {amount(row.seats_planned)}"


def next_step(view: DossierView) -> tuple[str, str]:
    """(sentence, tone) that says what the dossier waits for."""
    match State(view.row.state):
        case State.DRAFT:
            told = _draft(view)
        case State.COMPLETE:
            told = _("Complete. The secretariat asks for opinions."), "waits"
        case State.OPINIONS:
            told = _opinions(view)
        case State.READY:
            told = _("Ready for the vote. The secretariat enters what the council decides."), "waits"
        case State.DECIDED if view.row.decision == "refused":
            told = f"{_('Refused')}{_(': ')}{reason_words(view.reason)}", "bad"
        case State.DECIDED:
            told = _("Approved. The college says when it was carried out."), "waits"
        case State.CARRIED_OUT:
            told = _("Carried out. The effect can be measured from %s on.") % day(view.measurable_on), "waits"
        case State.MEASURED:
            told = "", ""
        case _:
            told = view.note, ""
    return told


def _draft(view: DossierView) -> tuple[str, str]:
    missing = [f"{said(check.label)} ({check.lacks})" for check in view.checks if check.lacks]
    if not missing:
        return _("Everything is there. Hand it in as complete."), "done"
    return _("Still missing: %s") % "；".join(missing), "waits"


def _opinions(view: DossierView) -> tuple[str, str]:
    if Deed.OPINE in view.deeds:
        return _("Your organisation's opinion is asked."), "waits"
    owed = [f"{OpinionSide(side).label} ({count})" for side, count in view.opinions_owed.items()]
    if owed:
        return _("Opinions still needed: %s") % "；".join(owed), "waits"
    waiting = sum(not one.verdict for one in view.opinions)
    if not waiting:
        return _("Every side has spoken. It can be put to the vote."), "done"
    told = ngettext(
        "Every side has spoken; %d more opinion may come.", "Every side has spoken; %d more opinions may come.", waiting
    )
    return told % waiting, "done"
