"""Founding drafts and what became of them."""

from __future__ import annotations

from django.db.models import QuerySet

from chanjiao.apps.members.models import Founding
from chanjiao.apps.members.rights import may_found
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor


def foundings(actor: Actor) -> QuerySet[Founding]:
    """All foundings, newest first, for those who may found; nothing for others."""
    found = Founding.objects.select_related("document__uploaded_by").order_by("-document__uploaded_at", "-id")
    return found if may_found(actor) else found.none()


def founding(actor: Actor, pk: int) -> Founding:
    """One founding; `record.not_found` where it is missing or hidden."""
    found = foundings(actor).filter(pk=pk).first()
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found
