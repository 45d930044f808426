"""Note the first use of what a technology contract delivered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.cooperation.changes import bodies_of
from chanjiao.apps.cooperation.models import Agreement
from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.projects.actions.hand_in_proof import hand_in_proof
from chanjiao.apps.projects.actions.start_project import start_project
from chanjiao.apps.projects.models import Project, ProjectState
from chanjiao.apps.transfer.changes import signed_on_of
from chanjiao.apps.transfer.contracts import contract_for
from chanjiao.apps.transfer.models import FirstUse
from chanjiao.apps.transfer.notices import USED, tell_of_contract
from chanjiao.apps.transfer.rules import first_use_faults
from chanjiao.core.audit import emit, record_change
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor


def note_first_use(
    *,
    actor: Actor,
    agreement_id: int,
    used_on: date | None,
    place: str,
    effect: str,
    chunks: Iterable[bytes],
    file_name: str,
    now: datetime,
) -> FirstUse:
    """A party tells when and where the result was first put to use; the file is a proof of the contract's project,
    which another party verifies. A project is started where none runs.

    `contract.used` where it is told already; a file that is forged, empty or too large is refused with nothing kept.
    """
    place, effect = clean_text(place), clean_text(effect)
    with transaction.atomic():
        agreement = contract_for(actor, agreement_id)
        body, signed_on = _teller(actor, agreement), timezone.localdate(signed_on_of(agreement))
        if FirstUse.objects.filter(agreement=agreement).exists():
            raise ChanjiaoError("contract.used")
        errors = first_use_faults(used_on, place, effect, signed_on=signed_on, today=timezone.localdate(now))
        if errors:
            raise Rejected(errors)
        assert used_on is not None
        proof = hand_in_proof(
            actor=actor, project_id=_project(actor, agreement, now).pk, title="首次应用证明", chunks=chunks,
            file_name=file_name, now=now,
        )  # fmt: skip
        use = FirstUse.objects.create(
            agreement=agreement, used_on=used_on, place=place, effect=effect, proof=proof, organisation=body,
            entered_by=actor.name, entered_at=now,
        )  # fmt: skip
        record_change(actor=actor, action="note_first_use", instance=use, now=now)
        _tell(actor, agreement, body, now)
    return use


def _tell(actor: Actor, agreement: Agreement, body: Organisation, now: datetime) -> None:
    assert agreement.current is not None
    bodies = bodies_of(agreement.current)
    for one in bodies:
        emit(
            actor=actor, name="result.first_used", instance=agreement, now=now, consortium_id=agreement.consortium_id,
            organisation=(one.pk, one.name), amount=1, unit="项", note=agreement.number,
        )  # fmt: skip
    tell_of_contract(actor, USED, agreement, [one for one in bodies if one.pk != body.pk], now=now)


def _teller(actor: Actor, agreement: Agreement) -> Organisation:
    assert agreement.current is not None
    found = next((body for body in bodies_of(agreement.current) if actor.acts_for(body.pk)), None)
    if found is None:
        raise ChanjiaoError("action.denied")
    return found


def _project(actor: Actor, agreement: Agreement, now: datetime) -> Project:
    running = agreement.projects.filter(state=ProjectState.RUNNING).order_by("pk").first()
    return running or start_project(actor=actor, agreement_id=agreement.pk, now=now)
