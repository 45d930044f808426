"""What the actions on imports share: whose an import is, and the right to go on with it."""

from __future__ import annotations

from chanjiao.apps.imports.models import ImportBatch
from chanjiao.apps.members.selectors import actor_for, posts_of
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.permissions import SYSTEM, Actor


def actor_of(batch: ImportBatch) -> Actor:
    """Who asked for the import, with the rights they have now; the system for what a command line asked for."""
    if batch.asked_by is None:
        return SYSTEM
    post = next((one for one in posts_of(batch.asked_by) if one.organisation_id == batch.organisation_id), None)
    return actor_for(batch.asked_by, post.pk if post else None)


def owns(actor: Actor, batch: ImportBatch) -> bool:
    """Whether the import is the actor's: they or their organisation asked for it."""
    return actor.sees_all or (batch.organisation_id is not None and actor.acts_for(batch.organisation_id))


def batch_for(actor: Actor, pk: int) -> ImportBatch:
    """The import, locked until the transaction ends; `record.not_found` where it is not the actor's."""
    found = ImportBatch.objects.select_for_update().filter(pk=pk).first()
    if found is None or not owns(actor, found):
        raise ChanjiaoError("record.not_found")
    return found


def kept_errors(refused: ChanjiaoError) -> list[dict[str, object]]:
    """The errors of a refusal as a row keeps them: code, field and parameters, words being found when it is shown."""
    errors = refused.errors if isinstance(refused, Rejected) else [refused]
    return [
        {"code": one.code, "field": one.field, "params": {name: _plain(value) for name, value in one.params.items()}}
        for one in errors
    ]


def _plain(value: object) -> object:
    return value if isinstance(value, int | float) else str(value)
