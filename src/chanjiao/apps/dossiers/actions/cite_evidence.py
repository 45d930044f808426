"""Cite rows as evidence, attach a file, or take one of them out again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from chanjiao.apps.dossiers.changes import dossier_for
from chanjiao.apps.dossiers.citing import cite, next_evidence_number
from chanjiao.apps.dossiers.models import Evidence, EvidenceKind
from chanjiao.apps.dossiers.rules import LENGTHS, Deed, text_faults
from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.projects.proving import file_limit
from chanjiao.core.audit import record_change, record_removal
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.files import store
from chanjiao.core.permissions import Actor


def cite_rows(*, actor: Actor, pk: int, keys: Collection[str], now: datetime) -> list[Evidence]:
    """The rows of these keys (`sources.candidates`) stand in the dossier as they read now."""
    with transaction.atomic():
        return cite(actor, dossier_for(actor, pk, Deed.CITE), keys, now)


def attach_file(
    *, actor: Actor, pk: int, title: str, chunks: Iterable[bytes], file_name: str, now: datetime
) -> Evidence:
    """The file is evidence; one that is forged, empty, too large or of an unknown kind is refused (`core.files`)."""
    title = clean_text(title).replace("\n", " ")
    errors = list(text_faults(required=False, title=title))
    if errors:
        raise Rejected(errors)
    with transaction.atomic():
        dossier_for(actor, pk, Deed.CITE)
    # The file is written outside of the transaction, which would else hold the dossier while a slow sender sends.
    file = store(chunks, file_name, root=settings.FILES_ROOT, limit=file_limit())
    with transaction.atomic():
        dossier = dossier_for(actor, pk, Deed.CITE)
        evidence = Evidence.objects.create(
            dossier=dossier,
            number=next_evidence_number(dossier),
            kind=EvidenceKind.FILE,
            title=title or file.name[: LENGTHS["title"]],
            as_of=timezone.localdate(now),
            sha256=file.sha256,
            size=file.size,
            file_name=file.name,
            media_type=file.media_type,
            cited_by=actor.name,
            cited_at=now,
        )
        record_change(actor=actor, action="attach_file", instance=evidence, now=now)
    return evidence


def remove_evidence(*, actor: Actor, pk: int, number: int, now: datetime) -> None:
    """The dossier no longer rests on it; the record keeps what it was."""
    with transaction.atomic():
        evidence = dossier_for(actor, pk, Deed.CITE).evidence.filter(number=number).first()
        if evidence is None:
            raise ChanjiaoError("record.not_found")
        record_removal(actor=actor, action="remove_evidence", instance=evidence, now=now)
        evidence.delete()
