"""Name who signs for a party."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from chanjiao.apps.cooperation.changes import acts_as, agreement_for
from chanjiao.apps.cooperation.models import Party, Signatory, VersionState
from chanjiao.apps.cooperation.notices import tell_signatory
from chanjiao.apps.cooperation.rules import MOST_SIGNATORIES, Deed
from chanjiao.apps.cooperation.signing import signer_of
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor, require


def name_signatories(*, actor: Actor, pk: int, party_id: int, user_ids: Sequence[int], now: datetime) -> Party:
    """These people, one or two, sign for the party; they must be of it (`signatory.not_of_party`).

    Possible until the first of the party has signed (`agreement.signing_begun`).
    """
    with transaction.atomic():
        agreement = agreement_for(actor, pk, Deed.NAME)
        waiting = (VersionState.DRAFT, VersionState.PROPOSED)
        party = Party.objects.filter(pk=party_id, version__agreement=agreement, version__state__in=waiting).first()
        if party is None:
            raise ChanjiaoError("record.not_found")
        require(acts_as(actor, party))
        wanted = _people(party, user_ids)
        if party.signatories.filter(signed_at__isnull=False).exists():
            raise ChanjiaoError("agreement.signing_begun")
        party.signatories.all().delete()
        for one in wanted:
            one.save()
            record_change(actor=actor, action="name_signatory", instance=one, now=now)
            if party.version.state == VersionState.PROPOSED:
                tell_signatory(actor, party.version, one, now)
    return party


def _people(party: Party, user_ids: Sequence[int]) -> list[Signatory]:
    chosen = list(dict.fromkeys(user_ids))
    if not 1 <= len(chosen) <= MOST_SIGNATORIES:
        raise Rejected([ChanjiaoError("signatory.number", field="signatories", limit=MOST_SIGNATORIES)])
    found = [signer_of(party, user_id) for user_id in chosen]
    if any(one is None for one in found):
        raise Rejected([ChanjiaoError("signatory.not_of_party", field="signatories")])
    return [one for one in found if one is not None]
