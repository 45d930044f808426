"""The demo's dossiers of programme changes, brought to their states through their actions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from chanjiao.apps.accounts.models import User
from chanjiao.apps.dossiers.actions.ask_opinions import ask_opinions
from chanjiao.apps.dossiers.actions.carry_out_change import carry_out_change
from chanjiao.apps.dossiers.actions.cite_evidence import attach_file, cite_rows
from chanjiao.apps.dossiers.actions.complete_dossier import complete_dossier
from chanjiao.apps.dossiers.actions.decide_dossier import decide_dossier
from chanjiao.apps.dossiers.actions.give_opinion import give_opinion
from chanjiao.apps.dossiers.actions.measure_effect import measure_effect
from chanjiao.apps.dossiers.actions.put_to_vote import put_to_vote
from chanjiao.apps.dossiers.actions.start_dossier import start_dossier
from chanjiao.apps.dossiers.facts import ChangeFacts
from chanjiao.apps.dossiers.models import Dossier
from chanjiao.apps.dossiers.sources import Candidate, candidates
from chanjiao.apps.members.models import Organisation, StaffRole
from chanjiao.apps.members.selectors import actor_for, consortia
from chanjiao.apps.programmes.actions.edit_programme_point import edit_programme_point
from chanjiao.apps.programmes.models import ProgrammePoint
from chanjiao.apps.programmes.rules.points import Figures
from chanjiao.core.permissions import SYSTEM, Actor, Role
from chanjiao.data import demo
from chanjiao.interfaces.demo.calendar import Calendar
from chanjiao.interfaces.documents.paper import Paper
from chanjiao.interfaces.documents.pdf import pdf

TERM = timedelta(days=14)
SECRETARY = "zongmishu"
"""The secretariat of the group serves all its consortia."""


def load_dossiers(calendar: Calendar, bodies: Mapping[str, Organisation]) -> int:
    """How many dossiers were made."""
    found = {body.organisation.name: body.pk for body in consortia(SYSTEM)}
    made = [_Asked(calendar, bodies, told, found[told["consortium"]]) for told in demo.dossiers()]
    for one in made:
        one.make()
    return len(made)


class _Asked:
    """One dossier of the files, brought to its state."""

    def __init__(
        self, calendar: Calendar, bodies: Mapping[str, Organisation], told: Mapping[str, Any], consortium_id: int
    ) -> None:
        self.calendar, self.bodies, self.told, self.consortium_id = calendar, bodies, told, consortium_id
        self.college = bodies[told["college"]]
        self.dean = _acting_for(self.college)
        self.secretary = actor_for(User.objects.get(username=SECRETARY))

    def make(self) -> None:
        if then := self.told.get("then"):
            self._tell_point(then, self.told["on"])
        dossier = self._drafted()
        for name, step in (
            ("complete", self._completed),
            ("asked", self._asked),
            ("ready", self._ready),
            ("decided", self._decided),
            ("carried_out", self._carried_out),
            ("measured", self._measured),
        ):
            if name in self.told:
                dossier.refresh_from_db()
                dossier = step(dossier)

    def _drafted(self) -> Dossier:
        told, at = self.told, self._at(self.told["on"])
        point = self._point()
        facts = ChangeFacts(
            change=told["change"],
            point_id=point.pk if point else None,
            level=told["level"],
            code=told["code"],
            chain=told.get("chain", ""),
            seats_planned=told["seats"],
            from_year=at.year + 1,
            case=told["case"],
        )
        dossier = start_dossier(
            actor=self.dean, college_id=self.college.pk, consortium_id=self.consortium_id, facts=facts, now=at
        )
        offered = candidates(self.dean, dossier, at.date())
        keys = [one.key for kind, wanted in told["cites"].items() for one in _chosen(offered, kind, wanted)]
        cite_rows(actor=self.dean, pk=dossier.pk, keys=keys, now=at)
        for title in told["files"]:
            lines = tuple((part, False) for part in told["case"].split("\n"))
            paper = Paper.of_lines(title, lines, (), "（演示材料）")
            attach_file(
                actor=self.dean, pk=dossier.pk, title=title, chunks=[pdf(paper)], file_name=f"{title}.pdf", now=at
            )
        return dossier

    def _completed(self, dossier: Dossier) -> Dossier:
        return complete_dossier(
            actor=self.dean, pk=dossier.pk, version=dossier.version, now=self._at(self.told["complete"])
        )

    def _asked(self, dossier: Dossier) -> Dossier:
        at = self._at(self.told["asked"])
        asked = ask_opinions(
            actor=self.secretary,
            pk=dossier.pk,
            version=dossier.version,
            organisations=[self.bodies[name].pk for name in self.told["asks"]],
            due_on=at.date() + TERM,
            now=at,
        )
        for one in self.told["opinions"]:
            by = _acting_for(self.bodies[one["by"]])
            give_opinion(actor=by, pk=dossier.pk, verdict=one["verdict"], words=one["words"], now=self._at(one["on"]))
        return asked

    def _ready(self, dossier: Dossier) -> Dossier:
        at = self._at(self.told["ready"])
        return put_to_vote(actor=self.secretary, pk=dossier.pk, version=dossier.version, now=at)

    def _decided(self, dossier: Dossier) -> Dossier:
        told = self.told["decided"]
        return decide_dossier(
            actor=self.secretary,
            pk=dossier.pk,
            version=dossier.version,
            decision=told["decision"],
            decided_on=self._at(told["on"]).date(),
            resolution=told["resolution"],
            reason=told.get("reason", ""),
            note=told["note"],
            now=self._at(told["on"]),
        )

    def _carried_out(self, dossier: Dossier) -> Dossier:
        at = self._at(self.told["carried_out"]["on"])
        return carry_out_change(
            actor=self.dean,
            pk=dossier.pk,
            version=dossier.version,
            carried_out_on=at.date(),
            seats_done=self.told["carried_out"]["seats"],
            now=at,
        )

    def _measured(self, dossier: Dossier) -> Dossier:
        told = self.told["measured"]
        self._tell_point(self.told["now"], told["on"])
        return measure_effect(
            actor=self.dean,
            pk=dossier.pk,
            version=dossier.version,
            effect=told["effect"],
            words=told["words"],
            now=self._at(told["on"]),
        )

    def _point(self) -> ProgrammePoint | None:
        return ProgrammePoint.objects.filter(college=self.college, programme_code=self.told["code"]).first()

    def _tell_point(self, figures: Mapping[str, int], on: str) -> None:
        """The programme point has these figures on that day, so that a dossier cites what was true when it was made."""
        point = self._point()
        assert point is not None
        kept = {name: getattr(point, name) for name in Figures.__dataclass_fields__}
        told = Figures(**{**kept, **figures})
        edit_programme_point(actor=self.dean, pk=point.pk, version=point.version, figures=told, now=self._at(on))

    def _at(self, text: str) -> datetime:
        return self.calendar.moment(date.fromisoformat(text), 10)


def _chosen(offered: list[Candidate], kind: str, wanted: int | list[str]) -> list[Candidate]:
    """The first so many rows of a kind, or those of certain measures."""
    rows = [one for one in offered if one.kind == kind]
    return rows[:wanted] if isinstance(wanted, int) else [one for one in rows if one.measure in wanted]


def _acting_for(body: Organisation) -> Actor:
    """An officer of the organisation; one without a name where the demo has no log-in for it."""
    staff = body.staff.filter(role__in=[StaffRole.OFFICER, StaffRole.GUIDANCE], ended_on=None).first()
    if staff is not None:
        return actor_for(staff.user)
    return Actor(name=body.name, organisation_id=body.pk, organisation_name=body.name, role=Role.OFFICER)
