"""The weeks after the demo's first matches: who answered, who asked, who stayed silent, and which lists came out.

Everything goes through the actions that people use, at the days on which they would have used them.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import cycle

from chanjiao.apps.exchange.actions.publish_list import publish_list
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.official_lists import ListCode
from chanjiao.apps.matching.actions.accept_match import accept_match
from chanjiao.apps.matching.actions.ask_for_replies import ask_for_replies
from chanjiao.apps.matching.actions.decline_match import decline_match
from chanjiao.apps.matching.actions.follow_silent import follow_silent
from chanjiao.apps.matching.actions.write_on_match import write_on_match
from chanjiao.apps.matching.models import DeclineReason
from chanjiao.apps.matching.turn_selectors import TurnFilters, turns
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.members.selectors import consortia
from chanjiao.apps.notices.actions.keep_contacts import name_contact
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import SYSTEM, Actor, Role

PUBLISHING = "澄浦经济技术开发区产教联合体"
CONTACTS = (
    ("安徽澄驭汽车系统股份有限公司", 2, "方志勇"),
    ("澄浦职业技术学院", 2, "汪明月"),
    ("澄浦工程职业学院", 2, "金立华"),
)
QUESTIONS = (
    "住宿能否安排四人间？实习期是否缴纳工伤保险？",
    "图样和工艺要求可否先发一份，我们请老师看后再定。",
    "设备每周能空出哪几个半天？",
    "想先到现场看一看，方便的话请回个电话。",
)
REASONS = (DeclineReason.TIME, DeclineReason.SKILLS, DeclineReason.QUANTITY, DeclineReason.PAY)
ACCEPTS, DECLINES, ASKS, PROPOSES = (3, 13), (5, 15), (7, 17), (9, 19)
SETTLES = 4
"""Of twenty turns in their order: which places accept, decline, ask a question, propose a date, and which settles its
match with the other side at once; the rest are silent.
"""


def load_replies(bodies: dict[str, Organisation], *, asked: datetime, until: datetime) -> None:
    """The matches were asked for, some answered, and the silent were followed day by day."""
    for name, place, person in CONTACTS:
        email = f"contact{bodies[name].pk}@example.org"
        name_contact(actor=SYSTEM, organisation_id=bodies[name].pk, place=place, name=person, email=email, now=asked)
    publish_lists(now=asked)
    ask_for_replies(actor=SYSTEM, now=asked)
    _answer(asked, until)
    for days in (5, 8, 12):
        if asked + timedelta(days=days) < until:
            follow_silent(actor=SYSTEM, now=asked + timedelta(days=days))


def bring_up_to_date(bodies: dict[str, Organisation], *, now: datetime) -> None:
    """New matches are asked for, the silent are followed, and the lists are published as they read today."""
    follow_silent(actor=SYSTEM, now=now)
    publish_lists(now=now)


def publish_lists(*, now: datetime) -> None:
    """Each official list of one consortium is published."""
    body = next(one for one in consortia(SYSTEM) if one.organisation.name == PUBLISHING)
    for code in ListCode:
        publish_list(actor=SYSTEM, code=code, consortium_id=body.pk, now=now)


def _answer(asked: datetime, until: datetime) -> None:
    reasons, questions = cycle(REASONS), cycle(QUESTIONS)
    waiting = turns(SYSTEM, TurnFilters(standing="waiting"), now=asked).order_by("pk")
    for number, turn in enumerate(list(waiting)):
        place, at = number % 20, asked + timedelta(days=1 + number % 6, hours=number % 7)
        actor, pk = _officer_of(turn.organisation), turn.match_id
        if at >= until:
            continue
        # An earlier answer may have settled the match; then there is nothing left to say.
        with suppress(Answered):
            if place in ACCEPTS:
                _done(accept_match, actor=actor, pk=pk, now=at)
            elif place == SETTLES:
                for side in Side:
                    _done(accept_match, actor=SYSTEM, pk=pk, side=side, now=at)
            elif place in DECLINES:
                _done(decline_match, actor=actor, pk=pk, reason=next(reasons), now=at)
            elif place in (*ASKS, *PROPOSES):
                day = (at + timedelta(days=6)).date() if place in PROPOSES else None
                _done(write_on_match, actor=actor, pk=pk, text=next(questions), day=day, now=at)


class Answered(Exception):
    """The match has been settled before."""


def _done(deed: Callable[..., object], **told: object) -> None:
    try:
        deed(**told)
    except ChanjiaoError as error:
        if error.code in ("state.refused", "match.answered", "listing.full"):
            raise Answered from None
        raise


def _officer_of(body: Organisation) -> Actor:
    return Actor(name=body.contact_name, organisation_id=body.pk, organisation_name=body.name, role=Role.OFFICER)
