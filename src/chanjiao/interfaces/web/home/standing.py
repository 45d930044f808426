"""How the consortium stands: figures with their definitions and rows, and the charts made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chanjiao.apps.exchange import selectors as exchange
from chanjiao.apps.exchange.kinds import KIND_WORDS, Kind, Side
from chanjiao.apps.exchange.models import ListingState
from chanjiao.apps.matching import selectors as matching
from chanjiao.apps.matching.turn_selectors import reply_figures
from chanjiao.apps.members import selectors as members
from chanjiao.apps.members.models import MembershipRole, OrganisationType
from chanjiao.core import clock
from chanjiao.core.permissions import Actor
from chanjiao.core.selectors import events_by_month
from chanjiao.interfaces.web.charts import Bar, BarChart, ColumnChart
from chanjiao.interfaces.web.wording import percent

SIDES = (gettext_lazy("Needs"), gettext_lazy("Offers"))


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure: what it is, where its rows are, what it means."""

    label: str
    value: object
    url: str
    definition: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """All that the board shows."""

    tiles: list[Tile]
    kinds: BarChart
    roles: BarChart
    types: BarChart
    states: BarChart
    months: ColumnChart


def standing_of(actor: Actor, today: date, consortium_id: int | None = None) -> Standing:
    """Figures and charts over all consortia, or over one."""
    listed = exchange.figures(actor, consortium_id)
    joined = members.figures(actor, consortium_id)
    source = _("Counted from this site's records on %s") % today.isoformat()
    return Standing(
        tiles=_tiles(actor, listed, joined.members, consortium_id),
        kinds=_by_kind(listed, source),
        roles=_by_role(joined.roles, consortium_id, source),
        types=_by_type(joined.types, consortium_id, source),
        states=_by_state(listed, source),
        months=_by_month(today, consortium_id, source),
    )


def _tiles(actor: Actor, listed: Iterable[exchange.Figure], member_count: int, consortium_id: int | None) -> list[Tile]:
    open_now = Counter({side: sum(f.count for f in listed if f.side is side and f.state == "open") for side in Side})
    found = matching.standing(actor, consortium_id)
    shown = reverse("matching:list") if actor.is_known else ""
    return [
        Tile(
            _("Members"),
            member_count,
            _filtered("members:directory", state="active", consortium=consortium_id),
            _("Organisations with a membership in force, each counted once"),
        ),
        Tile(
            _("Open needs"),
            open_now[Side.NEED],
            _filtered("exchange:needs", state="open"),
            _("Needs that are published and not yet met, closed or expired"),
        ),
        Tile(
            _("Open offers"),
            open_now[Side.OFFER],
            _filtered("exchange:offers", state="open"),
            _("Offers that are published and not yet taken up, closed or expired"),
        ),
        Tile(
            _("Accepted by both"),
            found.accepted,
            shown and f"{shown}?state=accepted",
            _("Matches that both sides accepted, of those that the engine proposed and that were not withdrawn"),
            _("of %(count)s proposed") % {"count": found.proposed},
        ),
        *_reply_tiles(actor, consortium_id),
    ]


def _reply_tiles(actor: Actor, consortium_id: int | None) -> list[Tile]:
    replies = reply_figures(actor, now=clock.now(), consortium_id=consortium_id)
    shown = reverse("matching:replies") if actor.is_known else ""
    median = replies.median_days
    return [
        Tile(
            _("Reply rate"),
            percent(replies.rate),
            shown,
            _("Of the turns whose deadline is over, the share replied to; each side of a match has one turn"),
            f"{replies.replied} / {replies.due}" if replies.due else _("none due yet"),
        ),
        Tile(
            _("Median days to reply"),
            "–" if median is None else f"{median:.1f}",
            shown,
            _("Days by which half have replied; turns without a reply count as long as they have waited"),
            _("too few replies") if median is None else "",
        ),
    ]


def _by_kind(listed: Iterable[exchange.Figure], source: str) -> BarChart:
    counted = Counter((f.kind, f.side) for f in listed for _one in range(f.count) if f.state == ListingState.OPEN)
    bars = [
        Bar(
            _(KIND_WORDS[kind]),
            (counted[kind, Side.NEED], counted[kind, Side.OFFER]),
            _filtered("exchange:needs", kind=kind.value),
        )
        for kind in Kind
    ]
    return BarChart(_("Open needs and offers by kind"), bars, SIDES, source=source, label_head=_("Kind"))


def _by_state(listed: Iterable[exchange.Figure], source: str) -> BarChart:
    counted = Counter((f.state, f.side) for f in listed for _one in range(f.count))
    bars = [
        Bar(label, (counted[state, Side.NEED], counted[state, Side.OFFER]))
        for state, label in ListingState.choices
        if counted[state, Side.NEED] + counted[state, Side.OFFER]
    ]
    return BarChart(_("Needs and offers by state"), bars, SIDES, source=source, label_head=_("State"))


def _by_role(roles: Iterable[tuple[str, int]], consortium_id: int | None, source: str) -> BarChart:
    labels = dict(MembershipRole.choices)
    bars = [
        Bar(labels.get(role, role), (count,), _filtered("members:directory", role=role, consortium=consortium_id))
        for role, count in roles
    ]
    return BarChart(_("Members by role"), bars, (_("Members"),), source=source, label_head=_("Role"))


def _by_type(types: Iterable[tuple[str, int]], consortium_id: int | None, source: str) -> BarChart:
    labels = dict(OrganisationType.choices)
    bars = [
        Bar(labels.get(kind, kind), (count,), _filtered("members:directory", type=kind, consortium=consortium_id))
        for kind, count in types
    ]
    return BarChart(_("Members by type"), bars, (_("Members"),), source=source, label_head=_("Type"))


def _by_month(today: date, consortium_id: int | None, source: str) -> ColumnChart:
    months = [_months_before(today, back) for back in range(11, -1, -1)]
    names = ("need.opened", "offer.opened")
    counted = {
        (one.month, one.name): one.count for one in events_by_month(names, since=months[0], consortium_id=consortium_id)
    }
    bars = [Bar(month.strftime("%y-%m"), tuple(counted.get((month, name), 0) for name in names)) for month in months]
    return ColumnChart(_("Published by month"), bars, SIDES, source=source, label_head=_("Month"))


def _months_before(today: date, back: int) -> date:
    years, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return date(years, month + 1, 1)


def _filtered(route: str, **filters: object) -> str:
    url = reverse(route)
    query = "&".join(f"{name}={value}" for name, value in filters.items() if value)
    return f"{url}?{query}" if url and query else url
