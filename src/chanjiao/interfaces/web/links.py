"""Which of the records that a page only names may be opened by whoever reads it: the one place that links them.

Who is handed a record by its own selector may open it, and needs but its address (`places.page_of`). A deed, a
change, a notice or an evidence names a record by its kind and its number, to people who may not see that record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from chanjiao.apps.cooperation.selectors import visible_agreements
from chanjiao.apps.dossiers.selectors import visible_dossiers
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.selectors import visible_listings
from chanjiao.apps.imports.selectors import imports
from chanjiao.apps.matching.selectors import visible_matches
from chanjiao.apps.members.selectors import foundings
from chanjiao.apps.members.selectors.memberships import visible_memberships
from chanjiao.apps.papers.selectors import papers
from chanjiao.apps.placement.selectors import results, rounds
from chanjiao.apps.plans import selectors as plans
from chanjiao.apps.programmes.selectors.warnings import warning_card
from chanjiao.apps.projects.selectors import visible_projects
from chanjiao.apps.transfer.selectors import visible_challenges
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.interfaces.web.places import page_of

Record = tuple[str, int | None]
"""The kind of a record and its number."""
Seen = Callable[[Actor, set[int]], set[int]]
"""Which of these the actor may open."""


def _among(rows_of: Callable[[Actor], QuerySet[Any]]) -> Seen:
    return lambda actor, ids: set(rows_of(actor).filter(pk__in=ids).order_by().values_list("pk", flat=True))


def _each(selector: Callable[[Actor, int], object]) -> Seen:
    return lambda actor, ids: {pk for pk in ids if _is_found(selector, actor, pk)}


def _is_found(selector: Callable[[Actor, int], object], actor: Actor, pk: int) -> bool:
    try:
        selector(actor, pk)
    except ChanjiaoError:
        return False
    return True


def _all(actor: Actor, ids: set[int]) -> set[int]:
    return ids


_ROUNDS = _among(rounds.rounds)
SEEN: dict[str, Seen] = {
    "exchange.need": _among(lambda actor: visible_listings(actor, Side.NEED)),
    "exchange.offer": _among(lambda actor: visible_listings(actor, Side.OFFER)),
    "exchange.listedition": _all,
    "matching.match": _among(visible_matches),
    "imports.importbatch": _among(imports),
    "cooperation.agreement": _among(visible_agreements),
    "cooperation.publicity": _all,
    "projects.project": _among(visible_projects),
    "transfer.challenge": _among(visible_challenges),
    "curriculum.point": _all,
    "plans.intakeplan": _each(plans.plan),
    "plans.plannedchange": _each(plans.change),
    "dossiers.dossier": _among(visible_dossiers),
    "programmes.warningcard": _each(warning_card),
    "programmes.programmepoint": _all,
    "members.organisation": _all,
    "members.consortium": _all,
    "members.membership": _among(visible_memberships),
    "members.founding": _among(foundings),
    "placement.placementround": _ROUNDS,
    "placement.placementrun": _each(results.run),
    "placement.seatgroup": _each(rounds.seat),
    "papers.paper": _among(papers),
    "placement.answer": _ROUNDS,
    "placement.wish": _ROUNDS,
    "placement.rank": _ROUNDS,
    "placement.remind": _ROUNDS,
    "placement.appeals": _ROUNDS,
    "placement.advance": _ROUNDS,
}
"""Kind of record → which of some the actor may open; one for each kind that has a page."""


def links_for(actor: Actor, named: Iterable[Record]) -> dict[Record, str]:
    """Record → the address of its page, for those that the actor may open; one query a kind for most kinds."""
    asked: dict[str, set[int]] = {}
    for kind, pk in named:
        if kind in SEEN and pk is not None:
            asked.setdefault(kind, set()).add(pk)
    return {(kind, pk): page_of(pk, kind) for kind, ids in asked.items() for pk in SEEN[kind](actor, ids)}


def link_for(actor: Actor, kind: str, pk: int | None) -> str:
    """The address of the record's page; empty where the actor may not open it or it has none."""
    return links_for(actor, [(kind, pk)]).get((kind, pk), "")
