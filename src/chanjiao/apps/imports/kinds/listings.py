"""Needs and offers from and to files: our own columns, and the forms 访企拓岗, 技术需求 and 实训基地."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.utils import timezone

from chanjiao.apps.exchange.actions.edit_listing import edit_listing
from chanjiao.apps.exchange.actions.post_listing import Posting, post_listings
from chanjiao.apps.exchange.actions.retract_listing import retract_listing
from chanjiao.apps.exchange.contents import checked_columns
from chanjiao.apps.exchange.kinds import KIND_WORDS, Kind, Side
from chanjiao.apps.exchange.models import MODELS, ListingState, SourceKind
from chanjiao.apps.exchange.rules import Content
from chanjiao.apps.exchange.selectors import kept_listing, kept_listings
from chanjiao.apps.exchange.shown import Kept
from chanjiao.apps.imports.kinds.base import ImportKind, Options, Planned, RowByRow, Stored
from chanjiao.apps.imports.kinds.listing_forms import BASES, TECHNICAL, VISIT
from chanjiao.apps.imports.kinds.listing_rows import columns_of, content_from, from_plain, own_layout, plain, row_of
from chanjiao.apps.imports.kinds.places import Places
from chanjiao.apps.imports.layouts import Layout, Record
from chanjiao.apps.imports.models import RowOutcome
from chanjiao.apps.imports.parsing import choice_of
from chanjiao.apps.members.models import Organisation
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.jobs import enqueue
from chanjiao.core.permissions import Actor
from chanjiao.engines.words import N_

ENDED = (ListingState.CLOSED, ListingState.EXPIRED)


@dataclass(frozen=True, slots=True)
class _Edit:
    """A listing that a row names by number, and what it shall hold."""

    known: Kept
    content: Content


class ListingReading(RowByRow):
    """Rows read for one actor: where they may post, and which listings stand already."""

    def __init__(self, side: Side, actor: Actor, layout: Layout, options: Options, now: datetime) -> None:
        self._side, self._actor, self._layout, self._now = side, actor, layout, now
        self._today = timezone.localdate(now)
        self._places = Places(actor, options)
        self._bodies: dict[int, Organisation] = {}
        columns = ("organisation_id", "kind", "title", "starts_on", "pk", "version")
        standing = (
            MODELS[side]._default_manager.exclude(state__in=ENDED).filter(organisation_id__in=self._places.joined)
        )
        self._standing: dict[tuple[Any, ...], Stored | None] = {
            row[:4]: Stored(f"exchange.{side}", row[4], row[5]) for row in standing.values_list(*columns).iterator()
        }

    def read(self, record: Record) -> Planned:
        """The row as a new listing, a change of the one it numbers, or one that stands already."""
        record = self._layout.into(record)
        known = self._numbered(record.get("number", ""))
        if known is not None:
            # What the file has no column for stays as it is.
            record = {**row_of(self._side, known), **record}
        faults: list[ChanjiaoError] = []
        kind = self._kind(record, known, faults)
        content = content_from(self._side, kind, record, faults)
        if faults:
            raise Rejected(faults)
        if known is not None:
            return self._changed(known, kind, content)
        organisation_id = self._places.organisation(record)
        consortium_id = self._places.consortium(record, organisation_id)
        return self._new(kind, organisation_id, consortium_id, content)

    def store(self, planned: Sequence[Planned]) -> list[Stored]:
        """New listings posted at once, changed ones edited one by one."""
        new = [one.payload for one in planned if one.outcome == RowOutcome.CREATED]
        source = SourceKind.VISIT if self._layout.key == VISIT.key else SourceKind.IMPORT
        posted = iter(post_listings(actor=self._actor, postings=new, now=self._now, source=source))
        result = []
        for one in planned:
            if one.outcome == RowOutcome.CREATED:
                listing = next(posted)
                result.append(Stored(f"exchange.{self._side}", listing.pk, listing.version))
            else:
                result.append(self._edited(one.payload))
        return result

    def _edited(self, edit: _Edit) -> Stored:
        listing = edit_listing(
            actor=self._actor,
            side=self._side,
            pk=edit.known.id,
            version=edit.known.version,
            content=edit.content,
            now=self._now,
        )
        return Stored(f"exchange.{self._side}", listing.pk, listing.version, plain(edit.known.content))

    def _numbered(self, number: str) -> Kept | None:
        if not number:
            return None
        known = kept_listing(self._actor, self._side, number)
        if known is None:
            raise ChanjiaoError("import.unknown_number", field="number", value=number[:20])
        return known

    def _kind(self, record: Record, known: Kept | None, faults: list[ChanjiaoError]) -> Kind:
        if known is not None:
            return Kind(known.kind)
        words: dict[str, str] = {kind.value: word for kind, word in KIND_WORDS.items()}
        try:
            kind = choice_of(record.get("kind", ""), words, "kind")
        except ChanjiaoError as fault:
            faults.append(fault)
            return Kind.POST
        if not kind:
            faults.append(ChanjiaoError("import.required", field="kind"))
        return Kind(kind or Kind.POST)

    def _new(self, kind: Kind, organisation_id: int, consortium_id: int, content: Content) -> Planned:
        key = (organisation_id, str(kind), content.title, content.starts_on)
        if key in self._standing:
            standing = self._standing[key]
            if standing is None:
                raise ChanjiaoError("import.twice_in_file", field="title")
            return Planned(RowOutcome.UNCHANGED, standing)
        columns = checked_columns(self._side, kind, content, today=self._today, complete=True)
        self._standing[key] = None
        organisation = self._bodies.get(organisation_id)
        if organisation is None:
            organisation = self._bodies[organisation_id] = Organisation.objects.get(pk=organisation_id)
        posting = Posting(self._side, kind, organisation, consortium_id, columns, submit=True)
        return Planned(RowOutcome.CREATED, posting)

    def _changed(self, known: Kept, kind: Kind, content: Content) -> Planned:
        complete = known.state != ListingState.DRAFT
        columns = checked_columns(self._side, kind, content, today=self._today, complete=complete)
        if columns == columns_of(known.content):
            return Planned(RowOutcome.UNCHANGED, Stored(f"exchange.{self._side}", known.id, known.version))
        return Planned(RowOutcome.UPDATED, _Edit(known, content))


def _undo(side: Side, actor: Actor, stored: Stored, now: datetime) -> None:
    if stored.before is None:
        retract_listing(actor=actor, side=side, pk=stored.object_id, version=stored.version, now=now)
        return
    content = from_plain(stored.before)
    edit_listing(actor=actor, side=side, pk=stored.object_id, version=stored.version, content=content, now=now)


def _records(side: Side, actor: Actor, layout: Layout) -> Iterator[Record]:
    kind = {VISIT.key: Kind.POST, TECHNICAL.key: Kind.TECHNICAL_PROBLEM, BASES.key: Kind.EQUIPMENT}.get(layout.key, "")
    for kept in kept_listings(actor, side, kind):
        yield layout.out_of(row_of(side, kept))


def _match_anew(actor: Actor, now: datetime) -> None:
    enqueue("matching.run", actor=actor, now=now, key="matching.asked")


def _kind_of(side: Side, key: str, label: str, *forms: Layout) -> ImportKind:
    return ImportKind(
        key=key,
        label=label,
        layouts=(own_layout(side), *forms),
        begin=partial(ListingReading, side),
        undo=partial(_undo, side),
        records=partial(_records, side),
        afterwards=_match_anew,
    )


NEEDS = _kind_of(Side.NEED, "needs", N_("Needs"), VISIT, TECHNICAL)
OFFERS = _kind_of(Side.OFFER, "offers", N_("Offers"), BASES)
