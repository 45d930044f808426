"""Agreements whole, as files take them: for their parties, without the money that is not open to who asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.timezone import localdate

from chanjiao.apps.cooperation.changes import acts_as, version_in, visible_to
from chanjiao.apps.cooperation.content import Typed
from chanjiao.apps.cooperation.contents import content_of
from chanjiao.apps.cooperation.kinds import Clause, kind_of
from chanjiao.apps.cooperation.models import Agreement, AgreementState, VersionState
from chanjiao.apps.cooperation.shown import opens_money
from chanjiao.core.permissions import Actor

PARTS = ("current__parties__organisation", "current__parties__user", "versions")


@dataclass(frozen=True, slots=True)
class KeptParty:
    """One party as a file names it; a student has no organisation."""

    role: str
    organisation_id: int | None
    name: str
    credit_code: str


@dataclass(frozen=True, slots=True)
class KeptAgreement:
    """An agreement in its current version; `draft_version` is the version number by which its draft may be edited."""

    id: int
    number: str
    kind: str
    state: str
    consortium: str
    parties: tuple[KeptParty, ...]
    title: str
    starts_on: date | None
    ends_on: date | None
    amount: Decimal | None
    fields: dict[str, Typed]
    clauses: tuple[Clause, ...]
    in_force_on: date | None
    draft_version: int | None


def kept_agreements(actor: Actor) -> Iterator[KeptAgreement]:
    """Every agreement of a party that the actor acts for, and of the consortia they run, the oldest first."""
    for found in _rows(actor).exclude(state=AgreementState.WITHDRAWN).order_by("pk").iterator(200):
        if found.current is not None and (_is_ours(actor, found) or actor.runs(found.consortium_id)):
            yield _kept(actor, found)


def kept_agreement(actor: Actor, number: str) -> KeptAgreement | None:
    """The agreement of that number, None where the actor acts for none of its parties."""
    found = _rows(actor).filter(number=number).first()
    return _kept(actor, found) if found is not None and found.current is not None and _is_ours(actor, found) else None


def _rows(actor: Actor) -> QuerySet[Agreement]:
    rows = Agreement.objects.filter(visible_to(actor)).select_related("current__agreement", "consortium__organisation")
    return rows.prefetch_related(*PARTS)


def _is_ours(actor: Actor, found: Agreement) -> bool:
    assert found.current is not None
    return any(acts_as(actor, party) for party in found.current.parties.all())


def _kept(actor: Actor, found: Agreement) -> KeptAgreement:
    current = found.current
    assert current is not None
    opens = opens_money(actor, current)
    money = {one.name for one in kind_of(found.kind).fields if one.is_money}
    drafted = version_in(found, VersionState.DRAFT)
    edits = drafted is not None and drafted.pk == current.pk and actor.acts_for(drafted.drafted_by_id)
    return KeptAgreement(
        id=found.pk,
        number=found.number,
        kind=found.kind,
        state=found.state,
        consortium=found.consortium.organisation.name,
        parties=tuple(
            KeptParty(
                one.role,
                one.organisation_id,
                str(one),
                (one.organisation.credit_code or "") if one.organisation else "",
            )
            for one in current.parties.all()
        ),
        title=current.title,
        starts_on=current.starts_on,
        ends_on=current.ends_on,
        amount=current.amount if opens else None,
        fields={name: value for name, value in current.fields.items() if opens or name not in money},
        clauses=tuple(one for one in content_of(current).clauses if opens or not one.confidential),
        in_force_on=localdate(found.in_force_at) if found.in_force_at else None,
        draft_version=found.version if edits else None,
    )
