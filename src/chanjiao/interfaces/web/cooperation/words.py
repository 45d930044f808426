"""Words for agreements: kinds, particulars, roles, rules and what they found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from chanjiao.apps.cooperation.content import Typed
from chanjiao.apps.cooperation.contents import limit_words
from chanjiao.apps.cooperation.kinds import AgreementField, AgreementKind, Words, book
from chanjiao.apps.cooperation.models import AgreementState, EndReason, VersionState
from chanjiao.apps.cooperation.rules import Finding
from chanjiao.apps.cooperation.shown import AgreementView, PartyView
from chanjiao.interfaces.web.exchange.words import unit_words
from chanjiao.interfaces.web.wording import day, listed, noun_of

ROLE_WORDS = {
    "school": gettext_lazy("College"),
    "institute": gettext_lazy("Institute"),
    "enterprise": gettext_lazy("Enterprise"),
    "student": gettext_lazy("Student"),
    "third": gettext_lazy("Third party"),
}
OUTCOMES = {
    "kept": ("done", gettext_lazy("Kept")),
    "broken": ("bad", gettext_lazy("Not kept")),
    "unknown": ("waits", gettext_lazy("Not stated")),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One rule as a page tells it: the words, what was found, how severe, and where it comes from."""

    tone: str
    outcome: object
    words: str
    found: str
    is_block: bool
    source: str
    source_read: bool


def worded(words: Words) -> str:
    """The words in the reader's language."""
    return words.in_language(get_language() or "zh-hans")


def kind_words(code: str) -> str:
    """The kind's name; its code where the site knows the kind no longer."""
    found = book().kinds.get(code)
    return worded(found.label) if found else code


def kinds() -> list[tuple[str, str]]:
    """(code, name) of every kind."""
    return [(code, worded(kind.label)) for code, kind in book().kinds.items()]


def state_words(state: str, end_reason: str = "") -> str:
    """The state's name; of an ended agreement, why it ended."""
    label = str(AgreementState(state).label)
    return f"{label} · {EndReason(end_reason).label}" if state == AgreementState.ENDED and end_reason else label


def version_state_words(state: str) -> str:
    """The name of a version's state."""
    return str(VersionState(state).label)


def term_words(starts_on: date | None, ends_on: date | None) -> str:
    """From when until when."""
    return f"{day(starts_on)} – {day(ends_on)}" if starts_on and ends_on else ""


def value_words(one: AgreementField, value: Typed) -> str:
    """The value of a particular with its unit."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if one.value == "choice":
        return worded(one.choices[str(value)])
    if one.value == "date":
        return day(date.fromisoformat(str(value)))
    shown = f"{value:,}" if isinstance(value, int | float) else str(value)
    unit = "%" if one.value == "percent" else unit_words(one.unit)
    if not unit:
        return shown
    return _("%(quantity)s %(unit)s") % {"quantity": shown, "unit": noun_of(value, unit)}


def particulars(kind: AgreementKind, fields: dict[str, Typed]) -> list[tuple[str, str]]:
    """(label, words) of the particulars that are filled in."""
    return [(worded(one.label), value_words(one, fields[one.name])) for one in kind.fields if one.name in fields]


def checks(view: AgreementView) -> list[Check]:
    """The rules and what they found, the broken ones first; values only where money is open to the reader."""
    order = {"broken": 0, "unknown": 1, "kept": 2}
    return [_check(one, view.opens_money) for one in sorted(view.findings, key=lambda one: order[one.outcome])]


def _check(one: Finding, shows_value: bool) -> Check:
    tone, outcome = OUTCOMES[one.outcome]
    if tone == "bad" and one.rule.severity == "warning":
        tone = "waits"
    found = ""
    if one.found is not None and shows_value:
        found = f"{one.found * 100:.1f}%" if one.rule.of else f"{one.found.normalize():f}"
    words = worded(one.rule.label).format(limit=limit_words(one.rule))
    return Check(tone, outcome, words, found, one.rule.severity == "block", one.rule.source, one.rule.source_read)


def next_step(view: AgreementView, parties: Iterable[PartyView]) -> tuple[str, str]:
    """(sentence, tone) that says what the agreement waits for; empty where it waits for nothing."""
    shown = view.shown.state
    if shown == VersionState.DRAFT:
        return _("A draft that only your organisation sees. Complete it and propose it to the parties."), ""
    if shown == VersionState.PROPOSED:
        return _waiting(view, list(parties)), "waits"
    if view.row.state == AgreementState.WITHDRAWN:
        return (_("Not concluded: %s") % view.note if view.note else _("Not concluded")), "bad"
    if view.row.state == AgreementState.ENDED:
        ended = state_words(view.row.state, view.row.end_reason)
        return (ended + _(": ") + view.note if view.note else ended), ""
    if shown == VersionState.SUPERSEDED:
        return _("An earlier version; it is kept as it was signed or proposed."), ""
    return "", ""


def _waiting(view: AgreementView, parties: list[PartyView]) -> str:
    if view.row.waits_for_me:
        return _("Your signature is due. Read the exact text and sign it.")
    unnamed = [one.name for one in parties if not one.signatories]
    if unnamed:
        return _("Waits until %s has named who signs.") % listed(unnamed)
    owing = [sig.name for one in parties for sig in one.signatories if not sig.signed_at]
    return _("Waits for the signature of %s.") % listed(owing) if owing else _("All have signed.")


def changed_between(kind: AgreementKind, before: AgreementView, after: AgreementView) -> list[tuple[str, str, str]]:
    """(what, before, after) of everything in which two versions differ."""
    pairs = [
        (_("Title"), before.title, after.title),
        (_("Term"), term_words(before.starts_on, before.ends_on), term_words(after.starts_on, after.ends_on)),
        (_("Contract amount"), _money(before), _money(after)),
    ]
    for one in kind.fields:
        values = [
            value_words(one, view.fields[one.name]) if one.name in view.fields else "" for view in (before, after)
        ]
        pairs.append((worded(one.label), values[0], values[1]))
    texts = [{one.code: (one.heading, one.text) for one in view.clauses} for view in (before, after)]
    for code in dict.fromkeys([*texts[0], *texts[1]]):
        was, now = texts[0].get(code, ("", "")), texts[1].get(code, ("", ""))
        pairs.append((now[0] or was[0], was[1], now[1]))
    return [pair for pair in pairs if pair[1] != pair[2]]


def _money(view: AgreementView) -> str:
    return f"{view.amount:,.2f}" if view.amount is not None else ""
