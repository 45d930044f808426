"""Conclude a challenge: its work accepted, withdrawn, or without result."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.transfer.changes import announce, challenge_for, refuse_rest, signed_on_of, stored
from chanjiao.apps.transfer.models import AnswerState, Challenge, ChallengeState
from chanjiao.apps.transfer.notices import ACCEPTED, CLOSED, tell_of_challenge
from chanjiao.apps.transfer.rules import LENGTHS, Deed
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import Actor


def accept_work(
    *, actor: Actor, pk: int, version: int, accepted_on: date | None, note: str, now: datetime
) -> Challenge:
    """The owner has accepted the work that the contract asked for, on a day between its signature and today."""
    with transaction.atomic():
        challenge = challenge_for(actor, pk, Deed.ACCEPT)
        assert challenge.agreement is not None
        first, last = timezone.localdate(signed_on_of(challenge.agreement)), timezone.localdate(now)
        if accepted_on is None or not first <= accepted_on <= last:
            raise Rejected([ChanjiaoError("contract.outside", field="accepted_on", first=first, last=last)])
        changes = {"state": ChallengeState.ACCEPTED, "accepted_on": accepted_on, "note": _words(note), "closed_at": now}
        stored(actor=actor, challenge=challenge, version=version, changes=changes, action="accept_work", now=now)
        body = challenge.answers.select_related("organisation").get(state=AnswerState.CHOSEN).organisation
        announce(
            actor=actor, name="challenge.accepted", challenge=challenge, now=now, body=body, amount=challenge.bounty
        )
        tell_of_challenge(actor, ACCEPTED, challenge, [body], now=now)
    return challenge


def withdraw_challenge(*, actor: Actor, pk: int, version: int, note: str, now: datetime) -> Challenge:
    """The owner no longer puts the problem out; whoever has answered is told."""
    return _closed(actor, pk, Deed.WITHDRAW, version=version, note=note, now=now)


def fail_challenge(*, actor: Actor, pk: int, version: int, note: str, now: datetime) -> Challenge:
    """The challenge ended without result: no answer suited, no contract came about, or the work failed."""
    return _closed(actor, pk, Deed.FAIL, version=version, note=note, now=now)


_ENDS = {
    Deed.WITHDRAW: (ChallengeState.WITHDRAWN, "challenge.withdrawn"),
    Deed.FAIL: (ChallengeState.FAILED, "challenge.failed"),
}


def _closed(actor: Actor, pk: int, deed: Deed, *, version: int, note: str, now: datetime) -> Challenge:
    note, (state, event) = _words(note), _ENDS[deed]
    if not note:
        raise Rejected([ChanjiaoError("listing.required", field="note")])
    with transaction.atomic():
        challenge = challenge_for(actor, pk, deed)
        told = [*_chosen(challenge), *refuse_rest(actor=actor, challenge=challenge, reasons={}, now=now)]
        changes: dict[str, object] = {"state": state, "closed_at": now, "note": note}
        stored(actor=actor, challenge=challenge, version=version, changes=changes, action=f"{deed}_challenge", now=now)
        body = challenge.need.organisation
        if challenge.published_at is not None:
            announce(actor=actor, name=event, challenge=challenge, now=now, body=body, amount=challenge.bounty)
        tell_of_challenge(actor, CLOSED, challenge, told, now=now)
    return challenge


def _chosen(challenge: Challenge) -> list[Organisation]:
    rows = challenge.answers.filter(state=AnswerState.CHOSEN).select_related("organisation")
    return [one.organisation for one in rows]


def _words(note: str) -> str:
    note = clean_text(note)
    if len(note) > LENGTHS["note"]:
        raise Rejected([ChanjiaoError("listing.too_long", field="note", limit=LENGTHS["note"])])
    return note
