"""Projects: lists, one of them, milestones, money, and proofs with their files."""

# Annotations are not postponed here: the pagination could not find the class of the filters by its name.
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from ninja import File, Form, Query, Router, Status, UploadedFile
from ninja.pagination import paginate

from chanjiao.apps.projects import selectors
from chanjiao.apps.projects.actions.add_milestone import add_milestone
from chanjiao.apps.projects.actions.book_money import book_money
from chanjiao.apps.projects.actions.close_project import close_project
from chanjiao.apps.projects.actions.evaluate_project import evaluate_project
from chanjiao.apps.projects.actions.hand_in_proof import hand_in_proof
from chanjiao.apps.projects.actions.replace_proof import replace_proof
from chanjiao.apps.projects.actions.start_project import start_project
from chanjiao.apps.projects.actions.verify_proof import verify_proof
from chanjiao.apps.projects.rules import MilestoneFacts
from chanjiao.apps.projects.shown import ProjectRow, ProjectView
from chanjiao.core import clock
from chanjiao.core.permissions import Actor
from chanjiao.core.rows import Rows
from chanjiao.interfaces.api.paging import Paging
from chanjiao.interfaces.api.v1.shapes.projects import (
    EvaluationIn,
    JudgeIn,
    MilestoneIn,
    MoneyIn,
    ProjectCloseIn,
    ProjectDetail,
    ProjectFilters,
    ProjectOut,
    ProofIn,
    ReplaceIn,
    StartIn,
)
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.projects.proof_views import file as download

router = Router(tags=["projects"])


@router.get("", response=list[ProjectOut])
@paginate(Paging)
def projects(request: HttpRequest, filters: Query[ProjectFilters]) -> Rows[ProjectRow]:
    """The caller's projects."""
    return selectors.projects(known_actor(request), filters.filters())


@router.post("", response={201: ProjectDetail})
def start(request: HttpRequest, told: StartIn) -> Status[dict[str, Any]]:
    """Start a project under an agreement in force."""
    actor = known_actor(request)
    made = start_project(actor=actor, **told.model_dump(), now=clock.now())
    return Status(201, _detail(actor, made.pk))


@router.get("/{int:pk}", response=ProjectDetail)
def project(request: HttpRequest, pk: int) -> dict[str, Any]:
    """One project."""
    return _detail(known_actor(request), pk)


@router.post("/{int:pk}/milestones", response={201: ProjectDetail})
def milestone(request: HttpRequest, pk: int, told: MilestoneIn) -> Status[dict[str, Any]]:
    """Plan a milestone."""
    actor = known_actor(request)
    add_milestone(actor=actor, project_id=pk, told=MilestoneFacts(**told.model_dump()), now=clock.now())
    return Status(201, _detail(actor, pk))


@router.post("/{int:pk}/proofs", response={201: ProjectDetail})
def hand_in(
    request: HttpRequest,
    pk: int,
    told: Form[ProofIn],
    file: File[UploadedFile],
) -> Status[dict[str, Any]]:
    """Hand in a proof, as multipart form data."""
    actor = known_actor(request)
    hand_in_proof(
        actor=actor,
        project_id=pk,
        chunks=file.chunks(),
        file_name=file.name or "",
        **told.model_dump(),
        now=clock.now(),
    )
    return Status(201, _detail(actor, pk))


@router.post("/{int:pk}/proofs/{int:number}/replace", response=ProjectDetail)
def replace(
    request: HttpRequest,
    pk: int,
    number: int,
    told: Form[ReplaceIn],
    file: File[UploadedFile],
) -> dict[str, Any]:
    """Replace a proof by its next version."""
    actor = known_actor(request)
    replace_proof(
        actor=actor,
        project_id=pk,
        number=number,
        chunks=file.chunks(),
        file_name=file.name or "",
        **told.model_dump(),
        now=clock.now(),
    )
    return _detail(actor, pk)


@router.post("/{int:pk}/proofs/{int:number}/verify", response=ProjectDetail)
def verify(request: HttpRequest, pk: int, number: int, told: JudgeIn) -> dict[str, Any]:
    """Verify a proof, or send it back."""
    actor = known_actor(request)
    verify_proof(actor=actor, project_id=pk, number=number, **told.model_dump(), now=clock.now())
    return _detail(actor, pk)


@router.get("/{int:pk}/proofs/{int:number}/{int:version}/file", response={200: None})
def proof_file(request: HttpRequest, pk: int, number: int, version: int) -> HttpResponseBase:
    """Download one file of a proof."""
    return download(request, pk, number, version)


@router.post("/{int:pk}/money", response={201: ProjectDetail})
def money(request: HttpRequest, pk: int, told: MoneyIn) -> Status[dict[str, Any]]:
    """Book money received or spent."""
    actor = known_actor(request)
    book_money(actor=actor, project_id=pk, **told.model_dump(), now=clock.now())
    return Status(201, _detail(actor, pk))


@router.post("/{int:pk}/evaluation", response=ProjectDetail)
def evaluate(request: HttpRequest, pk: int, told: EvaluationIn) -> dict[str, Any]:
    """Evaluate the project for the caller's organisation."""
    actor = known_actor(request)
    evaluate_project(actor=actor, project_id=pk, **told.model_dump(), now=clock.now())
    return _detail(actor, pk)


@router.post("/{int:pk}/close", response=ProjectDetail)
def close(request: HttpRequest, pk: int, told: ProjectCloseIn) -> dict[str, Any]:
    """Conclude the project."""
    actor = known_actor(request)
    close_project(actor=actor, project_id=pk, **told.model_dump(), now=clock.now())
    return _detail(actor, pk)


def _detail(actor: Actor, pk: int) -> dict[str, Any]:
    view: ProjectView = selectors.project(actor, pk)
    return {
        **{name: getattr(view.row, name) for name in ProjectOut.model_fields},
        **{name: getattr(view, name) for name in ("proofs", "money", "missing_evaluations", "summary")},
        "milestone_list": view.milestones,
        "deeds": sorted(deed.value for deed in view.deeds),
    }
