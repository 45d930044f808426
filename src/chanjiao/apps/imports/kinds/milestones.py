"""Milestones of projects from and to files, known again by project and title."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from chanjiao.apps.imports.kinds.base import ImportKind, OneByOne, Options, Planned, Stored
from chanjiao.apps.imports.kinds.projects import KeptViews
from chanjiao.apps.imports.layouts import Column, Layout, Record
from chanjiao.apps.imports.models import RowOutcome
from chanjiao.apps.imports.parsing import day_of, msgids_of
from chanjiao.apps.projects.actions.add_milestone import add_milestone
from chanjiao.apps.projects.actions.discard_milestone import discard_milestone
from chanjiao.apps.projects.actions.edit_milestone import edit_milestone
from chanjiao.apps.projects.kept import kept_projects
from chanjiao.apps.projects.models import MilestoneState
from chanjiao.apps.projects.planning import milestone_errors
from chanjiao.apps.projects.rules import MilestoneFacts
from chanjiao.apps.projects.selectors import project, responsible_people
from chanjiao.apps.projects.shown import MilestoneView, ProjectView
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor
from chanjiao.core.words import translate
from chanjiao.engines.words import N_

TABLE = "projects.milestone"
STATES = msgids_of(MilestoneState)
OWN = Layout(
    "own",
    N_("Our own columns"),
    (
        Column("project", N_("Number of the project"), ("项目编号",), required=True),
        Column("title", N_("Milestone"), ("里程碑名称", "节点名称"), required=True),
        Column("deliverable", N_("Deliverable"), ("交付物",)),
        Column("starts_on", N_("From"), ("开始日期",)),
        Column("due_on", N_("Due"), ("完成期限", "截止日期"), required=True),
        Column("organisation", N_("Responsible organisation"), ("责任单位",)),
        Column("responsible", N_("Responsible person"), ("责任人",)),
        Column("state", N_("State")),
        Column("done_on", N_("Done on")),
        Column("proofs", N_("Numbers of proofs")),
    ),
)


class MilestoneReading(OneByOne):
    """Rows read for one actor, beside the milestones of their projects."""

    def __init__(self, actor: Actor, layout: Layout, options: Options, now: datetime) -> None:
        self._actor, self._now, self._views = actor, now, KeptViews(actor)
        self._met: set[tuple[int, str]] = set()

    def read(self, record: Record) -> Planned:
        """The row as a new milestone, a change of the one with its title, or one that stands already."""
        view = self._views.named(record.get("project", ""), "project")
        title = record.get("title", "")
        if (view.row.id, title) in self._met:
            raise ChanjiaoError("import.twice_in_file", field="title")
        self._met.add((view.row.id, title))
        known = next((one for one in view.milestones if one.title == title), None)
        facts = self._facts(record, view, known)
        if known is not None and facts == _facts_of(known):
            return Planned(RowOutcome.UNCHANGED, Stored(TABLE, known.id, known.version))
        if known is not None and known.state in (MilestoneState.DONE, MilestoneState.DROPPED):
            raise ChanjiaoError("state.refused", state=STATES[known.state])
        errors = milestone_errors(view.row.id, facts, now=self._now, due_before=known.due_on if known else None)
        if errors:
            raise Rejected(errors)
        return Planned(RowOutcome.UPDATED if known else RowOutcome.CREATED, (view.row.id, facts, known))

    def store_one(self, planned: Planned) -> Stored:
        """What became of a row."""
        project_id, facts, known = planned.payload
        told: dict[str, Any] = {"actor": self._actor, "project_id": project_id, "told": facts, "now": self._now}
        if known is None:
            made = add_milestone(**told)
            return Stored(TABLE, made.pk, made.version)
        edited = edit_milestone(**told, pk=known.id, version=known.version)
        return Stored(TABLE, edited.pk, edited.version, {**_plain(_facts_of(known)), "project_id": project_id})

    def _facts(self, record: Record, view: ProjectView, known: MilestoneView | None) -> MilestoneFacts:
        organisation_id = _body(record.get("organisation", ""), view, self._actor)
        return MilestoneFacts(
            title=record.get("title", ""),
            due_on=day_of(record.get("due_on", ""), "due_on"),
            organisation_id=organisation_id,
            responsible_id=self._person(record.get("responsible", ""), view, organisation_id),
            deliverable=record.get("deliverable", known.deliverable if known else ""),
            starts_on=day_of(record.get("starts_on", ""), "starts_on"),
        )

    def _person(self, name: str, view: ProjectView, organisation_id: int) -> int | None:
        if not name:
            return None
        people = responsible_people(self._actor, view.row.id)
        known = ((pk, one) for body, pk, one in people if body == organisation_id)
        found = next((pk for pk, one in known if f"{one} ".startswith(f"{name} ")), None)
        if found is None:
            raise ChanjiaoError("project.not_of_party", field="responsible")
        return found


def _body(name: str, view: ProjectView, actor: Actor) -> int:
    """The party of that name; of an empty cell the actor's own, else the first."""
    parties = dict(view.organisations)
    if not name:
        own = actor.organisation_id
        return own if own in parties else next(iter(parties))
    found = next((pk for pk, one in parties.items() if one == name), None)
    if found is None:
        raise ChanjiaoError("import.unknown_organisation", field="organisation", value=name[:60])
    return found


def _facts_of(known: MilestoneView) -> MilestoneFacts:
    return MilestoneFacts(
        title=known.title,
        due_on=known.due_on,
        organisation_id=known.organisation_id,
        responsible_id=known.responsible_id,
        deliverable=known.deliverable,
        starts_on=known.starts_on,
    )


def _plain(facts: MilestoneFacts) -> dict[str, Any]:
    return {**asdict(facts), "due_on": str(facts.due_on or ""), "starts_on": str(facts.starts_on or "")}


def _undo(actor: Actor, stored: Stored, now: datetime) -> None:
    if stored.before is None:
        discard_milestone(actor=actor, pk=stored.object_id, version=stored.version, now=now)
        return
    told = dict(stored.before)
    project_id = told.pop("project_id")
    days = {name: day_of(told[name], name) for name in ("due_on", "starts_on")}
    edit_milestone(
        actor=actor, project_id=project_id, pk=stored.object_id, version=stored.version,
        told=MilestoneFacts(**{**told, **days}), now=now,
    )  # fmt: skip


def _records(actor: Actor, layout: Layout) -> Iterator[Record]:
    for kept in kept_projects(actor):
        for one in project(actor, kept.id).milestones:
            days = {name: str(getattr(one, name) or "") for name in ("starts_on", "due_on", "done_on")}
            copied = {name: getattr(one, name) for name in ("title", "deliverable", "organisation", "responsible")}
            yield {
                "project": kept.number,
                **copied,
                **days,
                "state": translate(STATES[one.state], "zh-hans"),
                "proofs": "、".join(map(str, one.proof_numbers)),
            }


MILESTONES = ImportKind("milestones", N_("Milestones"), (OWN,), MilestoneReading, _undo, _records)
