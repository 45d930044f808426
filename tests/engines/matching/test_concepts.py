"""Terms of the lexicon found in many texts at once are those that reading one text finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chanjiao.engines.matching.concepts import term_reader
from chanjiao.engines.matching.knowledge import knowledge
from chanjiao.engines.matching.letters import laid_out
from chanjiao.engines.matching.lexicon import lexicon
from chanjiao.engines.matching.titles import CHANNELS, title_model

NAMES = sorted(set(knowledge().occupation_names.values()))[:400]
PIECES = st.sampled_from([*"焊工数控车间司机abc12 /（）·é", "plc", "welder", "nurses", "网约车", "C++", "😀", "ＣＮＣ"])


def _one_by_one(text: str) -> dict[int, float]:
    words, numbers = lexicon(), term_reader().numbers
    found: dict[int, float] = {}
    for term in words.terms_in(text):
        for concept, share in words.spread(term.concepts).items():
            found[numbers[concept]] = max(share, found.get(numbers[concept], 0.0))
    return found


def _together(texts: list[str]) -> list[dict[int, float]]:
    bags = term_reader().bags(laid_out(texts))
    found = [bags.of(place) for place in range(len(texts))]
    return [dict(zip(concepts.tolist(), shares.tolist(), strict=True)) for concepts, shares in found]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(PIECES, max_size=8).map("".join), max_size=6))
def test_texts_of_any_script_have_the_same_concepts_together_as_alone(texts: list[str]) -> None:
    together = _together(texts)

    assert together == [pytest.approx(_one_by_one(text)) for text in texts]


def test_names_of_occupations_have_the_same_concepts_together_as_alone() -> None:
    together = _together(NAMES)

    assert together == [pytest.approx(_one_by_one(text)) for text in NAMES]


def test_a_text_is_encoded_alike_alone_and_among_hundreds() -> None:
    model = title_model()
    together, alone = model.encode(NAMES), [model.encode([name]) for name in NAMES]

    for channel in CHANNELS:
        features, weights = zip(*(one.channel(channel).of(0) for one in alone), strict=True)
        assert np.array_equal(together.channel(channel).feature, np.concatenate(features))
        assert np.array_equal(together.channel(channel).weight, np.concatenate(weights))
