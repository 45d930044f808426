"""What lies ahead and what is done about it: forecasts, warnings, plans, changes and advice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext as _

from chanjiao.apps.dossiers.models import DossierState
from chanjiao.apps.dossiers.shown import DossierRow
from chanjiao.apps.plans.models import IntakePlan, PlannedChange
from chanjiao.apps.programmes.models import CardColour, CardDecision, CardState
from chanjiao.apps.programmes.selectors.alignment import Line
from chanjiao.apps.programmes.selectors.demand import OccupationOutlook
from chanjiao.apps.programmes.selectors.warnings import Card
from chanjiao.engines.alignment import Estimate
from chanjiao.interfaces.web.dossiers.words import change_words
from chanjiao.interfaces.web.plans.words import DEMANDS
from chanjiao.interfaces.web.programmes import figures
from chanjiao.interfaces.web.report.facts import AHEAD, SHOWN
from chanjiao.interfaces.web.report.writing import Section, Sentence, Writer
from chanjiao.interfaces.web.wording import amount, listed, signed

NAMED = 3
"""How many occupations of the outlook are named each way."""


class Steering(Writer):
    """What is expected, which programmes are warned, what plans say, what was decided, and what to do."""

    def sections(self) -> list[Section]:
        """The report's sections from the outlook to the advice."""
        return [
            Section(_("Outlook"), tuple(self._outlook())),
            Section(_("Early warning"), tuple(self._warnings())),
            Section(_("Plans of intake"), tuple(self._plans())),
            Section(_("Changes of the programme structure"), tuple(self._changes())),
            Section(_("What to do"), tuple(self._advice()), is_list=True),
        ]

    def _outlook(self) -> Iterator[Sentence]:
        known = [one for one in self.facts.outlooks if one.forecast and one.forecast.is_chosen]
        if not known:
            return
        better = sum(1 for one in known if one.forecast and one.forecast.method != "naive")
        counted = {"known": len(known), "all": len(self.facts.outlooks), "better": better, "years": AHEAD}
        yield self.sentence(
            _("Of %(known)s of %(all)s occupations enough years are known to choose a method by its past errors; for "
              "%(better)s of them it beats taking last year's figure.") % counted,
            "programmes:forecasts", ahead=AHEAD,
        )  # fmt: skip
        ranked = sorted(known, key=_growth)
        for found in (reversed(ranked[-NAMED:]), ranked[:NAMED]):
            for one in found:
                if round(_growth(one)):
                    yield self._expected(one)

    def _expected(self, one: OccupationOutlook) -> Sentence:
        assert one.forecast is not None
        ahead = one.forecast
        told = {
            "name": self.name_of("occupation", one.occupation), "now": amount(round(one.years[one.used[-1]].expected)),
            "from": one.used[-1], "to": ahead.years[-1],
            "people": figures.people(Estimate(ahead.expected[-1], ahead.low[-1], ahead.high[-1])),
        }  # fmt: skip
        words = _("%(name)s: %(now)s people in %(from)s, %(people)s expected in %(to)s.") % told
        return self.sentence(words, "programmes:forecast", one.occupation, ahead=AHEAD)

    def _warnings(self) -> Iterator[Sentence]:
        for colour in CardColour:
            held = [one for one in self.facts.cards if one.colour == colour.value]
            if held:
                told = {"card": colour.label, "count": len(held), "names": listed(map(self._warned, held[: 2 * SHOWN]))}
                words = _("%(card)s at programme points: %(count)s (%(names)s).") % told
                yield self.sentence(words, "programmes:warnings", year=self.facts.year, colour=colour.value)
        waiting = sum(one.state == CardState.OPEN for one in self.facts.cards)
        if waiting:
            words = _("Cards that await a decision: %(count)s.") % {"count": waiting}
            yield self.sentence(words, "programmes:warnings", year=self.facts.year, state=CardState.OPEN.value)
        decided = Counter(one.decision for one in self.facts.cards if one.state == CardState.DECIDED)
        if decided:
            several = listed(f"{CardDecision(name).label} {count}" for name, count in decided.most_common())
            words = _("Cards decided: %(count)s (%(decisions)s).") % {"count": decided.total(), "decisions": several}
            yield self.sentence(words, "programmes:warnings", year=self.facts.year, state=CardState.DECIDED.value)

    def _warned(self, card: Card) -> str:
        return _("%(programme)s at %(college)s") % {
            "programme": self.name_of("programme", card.code), "college": card.college,
        }  # fmt: skip

    def _plans(self) -> Iterator[Sentence]:
        for plan, more, fewer in self.facts.plans:
            yield self._planned(plan)
            for direction, changes, words in (
                ("more", more, _("Most is added at %(names)s, seats a year.")),
                ("fewer", fewer, _("Most is taken away at %(names)s, seats a year.")),
            ):
                if changes:
                    told = words % {"names": listed(map(self._moved, changes))}
                    yield self.sentence(told, "plans:plan", plan.pk, direction=direction)

    def _planned(self, plan: IntakePlan) -> Sentence:
        told = {
            "title": plan.scenario.title, "demand": _(DEMANDS[plan.told.demand]), "gap": plan.gap_words,
            "first": plan.years[0], "last": plan.years[-1],
            **{name: amount(value) for name, value in plan.figures.items()},
        }  # fmt: skip
        words = _(
            "Scenario “%(title)s” (%(demand)s, intake of %(first)s to %(last)s): %(shortage)s openings stay unfilled, "
            "%(shortage_today)s with today's intake; %(surplus)s graduates find no opening, %(surplus_today)s with "
            "today's; it changes %(changed)s of %(points)s programme points and is at most %(gap)s from the best plan."
        )
        return self.sentence(words % told, "plans:plan", plan.pk)

    def _moved(self, change: PlannedChange) -> str:
        return f"{self.name_of('programme', change.code)} {signed(change.planned - change.before)}"

    def _changes(self) -> Iterator[Sentence]:
        rows = self.facts.dossiers
        for state in DossierState:
            held = [one for one in rows if one.state == state.value]
            if held:
                told = {"state": state.label, "count": len(held), "names": listed(map(self._asked_for, held[:SHOWN]))}
                words = _("Dossiers, %(state)s: %(count)s (%(names)s).")
                yield self.sentence(words % told, "dossiers:list", state=state.value)
        approved = [one for one in rows if one.decision == "approved"]
        if approved:
            seats = sum(one.seats_planned - one.seats_now for one in approved)
            told = {"count": len(approved), "seats": signed(seats)}
            words = _("Changes approved: %(count)s; they change the intake by %(seats)s seats.") % told
            yield self.sentence(words, "dossiers:list")

    def _asked_for(self, row: DossierRow) -> str:
        return f"{self.name_of('programme', row.code)} {change_words(row.change)}"

    def _advice(self) -> Iterator[Sentence]:
        short, surplus = self.facts.without_dossier
        more = _("%(name)s: %(gap)s a year and no dossier runs; consider an extension or a new point.")
        fewer = _("%(name)s: %(gap)s a year and no dossier runs; consider fewer seats or a re-orientation.")
        for found, words in ((short, more), (surplus, fewer)):
            for one in found[:SHOWN]:
                told = {"name": self.name(one), "gap": figures.people(one.totals.gap, signed=True)}
                yield self._behind(words % told, one)
        for one in self.facts.untaught[:SHOWN]:
            told = {"name": self.name(one), "people": amount(round(one.totals.expected))}
            words = _("%(name)s: %(people)s openings and no programme leads there; look where one could.")
            yield self._behind(words % told, one)

    def _behind(self, text: str, one: Line) -> Sentence:
        return Sentence(text, self.rows_of(one))


def _growth(one: OccupationOutlook) -> float:
    """People more in the last year ahead than in the last year told."""
    return one.forecast.expected[-1] - one.years[one.used[-1]].expected if one.forecast else 0.0
