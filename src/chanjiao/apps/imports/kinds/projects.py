"""Projects from and to files: our own columns, and the form 科研项目.

A row starts a project under an agreement in force, which it names by number; that of one that stands changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from chanjiao.apps.cooperation.kept import KeptAgreement, kept_agreement
from chanjiao.apps.cooperation.kinds import kind_of
from chanjiao.apps.cooperation.models import AgreementState
from chanjiao.apps.imports.kinds.base import ImportKind, OneByOne, Options, Planned, Stored
from chanjiao.apps.imports.kinds.listing_forms import same_columns
from chanjiao.apps.imports.layouts import Column, Layout, Record
from chanjiao.apps.imports.models import RowOutcome
from chanjiao.apps.imports.parsing import msgids_of, numbered
from chanjiao.apps.projects.actions.discard_project import discard_project
from chanjiao.apps.projects.actions.start_project import start_project
from chanjiao.apps.projects.kept import KeptProject, kept_projects
from chanjiao.apps.projects.models import ProjectState
from chanjiao.apps.projects.rules import LENGTHS
from chanjiao.apps.projects.selectors import project
from chanjiao.apps.projects.shown import ProjectView
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.core.words import translate
from chanjiao.engines.words import N_

TABLE = "projects.project"
STATES = msgids_of(ProjectState)
OWN = Layout(
    "own",
    N_("Our own columns"),
    (
        Column("number", N_("Number")),
        Column("agreement", N_("Number of the agreement"), ("协议编号", "合同编号"), required=True),
        Column("title", N_("Title"), ("项目名称", "名称"), required=True),
        Column("kind", N_("Kind")),
        Column("parties", N_("Parties")),
        Column("starts_on", N_("From")),
        Column("ends_on", N_("Until")),
        Column("budget", N_("Amount (yuan)")),
        Column("milestones", N_("Milestones")),
        Column("done", N_("Milestones done")),
        Column("closed_on", N_("Concluded on")),
        Column("state", N_("State")),
    ),
)
RESEARCH = Layout(
    "research",
    N_("Research projects 科研项目"),
    same_columns(
        "项目编号", "项目名称", "类别", "立项日期", "结项日期", "经费", "协议编号", required=("项目名称", "协议编号")
    ),
    lambda row: {
        "number": row.get("项目编号", ""),
        "title": row.get("项目名称", ""),
        "agreement": row.get("协议编号", ""),
    },
    lambda record: {
        "项目编号": record["number"],
        "项目名称": record["title"],
        "类别": record["kind"],
        "立项日期": record["starts_on"],
        "结项日期": record["closed_on"] or record["ends_on"],
        "经费": record["budget"],
        "协议编号": record["agreement"],
    },
)
RESEARCH_KINDS = ("joint_rd", "transfer_")
"""Agreements, by the beginning of their kind, whose projects the form 科研项目 asks for."""


class KeptViews:
    """The projects that an actor keeps, by number, each read when a row first names it."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._ids = {one.number: one.id for one in kept_projects(actor)}
        self._read: dict[int, ProjectView] = {}

    def named(self, number: str, column: str) -> ProjectView:
        """The project of that number; `import.unknown_number` where the actor keeps none."""
        pk = numbered(self._ids, number, column)
        if pk not in self._read:
            self._read[pk] = project(self._actor, pk)
        return self._read[pk]


class ProjectReading(OneByOne):
    """Rows read for one actor, beside the projects that they keep."""

    def __init__(self, actor: Actor, layout: Layout, options: Options, now: datetime) -> None:
        self._actor, self._layout, self._now = actor, layout, now
        kept = list(kept_projects(actor))
        self._numbers = {one.number for one in kept}
        self._standing: dict[tuple[int, str], Stored | None] = {
            (one.agreement_id, one.title): Stored(TABLE, one.id, one.version) for one in kept
        }

    def read(self, record: Record) -> Planned:
        """The row as a project to be started, or one that runs already."""
        record = self._layout.into(record)
        number, title = record.get("number", ""), record.get("title", "")
        if number and number not in self._numbers:
            raise ChanjiaoError("import.unknown_number", field="number", value=number[:20])
        agreement = self._agreement(record.get("agreement", ""))
        if len(title) > LENGTHS["title"]:
            raise ChanjiaoError("listing.too_long", field="title", limit=LENGTHS["title"])
        key = (agreement.id, title or agreement.title)
        if key in self._standing:
            standing = self._standing[key]
            if standing is None:
                raise ChanjiaoError("import.twice_in_file", field="title")
            return Planned(RowOutcome.UNCHANGED, standing)
        if agreement.state != AgreementState.IN_FORCE:
            raise ChanjiaoError("project.needs_agreement", field="agreement")
        self._standing[key] = None
        return Planned(RowOutcome.CREATED, (agreement.id, title))

    def store_one(self, planned: Planned) -> Stored:
        """What became of a row."""
        agreement_id, title = planned.payload
        made = start_project(actor=self._actor, agreement_id=agreement_id, title=title, now=self._now)
        return Stored(TABLE, made.pk, made.version)

    def _agreement(self, number: str) -> KeptAgreement:
        if not number:
            raise ChanjiaoError("import.required", field="agreement")
        found = kept_agreement(self._actor, number)
        if found is None:
            raise ChanjiaoError("import.unknown_number", field="agreement", value=number[:20])
        return found


def _undo(actor: Actor, stored: Stored, now: datetime) -> None:
    discard_project(actor=actor, pk=stored.object_id, version=stored.version, now=now)


def _records(actor: Actor, layout: Layout) -> Iterator[Record]:
    for one in kept_projects(actor):
        if layout.key != RESEARCH.key or one.kind.startswith(RESEARCH_KINDS):
            yield layout.out_of(_record(one))


def _record(kept: KeptProject) -> Record:
    return {
        **{name: str(getattr(kept, name) or "") for name in ("number", "agreement", "title", "starts_on", "ends_on")},
        "kind": kind_of(kept.kind).label.zh,
        "parties": "、".join(kept.parties),
        "budget": f"{kept.budget:f}" if kept.budget is not None else "",
        "milestones": str(kept.milestones),
        "done": str(kept.done),
        "closed_on": str(kept.closed_on or ""),
        "state": translate(STATES[kept.state], "zh-hans"),
    }


PROJECTS = ImportKind("projects", N_("Projects"), (OWN, RESEARCH), ProjectReading, _undo, _records)
