"""Whom a dossier can be put to: its college, the departments of the guidance committee, firms of the consortium."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from chanjiao.apps.dossiers.book import change_of
from chanjiao.apps.dossiers.models import Dossier, EvidenceKind, OpinionSide
from chanjiao.apps.dossiers.rules import opinions_lacking
from chanjiao.apps.exchange.models import Need
from chanjiao.apps.members.models import MembershipRole, MembershipState, Organisation, OrganisationType


@dataclass(frozen=True, slots=True)
class Askable:
    """An organisation that can be asked; `is_cited` where the dossier cites a need of it."""

    organisation_id: int
    name: str
    side: str
    is_cited: bool
    is_asked: bool


def organisations_to_ask(dossier: Dossier) -> list[Askable]:
    """All of them: colleges concerned, then departments, then firms, those whose needs are cited first."""
    asked = set(dossier.opinions.values_list("organisation_id", flat=True))
    cited = dossier.evidence.filter(kind=EvidenceKind.NEED).values("object_id")
    firms = set(Need.objects.filter(pk__in=cited).values_list("organisation_id", flat=True))
    found: dict[int, Askable] = {}
    for side, rows in _bodies(dossier):
        told = (Askable(one.pk, one.name, side, side == "firms" and one.pk in firms, one.pk in asked) for one in rows)
        for one in sorted(told, key=lambda one: not one.is_cited):
            found.setdefault(one.organisation_id, one)
    return list(found.values())


def opinions_owed(dossier: Dossier) -> dict[str, int]:
    """Side → how many opinions are missing for the vote, where any."""
    given = dossier.opinions.exclude(verdict="").values_list("side", flat=True)
    return opinions_lacking(change_of(dossier.change).opinions, given)


def _bodies(dossier: Dossier) -> list[tuple[str, QuerySet[Organisation]]]:
    bodies = [pk for pk in (dossier.consortium_id, dossier.consortium.group_id) if pk is not None]
    joined = Organisation.objects.filter(
        memberships__consortium_id__in=bodies, memberships__state=MembershipState.ACTIVE
    )
    concerned = [pk for pk in (dossier.college_id, dossier.partner_id) if pk is not None]
    departments = joined.filter(memberships__role=MembershipRole.GUIDANCE_COMMITTEE)
    return [
        (OpinionSide.COLLEGE, Organisation.objects.filter(pk__in=concerned)),
        (OpinionSide.COMMITTEE, departments.distinct()),
        (OpinionSide.FIRMS, joined.filter(type=OrganisationType.ENTERPRISE).distinct()),
    ]
