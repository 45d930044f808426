"""Reads over papers, for the organisation that had them read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from chanjiao.apps.papers.models import Paper, PartState
from chanjiao.apps.papers.rights import sees_papers
from chanjiao.apps.papers.stored import from_json
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.engines.text.papers import Paper as Reading


@dataclass(frozen=True, slots=True)
class PartRow:
    """What became of one part."""

    number: int
    state: str
    side: str
    listing_id: int | None


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper with its reading and its parts."""

    id: int
    name: str
    kind: str
    created_at: datetime
    reading: Reading
    is_repaired: bool
    parts: tuple[PartRow, ...]

    @property
    def waiting(self) -> tuple[PartRow, ...]:
        """The parts that nobody has entered or left out."""
        return tuple(part for part in self.parts if part.state == PartState.WAITING)


def papers(actor: Actor) -> QuerySet[Paper]:
    """The papers of the actor's organisation, the latest first, with `waiting` and `entered` counted."""
    found = Paper.objects.select_related("document", "created_by")
    if actor.organisation_id is None or not sees_papers(actor):
        return found.none()
    return found.filter(organisation_id=actor.organisation_id).annotate(
        waiting=Count("parts", filter=Q(parts__state=PartState.WAITING)),
        entered=Count("parts", filter=Q(parts__state=PartState.ENTERED)),
    )


def paper_of(actor: Actor, pk: int) -> Paper:
    """One paper of the actor's organisation; `record.not_found` otherwise."""
    found = papers(actor).filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


def paper(actor: Actor, pk: int) -> PaperView:
    """One paper with its reading; `record.not_found` otherwise."""
    found = paper_of(actor, pk)
    parts = tuple(PartRow(*row) for row in found.parts.values_list("number", "state", "side", "listing_id"))
    return PaperView(
        id=found.pk,
        name=found.document.name,
        kind=found.kind,
        created_at=found.created_at,
        reading=from_json(found.document.repaired, found.reading),
        is_repaired=found.document.repaired.strip() != found.document.original.strip(),
        parts=parts,
    )
