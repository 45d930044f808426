"""Where a record is shown: the address of its page, by kind of object."""

from __future__ import annotations

from django.urls import reverse

PAGES = {
    "exchange.need": "exchange:need",
    "exchange.offer": "exchange:offer",
    "exchange.listedition": "exchange:list_edition",
    "matching.match": "matching:match",
    "imports.importbatch": "imports:batch",
    "cooperation.agreement": "cooperation:agreement",
    "cooperation.publicity": "cooperation:publicity",
    "projects.project": "projects:project",
    "transfer.challenge": "transfer:challenge",
    "curriculum.point": "curriculum:point",
    "plans.intakeplan": "plans:plan",
    "plans.plannedchange": "plans:change",
    "dossiers.dossier": "dossiers:dossier",
    "programmes.warningcard": "programmes:card",
    "programmes.programmepoint": "programmes:point",
    "members.organisation": "members:organisation",
    "members.consortium": "members:consortium",
    "members.membership": "members:membership",
    "members.founding": "founding:draft",
    "placement.placementround": "placement:round",
    "placement.placementrun": "placement:run",
    "placement.seatgroup": "placement:seat",
    "papers.paper": "papers:paper",
    # steps of a placement round that have a page of their own
    "placement.answer": "placement:result",
    "placement.wish": "placement:wishes",
    "placement.rank": "placement:seats",
    "placement.remind": "placement:round",
    "placement.appeals": "placement:appeals",
    "placement.advance": "placement:round",
}


def page_of(object_id: int | None, object_type: str) -> str:
    """The address of the page that shows the object; empty where objects of that kind have none."""
    return reverse(PAGES[object_type], args=[object_id]) if object_type in PAGES and object_id is not None else ""


LISTS = {
    "placement.rounds": ("placement:list", ""),
    "cooperation.signatures": ("cooperation:list", "?waiting=1"),
    "cooperation.publicise": ("cooperation:list", "?state=proposed"),
    "cooperation.objections": ("cooperation:publicities", "?state=running"),
    "projects.proofs": ("projects:list", "?state=running"),
    "projects.milestones": ("projects:list", "?state=running"),
    "projects.owed": ("projects:list", "?overdue=1"),
    "transfer.choose": ("transfer:list", "?ours=1&stage=answered"),
    "transfer.contract": ("transfer:list", "?ours=1&stage=chosen"),
    "transfer.register": ("transfer:contracts", "?standing=to_register"),
    "dossiers.opinions": ("dossiers:list", "?waiting=1"),
    "dossiers.lead": ("dossiers:list", ""),
    "dossiers.carry_out": ("dossiers:list", ""),
    "matching.answers": ("matching:list", "?waiting=1"),
    "matching.settled": ("matching:list", "?state=accepted"),
    "matching.owed": ("matching:turns", "?owed=1"),
    "match.more": ("matching:list", "?waiting=1"),
    "replies.unanswered": ("matching:turns", "?standing=overdue"),
    "members.applications": ("members:review_list", ""),
    "members.foundings": ("founding:index", ""),
    **{
        f"exchange.{what}.{side}": (route, f"?side={side}{rest}")
        for side in ("need", "offer")
        for what, route, rest in (
            ("review", "exchange:review", ""),
            ("expiring", "exchange:own", "&state=open&sort=expires"),
            ("draft", "exchange:own", "&state=draft"),
        )
    },
}
"""Lists, by the source of the workbench or the kind of notice that opens them."""


def list_of(code: str) -> str:
    """The address of the list behind a source or a notice about many things; empty where there is none."""
    if code not in LISTS:
        return ""
    route, narrowed = LISTS[code]
    return reverse(route) + narrowed
