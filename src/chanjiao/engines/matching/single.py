"""One text encoded by compiled loops: bit for bit what `allpairs.fused` makes of it among others."""

from __future__ import annotations

import numpy as np

from chanjiao.engines.matching.concepts import term_reader
from chanjiao.engines.matching.letters import NARROW_WEIGHT, WIDE_WEIGHT, Floats, Ints, normalised
from chanjiao.engines.matching.postings import Bags
from chanjiao.engines.matching.rarities import Rarities
from chanjiao.engines.matching.titles import FIELDS_KEPT, GRID, is_lettered, is_wide, title_model

_EACH = np.array([{**WIDE_WEIGHT, **NARROW_WEIGHT}[size] for size in (1, 2, 3, 4)], np.float32)


class OneText:
    """Texts read one by one, rarity as given; a channel's features begin at its offset, its length is in `lengths`.

    `lengths` holds a row for texts in other scripts than ideographs, then one for texts in ideographs.
    """

    def __init__(self, rarity: Rarities, offsets: Ints, lengths: Floats) -> None:
        model, reader = title_model(), term_reader()
        self._reader = reader
        self._lengths = lengths
        self._before = (_EACH, reader.arrays, (rarity.letters.arrays, rarity.synonyms.arrays))
        self._after = ((model.kept, model.idf, model.weights, model.scale), (GRID, FIELDS_KEPT), offsets)

    def read(self, text: str) -> Bags:
        """The text's features in all channels side by side."""
        from chanjiao.engines.matching import compiled_text

        plain = normalised(text)
        points = np.frombuffer(f" {plain} ".encode("utf-32-le") if plain else b"", np.uint32)
        worded = self._reader.worded(plain)
        lengths = self._lengths[int(is_wide(text))]
        features, weights = compiled_text.encode(
            points, is_lettered(text), worded, *self._before, *self._after, lengths
        )
        return Bags(np.array([0, len(features)]), features, weights)
