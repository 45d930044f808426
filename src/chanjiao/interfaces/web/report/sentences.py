"""The report in sentences, each with the address of the rows behind it, in the order in which departments read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from chanjiao.apps.dossiers.models import DossierState
from chanjiao.apps.programmes.models import CardColour, CardState
from chanjiao.apps.programmes.rules.demand import SOURCE_WORDS, Source
from chanjiao.apps.programmes.selectors.alignment import Line
from chanjiao.engines.alignment import Estimate
from chanjiao.interfaces.web.dossiers.words import change_words
from chanjiao.interfaces.web.programmes import figures
from chanjiao.interfaces.web.report.facts import SHOWN, ReportFacts
from chanjiao.interfaces.web.wording import amount, listed


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said, and where its rows are."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the report; `table` has a heading row first, each row with the address behind it."""

    title: str
    sentences: tuple[Sentence, ...]
    heads: tuple[str, ...] = ()
    table: tuple[tuple[tuple[str, ...], str], ...] = field(default=())


class Report:
    """The sections of a year's report; `names` gives a programme, an occupation or a chain its name by (by, key)."""

    def __init__(self, facts: ReportFacts, names: dict[tuple[str, str], str]) -> None:
        self.facts, self.names = facts, names
        self.kept = {"year": facts.year} | ({"consortium": facts.consortium_id} if facts.consortium_id else {})

    def sections(self) -> list[Section]:
        """All of them, those with nothing to say left out."""
        made = [
            Section(_("What is taught"), tuple(self._taught())),
            Section(_("What is asked"), tuple(self._asked())),
            Section(_("How well the two match"), tuple(self._match()), *self._match_table()),
            Section(_("Shortages and surpluses"), tuple(self._gaps()), *self._gap_table()),
            Section(_("Early warning"), tuple(self._warnings())),
            Section(_("Changes of the programme structure"), tuple(self._changes())),
            Section(_("What to do"), tuple(self._advice())),
            Section(_("On the data"), tuple(self._data())),
        ]
        return [one for one in made if one.sentences]

    def _taught(self) -> Iterator[Sentence]:
        told = self.facts
        counted = {
            "colleges": told.colleges, "points": told.points, "programmes": told.programmes,
            "intake": amount(told.sums.intake), "enrolled": amount(told.sums.enrolled),
        }  # fmt: skip
        yield self._say(
            _("%(colleges)s colleges teach %(programmes)s programmes at %(points)s points: intake plan %(intake)s, "
              "%(enrolled)s students enrolled.") % counted,
            "programmes:list",
        )  # fmt: skip
        if told.completed is not None:
            yield self._say(
                _("In %(year)s %(people)s students completed.") % {"year": told.year, "people": amount(told.completed)},
                "programmes:years", year=told.year,
            )  # fmt: skip
        for name, words in (
            ("placed", _("With a destination were %(rate)s of those who completed.")),
            ("in_field", _("Of those who work, %(rate)s work in their field.")),
            ("in_city", _("Of those who work, %(rate)s work in the city.")),
        ):
            shown = figures.part(told.rate(name))
            if shown.value:
                yield self._say(words % {"rate": shown}, "programmes:years", year=told.year)

    def _asked(self) -> Iterator[Sentence]:
        sums = self.facts.city.totals
        openings = figures.people(Estimate(sums.expected, sums.low, sums.high))
        yield self._say(
            _("The occupations of the city ask for %(people)s people in %(year)s, each opening counted once.")
            % {"people": openings, "year": self.facts.year},
            "programmes:alignment", by="occupation", **self.kept,
        )  # fmt: skip
        for source, (rows, people) in sorted(self.facts.sources.items(), key=lambda one: -one[1][1]):
            told = {"source": _(SOURCE_WORDS[Source(source)]), "rows": rows, "people": amount(people)}
            yield self._say(
                _("%(source)s: %(rows)s rows, %(people)s people, before sources are weighed.") % told,
                "programmes:demand", year=self.facts.year, source=source,
            )  # fmt: skip
        chains = [one for one in self.facts.by_chain if one.key]
        if chains:
            words = _("By industry chain most is asked by: %(chains)s.") % {"chains": self._openings(chains)}
            yield self._say(words, "programmes:alignment", by="chain", **self.kept)

    def _match(self) -> Iterator[Sentence]:
        told = self.facts.indices
        for shown, words in (
            (figures.index(told.similarity), _("The structures of supply and demand are similar to H = %(value)s.")),
            (figures.index(told.deviation), _("The structural deviation is %(value)s.")),
            (figures.index(told.coordination), _("The coupling co-ordination is D = %(value)s.")),
            (figures.rate(told.key_share), _("%(value)s of all seats serve key chains, weighed by shortage grade.")),
            (figures.grade(told.grade), _("Over all, the shortage grade is %(value)s.")),
        ):
            yield self._say(words % {"value": shown}, "programmes:alignment", **self.kept)

    def _match_table(self) -> tuple[tuple[str, ...], tuple[tuple[tuple[str, ...], str], ...]]:
        heads = (_("Industry chain"), _("Openings"), _("Completions"), _("Gap"))
        return heads, tuple(self._row(one) for one in self.facts.by_chain if one.key)

    def _gaps(self) -> Iterator[Sentence]:
        gap = figures.people(self.facts.city.totals.gap, signed=True)
        yield self._say(
            _("Openings less completions are %(gap)s a year over the city.") % {"gap": gap},
            "programmes:alignment", **self.kept,
        )  # fmt: skip
        for found, words in (
            (self.facts.shortages, _("Short whatever range is taken: %(names)s (%(count)s programmes in all).")),
            (self.facts.surpluses, _("In surplus whatever range is taken: %(names)s (%(count)s programmes in all).")),
        ):
            if found:
                told = {"names": self._listed(found), "count": len(found)}
                yield self._say(words % told, "programmes:alignment", by="programme", **self.kept)
        untaught = self.facts.untaught
        if untaught:
            told = {"names": self._openings(untaught), "count": len(untaught)}
            yield self._say(
                _("Asked and led to by no programme: %(names)s (%(count)s occupations in all).") % told,
                "programmes:alignment", by="occupation", **self.kept,
            )  # fmt: skip

    def _gap_table(self) -> tuple[tuple[str, ...], tuple[tuple[tuple[str, ...], str], ...]]:
        heads = (_("Programme"), _("Openings"), _("Completions"), _("Gap"))
        rows = [*self.facts.shortages[: 2 * SHOWN], *self.facts.surpluses[: 2 * SHOWN]]
        return heads, tuple(self._row(one) for one in rows)

    def _warnings(self) -> Iterator[Sentence]:
        counted = Counter(one.colour for one in self.facts.cards)
        for colour in CardColour:
            if counted[colour.value]:
                told = {"card": colour.label, "count": counted[colour.value]}
                words = _("%(card)s at programme points: %(count)s.") % told
                yield self._say(words, "programmes:warnings", year=self.facts.year, colour=colour.value)
        waiting = sum(one.state == CardState.OPEN for one in self.facts.cards)
        if waiting:
            words = _("Cards that await a decision: %(count)s.") % {"count": waiting}
            yield self._say(words, "programmes:warnings", year=self.facts.year, state=CardState.OPEN.value)

    def _changes(self) -> Iterator[Sentence]:
        rows = self.facts.dossiers
        for state in DossierState:
            held = [one for one in rows if one.state == state.value]
            if held:
                kinds = Counter(change_words(one.change) for one in held)
                several = listed(f"{name} {count}" for name, count in kinds.most_common())
                told = {"state": state.label, "count": len(held), "kinds": several}
                yield self._say(
                    _("Dossiers, %(state)s: %(count)s (%(kinds)s).") % told, "dossiers:list", state=state.value
                )
        approved = [one for one in rows if one.decision == "approved"]
        if approved:
            seats = sum(one.seats_planned - one.seats_now for one in approved)
            told = {"count": len(approved), "seats": f"{seats:+d}".replace("-", "−")}
            words = _("Changes approved: %(count)s; they change the intake by %(seats)s seats.") % told
            yield self._say(words, "dossiers:list")

    def _advice(self) -> Iterator[Sentence]:
        short, surplus = self.facts.without_dossier
        for one in short[:SHOWN]:
            told = {"name": self._name(one), "gap": figures.people(one.totals.gap, signed=True)}
            words = _("%(name)s: %(gap)s a year and no dossier runs; consider an extension or a new point.") % told
            yield self._behind(words, one)
        for one in surplus[:SHOWN]:
            told = {"name": self._name(one), "gap": figures.people(one.totals.gap, signed=True)}
            words = _("%(name)s: %(gap)s a year and no dossier runs; consider fewer seats or a re-orientation.") % told
            yield self._behind(words, one)
        for one in self.facts.untaught[:SHOWN]:
            told = {"name": self._name(one), "people": amount(round(one.totals.expected))}
            words = _("%(name)s: %(people)s openings and no programme leads there; look where one could.") % told
            yield self._behind(words, one)

    def _data(self) -> Iterator[Sentence]:
        told = self.facts
        known = {row.point_id for row in told.years if row.facts.completed is not None}
        counted = {"known": len(known), "points": told.points}
        yield self._say(
            _("Completions of the year are known of %(known)s of %(points)s programme points.") % counted,
            "programmes:years", year=told.year,
        )  # fmt: skip
        if told.found.unlinked:
            words = _("Programme points that lead to no known occupation: %(count)s; their people are in no gap.")
            yield self._say(words % {"count": len(told.found.unlinked)}, "programmes:list")
        old = [year for year in told.found.demand_years.values() if year != told.year]
        if old:
            words = _("Of %(count)s occupations the demand is that of an earlier year.") % {"count": len(old)}
            yield self._say(words, "programmes:demand")

    def _say(self, text: str, route: str, **query: str | int) -> Sentence:
        return Sentence(text, reverse(route) + (f"?{urlencode(query)}" if query else ""))

    def _behind(self, text: str, one: Line) -> Sentence:
        return Sentence(text, self._rows_of(one))

    def _rows_of(self, one: Line) -> str:
        asked: dict[str, str | int] = {"by": one.by, "key": one.key, **self.kept}
        return f"{reverse('programmes:behind')}?{urlencode(asked)}"

    def _name(self, one: Line) -> str:
        return self.names.get((one.by, one.key), one.key)

    def _listed(self, found: list[Line]) -> str:
        return listed(f"{self._name(one)} {figures.people(one.totals.gap, signed=True).value}" for one in found[:SHOWN])

    def _openings(self, found: list[Line]) -> str:
        return listed(f"{self._name(one)} {amount(round(one.totals.expected))}" for one in found[:SHOWN])

    def _row(self, one: Line) -> tuple[tuple[str, ...], str]:
        sums = one.totals
        openings = figures.people(Estimate(sums.expected, sums.low, sums.high))
        completions = amount(round(sums.completions)) if sums.years else str(figures.NOTHING)
        gap = figures.people(sums.gap, signed=True) if sums.years else figures.NOTHING
        return (self._name(one), str(openings), completions, str(gap)), self._rows_of(one)
