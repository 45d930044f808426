"""Words for projects, milestones and proofs."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chanjiao.apps.projects.models import Direction, MilestoneState, ProjectState
from chanjiao.apps.projects.shown import MilestoneView, MoneyView, ProjectRow, ProjectView, ProofView
from chanjiao.interfaces.web.cooperation.words import kind_words
from chanjiao.interfaces.web.export import Column
from chanjiao.interfaces.web.wording import listed

PROOF_STATES = {
    "waiting": ("waits", gettext_lazy("To be verified")),
    "verified": ("done", gettext_lazy("Verified")),
    "refused": ("bad", gettext_lazy("Sent back")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A project of a list with its words."""

    row: ProjectRow

    @property
    def kind(self) -> str:
        """The kind of its agreement."""
        return kind_words(self.row.kind)

    @property
    def state(self) -> str:
        """The state's name."""
        return str(ProjectState(self.row.state).label)

    @property
    def parties(self) -> str:
        """The parties' names."""
        return listed(self.row.parties)


def columns() -> list[Column[Line]]:
    """The columns of an exported list of projects."""
    return [
        Column(_("Number"), lambda line: line.row.number, 14),
        Column(_("Title"), lambda line: line.row.title, 36),
        Column(_("Kind"), lambda line: line.kind, 18),
        Column(_("Agreement"), lambda line: line.row.agreement_number, 14),
        Column(_("Parties"), lambda line: line.parties, 48),
        Column(_("From"), lambda line: line.row.starts_on, 12),
        Column(_("Until"), lambda line: line.row.ends_on, 12),
        Column(_("Milestones done"), lambda line: line.row.done, 10),
        Column(_("Milestones"), lambda line: line.row.milestones, 10),
        Column(_("Overdue"), lambda line: line.row.overdue, 10),
        Column(_("Next due"), lambda line: line.row.next_due, 12),
        Column(_("State"), lambda line: line.state, 14),
    ]


def proof_columns() -> list[Column[ProofView]]:
    """The columns of the exported list of proofs."""
    return [
        Column(_("Number"), lambda one: one.number, 8),
        Column(_("Title"), lambda one: one.title, 36),
        Column(_("Milestone"), lambda one: one.milestone, 24),
        Column(_("File"), lambda one: one.last.file_name, 30),
        Column(_("Version"), lambda one: one.last.number, 8),
        Column("SHA-256", lambda one: one.last.sha256, 66),
        Column(_("Handed in by"), lambda one: f"{one.last.uploaded_by} {one.last.organisation}", 30),
        Column(_("Handed in"), lambda one: one.last.uploaded_at, 18),
        Column(_("State"), lambda one: PROOF_STATES[one.last.state][1], 12),
        Column(_("Verified by"), lambda one: f"{one.last.verified_by} {one.last.verified_for}".strip(), 30),
        Column(_("Verified"), lambda one: one.last.verified_at, 18),
    ]


def money_columns() -> list[Column[MoneyView]]:
    """The columns of the exported entries of money."""
    return [
        Column(_("Day"), lambda one: one.booked_on, 12),
        Column(_("What"), lambda one: direction_words(one.direction), 10),
        Column(_("Sum (yuan)"), lambda one: one.amount, 14),
        Column(_("Organisation"), lambda one: one.organisation, 32),
        Column(_("Milestone"), lambda one: one.milestone, 24),
        Column(_("Note"), lambda one: one.note, 40),
        Column(_("Cancels an entry"), lambda one: one.cancels, 10),
        Column(_("Cancelled"), lambda one: one.is_cancelled, 10),
        Column(_("Entered by"), lambda one: one.entered_by, 14),
    ]


def milestone_state(one: MilestoneView) -> str:
    """The name of a milestone's state."""
    return _("Overdue") if one.is_overdue else str(MilestoneState(one.state).label)


def direction_words(direction: str) -> str:
    """Received or spent."""
    return str(Direction(direction).label)


def next_step(view: ProjectView) -> tuple[str, str]:
    """(sentence, tone): what the project waits for now."""
    if view.row.state != ProjectState.RUNNING:
        return view.summary, "done" if view.row.state == ProjectState.CLOSED else ""
    if not view.milestones:
        return _("No milestones yet. Plan the first, with its day, its deliverable and who answers for it."), ""
    late = [one for one in view.milestones if one.is_overdue]
    if late:
        return _("Overdue: %s") % listed(one.title for one in late), "bad"
    waiting = [one for one in view.proofs if one.may_verify]
    if waiting:
        return _("A proof waits for you to verify it: %s") % listed(one.title for one in waiting), "waits"
    if view.row.done == view.row.milestones:
        return _("Every milestone is done. Evaluate the project, then conclude it."), "done"
    return "", ""
