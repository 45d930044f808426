"""Reads over dossiers, filtered by who asks."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from chanjiao.apps.dossiers.asking import Askable, opinions_owed, organisations_to_ask
from chanjiao.apps.dossiers.book import book, change_of
from chanjiao.apps.dossiers.changes import standing_of, visible_to
from chanjiao.apps.dossiers.models import Dossier, DossierState, EvidenceKind, Opinion
from chanjiao.apps.dossiers.rules import Deed, deeds, lacking, measurable_on
from chanjiao.apps.dossiers.shown import Check, DossierRow, DossierView, EvidenceFile, EvidenceView, OpinionView
from chanjiao.apps.dossiers.sources import Candidate, candidates
from chanjiao.apps.exchange.places import Place
from chanjiao.apps.members.models import Membership, MembershipState
from chanjiao.apps.programmes.models import ProgrammePoint
from chanjiao.apps.programmes.rules.points import COLLEGES
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import Event
from chanjiao.core.permissions import Actor
from chanjiao.core.rows import Rows, column_asked, readable

SORTS = {
    "number": "number",
    "college": "college__pinyin",
    "change": "change",
    "seats": "delta",
    "year": "from_year",
    "state": "state",
}
OPEN_STATES = (DossierState.DRAFT, DossierState.COMPLETE, DossierState.OPINIONS, DossierState.READY)


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows the list; `waiting` keeps those that wait for the reader's own opinion."""

    state: str = ""
    change: str = ""
    college: int | None = None
    point: int | None = None
    year: int | None = None
    waiting: bool = False
    text: str = ""
    sort: str = ""


def visible_dossiers(actor: Actor) -> QuerySet[Dossier]:
    """The dossiers that the actor may open, in every state."""
    return Dossier.objects.filter(visible_to(actor))


def dossiers(actor: Actor, filters: Filters = Filters()) -> Rows[DossierRow]:
    """The dossiers that the actor sees, the latest first; without a state asked for, those withdrawn stay out."""
    filters, rows = readable(filters), _rows(actor)
    rows = rows.filter(state=filters.state) if filters.state else rows.exclude(state=DossierState.WITHDRAWN)
    wanted = {"change": filters.change, "college_id": filters.college, "point_id": filters.point}
    wanted |= {"from_year": filters.year}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if filters.waiting:
        rows = rows.filter(owes_us=True)
    for word in filters.text.split():
        rows = rows.filter(Q(college__name__icontains=word) | Q(number__iexact=word) | Q(case__icontains=word))
    return Rows(rows.order_by(*_order(filters.sort)), _row)


def state_counts(actor: Actor) -> dict[str, int]:
    """State → number of dossiers that the actor sees, zero where there is none."""
    rows = visible_dossiers(actor).order_by().values_list("state").annotate(Count("pk"))
    return dict.fromkeys(DossierState.values, 0) | dict(rows)


def dossier(actor: Actor, pk: int) -> DossierView:
    """One dossier; `record.not_found` where there is none for the actor."""
    found = _found(actor, pk)
    evidence = tuple(_evidence(one) for one in found.evidence.all())
    return DossierView(
        row=_row(found),
        consortium=found.consortium.organisation.name,
        partner=found.partner.name if found.partner else "",
        evidence=evidence,
        checks=_checks(found, [one.kind for one in evidence]),
        opinions=tuple(_opinion(one) for one in found.opinions.select_related("organisation")),
        opinions_owed=opinions_owed(found),
        measurable_on=measurable_on(found.carried_out_on, book().effect_months) if found.carried_out_on else None,
        deeds=_possible(actor, found),
        **{name: getattr(found, name) for name in _COPIED},
    )


def candidates_for(actor: Actor, pk: int) -> list[Candidate]:
    """The rows that the actor can cite in a draft of theirs and that it does not cite yet."""
    found = _found(actor, pk)
    cited = {(one.kind, one.object_type, one.object_id, one.measure) for one in found.evidence.all()}
    offered = candidates(actor, found, timezone.localdate(clock.now()))
    return [one for one in offered if (one.kind, one.object_type, one.object_id, one.measure) not in cited]


def to_ask(actor: Actor, pk: int) -> list[Askable]:
    """Whom the actor, who runs the consortium, can put the dossier to."""
    return organisations_to_ask(_found(actor, pk))


def evidence_file(actor: Actor, pk: int, number: int) -> EvidenceFile:
    """A file of a dossier that the actor sees; `record.not_found` else."""
    row = _found(actor, pk).evidence.filter(number=number, kind=EvidenceKind.FILE).first()
    if row is None:
        raise ChanjiaoError("record.not_found")
    return EvidenceFile(row.sha256, row.size, row.file_name)


