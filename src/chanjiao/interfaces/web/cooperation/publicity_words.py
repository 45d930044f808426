"""Words for publicised prices: the rule, the state, what comes next."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from chanjiao.apps.cooperation.kinds import PublicityRule
from chanjiao.apps.cooperation.models import PublicityState
from chanjiao.apps.cooperation.publicity_selectors import PublicityRow, PublicityView
from chanjiao.core import clock
from chanjiao.interfaces.web.cooperation.words import worded
from chanjiao.interfaces.web.wording import day


def state_words(state: str) -> str:
    """The state's name."""
    return str(PublicityState(state).label)


def rule_words(rule: PublicityRule) -> str:
    """The rule with its days, and where it comes from."""
    told = worded(rule.label).format(days=rule.days)
    source = rule.source if rule.source_read else _("%s, to be checked") % rule.source
    return _("%(rule)s (%(source)s)") % {"rule": told, "source": source}


def next_step(view: PublicityView) -> tuple[str, str]:
    """(sentence, tone) that says what the publicity waits for, or how it ended."""
    row = view.row
    if row.state == PublicityState.PASSED:
        return _("Over: no objection stands. The contract comes into force once all have signed."), "done"
    if row.state == PublicityState.STOPPED:
        return _("Stopped: %s") % _(view.note), "bad"
    if row.waiting and view.is_ours:
        return _("Objections wait for your answer; the publicity does not end before that."), "waits"
    if timezone.localdate(clock.now()) > row.ends_on:
        return _("The last day is past; an objection waits for an answer."), "waits"
    return _("Everybody may object until %s.") % day(row.ends_on), ""


def on_agreement(row: PublicityRow | None, *, is_owed: bool) -> tuple[str, str]:
    """(sentence, tone) for the page of the agreement, whose latest publicity this is."""
    if is_owed:
        return _("The price has to be publicised before the contract comes into force."), "waits"
    if row is None or row.state == PublicityState.STOPPED:
        return "", ""
    if row.state == PublicityState.PASSED:
        return _("The price was publicised, and no objection stands."), "done"
    return _("The price is publicised until %s; the contract comes into force after that.") % day(row.ends_on), "waits"
