"""Make the link with which somebody answers without an account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chanjiao.apps.notices.models import AnswerLink
from chanjiao.apps.notices.purposes import PURPOSES


def make_link(
    *,
    purpose: str,
    object_id: int,
    organisation_id: int,
    expires_at: datetime,
    now: datetime,
    person_id: int | None = None,
    contact_id: int | None = None,
) -> AnswerLink:
    """The addressee's link to this question, one however often it is asked for; a later expiry prolongs it."""
    PURPOSES[purpose]
    addressee: dict[str, Any] = {"person_id": person_id, "contact_id": contact_id}
    link, is_new = AnswerLink.objects.get_or_create(
        purpose=purpose,
        object_id=object_id,
        organisation_id=organisation_id,
        **addressee,
        defaults={"made_at": now, "expires_at": expires_at},
    )
    if not is_new and link.used_at is None and link.expires_at < expires_at:
        link.expires_at = expires_at
        link.save(update_fields=["expires_at"])
    return link
