"""Lists of challenges, contracts and problems: filters from the address, columns as a file."""

from __future__ import annotations

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from chanjiao.apps.cooperation.models import AgreementState
from chanjiao.apps.transfer.contract_selectors import STANDINGS, ContractFilters
from chanjiao.apps.transfer.rules import CONTRACT_KINDS, Stage
from chanjiao.apps.transfer.selectors import Filters
from chanjiao.apps.transfer.shown import ChallengeRow, ContractRow
from chanjiao.apps.transfer.speed import Problem, Step
from chanjiao.interfaces.web.exchange.lists import LONGEST_SEARCH
from chanjiao.interfaces.web.exchange.views import Tab
from chanjiao.interfaces.web.export import Column
from chanjiao.interfaces.web.transfer.words import kind_words, stage_words
from chanjiao.interfaces.web.wording import listed

PAGE_SIZE = 25


def tabs(here: str, *, known: bool) -> list[Tab]:
    """The pages of technology transfer; some of them are for those who are logged in."""
    pages = [("transfer:list", _("Challenges")), ("cooperation:publicities", _("Publicised prices"))]
    if known:
        pages += [("transfer:contracts", _("Contracts and use")), ("transfer:speed", _("How fast"))]
    return [Tab(label, reverse(route), route.endswith(f":{here}")) for route, label in pages]


def filters_of(query: QueryDict) -> Filters:
    """The filters that an address holds; what cannot be read is left out."""
    stage = query.get("stage", "")
    return Filters(
        stage=stage if stage in set(Stage) else "",
        ours=query.get("ours") == "1",
        text=query.get("q", "")[:LONGEST_SEARCH],
        sort=query.get("sort", ""),
    )


def contract_filters_of(query: QueryDict) -> ContractFilters:
    """The filters over contracts that an address holds."""
    kind, standing = query.get("kind", ""), query.get("standing", "")
    return ContractFilters(
        standing=standing if standing in STANDINGS else "",
        kind=kind if kind in CONTRACT_KINDS.values() else "",
        text=query.get("q", "")[:LONGEST_SEARCH],
        sort=query.get("sort", ""),
    )


def columns() -> list[Column[ChallengeRow]]:
    """The columns of challenges as a file."""
    return [
        Column(_("Number"), lambda row: row.number, 14),
        Column(_("Technical problem"), lambda row: row.title, 36),
        Column(_("Organisation"), lambda row: row.organisation, 30),
        Column(_("Bounty (yuan)"), lambda row: row.bounty, 14),
        Column(_("Answers taken until"), lambda row: row.answers_until, 12),
        Column(_("Stage"), lambda row: stage_words(row.stage), 14),
        Column(_("Published"), lambda row: row.published_at, 18),
    ]


def contract_columns() -> list[Column[ContractRow]]:
    """The columns of contracts as a file."""
    return [
        Column(_("Number"), lambda row: row.number, 14),
        Column(_("Type of contract"), lambda row: kind_words(row.kind), 18),
        Column(_("Title"), lambda row: row.title, 36),
        Column(_("Parties"), lambda row: listed(row.parties), 48),
        Column(_("Amount (yuan)"), lambda row: row.amount, 14),
        Column(_("State"), lambda row: str(AgreementState(row.state).label), 14),
        Column(_("In force since"), lambda row: row.in_force_at, 18),
        Column(_("Registration number"), lambda row: row.registration, 22),
        Column(_("Registration office"), lambda row: row.office, 30),
        Column(_("Registered on"), lambda row: row.registered_on, 12),
        Column(_("Used on"), lambda row: row.used_on, 12),
        Column(_("Where"), lambda row: row.place, 30),
        Column(_("Effect"), lambda row: row.effect, 40),
    ]


def problem_columns(step: Step) -> list[Column[Problem]]:
    """The columns of the problems behind a curve."""
    return [
        Column(_("Number"), lambda one: one.number, 14),
        Column(_("Technical problem"), lambda one: one.title, 36),
        Column(_("Organisation"), lambda one: one.organisation, 30),
        Column(_("Published"), lambda one: one.opened_at, 18),
        Column(_("Reached on"), lambda one: one.reached.get(step), 18),
        Column(_("Days"), lambda one: round(one.days(step), 1), 10),
    ]
