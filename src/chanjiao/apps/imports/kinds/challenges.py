"""Challenges from and to files: what is put out for which technical problem, and what has become of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.selectors import kept_listing, kept_listings
from chanjiao.apps.imports.kinds.base import ImportKind, OneByOne, Options, Planned, Stored
from chanjiao.apps.imports.layouts import Column, Layout, Record
from chanjiao.apps.imports.models import RowOutcome
from chanjiao.apps.imports.parsing import day_of, money_of
from chanjiao.apps.transfer.actions.close_challenge import withdraw_challenge
from chanjiao.apps.transfer.actions.draft_challenge import Terms, draft_challenge, edit_challenge
from chanjiao.apps.transfer.models import STAGE_WORDS
from chanjiao.apps.transfer.rules import Stage, challenge_faults
from chanjiao.apps.transfer.selectors import challenge, challenges, problems_to_publish
from chanjiao.apps.transfer.shown import ChallengeView
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor
from chanjiao.core.words import translate
from chanjiao.engines.words import N_

TABLE = "transfer.challenge"
TAKEN_BACK = N_("Its import was taken back")
"""The note of a draft that an import made and that was taken back with it."""
OWN = Layout(
    "own",
    N_("Our own columns"),
    (
        Column("number", N_("Number")),
        Column("need", N_("Number of the technical problem"), ("技术难题编号", "需求编号"), required=True),
        Column("title", N_("Title"), ("需求名称",)),
        Column("organisation", N_("Organisation"), ("单位名称", "企业名称")),
        Column("bounty", N_("Bounty (yuan)"), ("悬赏金额", "榜额"), required=True),
        Column("criteria", N_("Acceptance criteria"), ("验收标准",), required=True),
        Column("answers_until", N_("Answers taken until"), ("揭榜截止日期",), required=True),
        Column("stage", N_("State")),
        Column("answers", N_("Answers")),
        Column("contract", N_("Contract")),
        Column("registration", N_("Registration number")),
        Column("used_on", N_("First use on")),
    ),
)


class ChallengeReading(OneByOne):
    """Rows read for one actor, beside the challenges that run."""

    def __init__(self, actor: Actor, layout: Layout, options: Options, now: datetime) -> None:
        self._actor, self._now, self._today = actor, now, timezone.localdate(now)
        views = list(_kept(actor))
        self._numbers = {one.row.number: one for one in views}
        self._met: set[int] = set()

    def read(self, record: Record) -> Planned:
        """The row as a new draft, a change of the draft that it numbers, or a challenge that stands already."""
        terms = Terms(*_terms(record))
        known = self._known(record.get("number", ""))
        if known is None:
            need_id = self._need(record.get("need", ""))
            self._check(terms)
            return Planned(RowOutcome.CREATED, (need_id, terms))
        if terms == _terms_of(known):
            return Planned(RowOutcome.UNCHANGED, Stored(TABLE, known.row.id, known.row.version))
        if known.row.stage != Stage.DRAFT:
            raise ChanjiaoError("state.refused", state=str(STAGE_WORDS[known.row.stage]))
        self._check(terms)
        return Planned(RowOutcome.UPDATED, (known, terms))

    def store_one(self, planned: Planned) -> Stored:
        """What became of a row."""
        if planned.outcome == RowOutcome.CREATED:
            need_id, terms = planned.payload
            made = draft_challenge(actor=self._actor, need_id=need_id, terms=terms, now=self._now)
            return Stored(TABLE, made.pk, made.version)
        known, terms = planned.payload
        before = {name: str(value) for name, value in _columns_of(_terms_of(known)).items()}
        edited = edit_challenge(
            actor=self._actor, pk=known.row.id, version=known.row.version, terms=terms, now=self._now
        )
        return Stored(TABLE, edited.pk, edited.version, before)

    def _known(self, number: str) -> ChallengeView | None:
        if number and number not in self._numbers:
            raise ChanjiaoError("import.unknown_number", field="number", value=number[:20])
        return self._numbers.get(number)

    def _need(self, number: str) -> int:
        need = kept_listing(self._actor, Side.NEED, number) if number else None
        if need is None or need.kind != Kind.TECHNICAL_PROBLEM:
            raise ChanjiaoError("import.unknown_number", field="need", value=number[:20])
        if need.id in self._met:
            raise ChanjiaoError("import.twice_in_file", field="need")
        if need.id not in {pk for pk, _title in problems_to_publish(self._actor)}:
            raise ChanjiaoError("challenge.alive")
        self._met.add(need.id)
        return need.id

    def _check(self, terms: Terms) -> None:
        faults = challenge_faults(terms.bounty, terms.criteria, terms.answers_until, today=self._today)
        if faults:
            raise Rejected(faults)


def _terms(record: Record) -> tuple[Any, str, Any]:
    return (
        money_of(record.get("bounty", ""), "bounty"),
        record.get("criteria", ""),
        day_of(record.get("answers_until", ""), "answers_until"),
    )


def _terms_of(known: ChallengeView) -> Terms:
    return Terms(known.row.bounty, known.criteria, known.row.answers_until)


def _columns_of(terms: Terms) -> dict[str, object]:
    return {"bounty": terms.bounty, "criteria": terms.criteria, "answers_until": terms.answers_until}


def _kept(actor: Actor) -> Iterator[ChallengeView]:
    """The challenges of the actor's organisation and of the consortia they run, the oldest first."""
    for row in sorted(challenges(actor), key=lambda one: one.id):
        if actor.acts_for(row.organisation_id) or actor.runs(row.consortium_id):
            yield challenge(actor, row.id)


def _records(actor: Actor, layout: Layout) -> Iterator[Record]:
    numbers = {one.id: one.number for one in kept_listings(actor, Side.NEED, Kind.TECHNICAL_PROBLEM)}
    for one in _kept(actor):
        row, contract = one.row, one.contract
        yield {
            "number": row.number,
            "need": numbers.get(row.need_id, ""),
            "title": row.title,
            "organisation": row.organisation,
            "bounty": f"{row.bounty:f}",
            "criteria": one.criteria,
            "answers_until": str(row.answers_until),
            "stage": translate(str(STAGE_WORDS[row.stage]), "zh-hans"),
            "answers": str(row.answers or 0),
            "contract": contract.number if contract else "",
            "registration": contract.registration if contract else "",
            "used_on": str(contract.used_on or "") if contract else "",
        }


def _undo(actor: Actor, stored: Stored, now: datetime) -> None:
    if stored.before is None:
        withdraw_challenge(actor=actor, pk=stored.object_id, version=stored.version, note=TAKEN_BACK, now=now)
        return
    terms = Terms(*_terms(stored.before))
    edit_challenge(actor=actor, pk=stored.object_id, version=stored.version, terms=terms, now=now)


CHALLENGES = ImportKind("challenges", N_("Challenges"), (OWN,), ChallengeReading, _undo, _records)
