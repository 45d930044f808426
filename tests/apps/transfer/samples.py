"""Challenges that tests start from: the enterprise's technical problem, answered by the college."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from chanjiao.apps.cooperation.actions.edit_agreement import edit_agreement
from chanjiao.apps.cooperation.actions.publicise_price import publicise_price
from chanjiao.apps.cooperation.contents import content_of
from chanjiao.apps.cooperation.models import Agreement, Publicity, VersionState
from chanjiao.apps.cooperation.publicity_rules import PublicityTerms, last_day
from chanjiao.apps.exchange.models import Need
from chanjiao.apps.transfer.actions.answer_challenge import Proposal, answer_challenge
from chanjiao.apps.transfer.actions.choose_answer import choose_answer
from chanjiao.apps.transfer.actions.draft_challenge import Terms, draft_challenge
from chanjiao.apps.transfer.actions.draft_contract import draft_contract
from chanjiao.apps.transfer.actions.publish_challenge import publish_challenge
from chanjiao.apps.transfer.models import Challenge, ChallengeAnswer
from chanjiao.core.permissions import Actor
from tests.apps.cooperation import samples as agreements
from tests.cast import NOW, TODAY, Cast, join, organisation, person

UNTIL = TODAY + timedelta(days=30)
TERMS = Terms(Decimal("200000"), "热变形误差不超过 8 微米\n连续运行 72 小时", UNTIL)
PROPOSAL = Proposal("建立温度场模型并在线补偿", Decimal("180000"), 8, "机电学院数控团队五人")
CHEAPER = Proposal("更换丝杠并加装冷却", Decimal("90000"), 3, "工程师两人")


def problem(cast: Cast, number: str = "N-2026-0901", **changes: object) -> Need:
    """An open technical problem of the enterprise."""
    told: dict[str, object] = {
        "number": number, "organisation": cast.enterprise, "consortium": cast.consortium, "kind": "technical_problem",
        "title": "数控机床主轴热变形补偿", "summary": "连续加工两小时后尺寸漂移", "unit": "项", "state": "open",
        "expires_on": TODAY + timedelta(days=60), "created_at": NOW, "opened_at": NOW,
        "fields": {"cooperation_mode": "development"},
    }  # fmt: skip
    return Need.objects.create(**{**told, **changes})


def drafted(cast: Cast, terms: Terms = TERMS, now: datetime = NOW, number: str = "N-2026-0901") -> Challenge:
    """A challenge made of it, in draft."""
    return draft_challenge(actor=cast.personnel_officer, need_id=problem(cast, number).pk, terms=terms, now=now)


def published(cast: Cast, terms: Terms = TERMS, now: datetime = NOW, number: str = "N-2026-0901") -> Challenge:
    """A challenge that takes answers."""
    made = drafted(cast, terms, now, number)
    return publish_challenge(actor=cast.personnel_officer, pk=made.pk, version=made.version, now=now)


def answered(actor: Actor, challenge: Challenge, told: Proposal = PROPOSAL, now: datetime = NOW) -> ChallengeAnswer:
    """The actor's organisation answers."""
    return answer_challenge(actor=actor, pk=challenge.pk, proposal=told, now=now)


def rival(cast: Cast) -> Actor:
    """An officer of an institute that is a member too."""
    body = organisation("青浦川精密装备研究院", "institute")
    join(cast.consortium, body)
    return person("rival", "苏以衡", body, "officer")


def chosen(cast: Cast, number: str = "N-2026-0901") -> Challenge:
    """A challenge whose only answer, the college's, was chosen."""
    challenge = published(cast, number=number)
    answer = answered(cast.dean, challenge)
    return choose_answer(
        actor=cast.personnel_officer, pk=challenge.pk, version=challenge.version, answer_id=answer.pk, reasons={},
        now=NOW,
    )  # fmt: skip


def contract(cast: Cast, challenge: Challenge) -> Agreement:
    """The contract of the challenge, drafted by the college, not proposed yet."""
    return draft_contract(
        actor=cast.dean, pk=challenge.pk, version=challenge.version, contract_type="development", now=NOW
    )


def proposed(cast: Cast, agreement: Agreement) -> Agreement:
    """The college's draft, proposed, with one signatory of each party; its price is not publicised yet."""
    told = content_of(agreement.versions.get(state=VersionState.DRAFT))
    told = replace(told, overlap_meant=True, fields=tuple((dict(told.fields) | {"inventors_share": 60}).items()))
    agreement = edit_agreement(actor=cast.dean, pk=agreement.pk, version=agreement.version, content=told, now=NOW)
    return agreements.propose(cast, agreement)


def publicised(cast: Cast, agreement: Agreement, begins_on: date = TODAY, now: datetime = NOW) -> Publicity:
    """The price of what waits for signatures, made known by the college for fifteen days."""
    told = PublicityTerms(begins_on, last_day(begins_on, 15), "科研处 0556-0000218", "学校网站")
    return publicise_price(actor=cast.dean, pk=agreement.pk, told=told, now=now)


def signed(cast: Cast, agreement: Agreement) -> Agreement:
    """The college's draft, its price publicised at its own site before, signed by both."""
    agreement = proposed(cast, agreement)
    publicised(cast, agreement, TODAY - timedelta(days=20))
    return agreements.sign_all(cast, agreement)


def in_force(cast: Cast, number: str = "N-2026-0901") -> Challenge:
    """A challenge whose contract is in force."""
    challenge = chosen(cast, number)
    signed(cast, contract(cast, challenge))
    challenge.refresh_from_db()
    return challenge
