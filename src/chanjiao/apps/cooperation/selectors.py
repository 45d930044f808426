"""Reads over agreements: for their parties, and without what these keep to themselves for their secretariat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from chanjiao.apps.cooperation.changes import acts_as, deeds_of, standing_of, version_in, visible_to
from chanjiao.apps.cooperation.content import Content
from chanjiao.apps.cooperation.contents import content_of
from chanjiao.apps.cooperation.facts import findings_of
from chanjiao.apps.cooperation.kinds import kind_of
from chanjiao.apps.cooperation.models import (
    Agreement,
    AgreementState,
    AgreementVersion,
    Party,
    Signatory,
    VersionState,
)
from chanjiao.apps.cooperation.shown import (
    AgreementRow,
    AgreementView,
    ExactText,
    Signed,
    agreement_row,
    opens_money,
    party_view,
    version_row,
)
from chanjiao.apps.cooperation.signing import signers_of
from chanjiao.apps.cooperation.text import LETTERS
from chanjiao.apps.members.models import Staff, StaffRole
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import Event
from chanjiao.core.permissions import Actor
from chanjiao.core.rows import Rows, column_asked, readable

SORTS = {
    "number": "number",
    "title": "current__title",
    "kind": "kind",
    "state": "state",
    "starts": "current__starts_on",
    "ends": "current__ends_on",
    "signed": "in_force_at",
}
MOST_MODELS = 50
"""Earlier agreements that are offered as a model."""
PARTS = ("current__parties__organisation", "current__parties__user", "current__parties__signatories")


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list; `waiting` keeps those that wait for the actor's own signature."""

    kind: str = ""
    state: str = ""
    organisation: int | None = None
    consortium: int | None = None
    ends_by: date | None = None
    waiting: bool = False
    text: str = ""
    sort: str = ""


def visible_agreements(actor: Actor) -> QuerySet[Any]:
    """The agreements that the actor may open, in every state, each with `waits`: it waits for their signature."""
    due = Signatory.objects.filter(
        party__version__agreement=OuterRef("pk"),
        party__version__state=VersionState.PROPOSED,
        user_id=actor.user_id or 0,
        signed_at__isnull=True,
    )
    rows = Agreement.objects.filter(visible_to(actor)).select_related("current__agreement")
    return rows.annotate(waits=Exists(due))


def agreements(actor: Actor, filters: Filters = Filters()) -> Rows[AgreementRow]:
    """The agreements that the actor sees, the latest first; without a state asked for, those not concluded stay out."""
    filters, rows = readable(filters), visible_agreements(actor)
    rows = rows.filter(state=filters.state) if filters.state else rows.exclude(state=AgreementState.WITHDRAWN)
    rows = rows.filter(_narrowed(filters))
    if filters.waiting:
        rows = rows.filter(waits=True)
    return Rows(rows.prefetch_related(*PARTS).order_by(*_order(filters.sort)), partial(agreement_row, actor))


def signatures_due(actor: Actor) -> Rows[AgreementRow]:
    """The agreements that wait for the actor's own signature, the longest waiting first."""
    rows = visible_agreements(actor).filter(waits=True).prefetch_related(*PARTS).order_by("proposed_at", "pk")
    return Rows(rows, partial(agreement_row, actor))


def repeatable(actor: Actor) -> list[AgreementRow]:
    """Agreements that were concluded and that the actor's organisation may take as a model, the latest first."""
    body = actor.organisation_id
    if body is None or not actor.acts_for(body):
        return []
    concluded = (AgreementState.IN_FORCE, AgreementState.ENDED, AgreementState.RENEWED)
    rows = visible_agreements(actor).filter(state__in=concluded, current__parties__organisation_id=body)
    return list(Rows(rows.prefetch_related(*PARTS).order_by("-pk"), partial(agreement_row, actor))[:MOST_MODELS])


def state_counts(actor: Actor) -> dict[str, int]:
    """State → number of agreements that the actor sees, zero where there is none."""
    counted = dict.fromkeys(AgreementState.values, 0)
    rows = Agreement.objects.filter(visible_to(actor)).order_by().values_list("state").annotate(Count("pk"))
    return counted | dict(rows)


def agreement(actor: Actor, pk: int, number: int | None = None) -> AgreementView:
    """One agreement in its current version, or in the one of that number; `record.not_found` where there is none."""
    found = _found(actor, pk)
    version = _shown(actor, found, number)
    kind, content = kind_of(found.kind), content_of(version)
    opens = opens_money(actor, version)
    standing = standing_of(found)
    return AgreementView(
        row=agreement_row(actor, found),
        shown=version_row(version),
        title=version.title,
        consortium=found.consortium.organisation.name,
        parties=tuple(party_view(actor, one) for one in version.parties.all()),
        fields={
            one.name: version.fields[one.name]
            for one in kind.fields
            if one.name in version.fields and (opens or not one.is_money)
        },
        clauses=tuple(one for one in content.clauses if opens or not one.confidential),
        findings=findings_of(kind, content, today=timezone.localdate(clock.now()), leaving_out=found.pk),
        versions=tuple(version_row(one) for one in found.versions.all() if _is_open(actor, one)),
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        amount=version.amount if opens else None,
        shares_money=version.shares_money,
        overlap_meant=version.overlap_meant,
        opens_money=opens,
        has_text=bool(version.text) and opens,
        owes_publicity=standing.owes_publicity,
        match_id=found.match_id,
        previous=(found.previous.pk, found.previous.number) if found.previous else None,
        renewals=tuple((one.pk, one.number) for one in found.renewals.filter(visible_to(actor))),
        ended_at=found.ended_at,
        note=found.note,
        deeds=deeds_of(actor, found, standing),
    )


