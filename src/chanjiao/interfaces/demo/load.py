"""Loading the demo: an invented city founded from its own notice, with a year of needs, offers and deeds.

Everything goes through the actions that people use, so that the demo has the same record and the same events. Its days
are moved forward with the calendar, so that what is open in it stays open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from chanjiao.apps.accounts.actions.appoint_administrator import appoint_administrator
from chanjiao.apps.accounts.actions.register_person import register_person
from chanjiao.apps.exchange.actions.expire_due import expire_due
from chanjiao.apps.matching.actions.run_matching import run_matching
from chanjiao.apps.matching.models import MatchRun
from chanjiao.apps.members.actions.accept_founding import accept_founding
from chanjiao.apps.members.actions.add_staff import add_staff
from chanjiao.apps.members.actions.enrol_members import enrol_members, record_posts
from chanjiao.apps.members.actions.read_founding import read_founding
from chanjiao.apps.members.actions.record_deed import DEEDS, record_deed
from chanjiao.apps.members.actions.register_organisation import register_organisations
from chanjiao.apps.members.models import Founding, FoundingState, Organisation
from chanjiao.apps.members.selectors import consortia, directory
from chanjiao.apps.members.values import MembershipFacts, OrganisationFacts, PostFacts
from chanjiao.apps.programmes.actions.add_programme_point import add_programme_points
from chanjiao.apps.programmes.values import ProgrammeFacts
from chanjiao.core.permissions import SYSTEM
from chanjiao.data import demo
from chanjiao.interfaces.cli.start import Report
from chanjiao.interfaces.demo.calendar import Calendar
from chanjiao.interfaces.demo.cooperation import load_cooperation
from chanjiao.interfaces.demo.dossiers import load_dossiers
from chanjiao.interfaces.demo.listings import ASKED, accept_settled_matches, listings_by_day, post_all
from chanjiao.interfaces.demo.placement import load_placement
from chanjiao.interfaces.demo.plans import load_plans
from chanjiao.interfaces.demo.programmes import load_programmes
from chanjiao.interfaces.demo.replies import bring_up_to_date, load_replies
from chanjiao.interfaces.demo.transfer import load_transfer

ANCHOR = date(2026, 11, 20)
"""The day on which the demo's files are true as written."""
FOUNDED = date(2026, 4, 17)
PLACING = "澄浦经济技术开发区产教联合体"
"""The consortium that places students."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What `load_demo` made."""

    founding: Founding
    run: MatchRun


def is_loaded() -> bool:
    """Whether this site has any organisation yet; then the demo is not loaded over it."""
    return directory(SYSTEM).exists()


def load_demo(*, now: datetime, report: Report) -> Loaded:
    """The demo city stands: founding, members, log-ins, programmes, listings, deeds, matches; whole or not at all.

    The code tables must be loaded.
    """
    with transaction.atomic():
        calendar = Calendar(max(timedelta(0), timezone.localdate(now) - ANCHOR))
        founding = _found(calendar)
        report("founding", 1, 1)
        bodies = _register_members(calendar)
        report("members", len(bodies), len(bodies))
        _add_log_ins(bodies, calendar)
        _add_programmes(bodies, calendar)
        asked = calendar.moment(ASKED)
        early, late = listings_by_day()
        numbers = post_all(early, bodies, calendar, report)
        _record_deeds(bodies, calendar)
        expire_due(actor=SYSTEM, now=asked)
        accept_settled_matches(numbers, now=asked)
        run_matching(actor=SYSTEM, now=asked)
        load_replies(bodies, asked=asked, until=now)
        numbers |= post_all(late, bodies, calendar, report)
        expire_due(actor=SYSTEM, now=now)
        run = run_matching(actor=SYSTEM, now=now)
        bring_up_to_date(bodies, now=now)
        report("matches", 1, 1)
        zone = next(body for body in consortia(SYSTEM) if body.organisation.name == PLACING)
        cards = load_programmes(bodies, now=now)
        report("warning cards", cards, cards)
        planned = load_plans(zone, now=now)
        report("plans", planned, planned)
        agreed = load_cooperation(calendar)
        report("agreements", agreed, agreed)
        load_placement(bodies, zone, now=now)
        report("placement", 1, 1)
        challenged = load_transfer(calendar, numbers)
        report("challenges", challenged, challenged)
        asked_for = load_dossiers(calendar, bodies)
        report("dossiers", asked_for, asked_for)
    return Loaded(founding, run)


