"""What waits for an organisation in technology transfer, and the needs that challenges and what follows came from."""

from __future__ import annotations

from datetime import datetime

from chanjiao.apps.cooperation.models import Agreement
from chanjiao.apps.projects.models import Milestone, Project
from chanjiao.apps.transfer.contract_selectors import ContractFilters, contracts
from chanjiao.apps.transfer.models import Challenge
from chanjiao.apps.transfer.rules import Stage
from chanjiao.apps.transfer.selectors import Filters, challenges
from chanjiao.apps.transfer.shown import ChallengeRow, ContractRow
from chanjiao.core.commitments import Item, Source, Standing, register_source
from chanjiao.core.permissions import Actor
from chanjiao.core.traces import register_path
from chanjiao.engines.words import N_


def to_choose(actor: Actor, now: datetime) -> list[ChallengeRow]:
    """Challenges of the actor's organisation that have answers to choose from."""
    return _own(actor, Stage.ANSWERED, only_ours=True)


def to_contract(actor: Actor, now: datetime) -> list[ChallengeRow]:
    """Challenges that the actor's organisation owns or was chosen for, whose contract is not in force yet."""
    return _own(actor, Stage.CHOSEN, only_ours=False)


def to_register(actor: Actor, now: datetime) -> list[ContractRow]:
    """Contracts in force that the actor's organisation sells and has not registered."""
    if actor.sees_all or not actor.acts_for(actor.organisation_id):
        return []
    return [row for row in contracts(actor, ContractFilters(standing="to_register")) if row.may_register]


def _own(actor: Actor, stage: Stage, *, only_ours: bool) -> list[ChallengeRow]:
    if actor.sees_all or not actor.acts_for(actor.organisation_id):
        return []
    rows = challenges(actor, Filters(stage=stage, ours=True))
    return [row for row in rows if row.is_ours or (not only_ours and row.is_chosen)]


def _challenge(row: ChallengeRow) -> Item:
    return Item(row.title, f"{row.number} · {row.organisation}", "transfer.challenge", row.id)


register_path(Challenge, "need_id")
register_path(Agreement, "challenge__need_id")
register_path(Project, "agreement__challenge__need_id")
register_path(Milestone, "project__agreement__challenge__need_id")
register_source(
    Source("transfer.choose", Standing.WAITS, N_("Answers to choose from"), N_("Choose"), "bulb", to_choose, _challenge)
)
register_source(
    Source(
        "transfer.contract", Standing.WAITS, N_("Technology contracts to conclude"), N_("View"), "file-certificate",
        to_contract, _challenge,
    )
)  # fmt: skip
register_source(
    Source(
        "transfer.register", Standing.WAITS, N_("Technology contracts to register"), N_("View"), "certificate",
        to_register, lambda row: Item(row.title, row.number, "cooperation.agreement", row.id),
    )
)  # fmt: skip
