"""Group bots: formats and signatures, where messages may go, and bots that answer slowly, with 500, or never."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import pytest_django

from chanjiao.apps.notices.actions.deliver_due import deliver_due
from chanjiao.apps.notices.actions.keep_bots import add_bot, end_bot
from chanjiao.apps.notices.bot_messages import Line, message_for
from chanjiao.apps.notices.models import Bot, BotKind, Delivery
from chanjiao.apps.notices.posting import Unposted, post
from chanjiao.apps.notices.rules import is_bot_address
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import AuditRecord
from chanjiao.core.permissions import SYSTEM
from chanjiao.core.sealing import sealed, unsealed
from chanjiao.interfaces.web.notices.letters import send
from tests.cast import NOW, Cast
from tests.receivers import Group, group

WECOM = "https://qyapi.weixin.qq.com"
SECRET = "SECabcdef0123456789"
LINES = [Line("方砚秋[接受]了", "https://example.org/matches/1/"), Line("提醒")]
AT = datetime(2026, 10, 12, 1, 30, tzinfo=UTC)


@pytest.fixture
def receiving(settings: pytest_django.fixtures.SettingsWrapper) -> Iterator[Group]:
    with group() as bot:
        settings.BOT_ORIGINS = (bot.origin,)
        yield bot


def added(cast: Cast, receiving: Group, kind: BotKind = BotKind.WECOM) -> Bot:
    return add_bot(
        actor=cast.dean, organisation_id=cast.college.pk, kind=kind, name="对接群",
        hook=f"{receiving.origin}/cgi-bin/webhook/send?key={SECRET}", signing_secret=SECRET, now=NOW,
    )  # fmt: skip


def sent() -> int:
    return deliver_due(actor=SYSTEM, send=send, clock=lambda: NOW)


def test_wecom_takes_markdown_in_which_nobody_can_write_markup() -> None:
    message = message_for("wecom", "https://x/", "", "通知", LINES, now=AT)

    assert json.loads(message.body) == {
        "msgtype": "markdown",
        "markdown": {"content": "**通知**\n[方砚秋\\[接受\\]了](https://example.org/matches/1/)\n提醒"},
    }


def test_wecom_gets_no_more_than_it_takes() -> None:
    message = message_for("wecom", "https://x/", "", "通知", [Line("对接" * 300)] * 5, now=AT)

    assert len(json.loads(message.body)["markdown"]["content"].encode()) <= 4096


def test_dingtalk_is_signed_over_milliseconds_and_secret_in_the_address() -> None:
    message = message_for("dingtalk", "https://x/robot/send?access_token=t", SECRET, "通知", LINES, now=AT)

    query = parse_qs(urlsplit(message.address).query)
    expected = hmac.new(SECRET.encode(), f"1791768600000\n{SECRET}".encode(), hashlib.sha256).digest()
    assert query == {
        "access_token": ["t"],
        "timestamp": ["1791768600000"],
        "sign": [base64.b64encode(expected).decode()],
    }
    assert json.loads(message.body)["msgtype"] == "markdown"


def test_feishu_is_signed_over_seconds_and_secret_in_the_body() -> None:
    message = message_for("feishu", "https://x/hook/1", SECRET, "通知", LINES, now=AT)

    told = json.loads(message.body)
    expected = hmac.new(f"1791768600\n{SECRET}".encode(), b"", hashlib.sha256).digest()
    assert message.address == "https://x/hook/1"
    assert (told["timestamp"], told["sign"]) == ("1791768600", base64.b64encode(expected).decode())
    assert told["content"]["post"]["zh_cn"]["content"][1] == [{"tag": "text", "text": "提醒"}]


@pytest.mark.parametrize(
    "address",
    [
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1",
        "https://qyapi.weixin.qq.com.evil.example/x",
        "https://evil.example@qyapi.weixin.qq.com/x",
        "https://qyapi.weixin.qq.com@evil.example/x",
        "https://qyapi.weixin.qq.com:8443/x",
        "https://qyapi.weixin.qq.com\\@evil.example/x",
        "https://qyapi.weixin.qq.com/x#y",
        "https://qyapi.weixin.qq.com/x\r\nHost: evil.example",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://qyapi.weixin.qq.com:x/",
        "file:///etc/passwd",
        "",
    ],
)
def test_messages_go_nowhere_but_to_where_bots_live(address: str, cast: Cast) -> None:
    assert not is_bot_address(address, [WECOM])
    with pytest.raises(ChanjiaoError, match=r"bot\.address"):
        add_bot(
            actor=cast.dean, organisation_id=cast.college.pk, kind=BotKind.WECOM, name="群", hook=address,
            signing_secret="", now=NOW,
        )  # fmt: skip
    assert not Bot.objects.exists()


def test_a_new_bot_is_told_at_once_and_keeps_its_secrets(cast: Cast, receiving: Group) -> None:
    bot = added(cast, receiving)

    assert sent() == 1
    bot.refresh_from_db()
    record = AuditRecord.objects.get(action="add_bot")
    assert (bot.last_error, bot.failures, receiving.keys) == ("", 0, [f"letter-{Delivery.objects.get().pk}"])
    assert "对接群" in json.loads(receiving.bodies[0])["markdown"]["content"]
    assert SECRET not in json.dumps(record.after)


def test_a_stranger_sets_up_no_bot(cast: Cast) -> None:
    with pytest.raises(ChanjiaoError, match=r"action\.denied"):
        add_bot(
            actor=cast.stranger, organisation_id=cast.college.pk, kind=BotKind.WECOM, name="群",
            hook=f"{WECOM}/cgi-bin/webhook/send?key=1", signing_secret="", now=NOW,
        )  # fmt: skip

    assert not Bot.objects.exists()


@pytest.mark.parametrize(
    ("status", "answer", "reason"),
    [
        (500, b"", "HTTP 500"),
        (302, b"", "HTTP 302"),
        (200, b"<html>", "WeCom ?"),
        (200, b'{"errcode":45009}', "WeCom 45009"),
        (200, b"[]", "WeCom ?"),
    ],
)
def test_a_bot_that_refuses_is_tried_again_later_and_no_secret_is_told(
    cast: Cast, receiving: Group, status: int, answer: bytes, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    receiving.status, receiving.answer = status, answer
    receiving.headers = {"Location": "http://127.0.0.1:1/"} if status == 302 else {}
    bot = added(cast, receiving)

    assert sent() == 0
    waiting = Delivery.objects.get()
    bot.refresh_from_db()
    assert (waiting.state, waiting.error.replace("企业微信", "WeCom")) == ("waiting", reason)
    assert waiting.due_at > NOW
    assert len(receiving.bodies) == 1
    assert SECRET not in caplog.text + waiting.error + bot.last_error


def test_a_bot_that_drips_its_answer_is_cut_off(receiving: Group) -> None:
    receiving.answer, receiving.drip = b"{" + b" " * 200, 0.02

    with pytest.raises(Unposted, match="too slow"):
        post(f"{receiving.origin}/x", b"{}", key="1", origins=(receiving.origin,), patience=0.3)


def test_a_bot_that_is_not_there_is_tried_again_later(
    cast: Cast, receiving: Group, settings: pytest_django.fixtures.SettingsWrapper
) -> None:
    added(cast, receiving)
    Bot.objects.update(hook=sealed("http://127.0.0.1:9/x"))

    settings.BOT_ORIGINS = ("http://127.0.0.1:9",)
    assert sent() == 0
    assert Delivery.objects.values_list("state", "error").get() == ("waiting", "ConnectionRefusedError")


def test_secrets_lie_sealed_and_another_key_opens_them_only_as_a_former_one(
    cast: Cast, receiving: Group, settings: pytest_django.fixtures.SettingsWrapper
) -> None:
    bot = added(cast, receiving)
    assert SECRET not in bot.hook + bot.signing_secret
    assert receiving.origin not in bot.hook

    former, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-of-the-site"
    assert (sent(), receiving.bodies) == (0, [])
    assert Delivery.objects.values_list("error", flat=True).get().startswith("secret.unreadable")
    settings.SECRET_KEY_FALLBACKS = [former]

    assert unsealed(bot.signing_secret) == SECRET
    assert sealed("") == unsealed("") == ""


def test_an_ended_bot_is_silent_and_forgotten(cast: Cast, receiving: Group) -> None:
    bot = added(cast, receiving)

    end_bot(actor=cast.dean, pk=bot.pk, now=NOW)

    bot.refresh_from_db()
    assert (sent(), receiving.bodies, bot.hook, bot.signing_secret) == (0, [], "", "")
    assert Delivery.objects.get().state == "dropped"
