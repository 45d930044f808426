"""Dossiers of programme changes: the list, one of them, and every deed from a draft to the effect."""

# Annotations are not postponed here: the pagination could not find the class of the filters by its name.
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from ninja import File, Form, Query, Router, Schema, Status, UploadedFile
from ninja.pagination import paginate

from chanjiao.apps.dossiers import selectors
from chanjiao.apps.dossiers.actions.ask_opinions import ask_opinions
from chanjiao.apps.dossiers.actions.carry_out_change import carry_out_change
from chanjiao.apps.dossiers.actions.cite_evidence import attach_file, cite_rows
from chanjiao.apps.dossiers.actions.complete_dossier import complete_dossier
from chanjiao.apps.dossiers.actions.decide_dossier import decide_dossier
from chanjiao.apps.dossiers.actions.give_opinion import give_opinion
from chanjiao.apps.dossiers.actions.measure_effect import measure_effect
from chanjiao.apps.dossiers.actions.put_to_vote import put_to_vote
from chanjiao.apps.dossiers.actions.return_dossier import return_dossier
from chanjiao.apps.dossiers.actions.start_dossier import start_dossier
from chanjiao.apps.dossiers.actions.withdraw_dossier import withdraw_dossier
from chanjiao.apps.dossiers.shown import DossierRow, DossierView
from chanjiao.apps.dossiers.sources import Candidate
from chanjiao.core import clock
from chanjiao.core.permissions import Actor
from chanjiao.core.rows import Rows
from chanjiao.interfaces.api.paging import Paging
from chanjiao.interfaces.api.v1.shapes.dossiers import (
    AskIn,
    CandidateOut,
    CarriedOutIn,
    CitesIn,
    CouncilDecisionIn,
    DossierDetail,
    DossierFilters,
    DossierIn,
    DossierOut,
    DossierVersion,
    DossierWithdrawIn,
    EffectIn,
    FileTitleIn,
    OpinionIn,
    ReturnIn,
)
from chanjiao.interfaces.callers import known_actor
from chanjiao.interfaces.web.dossiers.evidence_views import file as download

router = Router(tags=["dossiers"])


@router.get("", response=list[DossierOut])
@paginate(Paging)
def dossiers(request: HttpRequest, filters: Query[DossierFilters]) -> Rows[DossierRow]:
    """The dossiers that the caller sees."""
    return selectors.dossiers(known_actor(request), filters.filters())


@router.post("", response={201: DossierDetail})
def start(request: HttpRequest, told: DossierIn) -> Status[dict[str, Any]]:
    """Start a dossier."""
    actor = known_actor(request)
    made = start_dossier(
        actor=actor, college_id=told.college_id, consortium_id=told.consortium_id, facts=told.facts(),
        cites=told.cites, now=clock.now(),
    )  # fmt: skip
    return Status(201, _detail(actor, made.pk))


@router.get("/{int:pk}", response=DossierDetail)
def dossier(request: HttpRequest, pk: int) -> dict[str, Any]:
    """One dossier."""
    return _detail(known_actor(request), pk)


@router.get("/{int:pk}/candidates", response=list[CandidateOut])
def candidates(request: HttpRequest, pk: int) -> list[Candidate]:
    """The rows that can be cited and are not yet."""
    return selectors.candidates_for(known_actor(request), pk)


@router.post("/{int:pk}/evidence", response={201: DossierDetail})
def cite(request: HttpRequest, pk: int, told: CitesIn) -> Status[dict[str, Any]]:
    """Cite rows as they read now."""
    return Status(201, _after(request, pk, cite_rows, told))


@router.post("/{int:pk}/files", response={201: DossierDetail})
def attach(
    request: HttpRequest,
    pk: int,
    told: Form[FileTitleIn],
    file: File[UploadedFile],
) -> Status[dict[str, Any]]:
    """Attach a file as evidence, as multipart form data."""
    actor = known_actor(request)
    attach_file(actor=actor, pk=pk, title=told.title, chunks=file.chunks(), file_name=file.name or "", now=clock.now())
    return Status(201, _detail(actor, pk))


@router.get("/{int:pk}/evidence/{int:number}/file", response={200: None})
def evidence_file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """Download a file of the dossier."""
    return download(request, pk, number)


@router.post("/{int:pk}/complete", response=DossierDetail)
def complete(request: HttpRequest, pk: int, told: DossierVersion) -> dict[str, Any]:
    """Hand the dossier in."""
    return _after(request, pk, complete_dossier, told)


@router.post("/{int:pk}/ask", response=DossierDetail)
def ask(request: HttpRequest, pk: int, told: AskIn) -> dict[str, Any]:
    """Ask organisations for their opinions."""
    return _after(request, pk, ask_opinions, told)


@router.post("/{int:pk}/opinion", response=DossierDetail)
def opinion(request: HttpRequest, pk: int, told: OpinionIn) -> dict[str, Any]:
    """Give the opinion of the caller's organisation."""
    return _after(request, pk, give_opinion, told)


@router.post("/{int:pk}/vote", response=DossierDetail)
def vote(request: HttpRequest, pk: int, told: DossierVersion) -> dict[str, Any]:
    """Put the dossier to the vote."""
    return _after(request, pk, put_to_vote, told)


@router.post("/{int:pk}/return", response=DossierDetail)
def send_back(request: HttpRequest, pk: int, told: ReturnIn) -> dict[str, Any]:
    """Send the dossier back."""
    return _after(request, pk, return_dossier, told)


@router.post("/{int:pk}/decision", response=DossierDetail)
def decide(request: HttpRequest, pk: int, told: CouncilDecisionIn) -> dict[str, Any]:
    """Enter what the council decided."""
    return _after(request, pk, decide_dossier, told)


@router.post("/{int:pk}/carried-out", response=DossierDetail)
def carried_out(request: HttpRequest, pk: int, told: CarriedOutIn) -> dict[str, Any]:
    """Say that the change was carried out."""
    return _after(request, pk, carry_out_change, told)


@router.post("/{int:pk}/effect", response=DossierDetail)
def effect(request: HttpRequest, pk: int, told: EffectIn) -> dict[str, Any]:
    """Measure the effect."""
    return _after(request, pk, measure_effect, told)


@router.post("/{int:pk}/withdraw", response=DossierDetail)
def withdraw(request: HttpRequest, pk: int, told: DossierWithdrawIn) -> dict[str, Any]:
    """Withdraw the dossier."""
    return _after(request, pk, withdraw_dossier, told)


def _after(request: HttpRequest, pk: int, action: Callable[..., object], told: Schema) -> dict[str, Any]:
    """The dossier after the deed."""
    actor = known_actor(request)
    action(actor=actor, pk=pk, now=clock.now(), **told.model_dump())
    return _detail(actor, pk)


_OF_VIEW = set(DossierDetail.model_fields) - set(DossierOut.model_fields) - {"lacks", "deeds"}


def _detail(actor: Actor, pk: int) -> dict[str, Any]:
    view: DossierView = selectors.dossier(actor, pk)
    return {
        **{name: getattr(view.row, name) for name in DossierOut.model_fields},
        **{name: getattr(view, name) for name in _OF_VIEW},
        "lacks": [one.lacks for one in view.checks],
        "deeds": sorted(deed.value for deed in view.deeds),
    }
