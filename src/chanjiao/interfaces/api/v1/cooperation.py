"""Agreements: kinds with their rules, lists, one of them, its exact text, and everything that can be done to it."""

# Annotations are not postponed here: the pagination could not find the class of the filters by its name.
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Query, Router, Status
from ninja.pagination import paginate

from chanjiao.apps.cooperation import selectors
from chanjiao.apps.cooperation.actions.amend_agreement import amend_agreement
from chanjiao.apps.cooperation.actions.decline_agreement import decline_agreement
from chanjiao.apps.cooperation.actions.draft_agreement import draft_agreement
from chanjiao.apps.cooperation.actions.edit_agreement import edit_agreement
from chanjiao.apps.cooperation.actions.end_agreement import end_agreement
from chanjiao.apps.cooperation.actions.name_signatories import name_signatories
from chanjiao.apps.cooperation.actions.propose_agreement import propose_agreement
from chanjiao.apps.cooperation.actions.renew_agreement import renew_agreement
from chanjiao.apps.cooperation.actions.sign_agreement import sign_agreement
from chanjiao.apps.cooperation.contents import limit_words
from chanjiao.apps.cooperation.kinds import AgreementKind, book
from chanjiao.apps.cooperation.shown import AgreementRow, AgreementView, ExactText
from chanjiao.core import clock
from chanjiao.core.permissions import Actor
from chanjiao.core.rows import Rows
from chanjiao.interfaces.api.paging import Paging
from chanjiao.interfaces.api.v1.shapes.cooperation import (
    AgreementContentIn,
    AgreementDetail,
    AgreementFilters,
    AgreementOut,
    AgreementVersionIn,
    AmendIn,
    DraftIn,
    EndIn,
    KindOut,
    ReasonIn,
    SignatoriesIn,
    SignIn,
    TextOut,
)
from chanjiao.interfaces.api.values import Whole
from chanjiao.interfaces.callers import known_actor

router = Router(tags=["cooperation"])


@router.get("/kinds", response=list[KindOut])
def kinds(request: HttpRequest) -> list[dict[str, Any]]:
    """Every kind of agreement with what it asks for."""
    return [_kind(one) for one in book().kinds.values()]


@router.get("", response=list[AgreementOut])
@paginate(Paging)
def agreements(request: HttpRequest, filters: Query[AgreementFilters]) -> Rows[AgreementRow]:
    """The caller's agreements."""
    return selectors.agreements(known_actor(request), filters.filters())


@router.post("", response={201: AgreementDetail})
def draft(request: HttpRequest, told: DraftIn) -> Status[dict[str, Any]]:
    """Draft an agreement."""
    actor = known_actor(request)
    made = draft_agreement(actor=actor, **told.model_dump(), now=clock.now())
    return Status(201, _detail(actor, made.pk))


@router.get("/{int:pk}", response=AgreementDetail)
def agreement(request: HttpRequest, pk: int, number: Whole | None = None) -> dict[str, Any]:
    """One agreement, in its current version or the one of that number."""
    return _detail(known_actor(request), pk, number)


@router.put("/{int:pk}", response=AgreementDetail)
def edit(request: HttpRequest, pk: int, told: AgreementContentIn) -> dict[str, Any]:
    """Replace the content of the draft; 409 where somebody changed it since the version that was read."""
    actor = known_actor(request)
    edit_agreement(actor=actor, pk=pk, version=told.version, content=told.content(), now=clock.now())
    return _detail(actor, pk)


@router.post("/{int:pk}/propose", response=AgreementDetail)
def propose(request: HttpRequest, pk: int, told: AgreementVersionIn) -> dict[str, Any]:
    """Fix the draft's text and propose it to the parties."""
    actor = known_actor(request)
    propose_agreement(actor=actor, pk=pk, version=told.version, now=clock.now())
    return _detail(actor, pk)


@router.get("/{int:pk}/text/{int:number}", response=TextOut)
def text(request: HttpRequest, pk: int, number: int) -> ExactText:
    """The exact text of a version as it was proposed."""
    return selectors.exact_text(known_actor(request), pk, number)