def history(actor: Actor, pk: int) -> QuerySet[Event]:
    """The deeds of a dossier, the latest first."""
    found = _found(actor, pk)
    return Event.objects.filter(object_type=Dossier._meta.label_lower, object_id=found.pk).order_by("-at", "-id")


def places_to_start(actor: Actor) -> tuple[Place, ...]:
    """For which college in which consortium the actor may start a dossier: their own, a group after its consortia."""
    rows = Membership.objects.filter(state=MembershipState.ACTIVE, organisation__type__in=COLLEGES)
    if not actor.sees_all:
        own = actor.organisation_id if actor.belongs_to(actor.organisation_id) else None
        rows = rows.filter(organisation_id=own or 0)
    columns = ("organisation_id", "organisation__name", "consortium_id", "consortium__organisation__name")
    found = rows.order_by("organisation__pinyin", F("consortium__group").asc(nulls_last=True), "consortium_id")
    return tuple(dict.fromkeys(Place(*row) for row in found.values_list(*columns)))


def points_to_change(actor: Actor, college_id: int) -> list[ProgrammePoint]:
    """The programme points of a college on which no dossier is pending, by code."""
    pending = Dossier.objects.filter(point=OuterRef("pk"), state__in=OPEN_STATES)
    return list(ProgrammePoint.objects.filter(~Exists(pending), college_id=college_id).select_related("college"))


def effects_due(actor: Actor, today: date) -> list[DossierRow]:
    """Changes of the actor's college whose effect can be measured by now."""
    rows = _rows(actor).filter(state=DossierState.CARRIED_OUT, college_id=actor.organisation_id or 0)
    months = book().effect_months
    return [_row(one) for one in rows if measurable_on(one.carried_out_on, months) <= today]


def _rows(actor: Actor) -> QuerySet[Any]:
    owed = Opinion.objects.filter(dossier=OuterRef("pk"), verdict="", organisation_id=actor.organisation_id or 0)
    return (
        visible_dossiers(actor)
        .select_related("college", "consortium__organisation", "partner")
        .annotate(
            delta=F("seats_planned") - F("seats_now"),
            evidence_count=Count("evidence", distinct=True),
            given=Count("opinions", filter=~Q(opinions__verdict=""), distinct=True),
            asked=Count("opinions", distinct=True),
            due_on=Min("opinions__due_on", filter=Q(opinions__verdict="")),
            owes_us=Exists(owed),
        )
    )


def _found(actor: Actor, pk: int) -> Any:
    found = _rows(actor).filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def _possible(actor: Actor, found: Dossier) -> frozenset[Deed]:
    possible = deeds(standing_of(actor, found))
    if Deed.MEASURE in possible and found.carried_out_on is not None:
        first = measurable_on(found.carried_out_on, book().effect_months)
        possible -= {Deed.MEASURE} if timezone.localdate(clock.now()) < first else set()
    return possible


def _checks(found: Dossier, kinds: list[str]) -> tuple[Check, ...]:
    kind = change_of(found.change)
    missing = lacking(kind.requirements, kinds)
    rows = zip(kind.labels, kind.requirements, missing, strict=True)
    return tuple(Check(label, one.source, one.least, lacks) for label, one, lacks in rows)


def _row(found: Any) -> DossierRow:
    copied = {name: getattr(found, name) for name in _ROW_COPIED}
    return DossierRow(
        id=found.pk,
        college=found.college.name,
        evidence=found.evidence_count,
        opinions=found.given,
        opinions_asked=found.asked,
        **copied,
    )


def _evidence(one: Any) -> EvidenceView:
    return EvidenceView(**{field.name: getattr(one, field.name) for field in fields(EvidenceView)})


def _opinion(one: Opinion) -> OpinionView:
    copied = {field.name: getattr(one, field.name) for field in fields(OpinionView) if field.name != "organisation"}
    return OpinionView(organisation=one.organisation.name, **copied)


_ROW_COPIED = (
    "number change college_id consortium_id level system code point_id seats_now seats_planned from_year state "
    "decision due_on owes_us version"
).split()
_COPIED = (
    "into_code partner_id chain case created_by decided_on resolution reason note carried_out_on seats_done effect "
    "effect_words measured_at"
).split()


def _order(sort: str) -> tuple[str, ...]:
    asked = column_asked(sort, SORTS)
    return (asked, "-pk") if asked else ("-pk",)
