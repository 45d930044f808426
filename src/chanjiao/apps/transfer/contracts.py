"""Technology contracts: agreements of the five types, whoever is a party to them, and who sells."""

from __future__ import annotations

from chanjiao.apps.cooperation.changes import visible_to
from chanjiao.apps.cooperation.kinds import PartyRole, kind_of
from chanjiao.apps.cooperation.models import Agreement
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.transfer.models import ContractRegistration
from chanjiao.apps.transfer.rules import CONTRACT_KINDS
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def contract_for(actor: Actor, pk: int) -> Agreement:
    """The technology contract, locked until the transaction ends; `record.not_found` where the actor sees none."""
    rows = Agreement.objects.select_for_update(of=("self",)).filter(visible_to(actor), kind__in=CONTRACT_KINDS.values())
    found = rows.filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def seller_of(agreement: Agreement) -> Organisation:
    """The party that sells: the first in the role that the kind of contract names first, a school or an institute."""
    roles = kind_of(agreement.kind).parties[0] - {PartyRole.ENTERPRISE.value}
    assert agreement.current is not None
    parties = agreement.current.parties.select_related("organisation").order_by("position")
    found = next((one.organisation for one in parties if one.role in roles and one.organisation), None)
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def is_taken(number: str) -> bool:
    """Whether a contract is registered under that number."""
    return ContractRegistration.objects.filter(number=number).exists()