@router.post("/{int:pk}/parties/{int:party_id}/signatories", response=AgreementDetail)
def signatories(request: HttpRequest, pk: int, party_id: int, told: SignatoriesIn) -> dict[str, Any]:
    """Name who signs for a party."""
    actor = known_actor(request)
    name_signatories(actor=actor, pk=pk, party_id=party_id, user_ids=told.user_ids, now=clock.now())
    return _detail(actor, pk)


@router.post("/{int:pk}/sign", response=AgreementDetail)
def sign(request: HttpRequest, pk: int, told: SignIn) -> dict[str, Any]:
    """Sign the text with that fingerprint."""
    actor = known_actor(request)
    sign_agreement(actor=actor, pk=pk, **told.model_dump(), now=clock.now())
    return _detail(actor, pk)


@router.post("/{int:pk}/decline", response=AgreementDetail)
def decline(request: HttpRequest, pk: int, told: ReasonIn) -> dict[str, Any]:
    """Do not conclude what waits for signatures."""
    actor = known_actor(request)
    decline_agreement(actor=actor, pk=pk, version=told.version, reason=told.reason, now=clock.now())
    return _detail(actor, pk)


@router.post("/{int:pk}/amend", response=AgreementDetail)
def amend(request: HttpRequest, pk: int, told: AmendIn) -> dict[str, Any]:
    """Begin the next version as a draft."""
    actor = known_actor(request)
    made = amend_agreement(actor=actor, pk=pk, reason=told.reason, now=clock.now())
    return _detail(actor, pk, made.number)


@router.post("/{int:pk}/renew", response={201: AgreementDetail})
def renew(request: HttpRequest, pk: int) -> Status[dict[str, Any]]:
    """Begin a renewal as a draft."""
    actor = known_actor(request)
    made = renew_agreement(actor=actor, pk=pk, now=clock.now())
    return Status(201, _detail(actor, made.pk))


@router.post("/{int:pk}/end", response=AgreementDetail)
def end(request: HttpRequest, pk: int, told: EndIn) -> dict[str, Any]:
    """End an agreement in force."""
    actor = known_actor(request)
    end_agreement(actor=actor, pk=pk, **told.model_dump(), now=clock.now())
    return _detail(actor, pk)


def _detail(actor: Actor, pk: int, number: int | None = None) -> dict[str, Any]:
    view: AgreementView = selectors.agreement(actor, pk, number)
    shown = {name: getattr(view, name) for name in ("fields", "clauses", "opens_money")}
    return {
        **{name: getattr(view.row, name) for name in AgreementOut.model_fields},
        **shown,
        "parties_in_full": view.parties,
        "findings": [
            {"rule": one.rule.id, "outcome": one.outcome, "blocks": one.blocks, "source": one.rule.source}
            for one in view.findings
        ],
        "versions": [
            {"number": one.number, "state": one.state, "reason": one.reason, "text_sha256": one.text_sha256}
            for one in view.versions
        ],
        "deeds": sorted(deed.value for deed in view.deeds),
    }


def _kind(kind: AgreementKind) -> dict[str, Any]:
    language = get_language() or "zh-hans"
    fields = [
        {
            "name": one.name,
            "label": one.label.in_language(language),
            "value": one.value,
            "unit": one.unit,
            "required": one.required,
            "choices": list(one.choices),
        }
        for one in kind.fields
    ]
    rules = [
        {
            "id": rule.id,
            "words": rule.label.in_language(language).format(limit=limit_words(rule)),
            "severity": rule.severity,
            "source": rule.source,
            "source_read": rule.source_read,
        }
        for rule in book().rules
        if not rule.kinds or kind.code in rule.kinds
    ]
    return {
        "code": kind.code,
        "label": kind.label.in_language(language),
        "parties": [sorted(group) for group in kind.parties],
        "fields": fields,
        "required_clauses": [one.code for one in kind.clauses if one.required],
        "rules": rules,
    }
