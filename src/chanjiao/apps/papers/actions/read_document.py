"""Read a document into drafts."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction

from chanjiao.apps.members.models import SourceDocument
from chanjiao.apps.members.rules import plain_text
from chanjiao.apps.papers.models import Paper, PaperPart
from chanjiao.apps.papers.rights import reading_organisation
from chanjiao.apps.papers.rules import LISTED
from chanjiao.apps.papers.stored import to_json
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.engines.text import decode, repair
from chanjiao.engines.text.documents import text_of
from chanjiao.engines.text.papers import Paper as Reading
from chanjiao.engines.text.papers import PaperKind, read_paper
from chanjiao.engines.text.papers.codes import with_codes

TEXT_LIMIT = 100_000
"""Characters of a document that are read; a table of a thousand posts has fewer."""
MOST_PARTS = 300


def read_document(
    *, actor: Actor, content: bytes | str, name: str = "", kind: PaperKind | None = None, limit: int, now: datetime
) -> Paper:
    """The paper that the document is, with its parts waiting; the same text again is the same paper.

    `limit` is in bytes. `text.*` where it holds no text, `paper.too_long` beyond 100,000 characters, `paper.nothing`
    where no fact was found, `paper.story` for a founding story, which is read elsewhere: then nothing is stored. A
    `kind` that differs from the one read before reads the document anew, unless a part of it is entered already.
    """
    organisation_id = reading_organisation(actor)
    original = _text(content, limit)
    digest = hashlib.sha256(original.strip().encode()).hexdigest()
    known = Paper.objects.filter(document__sha256=digest, organisation_id=organisation_id).first()
    if known is not None and (kind is None or known.kind == kind):
        return known
    stored = SourceDocument.objects.filter(sha256=digest).first()
    text = stored.repaired if stored else repair(original).text
    reading = _checked(with_codes(read_paper(text, kind)))
    try:
        with transaction.atomic():
            document, _ = SourceDocument.objects.get_or_create(
                sha256=digest,
                defaults={
                    "name": plain_text(name)[:200],
                    "original": original,
                    "repaired": text,
                    "owner_id": actor.organisation_id,
                    "uploaded_by_id": actor.user_id,
                    "uploaded_at": now,
                },
            )
            return _stored(actor, document, reading, known, now)
    except IntegrityError:
        return Paper.objects.get(document__sha256=digest, organisation_id=organisation_id)


def _text(content: bytes | str, limit: int) -> str:
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    text = text_of(data, limit=limit) if isinstance(content, bytes) else decode(data, limit=limit)
    text = text.replace("\x00", "").replace("\r\n", "\n")
    if len(text) > TEXT_LIMIT:
        raise ChanjiaoError("paper.too_long", limit=TEXT_LIMIT)
    return text


def _checked(reading: Reading) -> Reading:
    if reading.kind is PaperKind.STORY:
        raise ChanjiaoError("paper.story")
    if not any(part.facts for part in reading.parts):
        raise ChanjiaoError("paper.nothing")
    if len(reading.parts) > MOST_PARTS:
        raise ChanjiaoError("paper.too_many_parts", limit=MOST_PARTS)
    return reading


def _stored(actor: Actor, document: SourceDocument, reading: Reading, known: Paper | None, now: datetime) -> Paper:
    if known is not None:
        if known.parts.filter(listing_id__isnull=False).exists():
            raise ChanjiaoError("paper.entered")
        known.delete()
    paper = Paper.objects.create(
        document=document,
        organisation_id=reading_organisation(actor),
        kind=reading.kind,
        reading=to_json(reading),
        created_by_id=actor.user_id,
        created_at=now,
    )
    if reading.kind in LISTED:
        PaperPart.objects.bulk_create(PaperPart(paper=paper, number=number) for number in range(len(reading.parts)))
    record_change(actor=actor, action="read_document", instance=paper, now=now)
    return paper
