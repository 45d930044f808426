"""What a dossier can cite: rows that the site holds already, each with the figure it tells today.

A source reads with the rights of whoever cites. Cited is only what a source hands out, so that no figure is typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chanjiao.apps.cooperation.models import Agreement, AgreementState
from chanjiao.apps.cooperation.selectors import Filters as AgreementFilters
from chanjiao.apps.cooperation.selectors import agreements
from chanjiao.apps.curriculum.selectors import curriculum_of
from chanjiao.apps.dossiers.models import Dossier, EvidenceKind
from chanjiao.apps.exchange.kinds import Kind
from chanjiao.apps.exchange.models import Need
from chanjiao.apps.exchange.shown import ListingRow
from chanjiao.apps.plans.models import PlannedChange
from chanjiao.apps.plans.selectors import latest_changes_at
from chanjiao.apps.programmes.models import CardColour, ProgrammePoint, WarningCard
from chanjiao.apps.programmes.selectors.alignment import alignment, latest_year, line
from chanjiao.apps.programmes.selectors.points import needs_asking_for, occupations_of
from chanjiao.apps.programmes.selectors.supply import YearFilters, year_figures
from chanjiao.apps.programmes.selectors.warnings import CardFilters, warning_cards
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core.permissions import Actor

MOST = 40
"""How many rows of a source are offered."""
FIGURES = ("intake", "enrolled", "teachers", "dual_qualified")
"""Columns of a programme point that are cited as figures."""
CURRICULUM_PAGE = "curriculum.point"
"""Courses beside what is asked are no row: they are shown for a programme point."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that can be cited; `under` tells it apart from others of its kind."""

    kind: str
    title: str
    object_type: str
    object_id: int
    as_of: date
    measure: str = ""
    amount: Decimal | None = None
    source: str = ""
    under: str = ""

    @property
    def key(self) -> str:
        """The row's name in a form."""
        return ":".join((self.kind, self.object_type, str(self.object_id), self.measure))


Source = Callable[[Actor, Dossier, date], Iterable[Candidate]]


def candidates(actor: Actor, dossier: Dossier, today: date) -> list[Candidate]:
    """Everything that the actor can cite in the dossier, source by source."""
    return [one for source in SOURCES for one in source(actor, dossier, today)]


def programme_name(actor: Actor, dossier: Dossier) -> str:
    """The name of the dossier's programme, its code where nothing bears it."""
    return names_of(actor, [(dossier.system, dossier.code)]).get((dossier.system, dossier.code), dossier.code)


def figures(actor: Actor, dossier: Dossier, today: date) -> Iterator[Candidate]:
    """The figures of the programme point, and the places that open needs ask for."""
    point, name = dossier.point, programme_name(actor, dossier)
    if point is None:
        return
    told: dict[str, tuple[float | int, str]] = {measure: (getattr(point, measure), "") for measure in FIGURES}
    told["places"] = sum(one.quantity - one.taken for one in _needs(actor, dossier)), ""
    for measure, (amount, source) in {**told, **_yearly(actor, point), **_gap(actor, point)}.items():
        yield Candidate(
            EvidenceKind.FIGURE, name, ProgrammePoint._meta.label_lower, point.pk, today, measure,
            round(Decimal(amount), 1), source,
        )  # fmt: skip


def _yearly(actor: Actor, point: ProgrammePoint) -> dict[str, tuple[float | int, str]]:
    """What the latest yearly figures of the point tell."""
    for row in year_figures(actor, YearFilters(point=point.pk))[:1]:
        rates = {"placed": row.placed, "in_field": row.in_field, "in_city": row.in_city}
        told: dict[str, float | int | None] = {"completed": row.facts.completed}
        told |= {name: 100 * part.rate for name, part in rates.items() if part is not None and part.rate is not None}
        return {name: (value, str(row.year)) for name, value in told.items() if value is not None}
    return {}


def _gap(actor: Actor, point: ProgrammePoint) -> dict[str, tuple[float | int, str]]:
    """Openings less completions of the point in the latest year that is known."""
    year = latest_year(actor)
    found = line(alignment(actor, year=year), "point", str(point.pk)) if year is not None else None
    if found is None or not found.totals.years:
        return {}
    return {"gap": (round(found.totals.gap.value), str(year))}


def cards(actor: Actor, dossier: Dossier, today: date) -> Iterator[Candidate]:
    """The warning cards of the programme point."""
    if dossier.point_id is None:
        return
    for one in warning_cards(actor, CardFilters(point=dossier.point_id))[:MOST]:
        yield Candidate(
            EvidenceKind.CARD, one.rule_set_title, WarningCard._meta.label_lower, one.id, today,
            source=f"{one.year} · {CardColour(one.colour).label}", under=one.reason,
        )  # fmt: skip


def plans(actor: Actor, dossier: Dossier, today: date) -> Iterator[Candidate]:
    """The intake that the latest plan of each scenario gives the programme point."""
    if dossier.point_id is None:
        return
    for one in latest_changes_at(actor, dossier.point_id)[:MOST]:
        yield Candidate(
            EvidenceKind.PLAN, one.plan.scenario.title, PlannedChange._meta.label_lower, one.pk, today, "planned",
            Decimal(round(one.planned)), source=f"{one.before:.0f} → {one.planned:.0f}",
        )  # fmt: skip


def courses(actor: Actor, dossier: Dossier, today: date) -> Iterator[Candidate]:
    """How much of what is asked no course of the programme names."""
    if dossier.point_id is None:
        return
    view = curriculum_of(actor, dossier.point_id)
    if view.asked:
        yield Candidate(
            EvidenceKind.COURSE, programme_name(actor, dossier), CURRICULUM_PAGE, dossier.point_id, today, "missing",
            Decimal(len(view.of("missing"))),
        )  # fmt: skip


def needs(actor: Actor, dossier: Dossier, today: date) -> Iterator[Candidate]:
    """Open needs that ask for the programme or for an occupation it leads to, those that name it first."""
    found = sorted(_needs(actor, dossier), key=lambda one: one.programme_code != dossier.code)
    for one in found[:MOST]:
        yield Candidate(
            EvidenceKind.NEED,
            one.title,
            Need._meta.label_lower,
            one.id,
            today,
            amount=Decimal(one.quantity - one.taken),
            source=one.number,
            under=one.organisation,
        )


def agreements_in_force(actor: Actor, dossier: Dossier, today: date) -> Iterator[Candidate]:
    """Agreements in force to which the college is a party."""
    found = agreements(actor, AgreementFilters(state=AgreementState.IN_FORCE, organisation=dossier.college_id))
    for one in found[:MOST]:
        others = "、".join(name for name in one.parties if name != dossier.college.name)
        yield Candidate(
            EvidenceKind.AGREEMENT, one.title, Agreement._meta.label_lower, one.id, today, source=one.number,
            under=others,
        )  # fmt: skip


SOURCES: tuple[Source, ...] = (figures, cards, plans, courses, needs, agreements_in_force)


def _needs(actor: Actor, dossier: Dossier) -> list[ListingRow]:
    """Open needs for people of this programme."""
    # A programme that is not taught yet has no point; one is made to ask with, and never stored.
    point = dossier.point or ProgrammePoint(programme_code=dossier.programme_code, major_code=dossier.major_code)
    return [one for one in needs_asking_for(actor, point, occupations_of(actor, point)) if one.kind == Kind.POST]
