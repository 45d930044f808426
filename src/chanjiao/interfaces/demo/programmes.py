"""The programme structure of the demo city: what its programmes brought, what was asked, and the cards that follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone

from chanjiao.apps.accounts.models import User
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.members.selectors import actor_for, directory
from chanjiao.apps.programmes.actions.decide_card import decide_card
from chanjiao.apps.programmes.actions.issue_cards import issue_cards
from chanjiao.apps.programmes.actions.keep_chain import keep_chain
from chanjiao.apps.programmes.actions.set_shares import set_shares
from chanjiao.apps.programmes.actions.tell_demand import tell_all_demand
from chanjiao.apps.programmes.actions.tell_headcount import tell_headcount
from chanjiao.apps.programmes.actions.tell_year_figures import tell_all_year_figures
from chanjiao.apps.programmes.models import CardColour, CardDecision
from chanjiao.apps.programmes.rules.demand import DemandFacts, HeadcountFacts
from chanjiao.apps.programmes.rules.supply import YearFacts
from chanjiao.apps.programmes.selectors.points import programme_points
from chanjiao.core.permissions import SYSTEM
from chanjiao.data import demo, demo_rows

GUIDANCE = "jiaoyu"
"""Who decides over warning cards for the guidance committee."""
WRITTEN = 2026
"""The last year of the demo's files; figures move on by whole years with the calendar."""
SHARES_FROM = "本市毕业生去向调查（演示）"
FIGURES_FROM = "职业院校数字基座（演示）"
RULE_SETS = ("fujian", "heilongjiang")


def load_programmes(bodies: Mapping[str, Organisation], *, now: datetime) -> int:
    """The number of cards given, after years of supply, demand, chains and shares were told."""
    later = max(0, timezone.localdate(now).year - WRITTEN)
    for chain in demo.chains():
        keep_chain(actor=SYSTEM, name=chain.name, is_key=chain.is_key, industry_codes=chain.industries, now=now)
    for code, told in demo.link_shares().items():
        shares = {occupation: Decimal(share) for occupation, share in told.items()}
        set_shares(actor=SYSTEM, programme_code=code, shares=shares, source=SHARES_FROM, now=now)
    _tell_supply(later, now)
    zones = {zone.short_name: zone.pk for zone in directory(SYSTEM).filter(type="park")}
    tell_all_demand(actor=SYSTEM, told=[_demand(row, zones, later) for row in demo.demand()], now=now)
    for row in demo.headcounts():
        tell_headcount(actor=SYSTEM, told=_headcount(row, bodies, later), now=now)
    return _give_cards(WRITTEN + later, now)


def _tell_supply(later: int, now: datetime) -> None:
    points = {(point.college.name, point.code): point for point in programme_points(SYSTEM)}
    told = [
        (points[row.college, row.programme_code], row.year + later, _facts(row), FIGURES_FROM)
        for row in demo.programme_years()
    ]
    tell_all_year_figures(actor=SYSTEM, told=told, now=now)


def _facts(row: demo_rows.ProgrammeYear) -> YearFacts:
    values = asdict(row)
    return YearFacts(**{name: values[name] for name in YearFacts.__dataclass_fields__})


def _demand(row: demo_rows.Demand, zones: Mapping[str, int], later: int) -> DemandFacts:
    return DemandFacts(
        occupation_code=row.occupation,
        year=row.year + later,
        source=row.source,
        title=row.title.replace(str(row.year), str(row.year + later)),
        expected=row.expected,
        low=row.low,
        high=row.high,
        weight=row.weight,
        told_on=_moved(row.told_on, later),
        industry_code=row.industry,
        zone_id=zones.get(row.zone),
    )


def _headcount(row: demo_rows.Headcount, bodies: Mapping[str, Organisation], later: int) -> HeadcountFacts:
    return HeadcountFacts(
        organisation_id=bodies[row.organisation].pk,
        occupation_code=row.occupation,
        year=row.year + later,
        people=row.people,
        leavers=row.leavers,
        told_on=_moved(row.told_on, later),
    )


def _moved(day: date, later: int) -> date:
    return day.replace(year=day.year + later)


def _give_cards(year: int, now: datetime) -> int:
    """Cards of the last two years; those of the year before were decided over."""
    committee = actor_for(User.objects.get(username=GUIDANCE))
    for key in RULE_SETS:
        for card in issue_cards(actor=SYSTEM, rule_set=key, year=year - 1, now=now):
            is_red = card.colour == CardColour.RED
            decide_card(
                actor=committee,
                pk=card.pk,
                version=card.version,
                decision=CardDecision.REDUCE if is_red else CardDecision.IMPROVE,
                reason="指导委员会会商：缩减下一年度招生并修订培养方案。" if is_red else "限一年内改进，下一年度复查。",
                now=now,
            )
    return sum(len(issue_cards(actor=SYSTEM, rule_set=key, year=year, now=now)) for key in RULE_SETS)
