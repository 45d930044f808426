"""What `chanjiao demo` says it did: members by role, needs and offers by kind, the best matches with reasons, time."""

from __future__ import annotations

import os
from collections import Counter

from django.utils import translation

from chanjiao.apps.exchange.kinds import KIND_WORDS, Kind, Side
from chanjiao.apps.exchange.selectors import figures as listing_figures
from chanjiao.apps.members.models import MembershipRole
from chanjiao.apps.members.selectors import consortia, figures
from chanjiao.core.permissions import SYSTEM
from chanjiao.core.words import terminal_language
from chanjiao.engines.words import N_
from chanjiao.interfaces.cli.match import told
from chanjiao.interfaces.cli.wording import say
from chanjiao.interfaces.demo.load import Loaded

BEST = 10


def summary(loaded: Loaded, *, seconds: float) -> list[str]:
    """The lines, in the language of the terminal."""
    return [
        *_founded(),
        "",
        *_members(),
        "",
        *_listings(),
        "",
        *told(loaded.run, BEST),
        "",
        say(N_("All this took {seconds} s"), seconds=f"{seconds:.1f}"),
    ]


def _founded() -> list[str]:
    return [say(N_("Founded from the notice:")), *(f"  {body.organisation.name}" for body in consortia(SYSTEM))]


def _members() -> list[str]:
    counted = figures(SYSTEM)
    lines = [say(N_("{count} members:"), count=counted.members)]
    with translation.override(terminal_language(os.environ)):
        lines += [f"  {count:>4}  {MembershipRole(role).label}" for role, count in counted.roles]
    return lines


def _listings() -> list[str]:
    counted: Counter[tuple[Side, str]] = Counter()
    for one in listing_figures(SYSTEM):
        counted[one.side, one.kind] += one.count
    needs, offers = (sum(count for (one, _), count in counted.items() if one == side) for side in Side)
    lines = [say(N_("{needs} needs and {offers} offers:"), needs=needs, offers=offers)]
    return lines + [
        f"  {counted[Side.NEED, kind]:>4}  {counted[Side.OFFER, kind]:>4}  {say(KIND_WORDS[kind])}" for kind in Kind
    ]
