"""Load the embedded tables into the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from chanjiao.apps.reference import embedded
from chanjiao.apps.reference.actions.store_edition import store_edition
from chanjiao.apps.reference.models import CodeSystem, Link, LinkSource
from chanjiao.apps.reference.snapshot import drop_index
from chanjiao.core.jobs import enqueue
from chanjiao.core.permissions import Actor, require

INFER = "reference.infer_links"
"""The task that proposes links for programmes without an official one."""
Progress = Callable[[str, int, int], None]


def load_reference(*, actor: Actor, now: datetime, progress: Progress | None = None) -> tuple[str, ...]:
    """The code systems stand as the package carries them; those that had to be written are returned.

    What stands already costs one query; a system updated on this site is left alone. `progress` is told
    (system, systems done, systems in all).
    """
    require(actor.sees_all)
    if not _stale():
        return ()
    with transaction.atomic():
        stale = _stale()  # once more, for another process may have loaded them while this one waited
        for done, code in enumerate(stale):
            if progress:
                progress(code, done, len(stale))
            store_edition(actor=actor, edition=embedded.edition_of(code), whole=True, is_local=False, now=now)
        if "programme" in stale:
            _store_official_links()
            enqueue(INFER, actor=actor, now=now, key=INFER)
        transaction.on_commit(drop_index)
    if progress:
        progress("", len(stale), len(stale))
    return stale


def _stale() -> tuple[str, ...]:
    """The systems that are missing, or stand otherwise than the package carries them and were not updated here."""
    standing = {system.code: system for system in CodeSystem.objects.all()}
    return tuple(
        code
        for code, digest in embedded.digests().items()
        if code not in standing or (standing[code].digest != digest and not standing[code].is_local)
    )


def _store_official_links() -> None:
    edition = embedded.link_edition()
    wanted = {(programme, occupation): grain for programme, occupation, grain in embedded.official_links()}
    official = Link.objects.filter(source=LinkSource.OFFICIAL)
    standing = {(link.programme_code, link.occupation_code): link.pk for link in official}
    official.filter(pk__in=[pk for pair, pk in standing.items() if pair not in wanted]).delete()
    Link.objects.bulk_create(
        [
            Link(
                programme_code=programme,
                occupation_code=occupation,
                granularity=grain,
                source=LinkSource.OFFICIAL,
                edition=edition,
            )
            for (programme, occupation), grain in wanted.items()
            if (programme, occupation) not in standing
        ],
        batch_size=2000,
    )
