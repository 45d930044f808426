"""Register a technology contract, and strike a registration that was entered by mistake."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.cooperation.changes import bodies_of, counted
from chanjiao.apps.cooperation.models import Agreement
from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.transfer.changes import signed_on_of
from chanjiao.apps.transfer.contracts import contract_for, is_taken, seller_of
from chanjiao.apps.transfer.models import ContractRegistration
from chanjiao.apps.transfer.notices import REGISTERED, tell_of_contract
from chanjiao.apps.transfer.rules import registration_faults
from chanjiao.core.audit import emit, record_change, record_removal
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor, require


def register_contract(
    *, actor: Actor, agreement_id: int, number: str, office: str, registered_on: date | None, now: datetime
) -> ContractRegistration:
    """The seller's registration of the contract at the office of technology contracts stands here, once.

    `contract.registered` where it is registered already, `contract.number_taken` where another bears the number.
    """
    number, office = clean_text(number).upper(), clean_text(office)
    with transaction.atomic():
        agreement = contract_for(actor, agreement_id)
        seller = seller_of(agreement)
        require(actor.acts_for(seller.pk))
        signed_on = timezone.localdate(signed_on_of(agreement))
        _refuse_second(agreement, number)
        errors = registration_faults(number, office, registered_on, signed_on=signed_on, today=timezone.localdate(now))
        if errors:
            raise Rejected(errors)
        assert registered_on is not None
        registration = ContractRegistration.objects.create(
            agreement=agreement, number=number, office=office, registered_on=registered_on, seller=seller,
            entered_by=actor.name, entered_at=now,
        )  # fmt: skip
        record_change(actor=actor, action="register_contract", instance=registration, now=now)
        assert agreement.current is not None
        amount, unit = counted(agreement.current)
        emit(
            actor=actor, name="contract.registered", instance=agreement, now=now, consortium_id=agreement.consortium_id,
            organisation=(seller.pk, seller.name), amount=amount, unit=unit, note=number,
        )  # fmt: skip
        others = [body for body in bodies_of(agreement.current) if body.pk != seller.pk]
        tell_of_contract(actor, REGISTERED, agreement, others, now=now)
    return registration


def strike_registration(*, actor: Actor, agreement_id: int, number: str, now: datetime) -> None:
    """The registration under that number, entered by mistake, no longer stands here; the seller may enter another.

    `record.not_found` where the contract is not registered so, `contract.used` once its first use is told.
    """
    with transaction.atomic():
        agreement = contract_for(actor, agreement_id)
        seller = seller_of(agreement)
        require(actor.acts_for(seller.pk))
        found = ContractRegistration.objects.filter(agreement=agreement, number=number).first()
        if found is None:
            raise ChanjiaoError("record.not_found")
        if hasattr(agreement, "first_use"):
            raise ChanjiaoError("contract.used")
        emit(
            actor=actor, name="contract.registration_struck", instance=agreement, now=now, note=number,
            consortium_id=agreement.consortium_id, organisation=(seller.pk, seller.name),
        )  # fmt: skip
        record_removal(actor=actor, action="strike_registration", instance=found, now=now)
        found.delete()


def _refuse_second(agreement: Agreement, number: str) -> None:
    if ContractRegistration.objects.filter(agreement=agreement).exists():
        raise ChanjiaoError("contract.registered")
    if is_taken(number):
        raise Rejected([ChanjiaoError("contract.number_taken", field="number")])
