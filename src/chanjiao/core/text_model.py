"""The larger text model that a site may plug in: an OpenAI-compatible address, or a folder with a local model.

Nothing is sent anywhere unless CHANJIAO_TEXT_MODEL is set, and nothing needs it.
"""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable, Mapping
from functools import lru_cache
from http.client import HTTPException
from pathlib import Path
from typing import Any

Ask = Callable[[str], str]
TIMEOUT = 60.0
_LONGEST_REPLY = 1_000_000
_NEW_TOKENS = 2000


def text_model(settings: Mapping[str, str], *, timeout: float = TIMEOUT) -> Ask | None:
    """The model that the settings name, or None where none is set.

    CHANJIAO_TEXT_MODEL is an address (http://127.0.0.1:8080/v1) or a folder in the form of transformers;
    CHANJIAO_TEXT_MODEL_NAME and CHANJIAO_TEXT_MODEL_KEY go with an address. A model that cannot be reached, is not
    installed, or answers too late or too much raises `OSError` when asked.
    """
    place = settings.get("CHANJIAO_TEXT_MODEL", "").strip()
    if not place:
        return None
    if place.startswith(("http://", "https://")):
        name, key = settings.get("CHANJIAO_TEXT_MODEL_NAME", "default"), settings.get("CHANJIAO_TEXT_MODEL_KEY", "")
        return lambda question: _ask_address(place.rstrip("/"), name, key, question, timeout)
    return lambda question: _ask_folder(place, question)


def _ask_address(address: str, name: str, key: str, question: str, timeout: float) -> str:
    body = {"model": name, "temperature": 0, "messages": [{"role": "user", "content": question}]}
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {key}"} if key else {})
    request = urllib.request.Request(f"{address}/chat/completions", json.dumps(body).encode(), headers)  # noqa: S310
    try:
        with _opener.open(request, timeout=timeout) as response:
            data = _read(response, time.monotonic() + timeout)
    except HTTPException as fault:
        raise OSError(type(fault).__name__) from None
    try:
        return str(json.loads(data)["choices"][0]["message"]["content"])
    except (ValueError, KeyError, IndexError, TypeError):
        raise OSError("the reply is not that of a chat completion") from None


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an error: text and key go to the address that was set and to no other."""

    def redirect_request(self, *arguments: Any, **named: Any) -> None:
        return None


_opener = urllib.request.build_opener(_Stay)


def _read(response: Any, deadline: float) -> bytes:
    """The body, bounded in size and in time however slowly it drips."""
    parts: list[bytes] = []
    while part := response.read1(1 << 16):
        parts.append(part)
        if sum(map(len, parts)) > _LONGEST_REPLY:
            raise OSError("the reply is too long")
        if time.monotonic() > deadline:
            raise TimeoutError("the reply came too slowly")
    return b"".join(parts)


def _ask_folder(folder: str, question: str) -> str:
    generate = _generator(folder)
    reply = generate([{"role": "user", "content": question}], max_new_tokens=_NEW_TOKENS, do_sample=False)
    return str(reply[0]["generated_text"][-1]["content"])


@lru_cache(maxsize=1)
def _generator(folder: str) -> Any:
    if not Path(folder).is_dir():
        raise OSError(f"{folder} is not a folder")
    try:
        from transformers import (  # type: ignore[import-not-found]
            AutoModelForCausalLM,
            AutoTokenizer,
            pipeline,
        )
    except ImportError:
        raise OSError("the package transformers is not installed") from None
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    model = AutoModelForCausalLM.from_pretrained(folder, local_files_only=True)
    return pipeline("text-generation", model=model, tokenizer=tokenizer)
