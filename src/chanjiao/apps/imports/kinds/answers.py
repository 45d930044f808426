"""Answers to challenges from and to files: those of one's own organisation; those to its challenges go out too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from chanjiao.apps.imports.kinds.base import ImportKind, OneByOne, Options, Planned, Stored
from chanjiao.apps.imports.layouts import Column, Layout, Record
from chanjiao.apps.imports.models import RowOutcome
from chanjiao.apps.imports.parsing import count_of, money_of, msgids_of, numbered
from chanjiao.apps.transfer.actions.answer_challenge import Proposal, answer_challenge, take_back_answer
from chanjiao.apps.transfer.models import AnswerState, NotChosenReason
from chanjiao.apps.transfer.rules import Deed, answer_faults
from chanjiao.apps.transfer.selectors import challenge, challenges
from chanjiao.apps.transfer.shown import AnswerView, ChallengeView
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor
from chanjiao.core.words import translate
from chanjiao.engines.words import N_

TABLE = "transfer.challenge"
STATES = msgids_of(AnswerState)
REASONS = msgids_of(NotChosenReason)
OWN = Layout(
    "own",
    N_("Our own columns"),
    (
        Column("challenge", N_("Number of the challenge"), ("榜单编号", "揭榜编号"), required=True),
        Column("title", N_("Technical problem"), ("需求名称",)),
        Column("organisation", N_("Organisation that answers"), ("揭榜方", "揭榜单位")),
        Column("approach", N_("Approach"), ("技术路线",), required=True),
        Column("price", N_("Price (yuan)"), ("报价",), required=True),
        Column("months", N_("Term in months"), ("期限",), required=True),
        Column("team", N_("Team"), ("团队",), required=True),
        Column("state", N_("State")),
        Column("reason", N_("Reason")),
        Column("answered_on", N_("Answered on")),
    ),
)


class AnswerReading(OneByOne):
    """Rows read for one actor, beside the challenges that they may answer."""

    def __init__(self, actor: Actor, layout: Layout, options: Options, now: datetime) -> None:
        self._actor, self._now, self._today = actor, now, timezone.localdate(now)
        self._ids = {row.number: row.id for row in challenges(actor)}
        self._met: set[str] = set()

    def read(self, record: Record) -> Planned:
        """The row as an answer of the actor's organisation, or as the one that stands already."""
        view = self._challenge(record.get("challenge", ""))
        told = Proposal(
            record.get("approach", ""),
            money_of(record.get("price", ""), "price"),
            count_of(record.get("months", ""), "months"),
            record.get("team", ""),
        )
        known = _own(view)
        if known is not None and told == Proposal(known.approach, known.price, known.months, known.team):
            return Planned(RowOutcome.UNCHANGED, Stored(TABLE, view.row.id, view.row.version))
        self._check(view, known, told)
        return Planned(RowOutcome.CREATED, (view, told))

    def store_one(self, planned: Planned) -> Stored:
        """What became of a row."""
        view, told = planned.payload
        made = answer_challenge(actor=self._actor, pk=view.row.id, proposal=told, now=self._now)
        return Stored(TABLE, view.row.id, view.row.version, {"answer": made.pk})

    def _challenge(self, number: str) -> ChallengeView:
        pk = numbered(self._ids, number, "challenge")
        if number in self._met:
            raise ChanjiaoError("import.twice_in_file", field="challenge")
        self._met.add(number)
        return challenge(self._actor, pk)

    def _check(self, view: ChallengeView, known: AnswerView | None, told: Proposal) -> None:
        if known is not None:
            raise ChanjiaoError("challenge.answered", field="challenge")
        if Deed.ANSWER not in view.deeds or self._actor.organisation_id is None:
            raise ChanjiaoError("action.denied", field="challenge")
        if self._today > view.row.answers_until:
            raise ChanjiaoError("challenge.over", field="challenge", day=view.row.answers_until)
        faults = answer_faults(told.approach, told.price, told.months, told.team)
        if faults:
            raise Rejected(faults)


def _own(view: ChallengeView) -> AnswerView | None:
    return next((one for one in view.answers if one.is_ours and one.state != AnswerState.WITHDRAWN), None)


def _undo(actor: Actor, stored: Stored, now: datetime) -> None:
    standing = _own(challenge(actor, stored.object_id))
    if standing is None or standing.id != stored.before["answer"]:
        raise ChanjiaoError("record.stale")
    take_back_answer(actor=actor, pk=stored.object_id, now=now)


def _records(actor: Actor, layout: Layout) -> Iterator[Record]:
    for row in sorted(challenges(actor), key=lambda one: one.id):
        for one in challenge(actor, row.id).answers:
            yield {
                "challenge": row.number,
                "title": row.title,
                "organisation": one.organisation,
                "approach": one.approach,
                "price": f"{one.price:f}",
                "months": str(one.months),
                "team": one.team,
                "state": translate(STATES[one.state], "zh-hans"),
                "reason": translate(REASONS[one.reason], "zh-hans") if one.reason else "",
                "answered_on": str(timezone.localdate(one.answered_at)),
            }


ANSWERS = ImportKind("answers", N_("Answers to challenges"), (OWN,), AnswerReading, _undo, _records)
