"""Words for technology transfer: stages, reasons, what comes next."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from chanjiao.apps.cooperation.kinds import book
from chanjiao.apps.transfer.models import STAGE_WORDS, NotChosenReason
from chanjiao.apps.transfer.rules import CONTRACT_KINDS, Deed, Stage
from chanjiao.apps.transfer.shown import ChallengeView
from chanjiao.interfaces.web.wording import day


def stage_words(stage: str) -> str:
    """The stage's name."""
    return str(STAGE_WORDS[stage])


def reason_words(reason: str) -> str:
    """Why an answer was not chosen; empty where it was."""
    return str(NotChosenReason(reason).label) if reason else ""


def contract_kinds() -> list[tuple[str, str]]:
    """(kind of agreement, name) of the five types."""
    return [(kind, kind_words(kind)) for kind in CONTRACT_KINDS.values()]


def contract_types() -> list[tuple[str, str]]:
    """(type, name) of the five types, as a challenge's contract is drafted."""
    return [(name, kind_words(kind)) for name, kind in CONTRACT_KINDS.items()]


def kind_words(code: str) -> str:
    """The name of a kind of agreement."""
    label = book().kinds[code].label
    return label.en if get_language() == "en" else label.zh


def next_step(view: ChallengeView) -> tuple[str, str]:
    """(sentence, tone) that says what the challenge waits for."""
    match Stage(view.row.stage):
        case Stage.DRAFT:
            told = _("A draft that only your organisation sees. Its terms can be changed until it is published."), ""
        case Stage.PUBLISHED | Stage.ANSWERED:
            told = _taking_answers(view)
        case Stage.CHOSEN if Deed.CONTRACT in view.deeds:
            told = _("An answer is chosen. Draft the contract: it is filled in from challenge and answer."), "waits"
        case Stage.CHOSEN:
            told = _("The contract is being written or signed."), "waits"
        case Stage.CONTRACTED:
            told = _contracted(view), "waits"
        case Stage.ACCEPTED:
            told = _("The work was accepted on %s.") % day(view.accepted_on), "done"
        case stage:
            told = _(view.note), "bad" if stage is Stage.FAILED else ""
    return told


def _taking_answers(view: ChallengeView) -> tuple[str, str]:
    if Deed.CHOOSE in view.deeds:
        return _("Read the answers and choose one; every other is told why it was not."), "waits"
    if Deed.TAKE_BACK in view.deeds:
        return _("Your answer waits to be chosen from."), "waits"
    return _("Members answer until %s.") % day(view.row.answers_until), ""


def _contracted(view: ChallengeView) -> str:
    told = view.contract
    if told is not None and told.may_register:
        return _("The contract is in force. Register it at the office of technology contracts.")
    if told is not None and not told.registration:
        return _("The contract is in force; the seller registers it.")
    return _("The contract is in force: the work is delivered and then accepted.")
