"""The demo's agreements and projects in all states, signed and proved by the demo's people through their actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from chanjiao.apps.accounts.models import User
from chanjiao.apps.cooperation.actions.amend_agreement import amend_agreement
from chanjiao.apps.cooperation.actions.decline_agreement import decline_agreement
from chanjiao.apps.cooperation.actions.draft_agreement import draft_agreement
from chanjiao.apps.cooperation.actions.edit_agreement import edit_agreement
from chanjiao.apps.cooperation.actions.end_agreement import end_agreement
from chanjiao.apps.cooperation.actions.name_signatories import name_signatories
from chanjiao.apps.cooperation.actions.object_to_price import object_to_price
from chanjiao.apps.cooperation.actions.propose_agreement import propose_agreement
from chanjiao.apps.cooperation.actions.publicise_price import publicise_price
from chanjiao.apps.cooperation.actions.sign_agreement import sign_agreement
from chanjiao.apps.cooperation.content import Content, PartyFacts
from chanjiao.apps.cooperation.models import Agreement, EndReason, Publicity, VersionState
from chanjiao.apps.cooperation.publicity_rules import PublicityTerms, last_day
from chanjiao.apps.cooperation.selectors import draft_content
from chanjiao.apps.cooperation.selectors import exact_text as exact_text_of
from chanjiao.apps.members.selectors import actor_for, consortia
from chanjiao.apps.projects.actions.add_milestone import add_milestone
from chanjiao.apps.projects.actions.book_money import book_money
from chanjiao.apps.projects.actions.close_project import close_project
from chanjiao.apps.projects.actions.evaluate_project import evaluate_project
from chanjiao.apps.projects.actions.hand_in_proof import hand_in_proof
from chanjiao.apps.projects.actions.start_project import start_project
from chanjiao.apps.projects.actions.verify_proof import verify_proof
from chanjiao.apps.projects.models import Direction, Milestone, Project
from chanjiao.apps.projects.rules import MilestoneFacts
from chanjiao.core.permissions import SYSTEM, Actor, Role
from chanjiao.data import demo
from chanjiao.interfaces.demo.calendar import Calendar
from chanjiao.interfaces.documents.paper import Paper
from chanjiao.interfaces.documents.pdf import pdf


def load_cooperation(calendar: Calendar) -> int:
    """How many agreements were made; the demo's members, log-ins and consortia must stand."""
    made = {}
    for told in demo.agreements():
        made[told["key"]] = _Agreed(calendar, told).made()
    for told in demo.projects():
        _project(calendar, made[told["agreement"]], told)
    return len(made)


class _Agreed:
    """One agreement of the files, brought to its state."""

    def __init__(self, calendar: Calendar, told: Mapping[str, Any]) -> None:
        self.calendar, self.told = calendar, told
        self.people = [told["drafter"], *told["partners"], *([told["student"]] if "student" in told else [])]
        self.at = calendar.moment(date.fromisoformat(told["on"]))

    def made(self) -> Agreement:
        """The agreement in the state that the files tell."""
        agreement = self._drafted()
        state = self.told["state"]
        if state == "draft":
            return agreement
        agreement = propose(agreement, self._actors(), self.at)
        if "publicised" in self.told:
            self._publicised(agreement, self.told["publicised"])
        if state == "withdrawn":
            return decline_agreement(
                actor=_actor(self.people[1]), pk=agreement.pk, version=agreement.version, reason=self.told["note"],
                now=self.at,
            )  # fmt: skip
        sign(agreement, [_actor(name) for name in self.told.get("signed", self.people)], self.at)
        if "amended" in self.told:
            self._amended(agreement, self.told["amended"])
        if state == "ended":
            self._ended(agreement)
        return agreement

    def _actors(self) -> list[Actor]:
        return [_actor(name) for name in self.people]

    def _drafted(self) -> Agreement:
        actor = _actor(self.told["drafter"])
        bodies = {body.organisation.name: body.pk for body in consortia(SYSTEM)}
        agreement = draft_agreement(
            actor=actor,
            kind=self.told["kind"],
            organisation_id=actor.organisation_id or 0,
            consortium_id=bodies[self.told["consortium"]],
            partner_ids=[_actor(name).organisation_id or 0 for name in self.told["partners"]],
            now=self.at,
        )
        content = self._content(draft_content(actor, agreement.pk)[1])
        return edit_agreement(actor=actor, pk=agreement.pk, version=1, content=content, now=self.at)

    def _content(self, base: Content) -> Content:
        told = self.told
        fields = dict(told["fields"])
        parties = base.parties
        if "student" in told:
            student = PartyFacts(
                "student", user_id=_actor(told["student"]).user_id, rights="按月足额取得实习报酬。",
                duties="遵守规章，完成实习任务。",
            )  # fmt: skip
            parties = (*parties, student)
        return replace(
            base,
            title=told["title"],
            starts_on=self.calendar.day(date.fromisoformat(told["starts"])),
            ends_on=self.calendar.day(date.fromisoformat(told["ends"])),
            amount=Decimal(told["amount"]) if "amount" in told else None,
            shares_money=told.get("shares_money", False),
            fields=tuple(fields.items()),
            parties=parties,
        )

    def _publicised(self, agreement: Agreement, told: Mapping[str, Any]) -> None:
        made = publicise(self.calendar, _actor(self.told["drafter"]), agreement, told["on"], self.at)
        for one in told.get("objections", ()):
            at = self.calendar.moment(date.fromisoformat(one["on"]), 11)
            object_to_price(actor=_actor(one["by"]), pk=made.pk, reason=one["reason"], now=at)

    def _amended(self, agreement: Agreement, told: Mapping[str, Any]) -> None:
        actor, at = _actor(told["by"]), self.calendar.moment(date.fromisoformat(told["on"]))
        amend_agreement(actor=actor, pk=agreement.pk, reason=told["reason"], now=at)
        view, content = draft_content(actor, agreement.pk)
        content = replace(content, amount=Decimal(told["amount"]))
        agreement = edit_agreement(actor=actor, pk=agreement.pk, version=view.row.version, content=content, now=at)
        people = [actor, *(one for one in self._actors() if one != actor)]
        sign(propose(agreement, people, at), people, at)

    def _ended(self, agreement: Agreement) -> None:
        agreement.refresh_from_db()
        end_agreement(
            actor=_actor(self.told["drafter"]),
            pk=agreement.pk,
            version=agreement.version,
            reason=EndReason.FULFILLED,
            note=self.told["note"],
            now=self.calendar.moment(date.fromisoformat(self.told["ended"])),
        )


