"""What colleges bring and what is asked: who tells it, what is refused, how sources join, who sees which rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from chanjiao.apps.programmes.actions.remove_programme_point import remove_programme_point
from chanjiao.apps.programmes.actions.set_shares import set_shares
from chanjiao.apps.programmes.actions.tell_demand import tell_all_demand, tell_demand
from chanjiao.apps.programmes.actions.tell_headcount import tell_headcount
from chanjiao.apps.programmes.actions.tell_year_figures import (
    take_back_year_figures,
    tell_all_year_figures,
    tell_year_figures,
)
from chanjiao.apps.programmes.models import DemandFigure, Headcount, LinkShare, YearFigures
from chanjiao.apps.programmes.rules.demand import Asked, DemandFacts, HeadcountFacts
from chanjiao.apps.programmes.rules.supply import YearFacts
from chanjiao.apps.programmes.selectors.demand import (
    DemandFilters,
    asked_by_year,
    demand,
    demand_holes,
    outlook,
    unplaced_needs,
)
from chanjiao.apps.programmes.selectors.supply import YearFilters, completion_rates, destinations_by_point, year_figures
from chanjiao.apps.reference.models import Link
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.models import Event
from tests.apps.exchange.samples import need
from tests.apps.programmes.structure import MACHINING, structure
from tests.apps.programmes.structure import demand as told_demand
from tests.cast import NOW, Cast

FACTS = YearFacts(planned=100, admitted=95, completed=90, employed=60, further_study=20, in_city=30, in_field=45)
DEMAND = DemandFacts(MACHINING, 2026, "vacancies", "2026年用工台账", 120, date(2026, 9, 1), industry_code="C3484")


def test_an_officer_tells_a_year_once_and_mends_it(cast: Cast) -> None:
    point = structure(cast).machining
    told = {"actor": cast.dean, "point_id": point.pk, "year": 2023, "now": NOW}

    made = tell_year_figures(told=FACTS, source="毕业生就业质量年报", **told)  # type: ignore[arg-type]
    with pytest.raises(ChanjiaoError) as refusal:
        tell_year_figures(told=FACTS, **told)  # type: ignore[arg-type]
    tell_year_figures(told=replace(FACTS, completed=92), version=made.version, **told)  # type: ignore[arg-type]

    assert refusal.value.code == "figures.exist"
    row = year_figures(cast.nobody, YearFilters(year=2023, point=point.pk))[0]
    assert row.facts.completed == 92
    assert row.placed is not None
    assert (row.placed.people, row.placed.whole) == (80, 92)
    assert [event.name for event in Event.objects.all()] == ["programme.figures_told"] * 2
    with pytest.raises(ChanjiaoError) as stale:
        take_back_year_figures(actor=cast.dean, pk=row.id, version=1, now=NOW)
    assert stale.value.code == "record.stale"


def test_figures_that_cannot_be_are_named_field_by_field_and_nothing_is_stored(cast: Cast) -> None:
    point = structure(cast).machining
    point.last_year = 2020
    point.save()
    wrong = replace(FACTS, completed=70, in_field=99, teachers=2, dual_qualified=3, rooms=-1)

    with pytest.raises(Rejected) as refusal:
        tell_year_figures(actor=cast.dean, point_id=point.pk, year=2023, told=wrong, now=NOW)
    with pytest.raises(ChanjiaoError) as twice:
        tell_all_year_figures(actor=cast.dean, told=[(point, 2022, YearFacts(completed=1), "")] * 2, now=NOW)

    assert [(one.field, one.code.partition(".")[2]) for one in refusal.value.errors] == [
        ("rooms", "out_of_bounds"),
        ("dual_qualified", "dual_above_teachers"),
        ("completed", "more_placed_than_completed"),
        ("in_field", "more_than_work"),
        ("year", "closed_then"),
    ]
    assert twice.value.code == "figures.exist"
    assert not YearFigures.objects.filter(point=point, year__lt=2024).exists()


@pytest.mark.parametrize("who", ["nobody", "stranger", "student", "teacher", "personnel_officer"])
def test_nobody_else_tells_supply_or_demand(cast: Cast, who: str) -> None:
    point, actor = structure(cast).machining, cast.people[who]
    counts = YearFigures.objects.count(), DemandFigure.objects.count(), LinkShare.objects.count()

    for attempt in (
        lambda: tell_year_figures(actor=actor, point_id=point.pk, year=2023, told=FACTS, now=NOW),
        lambda: tell_demand(actor=actor, told=DEMAND, now=NOW),
        lambda: tell_all_demand(actor=actor, told=[DEMAND], now=NOW),
        lambda: set_shares(actor=actor, programme_code="460103", shares={}, source="", now=NOW),
    ):
        with pytest.raises(ChanjiaoError) as refusal:
            attempt()
        assert refusal.value.code == "action.denied"
    assert (YearFigures.objects.count(), DemandFigure.objects.count(), LinkShare.objects.count()) == counts


def test_a_figure_of_demand_has_a_document_a_range_and_a_weight(cast: Cast) -> None:
    figure = tell_demand(actor=cast.bureau_officer, told=DEMAND, now=NOW)
    wrong = replace(DEMAND, occupation_code="6-18", year=1990, title=" ", low=130, weight=1.5, industry_code="C9999")

    with pytest.raises(Rejected) as refusal:
        tell_demand(actor=cast.bureau_officer, told=wrong, now=NOW)
    with pytest.raises(ChanjiaoError) as again:
        tell_demand(actor=cast.secretary, told=DEMAND, now=NOW)

    assert (figure.weight, figure.keeper_id) == (Decimal("0.8"), cast.bureau.pk)
    fields = [error.field for error in refusal.value.errors]
    assert fields == ["year", "low", "weight", "title", "occupation", "industry"]
    assert again.value.code == "demand.exists"
    assert DemandFigure.objects.count() == 1


def test_documents_are_weighed_and_what_employers_tell_is_a_floor(cast: Cast) -> None:
    told_demand(MACHINING, 2026, 100, low=90, high=110)
    told_demand("6-18-01-07", 2026, 160, source="survey", title="调查", weight=Decimal("0.4"), low=150, high=200)
    firm = cast.enterprise.pk
    for year, people in ((2025, 400), (2026, 420)):
        facts = HeadcountFacts(firm, "6-18-01-07", year, people, 30, date(2026, 1, 20))
        tell_headcount(actor=cast.personnel_officer, told=facts, now=NOW)
    need(cast, occupation_code="6-18-01-07", quantity=12, fields=(("engagement", "employment"),))
    need(cast, occupation_code="6-18-01-07", quantity=99, fields=(("engagement", "internship"),))
    need(cast, occupation_code="", quantity=7, fields=(("engagement", "employment"),))

    found = asked_by_year(cast.nobody)

    # (100 × 0.8 + 160 × 0.4) / 1.2 = 120; the firm took on 20 more and replaced 30, the exchange asks for 12.
    one = found[MACHINING, 2026]
    assert replace(one, expected=round(one.expected, 9)) == Asked(low=90, expected=120, high=200, sources=4)
    assert unplaced_needs(cast.nobody).people == 7


def test_a_firms_headcounts_are_seen_by_it_and_by_who_oversees_and_summed_for_others(cast: Cast) -> None:
    facts = HeadcountFacts(cast.enterprise.pk, "6-18-01-07", 2025, 400, 30, date(2026, 1, 20))
    tell_headcount(actor=cast.personnel_officer, told=facts, now=NOW)
    with pytest.raises(ChanjiaoError) as refusal:
        tell_headcount(actor=cast.stranger, told=replace(facts, year=2024), now=NOW)

    def seen(who: str) -> list[tuple[str, bool]]:
        rows = demand(cast.people[who], DemandFilters(source="headcount"))
        return [(row.organisation, row.record is not None) for row in rows]

    assert refusal.value.code == "action.denied"
    assert seen("personnel_officer") == seen("secretary") == seen("bureau_officer") == [(cast.enterprise.name, True)]
    assert seen("nobody") == seen("dean") == seen("stranger") == [("", False)]
    assert Headcount.objects.count() == 1


def test_shares_take_the_place_of_links_and_never_add_up_to_more_than_one(cast: Cast) -> None:
    point = structure(cast).machining
    LinkShare.objects.all().delete()
    for code, source, state in (
        ("6-18-01-07", "official", "confirmed"),
        ("6-31-01", "local", "confirmed"),
        ("2-02-07", "inferred", "proposed"),
    ):
        Link.objects.create(
            programme_code="460103", occupation_code=code, granularity="minor", source=source, state=state
        )

    def led() -> list[tuple[str, float, str]]:
        found = destinations_by_point(cast.nobody, [point])[point.pk]
        return [(one.occupation, one.share, one.basis) for one in found]

    assert led() == [("6-18-01", 0.5, "official"), ("6-31-01", 0.5, "local")]
    shares = {"6-18-01": Decimal("0.7"), "6-31-01": Decimal("0.2")}
    set_shares(actor=cast.secretary, programme_code="460103", shares=shares, source="去向调查", now=NOW)
    assert led() == [("6-18-01", 0.7, "told"), ("6-31-01", 0.2, "told")]
    with pytest.raises(Rejected) as refusal:
        wrong = {"6-18-01": Decimal("0.7"), "6-18": Decimal("0.4")}
        set_shares(actor=cast.secretary, programme_code="460103", shares=wrong, source="", now=NOW)
    assert [error.code for error in refusal.value.errors] == ["share.total", "share.minor_group"]
    assert led()[0][1] == 0.7


def test_a_point_with_figures_is_not_removed(cast: Cast) -> None:
    point = structure(cast).machining

    with pytest.raises(ChanjiaoError) as refusal:
        remove_programme_point(actor=cast.dean, pk=point.pk, version=1, now=NOW)

    assert refusal.value.code == "programme.in_use"
    assert completion_rates(cast.nobody, [point.pk]) == {}


def test_an_outlook_uses_the_years_since_the_last_hole_and_tells_which_it_left(cast: Cast) -> None:
    for year, people in ((2018, 90), (2020, 100), (2021, 110), (2022, 121), (2023, 129), (2024, 141), (2025, 150)):
        told_demand(MACHINING, year, people)
    told_demand(MACHINING, 2028, 900, source="forecast", title="规划")

    found = outlook(cast.nobody, MACHINING, ahead=2, this_year=2026)

    assert (found.used, found.missing, found.skipped) == ((2020, 2021, 2022, 2023, 2024, 2025), (2019,), (2018,))
    assert demand_holes(cast.nobody, this_year=2026) == {MACHINING: (2019,)}
    assert found.forecast is not None
    assert found.forecast.years == (2026, 2027)
    assert found.forecast.method != "naive"
    assert found.forecast.low[0] < 160 < found.forecast.high[0] < 900
    with pytest.raises(ChanjiaoError) as refusal:
        outlook(cast.nobody, "6-18-01-07", ahead=2, this_year=2026)
    assert refusal.value.code == "record.not_found"
    assert outlook(cast.nobody, "6-18-02", ahead=2, this_year=2026).forecast is None
