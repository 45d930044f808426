"""Bytes into text: the encodings that documents come in, and clear refusals."""

from __future__ import annotations

import random
from contextlib import suppress

import pytest

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.text import decode

STORY = "4月17日下午，市域产教联合体成立大会在文化会展中心举行，120余人参加会议。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030", "utf-32"]
)
def test_each_encoding_is_recognised(encoding: str) -> None:
    assert decode(STORY.encode(encoding)) == STORY


def test_big5_of_a_traditional_page_is_recognised() -> None:
    story = "產教融合聯合體成立大會今日於台北舉行，校長與董事長共同揭牌，並簽署合作協議。"

    assert decode(story.encode("big5")) == story


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16"])
def test_a_character_cut_at_the_end_is_dropped(encoding: str) -> None:
    assert decode(STORY.encode(encoding)[:-1]) == STORY[:-1]


def test_utf8_cut_in_front_is_still_utf8() -> None:
    assert decode(STORY.encode()[5:]) == STORY[3:]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "text.empty"),
        (b" \n\t", "text.empty"),
        (b"%PDF-1.7 ...", "text.not_text"),
        (b"PK\x03\x04....", "text.not_text"),
        (bytes(range(256)) * 8, "text.not_text"),
        (b"\x00" * 4096, "text.empty"),
    ],
)
def test_what_is_no_text_is_refused_with_a_code(data: bytes, code: str) -> None:
    with pytest.raises(ChanjiaoError) as refused:
        decode(data)

    assert refused.value.code == code


def test_a_document_beyond_the_limit_is_refused_with_its_size() -> None:
    with pytest.raises(ChanjiaoError) as refused:
        decode(b"a" * 101, limit=100)

    assert (refused.value.code, refused.value.params) == ("text.too_large", {"size": 101, "limit": 100})


def test_four_thousand_random_inputs_are_read_or_refused_without_any_other_fault() -> None:
    source = random.Random(3)
    refused = 0
    for _ in range(4000):
        with suppress(ChanjiaoError):
            assert isinstance(decode(source.randbytes(source.randint(0, 60))), str)
            continue
        refused += 1

    assert 0 < refused < 4000
