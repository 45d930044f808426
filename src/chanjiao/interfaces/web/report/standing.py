"""How programmes and industry stand to each other in the year of the report."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from chanjiao.apps.programmes.rules.demand import SOURCE_WORDS, Source
from chanjiao.apps.programmes.rules.indices import Indices
from chanjiao.engines.alignment import Estimate
from chanjiao.interfaces.web.programmes import figures
from chanjiao.interfaces.web.report.facts import SHOWN
from chanjiao.interfaces.web.report.writing import Section, Sentence, Writer
from chanjiao.interfaces.web.wording import amount


class Standing(Writer):
    """What is taught and asked, how well the two match, what is short and in surplus, and how good the data are."""

    def sections(self) -> list[Section]:
        """All but the last of the report's sections on how things stand."""
        amounts = (_("Openings"), _("Completions"), _("Gap"))
        chains = (one for one in self.facts.by_chain if one.key)
        programmes = [*self.facts.shortages[: 2 * SHOWN], *self.facts.surpluses[: 2 * SHOWN]]
        caption = _("Table 2: programmes with the largest gaps, people a year")
        return [
            Section(_("What is taught"), tuple(self._taught())),
            Section(_("What is asked"), tuple(self._asked())),
            Section(
                _("How well the two match"),
                tuple(self._match()),
                self.table(_("Table 1: industry chains, people a year"), (_("Industry chain"), *amounts), chains),
            ),
            Section(
                _("Shortages and surpluses"),
                tuple(self._gaps()),
                self.table(caption, (_("Programme"), *amounts), programmes),
            ),
        ]

    def data(self) -> Section:
        """How good the data are."""
        return Section(_("On the data"), tuple(self._data()))

    def _taught(self) -> Iterator[Sentence]:
        told = self.facts
        counted = {
            "colleges": told.colleges, "points": told.points, "programmes": told.programmes,
            "intake": amount(told.sums.intake), "enrolled": amount(told.sums.enrolled),
        }  # fmt: skip
        yield self.sentence(
            _("%(colleges)s colleges teach %(programmes)s programmes at %(points)s points: intake plan %(intake)s, "
              "%(enrolled)s students enrolled.") % counted,
            "programmes:list",
        )  # fmt: skip
        if told.completed is not None:
            yield self.sentence(
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
                yield self.sentence(words % {"rate": shown}, "programmes:years", year=told.year)

    def _asked(self) -> Iterator[Sentence]:
        sums = self.facts.city.totals
        openings = figures.people(Estimate(sums.expected, sums.low, sums.high))
        yield self.sentence(
            _("The occupations of the city ask for %(people)s people in %(year)s, each opening counted once.")
            % {"people": openings, "year": self.facts.year},
            "programmes:alignment", by="occupation", **self.kept,
        )  # fmt: skip
        for source, (rows, people) in sorted(self.facts.sources.items(), key=lambda one: -one[1][1]):
            told = {"source": _(SOURCE_WORDS[Source(source)]), "rows": rows, "people": amount(people)}
            yield self.sentence(
                _("%(source)s: %(rows)s rows, %(people)s people, before sources are weighed.") % told,
                "programmes:demand", year=self.facts.year, source=source,
            )  # fmt: skip
        chains = [one for one in self.facts.by_chain if one.key]
        if chains:
            words = _("By industry chain most is asked by: %(chains)s.") % {"chains": self.openings(chains)}
            yield self.sentence(words, "programmes:alignment", by="chain", **self.kept)

    def _match(self) -> Iterator[Sentence]:
        now, before = (_shown(one) for one in (self.facts.indices, self.facts.indices_before))
        for name, words in {
            "similarity": _(
                "The structures of supply and demand are similar to H = %(value)s; 1 is the same structure."
            ),
            "deviation": _("The structural deviation is %(value)s; at 0 every occupation gets its share."),
            "coordination": _("The coupling co-ordination is D = %(value)s; from 0.8 on it is good."),
            "key_share": _("%(value)s of all seats serve key chains, weighed by shortage grade."),
            "grade": _("Over all, the shortage grade is %(value)s, from A, very short, to E, in surplus."),
        }.items():
            value = str(now[name])
            if before[name].value:
                value = _("%(value)s (the year before: %(before)s)") % {"value": value, "before": before[name].value}
            yield self.sentence(words % {"value": value}, "programmes:alignment", **self.kept)

    def _gaps(self) -> Iterator[Sentence]:
        gap = figures.people(self.facts.city.totals.gap, signed=True)
        yield self.sentence(
            _("Openings less completions are %(gap)s a year over the city.") % {"gap": gap},
            "programmes:alignment", **self.kept,
        )  # fmt: skip
        for found, words in (
            (self.facts.shortages, _("Short whatever range is taken: %(names)s (%(count)s programmes in all).")),
            (self.facts.surpluses, _("In surplus whatever range is taken: %(names)s (%(count)s programmes in all).")),
        ):
            if found:
                told = {"names": self.gaps(found), "count": len(found)}
                yield self.sentence(words % told, "programmes:alignment", by="programme", **self.kept)
        untaught = self.facts.untaught
        if untaught:
            told = {"names": self.openings(untaught), "count": len(untaught)}
            yield self.sentence(
                _("Asked and led to by no programme: %(names)s (%(count)s occupations in all).") % told,
                "programmes:alignment", by="occupation", **self.kept,
            )  # fmt: skip

    def _data(self) -> Iterator[Sentence]:
        told = self.facts
        known = {row.point_id for row in told.years if row.facts.completed is not None}
        counted = {"known": len(known), "points": told.points}
        yield self.sentence(
            _("Completions of the year are known of %(known)s of %(points)s programme points.") % counted,
            "programmes:years", year=told.year,
        )  # fmt: skip
        if told.found.unlinked:
            words = _("Programme points that lead to no known occupation: %(count)s; their people are in no gap.")
            yield self.sentence(words % {"count": len(told.found.unlinked)}, "programmes:list")
        old = [year for year in told.found.demand_years.values() if year != told.year]
        if old:
            words = _("Of %(count)s occupations the demand is that of an earlier year.") % {"count": len(old)}
            yield self.sentence(words, "programmes:demand")


def _shown(found: Indices | None) -> dict[str, figures.Shown]:
    """The indices as figures, by name."""
    if found is None:
        return dict.fromkeys(("similarity", "deviation", "coordination", "key_share", "grade"), figures.NOTHING)
    return {
        "similarity": figures.index(found.similarity),
        "deviation": figures.index(found.deviation),
        "coordination": figures.index(found.coordination),
        "key_share": figures.rate(found.key_share),
        "grade": figures.grade(found.grade),
    }
