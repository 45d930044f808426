"""Letters as mail and as messages of a group bot, in their reader's language."""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from chanjiao.apps.notices import bot_messages
from chanjiao.apps.notices.actions.deliver_due import Undelivered
from chanjiao.apps.notices.actions.make_link import make_link
from chanjiao.apps.notices.bot_messages import message_for, taken
from chanjiao.apps.notices.links import token_of
from chanjiao.apps.notices.models import Bot, Notice
from chanjiao.apps.notices.outbox import Letter
from chanjiao.apps.notices.posting import Unposted, post
from chanjiao.apps.notices.rules import link_end
from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.sealing import unsealed
from chanjiao.interfaces.web.notices.words import Line, line_of, place_of


@dataclass(frozen=True, slots=True)
class Item:
    """One notice in a letter: its words, what it opens, and the link that answers it, each where there is one."""

    line: Line
    url: str
    answer_url: str


def send(letter: Letter) -> None:
    """The letter is handed to the mail server or the bot; `Undelivered` where it is not taken."""
    if letter.bot is None:
        _mail(letter)
    else:
        _pass_on(letter, letter.bot)


def mail_of(letter: Letter) -> EmailMultiAlternatives:
    """The letter as a mail; its Message-ID is its key, the same however often it is sent."""
    reader = letter.person or letter.contact
    assert reader is not None
    with override(reader.language or settings.LANGUAGE_CODE):
        items = [_item(letter, one) for one in _last_words(letter.notices)]
        told = {
            "items": items,
            "site": settings.SITE_ADDRESS,
            "name": str(reader),
            "account": letter.person is not None,
        }
        first = items[0].line.text
        more = len(items) - 1
        subject = _("%(first)s, and %(count)s more") % {"first": first, "count": more} if more else first
        mail = EmailMultiAlternatives(
            subject=" ".join(subject.split()),
            body=render_to_string("notices/letter.txt", told),
            to=[reader.email],
            headers={"Message-ID": f"<{letter.key}@{_host()}>", "Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(render_to_string("notices/letter.html", told), "text/html")
    return mail


def _last_words(notices: Sequence[Notice]) -> list[Notice]:
    """The notices, but of several that ask the same question only the last: a reminder takes its question's place."""
    last = {(one.purpose, one.object_type, one.object_id): one.pk for one in notices if one.purpose}
    return [one for one in notices if one.pk in last.values() or not one.purpose]


def _mail(letter: Letter) -> None:
    try:
        mail_of(letter).send()
    except smtplib.SMTPResponseException as error:
        raise Undelivered(f"SMTP {error.smtp_code}") from None
    except (OSError, smtplib.SMTPException) as error:
        raise Undelivered(type(error).__name__) from None


def _pass_on(letter: Letter, bot: Bot) -> None:
    """The letter as one message to a group; it carries no answer link, since a group is nobody's mailbox."""
    with override(settings.LANGUAGE_CODE):
        lines = [_group_line(one) for one in _last_words(letter.notices)]
        title = _("%(count)s notices for %(organisation)s") % {"count": len(lines), "organisation": bot.organisation}
    try:
        hook, secret = unsealed(bot.hook), unsealed(bot.signing_secret)
        message = message_for(bot.kind, hook, secret, title, lines, now=clock.now())
        refused = taken(bot.kind, post(message.address, message.body, key=letter.key, origins=settings.BOT_ORIGINS))
    except (Unposted, ChanjiaoError) as error:
        raise Undelivered(str(error)) from None
    if refused:
        raise Undelivered(f"{bot.get_kind_display()} {refused}")


def _group_line(notice: Notice) -> bot_messages.Line:
    place = place_of(notice)
    return bot_messages.Line(line_of(notice).text, settings.SITE_ADDRESS + place if place else "")


def _item(letter: Letter, notice: Notice) -> Item:
    line, place = line_of(notice), place_of(notice)
    url = settings.SITE_ADDRESS + place if place else ""
    return Item(line, url, _answer_url(letter, notice) if line.waits and notice.purpose else "")


def _answer_url(letter: Letter, notice: Notice) -> str:
    now = clock.now()
    assert notice.organisation_id is not None
    assert notice.object_id is not None
    link = make_link(
        purpose=notice.purpose,
        object_id=notice.object_id,
        organisation_id=notice.organisation_id,
        person_id=letter.person.pk if letter.person else None,
        contact_id=letter.contact.pk if letter.contact else None,
        expires_at=link_end(timezone.localtime(now), notice.deadline),
        now=now,
    )
    return settings.SITE_ADDRESS + reverse("notices:answer", args=[token_of(link)])


def _host() -> str:
    return urlsplit(settings.SITE_ADDRESS).hostname or "localhost"