def _found(calendar: Calendar) -> Founding:
    now = calendar.moment(FOUNDED, 14)
    content = demo.notice().encode()
    draft = read_founding(actor=SYSTEM, content=content, name="notice.txt", limit=settings.DOCUMENT_LIMIT, now=now)
    if draft.state == FoundingState.ACCEPTED:
        return draft
    return accept_founding(actor=SYSTEM, founding_id=draft.pk, version=draft.version, now=now)


def _register_members(calendar: Calendar) -> dict[str, Organisation]:
    now = calendar.moment(FOUNDED, 16)
    told = [
        OrganisationFacts(
            name=row.name,
            type=row.type,
            short_name=row.short_name,
            credit_code=row.credit_code,
            region_code=row.region_code,
            industry_code=row.industry_code,
            zone_name=row.zone,
            address=row.address,
            scale=row.scale,
            staff_count=row.staff,
            founded_year=row.founded,
            introduction=row.intro,
            contact_name=row.contact_name,
            contact_phone=row.contact_phone,
            aliases=row.aliases,
        )
        for row in demo.organisations()
    ]
    stored = register_organisations(actor=SYSTEM, told=told, now=now)
    enrol_members(actor=SYSTEM, told=_memberships(), now=now)
    record_posts(
        actor=SYSTEM,
        told=[PostFacts(person=row.name, organisation=row.organisation, title=row.title) for row in demo.people()],
        now=now,
    )
    return {row.name: body for row, body in zip(demo.organisations(), stored, strict=True)}


OFFICES = {
    "理事长": "chair",
    "副理事长": "vice_chair",
    "常务理事": "standing",
    "理事": "council",
    "秘书长": "secretary",
}


def _memberships() -> Iterable[MembershipFacts]:
    for row in demo.memberships():
        yield MembershipFacts(
            consortium=row.consortium,
            organisation=row.organisation,
            role=row.role,
            office=OFFICES.get(row.office, ""),
            starts_on=row.start,
            ends_on=row.end,
        )


def _add_log_ins(bodies: dict[str, Organisation], calendar: Calendar) -> None:
    now = calendar.moment(FOUNDED, 17)
    for row in demo.logins():
        user, _no_password = register_person(
            actor=SYSTEM,
            username=row.username,
            full_name=row.name,
            email=f"{row.username}@example.org",
            is_demo=True,
            now=now,
        )
        if row.role == "administrator":
            appoint_administrator(actor=SYSTEM, username=user.username, now=now)
            continue
        add_staff(
            actor=SYSTEM,
            organisation_id=bodies[row.organisation].pk,
            username=user.username,
            role=row.role,
            title=row.title,
            now=now,
        )


def _add_programmes(bodies: dict[str, Organisation], calendar: Calendar) -> None:
    told = [
        ProgrammeFacts(
            college_id=bodies[row.college].pk,
            level=row.level,
            programme_code=row.programme_code,
            years=row.years,
            intake=row.intake,
            enrolled=row.enrolled,
            first_year=row.first_year,
            teachers=row.teachers,
            dual_qualified=row.dual_qualified,
        )
        for row in demo.programmes()
    ]
    add_programme_points(actor=SYSTEM, told=told, now=calendar.moment(FOUNDED, 18))


def _record_deeds(bodies: dict[str, Organisation], calendar: Calendar) -> None:
    # Postings, joinings and answers leave their events when they are done; only deeds off the platform are told here.
    for deed in demo.deeds():
        if deed.event not in DEEDS or deed.organisation not in bodies:
            continue
        note = " · ".join(part for part in (deed.object, deed.note) if part)
        record_deed(
            actor=SYSTEM,
            name=deed.event,
            organisation_id=bodies[deed.organisation].pk,
            amount=deed.amount,
            unit=deed.unit,
            note=note,
            now=calendar.moment(deed.day, 15),
        )
