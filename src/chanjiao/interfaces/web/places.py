"""Where a record is shown: the address of its page, by kind of object."""

from __future__ import annotations

from django.urls import reverse

PAGES = {
    "exchange.need": "exchange:need",
    "exchange.offer": "exchange:offer",
    "matching.match": "matching:match",
    "imports.importbatch": "imports:batch",
    "cooperation.agreement": "cooperation:agreement",
    "projects.project": "projects:project",
    "members.organisation": "members:organisation",
    "members.consortium": "members:consortium",
    "members.membership": "members:membership",
    "members.founding": "founding:draft",
    "placement.placementround": "placement:round",
    "placement.placementrun": "placement:run",
    "placement.seatgroup": "placement:seat",
    "papers.paper": "papers:paper",
}


def page_of(object_id: int | None, object_type: str) -> str:
    """The address of the page that shows the object; empty where objects of that kind have none."""
    return reverse(PAGES[object_type], args=[object_id]) if object_type in PAGES and object_id is not None else ""
