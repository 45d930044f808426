"""What waits for a person: one line each, with the day it is due and the one thing to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext as _

from chanjiao.apps.exchange import selectors as exchange
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.matching import selectors as matching
from chanjiao.apps.members import selectors as members
from chanjiao.core.permissions import Actor, Role
from chanjiao.interfaces.web.places import address, page_of

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
    if actor.user_id is None or actor.role is Role.STUDENT:
        return []
    groups = (
        _matches(actor),
        *(_reviews(actor, side) for side in Side),
        _applications(actor),
        _foundings(actor),
        *(_expiring(actor, side, today) for side in Side),
        *(_drafts(actor, side) for side in Side),
    )
    return [group for group in groups if group.count]


def waiting_total(actor: Actor, today: date) -> int:
    """How many things wait for the actor."""
    return sum(group.count for group in waiting_for(actor, today))


def _matches(actor: Actor) -> Group:
    rows = matching.matches_for(actor, matching.Filters(waiting=True, sort="proposed"))
    lines = [
        Line(
            title=f"{one.need_title} ⇄ {one.offer_title}",
            under=one.offer_organisation if one.to_answer is Side.NEED else one.need_organisation,
            url=page_of(one.id, "matching.match"),
            action=_("Answer"),
            due=_day(one.proposed_at) + timedelta(days=REPLY_DAYS),
        )
        for one in rows[:SHOWN]
    ]
    return Group(
        _("Matches waiting for your answer"), "link", rows.count(), lines, _with(address("matching:list"), "waiting=1")
    )


def _reviews(actor: Actor, side: Side) -> Group:
    rows = exchange.awaiting_review(actor, side) if actor.sees_all or actor.secretariat_of else None
    lines = [
        Line(
            title=one.title,
            under=f"{one.organisation} · {one.number}",
            url=page_of(one.id, f"exchange.{side}"),
            action=_("Review"),
            due=_day(one.submitted_at) + timedelta(days=REVIEW_DAYS) if one.submitted_at else None,
        )
        for one in (rows[:SHOWN] if rows is not None else [])
    ]
    title = _("Needs awaiting your review") if side is Side.NEED else _("Offers awaiting your review")
    return Group(
        title,
        "clipboard-check",
        rows.count() if rows is not None else 0,
        lines,
        _with(address("exchange:review"), f"side={side}"),
    )


def _applications(actor: Actor) -> Group:
    rows = members.awaiting_review(actor)
    lines = [
        Line(
            title=one.organisation.name,
            under=f"{one.consortium} · {one.get_role_display()}",
            url=page_of(one.pk, "members.membership"),
            action=_("Decide"),
            due=_day(one.applied_at) + timedelta(days=REVIEW_DAYS),
        )
        for one in rows[:SHOWN]
    ]
    count = rows.count() if lines else 0
    return Group(_("Applications to join"), "user-plus", count, lines, address("members:review_list"))


def _foundings(actor: Actor) -> Group:
    rows = members.foundings(actor).filter(state="draft")
    lines = [
        Line(
            title=str(one.document),
            under=_("Read on %s") % timezone.localtime(one.document.uploaded_at).strftime("%Y-%m-%d"),
            url=page_of(one.pk, "members.founding"),
            action=_("Check and accept"),
        )
        for one in rows[:SHOWN]
    ]
    count = rows.count() if lines else 0
    return Group(_("Founding documents to check"), "file-certificate", count, lines, address("founding:index"))


def _expiring(actor: Actor, side: Side, today: date) -> Group:
    if not actor.acts_for(actor.organisation_id) or actor.organisation_id is None:
        return Group("", "", 0, [], "")
    limit = today + timedelta(days=EXPIRY_DAYS)
    rows = exchange.own_listings(actor, side, exchange.Filters(state="open", sort="expires"))
    soon = list(_until(rows, limit))
    lines = [
        Line(one.title, one.number, page_of(one.id, f"exchange.{side}"), _("Renew"), one.expires_on)
        for one in soon[:SHOWN]
    ]
    title = _("Needs about to expire") if side is Side.NEED else _("Offers about to expire")
    return Group(
        title, "calendar-due", len(soon), lines, _with(address("exchange:own"), f"side={side}&state=open&sort=expires")
    )


def _until(rows: Iterable[exchange.ListingRow], limit: date) -> Iterator[exchange.ListingRow]:
    for row in islice(rows, 200):
        if row.expires_on > limit:
            return
        yield row


def _drafts(actor: Actor, side: Side) -> Group:
    if not actor.acts_for(actor.organisation_id) or actor.organisation_id is None:
        return Group("", "", 0, [], "")
    rows = exchange.own_listings(actor, side, exchange.Filters(state="draft"))
    lines = [Line(one.title, one.number, page_of(one.id, f"exchange.{side}"), _("Go on")) for one in rows[:SHOWN]]
    title = _("Needs in draft") if side is Side.NEED else _("Offers in draft")
    return Group(title, "pencil", rows.count(), lines, _with(address("exchange:own"), f"side={side}&state=draft"))


def _with(url: str, query: str) -> str:
    return f"{url}?{query}" if url else ""


def _day(moment: object) -> date:
    return timezone.localtime(moment).date()  # type: ignore[arg-type]
