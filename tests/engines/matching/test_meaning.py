"""Texts that share no letter meet by what they mean, and a damaged model is refused."""

from __future__ import annotations

import io

import numpy as np
import pytest

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.matching.meaning import MeaningModel, meaning_model
from chanjiao.engines.matching.rank import Ranking, Text


@pytest.mark.parametrize(
    ("one", "near", "far"),
    [
        ("牙医", "dentist", "welder"),
        ("大厨", "行政总厨", "会计师"),
        ("邮差", "letter carrier", "信贷员"),
        ("猎头", "招聘专员", "驯犬师"),
    ],
)
def test_chinese_and_english_words_for_the_same_work_lie_together(one: str, near: str, far: str) -> None:
    mine, close, distant = meaning_model().encode([one, near, far])

    assert mine @ close > 0.4
    assert mine @ close > mine @ distant + 0.3


@pytest.mark.parametrize("text", ["", "1", "，。！", "😀😀", "𠀀𠀁", "\u200b"])
def test_a_text_without_a_known_word_is_a_row_of_zeros_or_of_length_one(text: str) -> None:
    length = float(np.linalg.norm(meaning_model().encode([text])[0]))

    assert length == 0 or length == pytest.approx(1, abs=1e-5)


def test_a_megabyte_of_text_is_read_to_its_limit_only() -> None:
    short, long = meaning_model().encode(["焊工" * 1_000, "焊工" * 500_000])

    assert np.array_equal(short, long)


def test_a_chinese_title_finds_its_english_one_and_says_by_which_words() -> None:
    found = Ranking([Text("a", "Accountant"), Text("b", "Dentist")]).rank(Text("q", "口腔医生"), 1)

    assert found[0].candidate == "b"
    meaning = next(factor for factor in found[0].factors if factor.code == "meaning")
    assert [(line.need, line.offer) for line in meaning.evidence] == [("口腔医生", "Dentist")]


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 cut", b"\x00" * 1000])
def test_a_damaged_model_of_meaning_is_refused(damage: bytes) -> None:
    with pytest.raises(ChanjiaoError) as refused:
        MeaningModel(io.BytesIO(damage))

    assert refused.value.code == "matching.model_damaged"
