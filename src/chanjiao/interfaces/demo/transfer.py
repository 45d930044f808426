"""The demo's challenges at every stage, answered, chosen, contracted and registered through their actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from chanjiao.apps.accounts.models import User
from chanjiao.apps.cooperation.actions.edit_agreement import edit_agreement
from chanjiao.apps.cooperation.models import Agreement
from chanjiao.apps.cooperation.selectors import draft_content
from chanjiao.apps.exchange.models import Need
from chanjiao.apps.members.selectors import actor_for
from chanjiao.apps.transfer.actions.answer_challenge import Proposal, answer_challenge
from chanjiao.apps.transfer.actions.choose_answer import choose_answer
from chanjiao.apps.transfer.actions.close_challenge import fail_challenge
from chanjiao.apps.transfer.actions.draft_challenge import Terms, draft_challenge
from chanjiao.apps.transfer.actions.draft_contract import draft_contract
from chanjiao.apps.transfer.actions.note_first_use import note_first_use
from chanjiao.apps.transfer.actions.publish_challenge import publish_challenge
from chanjiao.apps.transfer.actions.register_contract import register_contract
from chanjiao.apps.transfer.models import Challenge
from chanjiao.core.permissions import Actor, Role
from chanjiao.data import demo
from chanjiao.interfaces.demo.calendar import Calendar
from chanjiao.interfaces.demo.cooperation import propose, publicise, sign
from chanjiao.interfaces.documents.paper import Paper
from chanjiao.interfaces.documents.pdf import pdf


def load_transfer(calendar: Calendar, numbers: Mapping[str, int]) -> int:
    """How many challenges were made; `numbers` leads from a need's number in the files to its id."""
    made = [_Challenged(calendar, told, numbers[told["need"]]) for told in demo.challenges()]
    for one in made:
        one.make()
    return len(made)


class _Challenged:
    """One challenge of the files, brought to its stage."""

    def __init__(self, calendar: Calendar, told: Mapping[str, Any], need_id: int) -> None:
        self.calendar, self.told, self.need_id = calendar, told, need_id
        self.owner = _acting_for(Need.objects.select_related("organisation").get(pk=need_id))

    def make(self) -> None:
        challenge = self._published()
        answers = self._answers(challenge)
        if "chosen" in self.told:
            challenge = self._chosen(challenge, answers)
        if "contract" in self.told:
            self._contracted(challenge, self.told["contract"])
        if "failed" in self.told:
            told = {"note": self.told["note"], "version": challenge.version}
            fail_challenge(actor=self.owner, pk=challenge.pk, now=self._at(self.told["failed"]), **told)

    def _published(self) -> Challenge:
        told, at = self.told, self._at(self.told["on"])
        terms = Terms(Decimal(told["bounty"]), told["criteria"], self._day(told["until"]))
        draft = draft_challenge(actor=self.owner, need_id=self.need_id, terms=terms, now=at)
        return publish_challenge(actor=self.owner, pk=draft.pk, version=draft.version, now=at)

    def _answers(self, challenge: Challenge) -> list[tuple[int, Mapping[str, Any]]]:
        return [(self._answered(challenge, one), one) for one in self.told.get("answers", [])]

    def _answered(self, challenge: Challenge, told: Mapping[str, Any]) -> int:
        proposal = Proposal(told["approach"], Decimal(told["price"]), told["months"], told["team"])
        by, at = _actor(told["by"]), self._at(told["on"])
        return answer_challenge(actor=by, pk=challenge.pk, proposal=proposal, now=at).pk

    def _chosen(self, challenge: Challenge, answers: list[tuple[int, Mapping[str, Any]]]) -> Challenge:
        return choose_answer(
            actor=self.owner,
            pk=challenge.pk,
            version=challenge.version,
            answer_id=next(pk for pk, one in answers if one.get("chosen")),
            reasons={pk: one["reason"] for pk, one in answers if "reason" in one},
            now=self._at(self.told["chosen"]),
        )

    def _contracted(self, challenge: Challenge, told: Mapping[str, Any]) -> None:
        seller, at = _actor(told["by"]), self._at(told["on"])
        agreement = draft_contract(
            actor=seller, pk=challenge.pk, version=challenge.version, contract_type=told["type"], now=at
        )
        people = [seller, actor_for(User.objects.get(pk=self.owner.user_id or 0))]
        proposed = propose(self._completed(agreement, seller, told, at), people, at)
        publicise(self.calendar, seller, proposed, told["publicised"], at)
        sign(proposed, people, at)
        register_contract(
            actor=seller,
            agreement_id=agreement.pk,
            number=told["number"],
            office=told["office"],
            registered_on=self._day(told["registered"]),
            now=self._at(told["registered"]),
        )
        self._used(agreement, told)

    def _completed(self, agreement: Agreement, seller: Actor, told: Mapping[str, Any], at: datetime) -> Agreement:
        view, content = draft_content(seller, agreement.pk)
        fields = dict(content.fields) | {"inventors_share": told["share"]}
        content = replace(content, shares_money=True, fields=tuple(fields.items()))
        return edit_agreement(actor=seller, pk=agreement.pk, version=view.row.version, content=content, now=at)

    def _used(self, agreement: Agreement, told: Mapping[str, Any]) -> None:
        lines = ((f"{told['place']}：{told['effect']}", False), ("（演示材料）", False))
        note_first_use(
            actor=self.owner,
            agreement_id=agreement.pk,
            used_on=self._day(told["used"]),
            place=told["place"],
            effect=told["effect"],
            chunks=[pdf(Paper.of_lines("首次应用证明", lines, (), agreement.number))],
            file_name="首次应用证明.pdf",
            now=self._at(told["used"]),
        )

    def _day(self, text: str) -> date:
        return self.calendar.day(date.fromisoformat(text))

    def _at(self, text: str) -> datetime:
        return self.calendar.moment(date.fromisoformat(text), 10)


def _acting_for(need: Need) -> Actor:
    """An officer of the need's organisation; one without a name where the demo has no log-in for it."""
    body = need.organisation
    staff = body.staff.filter(role=Role.OFFICER, ended_on__isnull=True).select_related("user").first()
    if staff is not None:
        return actor_for(staff.user)
    return Actor(name=body.name, organisation_id=body.pk, organisation_name=body.name, role=Role.OFFICER)


def _actor(username: str) -> Actor:
    return actor_for(User.objects.get(username=username))
