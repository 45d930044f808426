"""The facts that the rules of law are checked on: what the agreement states, and what stands in others beside it."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from chanjiao.apps.cooperation.content import Content, Typed, read_fields
from chanjiao.apps.cooperation.kinds import AgreementKind, PartyRole, book
from chanjiao.apps.cooperation.models import AgreementVersion, Party, VersionState
from chanjiao.apps.cooperation.rules import Finding, findings

BINDING = (VersionState.PROPOSED, VersionState.IN_FORCE)


def findings_of(kind: AgreementKind, content: Content, *, today: date, leaving_out: int | None) -> tuple[Finding, ...]:
    """What the rules say of an agreement with this content; `leaving_out` is itself, where it is stored already."""
    return findings(kind, book().rules, facts_of(kind, content, today=today, leaving_out=leaving_out))


def facts_of(kind: AgreementKind, content: Content, *, today: date, leaving_out: int | None) -> dict[str, object]:
    """Name → value: the particulars, and what follows from parties, term and the firm's other internships."""
    values: dict[str, Typed] = read_fields(kind, dict(content.fields))[0]
    facts: dict[str, object] = dict(values)
    facts["has_rights_and_duties"] = bool(content.parties) and all(one.rights and one.duties for one in content.parties)
    facts["third_parties"] = sum(one.role == PartyRole.THIRD for one in content.parties)
    facts["days_to_start"] = (content.starts_on - today).days if content.starts_on else None
    interns = values.get("interns")
    if isinstance(interns, int):
        facts["interns_total"] = interns + interns_elsewhere(content, leaving_out)
    return facts


def interns_elsewhere(content: Content, leaving_out: int | None) -> int:
    """Interns whom the same enterprises take by other internship agreements whose terms overlap."""
    firms = [one.organisation_id for one in content.parties if one.role == PartyRole.ENTERPRISE and one.organisation_id]
    others = _beside(content, leaving_out).filter(agreement__kind="internship", parties__organisation_id__in=firms)
    return sum(int(one.fields.get("interns", 0)) for one in others.distinct())


def overlapping(kind: AgreementKind, content: Content, leaving_out: int | None) -> list[str]:
    """Numbers of other agreements of this kind between the same parties whose terms overlap this one's."""
    mine = {(one.organisation_id, one.user_id) for one in content.parties}
    alike = _beside(content, leaving_out).filter(agreement__kind=kind.code).select_related("agreement")
    return [
        one.agreement.number
        for one in alike.prefetch_related("parties").order_by("agreement__number")
        if {(party.organisation_id, party.user_id) for party in one.parties.all()} == mine
    ]


def _beside(content: Content, leaving_out: int | None) -> QuerySet[AgreementVersion]:
    """Versions of other agreements that bind, or are proposed to, in a part of this one's term."""
    bodies = [one.organisation_id for one in content.parties if one.organisation_id]
    if content.starts_on is None or content.ends_on is None or not bodies:
        return AgreementVersion.objects.none()
    with_them = Party.objects.filter(organisation_id__in=bodies).values("version_id")
    found = AgreementVersion.objects.filter(
        pk__in=with_them,
        state__in=BINDING,
        agreement__state__in=("proposed", "in_force"),
        starts_on__lte=content.ends_on,
        ends_on__gte=content.starts_on,
    )
    return found if leaving_out is None else found.exclude(agreement_id=leaving_out)
