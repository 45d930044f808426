"""Entering memberships and posts that were decided elsewhere, many at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from chanjiao.apps.members.models import Membership, Post
from chanjiao.apps.members.rights import may_found
from chanjiao.apps.members.values import MembershipFacts, PostFacts
from chanjiao.apps.members.writing import Writer
from chanjiao.core.permissions import Actor, require


@transaction.atomic
def enrol_members(*, actor: Actor, told: Iterable[MembershipFacts], now: datetime) -> list[Membership]:
    """Active memberships as told, none twice; `organisation.unknown`, `consortium.unknown` for names not registered."""
    require(may_found(actor))
    writer = Writer(actor=actor, now=now)
    return [writer.membership(one) for one in told]


@transaction.atomic
def record_posts(*, actor: Actor, told: Iterable[PostFacts], now: datetime) -> list[Post]:
    """Posts of named persons as told, none twice; `organisation.unknown` for names not registered."""
    require(may_found(actor))
    writer = Writer(actor=actor, now=now)
    return [writer.post(one) for one in told]
