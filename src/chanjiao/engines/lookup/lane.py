"""Many short texts as one long one, so that searching them all is one scan at the speed of `str.find`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence


class Lane:
    """Texts in order of preference; `row_of` says what each belongs to.

    `marks`, where given, has the length of each text and a `|` wherever a match may begin.
    """

    def __init__(self, texts: Sequence[str], row_of: Sequence[int], marks: Sequence[str] | None = None) -> None:
        self.texts = texts
        self.row_of = row_of
        self.text = "\n" + "\n".join(texts) + "\n"
        self.marks = "\n" + "\n".join(marks) + "\n" if marks is not None else None
        self.starts = [1]
        for text in texts:
            self.starts.append(self.starts[-1] + len(text) + 1)

    def beginning(self, wanted: str) -> Iterator[tuple[int, int]]:
        """(line, 0) of every text that begins with `wanted`."""
        return self._found("\n" + wanted, at=0)

    def containing(self, wanted: str) -> Iterator[tuple[int, int]]:
        """(line, column) of every text that holds `wanted`, each once."""
        return self._found(wanted, at=None)

    def scattered(self, wanted: str) -> Iterator[int]:
        """Lines that begin with the first character of `wanted` and hold the others in order."""
        pattern = re.compile("\n" + "[^\n]*?".join(re.escape(character) for character in wanted))
        for match in pattern.finditer(self.text):
            yield bisect_right(self.starts, match.start() + 1) - 1

    def characters(self, line: int, column: int, length: int) -> tuple[int, int]:
        """The part of a marked text as a range of marks: which syllables `column:column+length` touches."""
        if self.marks is None:
            return column, column + length
        start = self.starts[line]
        before = self.marks.count("|", start, start + column)
        return before, before + self.marks.count("|", start + column, start + column + length)

    def _found(self, wanted: str, at: int | None) -> Iterator[tuple[int, int]]:
        place = self.text.find(wanted)
        while place >= 0:
            line = bisect_right(self.starts, place + (1 if at == 0 else 0)) - 1
            column = 0 if at == 0 else place - self.starts[line]
            if self.marks is None or at == 0 or self.marks[place] == "|":
                yield line, column
                place = self.text.find(wanted, self.starts[line + 1] - 1)
            else:
                place = self.text.find(wanted, place + 1)
