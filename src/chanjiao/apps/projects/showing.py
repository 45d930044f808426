"""Rows of a project as the frozen values that one reader is handed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from chanjiao.apps.projects.changes import acting_bodies, deeds_of
from chanjiao.apps.projects.models import Evaluation, Milestone, MoneyEntry, Project, ProjectState, Proof, ProofVersion
from chanjiao.apps.projects.rules import Deed, is_overdue, may_verify
from chanjiao.apps.projects.seeing import sees_proof
from chanjiao.apps.projects.shown import (
    EvaluationView,
    MilestoneView,
    MoneyView,
    ProjectRow,
    ProofVersionView,
    ProofView,
)
from chanjiao.core.permissions import Actor

EVERYTHING = Q()


def row_of(found: Any) -> ProjectRow:
    return ProjectRow(
        id=found.pk,
        number=found.number,
        title=found.title,
        state=found.state,
        kind=found.agreement.kind,
        agreement_id=found.agreement_id,
        agreement_number=found.agreement.number,
        parties=tuple(str(one) for one in found.agreement.current.parties.all()),
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        done=found.done,
        milestones=found.kept,
        overdue=found.overdue if found.state == ProjectState.RUNNING else 0,
        next_due=found.next_due if found.state == ProjectState.RUNNING else None,
        proofs_waiting=found.proved,
        version=found.version,
    )


def milestones_of(found: Project) -> QuerySet[Milestone]:
    return found.milestones.select_related("organisation", "responsible").prefetch_related("proofs")


def milestone_view(one: Milestone, today: date) -> MilestoneView:
    return MilestoneView(
        id=one.pk,
        title=one.title,
        deliverable=one.deliverable,
        starts_on=one.starts_on,
        due_on=one.due_on,
        organisation_id=one.organisation_id,
        organisation=one.organisation.name,
        responsible_id=one.responsible_id,
        responsible=str(one.responsible) if one.responsible else "",
        state=one.state,
        done_on=one.done_on,
        is_overdue=is_overdue(one.state, one.due_on, today),
        proof_numbers=tuple(proof.number for proof in one.proofs.all()),
        version=one.version,
    )


def proof_views(actor: Actor, found: Project, wanted: Q = EVERYTHING) -> list[ProofView]:
    versions = Prefetch("versions", ProofVersion.objects.select_related("organisation").order_by("number"))
    rows = found.proofs.filter(wanted).select_related("milestone").prefetch_related(versions)
    may, acts_for = deeds_of(actor, found), {body.pk for body in acting_bodies(actor, found)}
    if actor.organisation_id is not None and actor.runs(found.agreement.consortium_id):
        acts_for.add(actor.organisation_id)
    return [_proof(actor, one, may, acts_for) for one in rows if sees_proof(actor, found, one)]


def _proof(actor: Actor, one: Proof, may: frozenset[Deed], acts_for: set[int]) -> ProofView:
    versions = tuple(_version(row) for row in one.versions.all())
    last = list(one.versions.all())[-1]
    waits = last.verified_at is None and last.refused_at is None
    return ProofView(
        id=one.pk,
        number=one.number,
        title=one.title,
        milestone_id=one.milestone_id,
        milestone=one.milestone.title if one.milestone else "",
        is_confidential=one.is_confidential,
        versions=versions,
        may_verify=waits and Deed.VERIFY in may and may_verify(handed_in_by=last.organisation_id, acts_for=acts_for),
        may_replace=Deed.PROVE in may and actor.belongs_to(last.organisation_id),
    )


def _version(row: ProofVersion) -> ProofVersionView:
    copied = {name: getattr(row, name) for name in _COPIED}
    return ProofVersionView(**copied, organisation=row.organisation.name)


_COPIED = (
    "number sha256 size file_name media_type reason uploaded_by uploaded_at verified_by verified_for verified_at "
    "refused_at refusal"
).split()


def entries_of(found: Project) -> QuerySet[MoneyEntry]:
    return found.money.select_related("organisation", "milestone", "cancelled_by")


def money_view(one: MoneyEntry) -> MoneyView:
    return MoneyView(
        id=one.pk,
        direction=one.direction,
        amount=one.amount,
        organisation=one.organisation.name if one.organisation else "",
        milestone=one.milestone.title if one.milestone else "",
        booked_on=one.booked_on,
        note=one.note,
        entered_by=one.entered_by,
        is_cancelled=hasattr(one, "cancelled_by"),
        cancels=one.cancels_id is not None,
    )


def evaluation_view(one: Evaluation) -> EvaluationView:
    return EvaluationView(one.organisation.name, one.points, one.words, one.given_by, one.given_at)
