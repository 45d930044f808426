"""Add a group's bot to an organisation, and end it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from chanjiao.apps.members.rights import may_edit
from chanjiao.apps.members.selectors import organisation as organisation_seen
from chanjiao.apps.notices.actions.send_notice import send_notice
from chanjiao.apps.notices.addressees import organisation
from chanjiao.apps.notices.models import Bot, BotKind, Delivery, DeliveryState
from chanjiao.apps.notices.notices import BOT_ADDED
from chanjiao.apps.notices.rules import MOST_BOTS, is_bot_address
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.core.sealing import sealed

LONGEST_HOOK = 500


def add_bot(
    *, actor: Actor, organisation_id: int, kind: BotKind, name: str, hook: str, signing_secret: str, now: datetime
) -> Bot:
    """The bot, which passes the organisation's urgent notices on from now; a first message shows whether it does.

    Refused with `bot.address` for an address that is no bot's, `bot.too_many`, and `field.required` without a name.
    """
    body = organisation_seen(actor, organisation_id)
    require(may_edit(actor, body))
    hook = hook.strip()
    bot = Bot(
        organisation=body,
        kind=kind,
        name=name.strip()[:60],
        hook=sealed(hook),
        signing_secret=sealed(signing_secret.strip()),
        tokens_at=now,
        tokens=1,
        created_at=now,
    )
    if not bot.name:
        raise ChanjiaoError("field.required", field="name")
    if not is_bot_address(hook, settings.BOT_ORIGINS) or len(hook) > LONGEST_HOOK:
        raise ChanjiaoError("bot.address", field="hook", origins="、".join(settings.BOT_ORIGINS))
    with transaction.atomic():
        if Bot.objects.filter(organisation=body, ended_at=None).count() >= MOST_BOTS:
            raise ChanjiaoError("bot.too_many", limit=MOST_BOTS)
        bot.save()
        record_change(actor=actor, action="add_bot", instance=bot, now=now)
        send_notice(
            actor=actor,
            to=organisation(body.pk),
            kind=BOT_ADDED,
            params={"group": bot.name, "name": actor.name},
            about=body,
            key=f"bot.added:{bot.pk}",
            now=now,
        )
    return bot


def end_bot(*, actor: Actor, pk: int, now: datetime) -> Bot:
    """The bot says nothing more; its address and secret are forgotten, and what waited for it is dropped."""
    bot = Bot.objects.select_related("organisation").filter(pk=pk, ended_at=None).first()
    if bot is None or not may_edit(actor, bot.organisation):
        raise ChanjiaoError("record.not_found")
    before = state_of(bot)
    bot.ended_at, bot.hook, bot.signing_secret = now, "", ""
    with transaction.atomic():
        bot.save(update_fields=["ended_at", "hook", "signing_secret"])
        Delivery.objects.filter(bot=bot, state=DeliveryState.WAITING).update(state=DeliveryState.DROPPED)
        record_change(actor=actor, action="end_bot", instance=bot, now=now, before=before)
    return bot
