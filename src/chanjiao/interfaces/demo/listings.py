"""The demo's needs and offers: posted on their days, the settled ones matched."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from chanjiao.apps.exchange.actions.close_listing import close_listing
from chanjiao.apps.exchange.actions.post_listing import post_listing
from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.models import CloseReason, SourceKind
from chanjiao.apps.exchange.rules import Content
from chanjiao.apps.matching.actions.accept_match import accept_match
from chanjiao.apps.matching.actions.run_matching import run_matching
from chanjiao.apps.matching.selectors import matches_of
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.members.selectors import consortia
from chanjiao.core.permissions import SYSTEM, Actor, Role
from chanjiao.data import demo, demo_rows
from chanjiao.interfaces.cli.start import Report
from chanjiao.interfaces.demo.calendar import Calendar

ASKED = date(2026, 11, 4)
"""The day on which both sides of the first matches were asked."""
Rows = list[tuple[Side, demo_rows.Listing]]


def listings_by_day() -> tuple[Rows, Rows]:
    """The files' listings in the order of their days: those posted up to `ASKED`, and those since."""
    rows = [(Side.NEED, row) for row in demo.needs()] + [(Side.OFFER, row) for row in demo.offers()]
    rows.sort(key=lambda pair: pair[1].posted_on)
    return [pair for pair in rows if pair[1].posted_on <= ASKED], [pair for pair in rows if pair[1].posted_on > ASKED]


def post_all(rows: Rows, bodies: dict[str, Organisation], calendar: Calendar, report: Report) -> dict[str, int]:
    """The primary key of every listing by its number in the demo's files."""
    consortium_ids = {body.organisation.name: body.pk for body in consortia(SYSTEM)}
    numbers = {}
    for done, (side, row) in enumerate(rows):
        body, posted = bodies[row.organisation], calendar.moment(row.posted_on)
        listing = post_listing(
            actor=_officer(body, row.contact_name) if row.state in ("draft", "submitted") else SYSTEM,
            side=side,
            kind=Kind(row.kind),
            organisation_id=body.pk,
            consortium_id=consortium_ids[row.consortium],
            content=_content(row, calendar),
            now=posted,
            submit=row.state != "draft",
            source=SourceKind(row.source),
        )
        if row.state == "closed":
            reason = CloseReason(row.close_reason)
            later = posted + timedelta(days=30)
            close_listing(actor=SYSTEM, side=side, pk=listing.pk, version=listing.version, reason=reason, now=later)
        numbers[row.number] = listing.pk
        report("needs and offers", done + 1, len(rows))
    return numbers


def _officer(body: Organisation, name: str) -> Actor:
    return Actor(name=name, organisation_id=body.pk, organisation_name=body.name, role=Role.OFFICER)


def _content(row: demo_rows.Listing, calendar: Calendar) -> Content:
    return Content(
        title=row.title,
        summary=row.summary,
        detail=row.detail,
        occupation_code=row.occupation_code,
        programme_code=row.programme_code,
        industry_code=row.industry_code,
        region_code=row.region_code,
        education_level=row.education_level,
        quantity=row.quantity,
        unit=row.unit,
        skills=row.skills,
        partners=row.partners,
        fields=row.fields,
        starts_on=calendar.day(row.starts_on) if row.starts_on else None,
        ends_on=calendar.day(row.ends_on) if row.ends_on else None,
        expires_on=calendar.day(row.expires_on),
        contact_name=row.contact_name,
        contact_phone=row.contact_phone,
    )


def accept_settled_matches(numbers: dict[str, int], *, now: datetime) -> None:
    """Pairs that the files call matched: both sides accept what the engine proposes for them."""
    needs = [numbers[row.number] for row in demo.needs() if row.state == "matched"]
    offers = [numbers[row.number] for row in demo.offers() if row.state == "matched"]
    if not needs:
        return
    run_matching(actor=SYSTEM, now=now)
    for need, offer in zip(needs, offers, strict=True):
        for found in matches_of(SYSTEM, Side.NEED, need):
            if found.offer_id == offer:
                for side in Side:
                    accept_match(actor=SYSTEM, pk=found.id, side=side, now=now)
