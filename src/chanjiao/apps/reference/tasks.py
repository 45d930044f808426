"""What the code tables do in the background."""

from __future__ import annotations

from chanjiao.apps.reference.actions.infer_links import infer_links
from chanjiao.core import clock
from chanjiao.core.jobs import Progress, task
from chanjiao.core.permissions import SYSTEM


@task("reference.infer_links")
def infer(progress: Progress) -> str:
    """Where programmes lead that no teaching standard links is proposed for review."""
    return str(infer_links(actor=SYSTEM, now=clock.now(), advanced=progress.advance))
