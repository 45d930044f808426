"""Words as pieces of a vocabulary, longest first, as encoders of the BERT family read them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

LONGEST = 128  # tokens read of a text


class WordPieces:
    """The tokens of a text by a `vocab.txt`: longest pieces first, as BERT reads words."""

    def __init__(self, vocabulary: Sequence[str], *, lower: bool = True) -> None:
        self._number = {piece: number for number, piece in enumerate(vocabulary)}
        self._lower = lower
        self._edges = (self._number["[CLS]"], self._number["[SEP]"])
        self._unknown = self._number["[UNK]"]

    def __len__(self) -> int:
        return len(self._number)

    def __contains__(self, word: str) -> bool:
        return word in self._number

    def numbers(self, text: str) -> list[int]:
        """The numbers of a text's tokens with the two edges; none for a text without a token.

        >>> WordPieces(["[CLS]", "[SEP]", "[UNK]", "weld", "##er", "!"]).numbers("Welder!")
        [0, 3, 4, 5, 1]
        """
        found = [number for word in self._words(text[: LONGEST * 20]) for number in self._pieces(word)]
        return [self._edges[0], *found[: LONGEST - 2], self._edges[1]] if found else []

    def _words(self, text: str) -> list[str]:
        folded = unicodedata.normalize("NFD", text.lower()) if self._lower else text
        spaced = "".join(
            "" if unicodedata.category(letter) == "Mn" else f" {letter} " if _stands_alone(letter) else letter
            for letter in folded
        )
        return spaced.split()

    def _pieces(self, word: str) -> list[int]:
        found: list[int] = []
        start = 0
        while start < len(word):
            for end in range(len(word), start, -1):
                number = self._number.get(("##" if start else "") + word[start:end])
                if number is not None:
                    found.append(number)
                    start = end
                    break
            else:
                return [self._unknown]
        return found


def _stands_alone(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category[0] in "PS" or "\u3400" <= letter <= "\u9fff"
