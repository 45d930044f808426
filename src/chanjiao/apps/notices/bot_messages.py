"""Messages as the bots of WeCom, DingTalk and Feishu take them: body, signature, and what their answers mean. Pure.

Formats and signatures as their makers publish them: developer.work.weixin.qq.com (91770), open.dingtalk.com (custom
robots), open.feishu.cn (custom bots).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

WECOM_BYTES = 4096
"""The longest text that WeCom takes, in bytes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a message: words, and the address that they open, where there is one."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: the full address, signed where the bot asks for it, and a JSON body."""

    address: str
    body: bytes


def message_for(kind: str, hook: str, secret: str, title: str, lines: Sequence[Line], *, now: datetime) -> Message:
    """The message for a bot of this kind (`wecom`, `dingtalk` or `feishu`), signed at `now` where it has a secret."""
    address, told = _FORMATS[kind](hook, secret, title, lines, now)
    return Message(address, json.dumps(told, ensure_ascii=False).encode())


def taken(kind: str, answer: bytes) -> str:
    """The bot's own error code where it refused the message, empty where it took it.

    >>> taken("wecom", b'{"errcode":0,"errmsg":"ok"}'), taken("feishu", b'{"code":19021,"msg":"sign match fail"}')
    ('', '19021')
    """
    try:
        told = json.loads(answer)
        code = told["code" if kind == "feishu" and "code" in told else _CODES[kind]]
    except (ValueError, KeyError, TypeError):
        return "?"
    return "" if code == 0 else str(code)[:20]


_CODES = {"wecom": "errcode", "dingtalk": "errcode", "feishu": "StatusCode"}


def _wecom(hook: str, secret: str, title: str, lines: Sequence[Line], now: datetime) -> tuple[str, object]:
    text = f"**{_plain(title)}**"
    for line in lines:
        longer = f"{text}\n{_markdown(line)}"
        if len(longer.encode()) > WECOM_BYTES:
            break
        text = longer
    return hook, {"msgtype": "markdown", "markdown": {"content": text}}


def _dingtalk(hook: str, secret: str, title: str, lines: Sequence[Line], now: datetime) -> tuple[str, object]:
    text = "\n\n".join([f"**{_plain(title)}**", *(_markdown(line) for line in lines)])
    told = {"msgtype": "markdown", "markdown": {"title": title, "text": text}}
    if not secret:
        return hook, told
    moment = str(int(now.timestamp() * 1000))
    digest = hmac.new(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256).digest()
    parts = urlsplit(hook)
    query = [*parse_qsl(parts.query), ("timestamp", moment), ("sign", base64.b64encode(digest).decode())]
    return urlunsplit(parts._replace(query=urlencode(query))), told


def _feishu(hook: str, secret: str, title: str, lines: Sequence[Line], now: datetime) -> tuple[str, object]:
    content = [[_piece(line)] for line in lines]
    told: dict[str, object] = {
        "msg_type": "post",
        "content": {"post": {"zh_cn": {"title": title, "content": content}}},
    }
    if secret:
        moment = str(int(now.timestamp()))
        digest = hmac.new(f"{moment}\n{secret}".encode(), b"", hashlib.sha256).digest()
        told |= {"timestamp": moment, "sign": base64.b64encode(digest).decode()}
    return hook, told


_FORMATS = {"wecom": _wecom, "dingtalk": _dingtalk, "feishu": _feishu}


def _piece(line: Line) -> dict[str, str]:
    return {"tag": "a", "text": line.text, "href": line.url} if line.url else {"tag": "text", "text": line.text}


def _markdown(line: Line) -> str:
    return f"[{_plain(line.text)}]({line.url})" if line.url else _plain(line.text)


def _plain(text: str) -> str:
    """Text in which no sign is read as markup: titles are written by people whom nobody checked."""
    signs = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]()#<>!|"})
    return " ".join(text.split()).translate(signs)
