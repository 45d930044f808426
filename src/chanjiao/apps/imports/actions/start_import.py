"""Take a file in, to be checked and then stored."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.imports.kinds import kind_named
from chanjiao.apps.imports.kinds.base import ImportKind, Options
from chanjiao.apps.imports.layouts import Layout, Table, table_of
from chanjiao.apps.imports.models import BatchState, ImportBatch, ImportFile
from chanjiao.core.audit import record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.jobs import enqueue
from chanjiao.core.permissions import Actor, require
from chanjiao.core.sheets import LIMIT, sheets_of

NO_OPTIONS = Options()


def start_import(
    *,
    actor: Actor,
    kind: str,
    content: bytes,
    name: str,
    now: datetime,
    layout: str = "",
    sheet: str = "",
    options: Options = NO_OPTIONS,
    again: bool = False,
) -> ImportBatch:
    """The file is kept and waits to be checked; its heading is read at once.

    Refused with `import.known_file` where the actor's organisation imported the same bytes before and did not take them
    back, unless `again`.
    """
    require(actor.sees_all or actor.acts_for(actor.organisation_id))
    found = opened(kind_named(kind), content, layout, sheet)
    if next(found.rows(), None) is None:
        raise ChanjiaoError("import.no_rows")
    digest = hashlib.sha256(content).hexdigest()
    if not again:
        _refuse_known(actor, kind, digest)
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            kind=kind,
            layout=found.layout.key,
            file_name=name[:200],
            digest=digest,
            sheet=found.sheet[:100],
            heading=list(found.heading),
            options=asdict(options),
            state=BatchState.CHECKING,
            asked_by_id=actor.user_id,
            organisation_id=actor.organisation_id,
            started_at=now,
        )
        ImportFile.objects.create(batch=batch, content=content)
        record_change(actor=actor, action="start_import", instance=batch, now=now)
        enqueue("imports.advance", actor=actor, now=now, key=f"import.{batch.pk}", batch_id=batch.pk)
    return batch


def opened(kind: ImportKind, content: bytes, layout: str = "", sheet: str = "") -> Table:
    """The table of a file that is read as this kind, in the layout named or the one that fits best."""
    return table_of(sheets_of(content, limit=LIMIT), layouts_named(kind, layout), sheet)


def layouts_named(kind: ImportKind, layout: str = "") -> list[Layout]:
    """The one layout of that name, all for an empty name; `import.unknown_layout`."""
    found = [one for one in kind.layouts if layout in ("", one.key)]
    if not found:
        expected = "、".join(one.key for one in kind.layouts)
        raise ChanjiaoError("import.unknown_layout", layout=layout, expected=expected)
    return found


def _refuse_known(actor: Actor, kind: str, digest: str) -> None:
    done = ImportBatch.objects.filter(
        kind=kind, digest=digest, organisation_id=actor.organisation_id, state=BatchState.DONE
    )
    known = done.exclude(created=0, updated=0).first()
    if known is not None:
        day = timezone.localdate(known.finished_at or known.started_at)
        raise ChanjiaoError("import.known_file", day=day.isoformat(), number=known.pk)
