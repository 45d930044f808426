"""Sign an agreement."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.accounts.selectors import confirms
from chanjiao.apps.cooperation.changes import agreement_for, announce, signature_due, the_version
from chanjiao.apps.cooperation.models import Agreement, VersionState
from chanjiao.apps.cooperation.rules import Deed
from chanjiao.apps.cooperation.signing import put_in_force_if_ready, signer_of
from chanjiao.apps.notices.actions.settle_notices import settle_notices
from chanjiao.apps.notices.addressees import person
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor, require


def sign_agreement(*, actor: Actor, pk: int, text_sha256: str, confirmation: str, now: datetime) -> Agreement:
    """The actor, named to sign for a party, has signed the text with that fingerprint; the last signature puts it in
    force, unless its price must be publicised first.

    `confirmation` is the signer's own password (`signatory.not_confirmed`). `record.stale` where another text waits,
    `signatory.not_of_party` where they have left the party, `listing.past` where the term is over.
    """
    # Checking a password takes long on purpose, so it is done before the agreement is locked.
    is_confirmed = confirms(actor, confirmation)
    with transaction.atomic():
        agreement = agreement_for(actor, pk, Deed.SIGN)
        version = the_version(agreement, VersionState.PROPOSED)
        if version.text_sha256 != text_sha256:
            raise ChanjiaoError("record.stale")
        due = signature_due(actor, agreement)
        require(due is not None)
        assert due is not None
        if signer_of(due.party, due.user_id) is None:
            raise ChanjiaoError("signatory.not_of_party")
        if version.ends_on is not None and version.ends_on < timezone.localdate(now):
            raise ChanjiaoError("listing.past", field="ends_on")
        if not is_confirmed:
            raise Rejected([ChanjiaoError("signatory.not_confirmed", field="confirmation")])
        before = state_of(due)
        due.signed_at, due.text_sha256 = now, version.text_sha256
        due.save(update_fields=["signed_at", "text_sha256"])
        record_change(actor=actor, action="sign_agreement", instance=due, now=now, before=before)
        announce(actor=actor, name="agreement.signed", version=version, now=now, bodies=[due.party.organisation])
        settle_notices(about=agreement, now=now, to=person(due.user_id))
        put_in_force_if_ready(actor=actor, agreement=agreement, version=version, now=now)
    return agreement
