"""Reading a founding document into a draft."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction

from chanjiao.apps.members.drafting import read_text
from chanjiao.apps.members.facts import FactSheet
from chanjiao.apps.members.models import Founding, FoundingState, SourceDocument
from chanjiao.apps.members.rights import may_found
from chanjiao.apps.members.rules import plain_text
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.permissions import Actor, require
from chanjiao.engines.text import Extraction, decode
from chanjiao.engines.text.asked import Ask
from chanjiao.engines.text.documents import text_of


def read_founding(
    *, actor: Actor, content: bytes | str, name: str = "", limit: int, now: datetime, ask: Ask | None = None
) -> Founding:
    """The draft of the document, or what already stands of the same text: nothing is read or stored twice.

    `limit` is in bytes. `text.*` where it is not text, `founding.no_consortium` where it founds nothing; then
    nothing is stored. A discarded draft is read anew. `ask` is the site's larger model, where it has one.
    """
    require(may_found(actor))
    original = text_of(content, limit=limit) if isinstance(content, bytes) else _typed(content, limit)
    original = original.replace("\x00", "")
    digest = hashlib.sha256(original.strip().encode()).hexdigest()
    known = Founding.objects.select_related("document").filter(document__sha256=digest).first()
    if known is not None and known.state != FoundingState.DISCARDED:
        return known
    extraction, sheet = read_text(original, ask)
    try:
        return _store(actor=actor, known=known, name=name, original=original, digest=digest, extraction=extraction,
                      sheet=sheet, now=now)  # fmt: skip
    except IntegrityError:
        # Somebody else read the same document at the same moment.
        return Founding.objects.select_related("document").get(document__sha256=digest)


@transaction.atomic
def _store(
    *,
    actor: Actor,
    known: Founding | None,
    name: str,
    original: str,
    digest: str,
    extraction: Extraction,
    sheet: FactSheet,
    now: datetime,
) -> Founding:
    if known is not None:
        return _reopen(actor=actor, founding=known, sheet=sheet, now=now)
    document = SourceDocument.objects.create(
        sha256=digest,
        name=plain_text(name)[:200],
        original=original,
        repaired=extraction.text,
        owner_id=actor.organisation_id,
        uploaded_by_id=actor.user_id,
        uploaded_at=now,
    )
    founding = Founding.objects.create(document=document, state=FoundingState.DRAFT, facts=sheet.to_json())
    record_change(actor=actor, action="read_founding", instance=founding, now=now)
    return founding


def _typed(content: str, limit: int) -> str:
    return decode(content.encode("utf-8", "replace"), limit=limit)


def _reopen(*, actor: Actor, founding: Founding, sheet: FactSheet, now: datetime) -> Founding:
    before = state_of(founding)
    founding.state, founding.facts, founding.decided_at = FoundingState.DRAFT, sheet.to_json(), None
    founding.version += 1
    founding.save()
    record_change(actor=actor, action="read_founding", instance=founding, now=now, before=before)
    return founding
