"""What imports do in the background."""

from __future__ import annotations

from datetime import timedelta

from chanjiao.apps.imports.actions.advance_import import advance_import
from chanjiao.apps.imports.actions.undo_import import undo_import
from chanjiao.apps.imports.models import BatchState, ImportBatch
from chanjiao.core import clock
from chanjiao.core.jobs import Progress, task

KEPT_FOR = timedelta(days=14)
"""How long a checked file waits to be confirmed."""


@task("imports.advance")
def advance(progress: Progress, batch_id: int) -> str:
    """The rows of an import are checked or stored."""
    batch = advance_import(batch_id=batch_id, now=clock.now(), advanced=progress.advance)
    return f"{batch.created + batch.updated} / {batch.read}"


@task("imports.undo")
def undo(progress: Progress, batch_id: int) -> str:
    """An import is taken back."""
    batch = undo_import(batch_id=batch_id, now=clock.now(), advanced=progress.advance)
    return f"{batch.created + batch.updated - batch.kept} / {batch.created + batch.updated}"


@task("imports.clear", every=timedelta(days=1))
def clear(progress: Progress) -> str:
    """Files that were checked and never confirmed are gone."""
    late = ImportBatch.objects.filter(state=BatchState.CHECKED, finished_at__lt=clock.now() - KEPT_FOR)
    return str(late.delete()[0])
