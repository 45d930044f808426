"""What waits for a person: one line each, with the day it is due and the one thing to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice, takewhile
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chanjiao.apps.exchange import selectors as exchange
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.shown import ListingRow
from chanjiao.apps.matching import selectors as matching
from chanjiao.apps.matching.shown import MatchRow
from chanjiao.apps.members import selectors as members
from chanjiao.apps.members.models import Founding, Membership
from chanjiao.core import clock
from chanjiao.core.permissions import Actor, Role
from chanjiao.interfaces.web.placement.waiting import placement_lines
from chanjiao.interfaces.web.places import page_of

REPLY_DAYS = 14
"""How long a side has to answer a match before it counts as overdue."""
REVIEW_DAYS = 3
"""How long a secretariat has to review a listing or an application."""
EXPIRY_DAYS = 14
"""How long before its end a listing asks to be renewed."""
SHOWN = 5
"""How many lines of a group the workbench shows."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do."""

    title: str
    under: str
    url: str
    action: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one sort: the first of them, how many there are in all, where all of them stand."""

    title: str
    icon: str
    count: int
    lines: list[Line]
    url: str


def waiting_for(actor: Actor, today: date) -> list[Group]:
    """The groups in which something waits, the most pressing first."""
    if actor.user_id is None:
        return []
    groups = [*_placement(actor)]
    if actor.role is not Role.STUDENT:
        groups += [*_answers(actor), *_reviews(actor), *_own(actor, today)]
    return [group for group in groups if group.count]


def waiting_total(actor: Actor, today: date) -> int:
    """How many things wait for the actor."""
    return sum(group.count for group in waiting_for(actor, today))


def _placement(actor: Actor) -> Iterator[Group]:
    """What is to be done in rounds of placement."""
    lines = placement_lines(actor, clock.now())
    shown = [Line(one.title, one.under, one.url, one.action, one.due) for one in lines[:SHOWN]]
    yield Group(_("Placement"), "user-check", len(lines), shown, reverse("placement:list"))


def _answers(actor: Actor) -> Iterator[Group]:
    """Matches that the actor's organisation owes an answer."""
    if actor.organisation_id is None or not actor.acts_for(actor.organisation_id):
        return
    rows = matching.matches_for(actor, matching.Filters(waiting=True, sort="proposed"))
    url = f"{reverse('matching:list')}?waiting=1"
    yield _group(_("Matches waiting for your answer"), "link", rows, _match_line, url)


def _reviews(actor: Actor) -> Iterator[Group]:
    """What a secretariat decides on: listings, applications, founding documents."""
    if not (actor.sees_all or actor.secretariat_of):
        return
    titles = {Side.NEED: _("Needs awaiting your review"), Side.OFFER: _("Offers awaiting your review")}
    for side, title in titles.items():
        url = f"{reverse('exchange:review')}?side={side}"
        yield _group(title, "clipboard-check", exchange.awaiting_review(actor, side), _review_line, url)
    applications, drafts = members.awaiting_review(actor), members.foundings(actor).filter(state="draft")
    url = reverse("members:review_list")
    yield _group(_("Applications to join"), "user-plus", applications, _application_line, url)
    url = reverse("founding:index")
    yield _group(_("Founding documents to check"), "file-certificate", drafts, _founding_line, url)


def _own(actor: Actor, today: date) -> Iterator[Group]:
    """Listings of one's own that are about to expire or were never sent."""
    if actor.organisation_id is None or not actor.acts_for(actor.organisation_id):
        return
    limit, own = today + timedelta(days=EXPIRY_DAYS), reverse("exchange:own")
    for side, title in {Side.NEED: _("Needs about to expire"), Side.OFFER: _("Offers about to expire")}.items():
        rows = exchange.own_listings(actor, side, exchange.Filters(state="open", sort="expires"))
        soon = list(takewhile(lambda one: one.expires_on <= limit, islice(rows, 200)))
        lines = [_expiring_line(one) for one in soon[:SHOWN]]
        yield Group(title, "calendar-due", len(soon), lines, f"{own}?side={side}&state=open&sort=expires")
    for side, title in {Side.NEED: _("Needs in draft"), Side.OFFER: _("Offers in draft")}.items():
        rows = exchange.own_listings(actor, side, exchange.Filters(state="draft"))
        yield _group(title, "pencil", rows, _draft_line, f"{own}?side={side}&state=draft")


def _group(title: str, icon: str, rows: Any, line: Callable[[Any], Line], url: str) -> Group:
    """The group of these rows; they are counted only where there are more than are shown."""
    found = list(rows[: SHOWN + 1])
    count = rows.count() if len(found) > SHOWN else len(found)
    return Group(title, icon, count, [line(one) for one in found[:SHOWN]], url)


def _match_line(one: MatchRow) -> Line:
    other = one.offer_organisation if one.to_answer is Side.NEED else one.need_organisation
    due = _day(one.proposed_at) + timedelta(days=REPLY_DAYS)
    return Line(f"{one.need_title} ⇄ {one.offer_title}", other, page_of(one.id, "matching.match"), _("Answer"), due)


def _review_line(one: ListingRow) -> Line:
    due = _day(one.submitted_at) + timedelta(days=REVIEW_DAYS) if one.submitted_at else None
    return Line(one.title, f"{one.organisation} · {one.number}", _page(one), _("Review"), due)


def _application_line(one: Membership) -> Line:
    under = f"{one.consortium} · {one.get_role_display()}"
    due = _day(one.applied_at) + timedelta(days=REVIEW_DAYS)
    return Line(one.organisation.name, under, page_of(one.pk, "members.membership"), _("Decide"), due)


def _founding_line(one: Founding) -> Line:
    under = _("Read on %s") % _day(one.document.uploaded_at).isoformat()
    return Line(str(one.document), under, page_of(one.pk, "members.founding"), _("Check and accept"))


def _expiring_line(one: ListingRow) -> Line:
    return Line(one.title, one.number, _page(one), _("Renew"), one.expires_on)


def _draft_line(one: ListingRow) -> Line:
    return Line(one.title, one.number, _page(one), _("Go on"))


def _page(one: ListingRow) -> str:
    return page_of(one.id, f"exchange.{one.side}")


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
