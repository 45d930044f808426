"""The addresses of answer links: a row's number under the site's signature.

The row makes a link good for one answer; the signature makes it impossible to guess. See decision 0010.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.signing import BadSignature, Signer

from chanjiao.apps.members.selectors import actor_for, posts_of
from chanjiao.apps.notices.models import AnswerLink
from chanjiao.apps.notices.purposes import PURPOSES, About, Purpose
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, Role

SALT = "chanjiao.answer-link"


def token_of(link: AnswerLink) -> str:
    """What stands in the link's address; the same each time, so that a letter sent again holds the same."""
    return Signer(salt=SALT).sign(str(link.pk))


def link_of(token: str) -> AnswerLink:
    """The link behind an address; `link.forged` where this site never made it."""
    try:
        pk = int(Signer(salt=SALT).unsign(token))
    except (BadSignature, ValueError):
        raise ChanjiaoError("link.forged") from None
    found = AnswerLink.objects.select_related("organisation", "person", "contact").filter(pk=pk).first()
    if found is None or found.purpose not in PURPOSES:
        raise ChanjiaoError("link.forged")
    return found


def require_live(link: AnswerLink, now: datetime) -> None:
    """Raise `link.used` or `link.expired` unless the link may still be answered."""
    if link.used_at is not None:
        raise ChanjiaoError("link.used", day=f"{link.used_at:%Y-%m-%d}")
    if link.expires_at <= now:
        raise ChanjiaoError("link.expired", day=f"{link.expires_at:%Y-%m-%d}")


def actor_of(link: AnswerLink) -> Actor:
    """Whom the link lets act: its person while they still act there, its contact while they are one.

    `link.withdrawn` afterwards.
    """
    if link.contact is not None:
        return Actor(
            name=link.contact.name,
            organisation_id=link.organisation_id,
            organisation_name=link.organisation.name,
            role=Role.OFFICER,
        )
    assert link.person is not None
    post = posts_of(link.person).filter(organisation_id=link.organisation_id).first()
    actor = actor_for(link.person, post.pk) if post else Actor()
    if post is None or not actor.acts_for(link.organisation_id):
        raise ChanjiaoError("link.withdrawn")
    return actor


@dataclass(frozen=True, slots=True)
class LinkView:
    """What the page of a link shows."""

    purpose: Purpose
    about: About
    organisation: str
    addressee: str
    expires_at: datetime


def link_view(token: str, *, now: datetime) -> LinkView:
    """What the link asks, for whoever holds it; refused with `link.forged`, `.used`, `.expired` or `.withdrawn`."""
    link = link_of(token)
    require_live(link, now)
    actor, purpose = actor_of(link), PURPOSES[link.purpose]
    return LinkView(
        purpose=purpose,
        about=purpose.about(actor, link.object_id),
        organisation=link.organisation.name,
        addressee=actor.name,
        expires_at=link.expires_at,
    )
