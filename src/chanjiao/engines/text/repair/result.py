"""What a repair yields: the text, every change with its place in source and result, and a way back to the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement of `[start, end)` of a layer's input by `after`."""

    start: int
    end: int
    after: str
    kind: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Layer:
    """One stage of the repair: `edits`, or every match of `pattern` taken out, or characters replaced one for one."""

    before: str
    after: str
    kind: str
    confidence: float
    edits: tuple[Edit, ...] | None = None
    pattern: re.Pattern[str] | None = None

    @property
    def keeps_places(self) -> bool:
        """Whether places of the output are those of the input."""
        return self.edits is None and self.pattern is None

    def all_edits(self) -> Iterator[Edit]:
        """Every replacement, adjoining one-for-one replacements joined into one."""
        if self.edits is not None:
            yield from self.edits
            return
        if self.pattern is not None:
            for match in self.pattern.finditer(self.before):
                yield Edit(match.start(), match.end(), "", self.kind, self.confidence)
            return
        start = -1
        for place, (old, new) in enumerate(zip(self.before, self.after, strict=True)):
            if old != new and start < 0:
                start = place
            elif old == new and start >= 0:
                yield Edit(start, place, self.after[start:place], self.kind, self.confidence)
                start = -1
        if start >= 0:
            yield Edit(start, len(self.before), self.after[start:], self.kind, self.confidence)


@dataclass(frozen=True, slots=True)
class Change:
    """One change: `before` at `[source_start, source_end)` of the source, `after` at `[start, end)` of the text."""

    kind: str
    source_start: int
    source_end: int
    start: int
    end: int
    before: str
    after: str
    confidence: float


class Offsets:
    """A monotone map between the places of an input and of an output, by bisection over the edits."""

    __slots__ = ("_in", "_out", "_spans")

    def __init__(self, edits: tuple[Edit, ...]) -> None:
        self._spans: list[tuple[int, int, int, int]] = []
        shift = 0
        for edit in edits:
            start = edit.start + shift
            shift += len(edit.after) - (edit.end - edit.start)
            self._spans.append((start, start + len(edit.after), edit.start, edit.end))
        self._out = [span[0] for span in self._spans]
        self._in = [span[2] for span in self._spans]

    def to_input(self, place: int, *, end: bool) -> int:
        """The input place of an output place; `end` says which side of a deletion it belongs to."""
        index = bisect_right(self._out, place - 1 if end else place) - 1
        if index < 0:
            return place
        start, stop, begin, finish = self._spans[index]
        if start < stop and (place < stop or (end and place == stop)):
            return finish if end else begin
        return place - stop + finish

    def to_output(self, place: int, *, end: bool) -> int:
        """The output place of an input place; inside a replacement, its outer edge."""
        index = bisect_right(self._in, place - 1 if end else place) - 1
        if index < 0:
            return place
        start, stop, _, finish = self._spans[index]
        if place < finish or (end and place == finish):
            return stop if end else start
        return place - finish + stop


@dataclass(frozen=True, slots=True)
class Repaired:
    """The repaired text with its source; `doubtful` says that `reasons` ask for a reader's eye."""

    text: str
    source: str
    doubtful: bool
    reasons: tuple[str, ...]
    confidence: float
    layers: tuple[Layer, ...]

    @property
    def changed(self) -> bool:
        """Whether the text differs from its source."""
        return self.text != self.source

    def source_spans(self, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The stretches of the source that stretches of the repaired text came from, in time linear in the edits."""
        for layer in reversed(self.layers):
            if not layer.keeps_places:
                offsets = Offsets(tuple(layer.all_edits()))
                spans = [(offsets.to_input(a, end=False), offsets.to_input(b, end=True)) for a, b in spans]
        return spans

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change in the order of the source; computed when asked for, in time linear in the text."""
        maps = [None if layer.keeps_places else Offsets(tuple(layer.all_edits())) for layer in self.layers]
        found = [
            self._change(maps, index, edit) for index, layer in enumerate(self.layers) for edit in layer.all_edits()
        ]
        return tuple(sorted(found, key=lambda change: (change.source_start, change.source_end)))

    def _change(self, maps: list[Offsets | None], index: int, edit: Edit) -> Change:
        source_start, source_end = edit.start, edit.end
        for offsets in reversed(maps[:index]):
            if offsets is not None:
                source_start = offsets.to_input(source_start, end=False)
                source_end = max(source_start, offsets.to_input(source_end, end=True))
        own = maps[index]
        start = edit.start if own is None else own.to_output(edit.start, end=False)
        end = start + len(edit.after)
        for offsets in maps[index + 1 :]:
            if offsets is not None:
                start, end = offsets.to_output(start, end=False), offsets.to_output(end, end=True)
        before = self.source[source_start:source_end]
        return Change(edit.kind, source_start, source_end, start, max(start, end), before, edit.after, edit.confidence)


def apply(text: str, edits: list[Edit], kind: str) -> tuple[str, Layer | None]:
    """The text after sorted, disjoint edits, and the layer that records them; no layer without edits."""
    if not edits:
        return text, None
    parts, last = [], 0
    for edit in edits:
        parts.append(text[last : edit.start])
        parts.append(edit.after)
        last = edit.end
    parts.append(text[last:])
    after = "".join(parts)
    return after, Layer(text, after, kind, min(edit.confidence for edit in edits), tuple(edits))
