"""What a new agreement begins with: the kind's clauses, and what need, offer and organisations already tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from chanjiao.apps.cooperation.content import Content, PartyFacts
from chanjiao.apps.cooperation.kinds import AgreementKind, PartyRole
from chanjiao.apps.exchange.models import AnyListing
from chanjiao.apps.matching.models import Match
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.reference.selectors import names_of
from chanjiao.core.days import months_later, years_until
from chanjiao.core.permissions import Actor

ROLE_OF_TYPE = {
    "school_vocational": PartyRole.SCHOOL,
    "university": PartyRole.SCHOOL,
    "institute": PartyRole.INSTITUTE,
    "enterprise": PartyRole.ENTERPRISE,
}
_KIND_OF_ENGAGEMENT = {"internship": "internship", "apprenticeship": "apprenticeship"}
_KIND_OF_LISTING = {
    "training": "joint_training",
    "equipment": "co_built_base",
    "expert": "exchange",
}
_TRANSFER = {
    "development": "transfer_development",
    "transfer": "transfer_assignment",
    "licence": "transfer_licence",
    "consulting": "transfer_consulting",
    "service": "transfer_service",
}


def likely_kind(listing_kind: str, told: Mapping[str, object]) -> str:
    """The kind that an agreement on a match most likely is, by the kind and fields of its need and offer; empty where
    nothing speaks for one.
    """
    if listing_kind == "post":
        return _KIND_OF_ENGAGEMENT.get(str(told.get("engagement")), "order_class")
    if listing_kind == "technical_problem":
        return _TRANSFER.get(str(told.get("cooperation_mode")), "joint_rd")
    return _KIND_OF_LISTING.get(listing_kind, "")


def first_content(actor: Actor, kind: AgreementKind, bodies: list[Organisation], match: Match | None) -> Content:
    """The content a draft begins with; parties in the order that the kind names their roles."""
    parties = sorted((_party(kind, body) for body in bodies), key=lambda one: _place(kind, one.role))
    need, offer = (match.need, match.offer) if match else (None, None)
    told = _told(actor, bodies, match)
    given = {one.name: told[one.source] for one in kind.fields if told.get(one.source) not in (None, "")}
    return Content(
        title=f"{need.title} · {kind.label.zh}"[:120] if need else kind.label.zh,
        starts_on=(need.starts_on or offer.starts_on) if need and offer else None,
        ends_on=(need.ends_on or offer.ends_on) if need and offer else None,
        fields=tuple(given.items()),
        parties=tuple(parties),
        clauses=kind.clauses,
    )


def repeated(begun: Content, earlier: Content, today: date) -> Content:
    """The beginning with what an earlier agreement of the kind stated: its words, particulars and money, and its term
    as many whole years later as it takes to begin today or after. What a match tells goes before what was agreed then.
    """
    of_role = {one.role: one for one in reversed(earlier.parties)}
    parties = tuple(
        replace(one, rights=of_role[one.role].rights, duties=of_role[one.role].duties) if one.role in of_role else one
        for one in begun.parties
    )
    starts, ends = begun.starts_on, begun.ends_on
    if earlier.starts_on and earlier.ends_on and not (starts and ends):
        months = 12 * years_until(earlier.starts_on, today)
        starts, ends = months_later(earlier.starts_on, months), months_later(earlier.ends_on, months)
    return replace(
        earlier,
        title=begun.title if begun.starts_on else earlier.title,
        starts_on=starts,
        ends_on=ends,
        fields=tuple((dict(earlier.fields) | dict(begun.fields)).items()),
        parties=parties,
        overlap_meant=False,
    )


def _party(kind: AgreementKind, body: Organisation) -> PartyFacts:
    role = ROLE_OF_TYPE.get(body.type, PartyRole.THIRD)
    return PartyFacts(
        role=role, organisation_id=body.pk, rights=kind.rights.get(role, ""), duties=kind.duties.get(role, "")
    )


def _place(kind: AgreementKind, role: str) -> int:
    return next((place for place, group in enumerate(kind.parties) if role in group), len(kind.parties))


def _told(actor: Actor, bodies: list[Organisation], match: Match | None) -> Mapping[str, object]:
    """Dotted name → value of everything a field may be filled from."""
    told: dict[str, object] = {}
    for body in bodies:
        role = ROLE_OF_TYPE.get(body.type, PartyRole.THIRD)
        told.setdefault(f"{role}.staff_count", body.staff_count)
    if match is not None:
        told["match.amount"] = match.amount
        told |= _told_by(actor, "need", match.need) | _told_by(actor, "offer", match.offer)
    return told


def _told_by(actor: Actor, side: str, listing: AnyListing) -> dict[str, Any]:
    told: dict[str, Any] = {f"{side}.{name}": value for name, value in listing.fields.items()}
    code = listing.programme_code
    names = names_of(actor, [("programme", code), ("major", code)]) if code else {}
    told[f"{side}.programme"] = next(iter(names.values()), code)
    return told | {f"{side}.title": listing.title, f"{side}.quantity": listing.quantity}
