"""What every action on an agreement shares: who sees it, finding it locked, checking the right, telling of the deed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from chanjiao.apps.cooperation.kinds import kind_of
from chanjiao.apps.cooperation.models import Agreement, AgreementState, AgreementVersion, Party, Signatory, VersionState
from chanjiao.apps.cooperation.publicity import publicist_of, publicity_owed
from chanjiao.apps.cooperation.rules import Deed, Standing, deeds, possible
from chanjiao.apps.members.models import Organisation
from chanjiao.core.audit import emit
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def visible_to(actor: Actor) -> Q:
    """Which agreements the actor sees: those of their organisation or their own, once proposed to them; what their
    consortium's members have proposed to each other, for a secretariat.
    """
    if actor.sees_all:
        return Q()
    seen = _parties_seen_by(actor)
    found = Q(consortium_id__in=actor.secretariat_of, proposed_at__isnull=False)
    return found | Q(pk__in=seen.values("version__agreement_id"))


def _parties_seen_by(actor: Actor) -> QuerySet[Party]:
    own = actor.organisation_id if actor.belongs_to(actor.organisation_id) else None
    told = ~Q(version__state=VersionState.DRAFT)
    as_body = Q(organisation_id=own) & (told | Q(version__drafted_by_id=own)) if own else Q(pk__in=[])
    as_person = Q(user_id=actor.user_id) & told if actor.user_id else Q(pk__in=[])
    return Party.objects.filter(as_body | as_person)


def is_inside(actor: Actor, version: AgreementVersion) -> bool:
    """Whether the actor is staff of a party of this version, or a party themselves."""
    return any(
        actor.belongs_to(party.organisation_id) if party.organisation_id else is_person(actor, party)
        for party in version.parties.all()
    )


def is_person(actor: Actor, party: Party) -> bool:
    """Whether the party is the actor in person."""
    return actor.sees_all or (party.user_id is not None and party.user_id == actor.user_id)


def acts_as(actor: Actor, party: Party) -> bool:
    """Whether the actor may act for the party."""
    return actor.acts_for(party.organisation_id) if party.organisation_id else is_person(actor, party)


def agreement_for(actor: Actor, pk: int, deed: Deed) -> Agreement:
    """The agreement, locked until the transaction ends, to which the actor may do `deed` in its present state.

    `record.not_found` where the actor may not even see it, `state.refused` where its state does not allow it,
    `action.denied` where they see it but may not.
    """
    found = Agreement.objects.select_for_update(of=("self",)).filter(visible_to(actor), pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    standing = standing_of(found)
    if not possible(deed, standing) and _takes_part(actor, found):
        raise ChanjiaoError("state.refused", state=AgreementState(found.state).label)
    require(deed in deeds_of(actor, found, standing))
    return found


def standing_of(agreement: Agreement) -> Standing:
    """Where the agreement stands."""
    states = {version.state for version in agreement.versions.all()}
    proposed = version_in(agreement, VersionState.PROPOSED)
    owes = proposed is not None and publicity_owed(proposed)
    return Standing(agreement.state, VersionState.DRAFT in states, proposed is not None, owes)


def deeds_of(actor: Actor, agreement: Agreement, standing: Standing) -> frozenset[Deed]:
    """What the actor may do to the agreement now."""
    drafted, proposed = version_in(agreement, VersionState.DRAFT), version_in(agreement, VersionState.PROPOSED)
    publicist = publicist_of(proposed) if proposed is not None and standing.owes_publicity else None
    return deeds(
        standing,
        is_party=_takes_part(actor, agreement),
        is_drafter=drafted is not None and actor.acts_for(drafted.drafted_by_id),
        owes_signature=signature_due(actor, agreement) is not None,
        publicises=publicist is not None and actor.acts_for(publicist.pk),
    )


def version_in(agreement: Agreement, state: VersionState) -> AgreementVersion | None:
    """The agreement's version in that state; of draft, proposed and in force there is one at most."""
    return next((version for version in agreement.versions.all() if version.state == state), None)


def the_version(agreement: Agreement, state: VersionState) -> AgreementVersion:
    """The version in that state, which is known to exist; `record.stale` where somebody was quicker."""
    found = version_in(agreement, state)
    if found is None:
        raise ChanjiaoError("record.stale")
    return found


def signature_due(actor: Actor, agreement: Agreement) -> Signatory | None:
    """The actor's own signature that the proposed version waits for."""
    if actor.user_id is None:
        return None
    return Signatory.objects.filter(
        party__version__agreement=agreement,
        party__version__state=VersionState.PROPOSED,
        user_id=actor.user_id,
        signed_at__isnull=True,
    ).first()


def claimed(agreement: Agreement, version: int) -> Agreement:
    """The locked agreement with its next version number; `record.stale` where somebody changed it since `version`."""
    if agreement.version != version:
        raise ChanjiaoError("record.stale")
    agreement.version += 1
    return agreement


def counted(version: AgreementVersion) -> tuple[Decimal | None, str]:
    """What an event of this agreement counts, and its unit; no amount of money that the parties keep to themselves."""
    kind = kind_of(version.agreement.kind)
    if kind.counted == "amount":
        return (version.amount if version.shares_money else None), kind.unit
    is_money = any(one.is_money for one in kind.fields if one.name == kind.counted)
    value = version.fields.get(kind.counted)
    if value is None or (is_money and not version.shares_money):
        return None, kind.unit
    return Decimal(str(value)), kind.unit


def announce(
    *, actor: Actor, name: str, version: AgreementVersion, now: datetime, bodies: Iterable[Organisation | None]
) -> None:
    """The event `name` for each organisation it is credited to; the note tells the kind and the version."""
    amount, unit = counted(version)
    for body in bodies:
        if body is not None:
            emit(
                actor=actor,
                name=name,
                instance=version.agreement,
                now=now,
                consortium_id=version.agreement.consortium_id,
                organisation=(body.pk, body.name),
                amount=amount,
                unit=unit,
                note=f"{version.agreement.number} v{version.number}",
            )


def bodies_of(version: AgreementVersion) -> list[Organisation]:
    """The organisations among the parties, in their order."""
    return [party.organisation for party in version.parties.select_related("organisation") if party.organisation]


def own_party(actor: Actor, version: AgreementVersion) -> Organisation:
    """The first organisation among the parties that the actor acts for; `action.denied` for a party in person."""
    found = next((body for body in bodies_of(version) if actor.acts_for(body.pk)), None)
    if found is None:
        raise ChanjiaoError("action.denied")
    return found


def _takes_part(actor: Actor, agreement: Agreement) -> bool:
    parties = Party.objects.filter(version__agreement=agreement).select_related("version")
    return any(
        acts_as(actor, party)
        for party in parties
        if party.version.state != VersionState.DRAFT or actor.acts_for(party.version.drafted_by_id)
    )