def propose(agreement: Agreement, people: list[Actor], at: datetime) -> Agreement:
    """The draft proposed by the first of the people, who each are named to sign for their party."""
    agreement = propose_agreement(actor=people[0], pk=agreement.pk, version=agreement.version, now=at)
    for party in agreement.versions.get(state=VersionState.PROPOSED).parties.all():
        for person in people:
            is_own = party.user_id == person.user_id or (
                person.role is not Role.STUDENT and party.organisation_id == person.organisation_id
            )
            if is_own and not party.signatories.exists():
                chosen = [person.user_id or 0]
                name_signatories(actor=person, pk=agreement.pk, party_id=party.pk, user_ids=chosen, now=at)
    return agreement


def publicise(calendar: Calendar, seller: Actor, agreement: Agreement, begins: str, at: datetime) -> Publicity:
    """The price of what waits for signatures, made known for fifteen days from `begins` at the college's own site."""
    begins_on = calendar.day(date.fromisoformat(begins))
    place = "学校门户网站“信息公开”栏目" if begins_on < timezone.localdate(at) else ""
    told = PublicityTerms(begins_on, last_day(begins_on, 15), "科研与社会服务处，电话 0556-0000218", place)
    return publicise_price(actor=seller, pk=agreement.pk, told=told, now=at)


def sign(agreement: Agreement, people: list[Actor], at: datetime) -> None:
    """These people have signed the version that waits."""
    waiting = agreement.versions.get(state=VersionState.PROPOSED).number
    for person in people:
        text = exact_text_of(person, agreement.pk, waiting)
        sign_agreement(actor=person, pk=agreement.pk, text_sha256=text.sha256, confirmation=person.name, now=at)


def _project(calendar: Calendar, agreement: Agreement, told: Mapping[str, Any]) -> None:
    at = calendar.moment(date.fromisoformat(told["on"]))
    project = start_project(actor=_actor(told["by"]), agreement_id=agreement.pk, now=at)
    for one in told["milestones"]:
        milestone = _milestone(calendar, project, one, at)
        for proof in one["proofs"]:
            _proof(calendar, project, milestone, proof, one["responsible"])
    for entry in told["money"]:
        _money(calendar, project, entry, told["by"])
    for one in told.get("evaluations", ()):
        evaluate_project(
            actor=_actor(one["by"]), project_id=project.pk, points=one["points"], words=one["words"], now=at
        )
    if "closed" in told:
        close_project(
            actor=_actor(told["by"]),
            project_id=project.pk,
            version=project.version,
            completes=True,
            summary=told["summary"],
            now=calendar.moment(date.fromisoformat(told["closed"])),
        )


def _milestone(calendar: Calendar, project: Project, told: Mapping[str, Any], at: datetime) -> Milestone:
    actor = _actor(told["responsible"])
    facts = MilestoneFacts(
        title=told["title"],
        due_on=calendar.day(date.fromisoformat(told["due"])),
        organisation_id=actor.organisation_id,
        responsible_id=actor.user_id,
        deliverable=told["deliverable"],
        starts_on=calendar.day(date.fromisoformat(told["starts"])),
    )
    return add_milestone(actor=actor, project_id=project.pk, told=facts, now=at)


def _proof(calendar: Calendar, project: Project, milestone: Milestone, told: Mapping[str, Any], by: str) -> None:
    paper = Paper.of_lines(
        told["title"], ((f"{project.title}：{milestone.title}", False), ("（演示材料）", False)), (), project.number
    )
    made = hand_in_proof(
        actor=_actor(by),
        project_id=project.pk,
        title=told["title"],
        chunks=[pdf(paper)],
        file_name=f"{told['title']}.pdf",
        milestone_id=milestone.pk,
        now=calendar.moment(date.fromisoformat(told["on"]), 10),
    )
    if "verified" in told:
        verify_proof(
            actor=_actor(told["by"]),
            project_id=project.pk,
            number=made.number,
            sha256=made.versions.get().sha256,
            now=calendar.moment(date.fromisoformat(told["verified"]), 16),
        )


def _money(calendar: Calendar, project: Project, told: Mapping[str, Any], by: str) -> None:
    day = date.fromisoformat(told["on"])
    book_money(
        actor=_actor(by),
        project_id=project.pk,
        direction=Direction(told["direction"]),
        amount=Decimal(told["amount"]),
        booked_on=calendar.day(day),
        organisation_id=_actor(told["from"]).organisation_id if "from" in told else None,
        note=told["note"],
        now=calendar.moment(day),
    )


def _actor(username: str) -> Actor:
    return actor_for(User.objects.get(username=username))