def draft_content(actor: Actor, pk: int) -> tuple[AgreementView, Content]:
    """The draft that the actor may go on writing, and what it holds; `record.not_found` where there is none."""
    found = _found(actor, pk)
    draft = version_in(found, VersionState.DRAFT)
    if draft is None or not actor.acts_for(draft.drafted_by_id):
        raise ChanjiaoError("record.not_found")
    return agreement(actor, pk, draft.number), content_of(draft)


def exact_text(actor: Actor, pk: int, number: int) -> ExactText:
    """The text of one version as it was proposed, for the parties, and for the secretariat where they agreed to it."""
    found = _found(actor, pk)
    version = _shown(actor, found, number)
    if not version.text or not opens_money(actor, version):
        raise ChanjiaoError("record.not_found")
    return ExactText(
        agreement_id=found.pk,
        number=found.number,
        title=version.title,
        version_number=version.number,
        state=version.state,
        text=version.text,
        sha256=version.text_sha256,
        signatures=tuple(
            Signed(letter, str(party), one.name, one.post, one.signed_at)
            for letter, party in zip(LETTERS, version.parties.all(), strict=False)
            for one in party.signatories.all()
        ),
    )


def signers(actor: Actor, pk: int, party_id: int) -> list[tuple[int, str]]:
    """(person, name and post) of those who may be named to sign for a party that the actor acts for."""
    party = Party.objects.filter(version__agreement_id=_found(actor, pk).pk, pk=party_id).first()
    if party is None or not acts_as(actor, party):
        raise ChanjiaoError("record.not_found")
    if party.user is not None:
        return [(party.user.pk, str(party.user))]
    return [(one.user_id, f"{one.user} {one.title}".strip()) for one in signers_of(party)]


def history(actor: Actor, pk: int) -> QuerySet[Event]:
    """The deeds of an agreement that the actor sees, the latest first, each once."""
    found = _found(actor, pk)
    about = Event.objects.filter(object_type=Agreement._meta.label_lower, object_id=found.pk)
    return about.order_by("-at", "-id")


def _found(actor: Actor, pk: int) -> Any:
    found = (
        visible_agreements(actor)
        .select_related("consortium__organisation", "previous")
        .prefetch_related("versions__parties__signatories", "versions__drafted_by", *PARTS)
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def _shown(actor: Actor, found: Agreement, number: int | None) -> AgreementVersion:
    wanted = number if number is not None else found.current.number if found.current else 1
    version = next((one for one in found.versions.all() if one.number == wanted and _is_open(actor, one)), None)
    if version is None:
        raise ChanjiaoError("record.not_found")
    return version


def _is_open(actor: Actor, version: AgreementVersion) -> bool:
    return version.state != VersionState.DRAFT or actor.belongs_to(version.drafted_by_id)


def _narrowed(filters: Filters) -> Q:
    wanted = Q()
    if filters.kind:
        wanted &= Q(kind=filters.kind)
    if filters.consortium is not None:
        wanted &= Q(consortium_id=filters.consortium)
    if filters.organisation is not None:
        wanted &= Q(current__parties__organisation_id=filters.organisation)
    if filters.ends_by is not None:
        wanted &= Q(current__ends_on__lte=filters.ends_by)
    for word in filters.text.split():
        of_party = Party.objects.filter(organisation__name__icontains=word).values("version_id")
        wanted &= Q(current__title__icontains=word) | Q(number__iexact=word) | Q(current_id__in=of_party)
    return wanted


def _order(sort: str) -> tuple[str, ...]:
    asked = column_asked(sort, SORTS)
    return (asked, "-pk") if asked else ("-waits", "-pk")


def students_to_add(actor: Actor, pk: int) -> list[tuple[int, str]]:
    """(person, name) of students who may become parties: those of a college that takes part and that the actor acts
    for.
    """
    found = _found(actor, pk)
    draft = version_in(found, VersionState.DRAFT)
    bodies = [one.organisation_id for one in draft.parties.all()] if draft else []
    schools = [pk for pk in bodies if pk is not None and actor.acts_for(pk)]
    posts = Staff.objects.filter(organisation_id__in=schools, role=StaffRole.STUDENT, ended_on__isnull=True)
    return [(one.user_id, str(one.user)) for one in posts.select_related("user").order_by("user__full_name", "pk")]
