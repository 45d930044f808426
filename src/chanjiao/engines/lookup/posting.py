"""Which texts of a lane hold which characters, so that slips of the hand are sought among few of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from chanjiao.engines.lookup.lane import Lane


class Posting:
    """Which lines hold a character."""

    def __init__(self, lane: Lane) -> None:
        starts = np.asarray(lane.starts, dtype=np.int64)
        self.lengths: npt.NDArray[np.int64] = starts[1:] - starts[:-1] - 1
        characters = np.frombuffer(lane.text.encode("utf-32-le"), dtype=np.uint32)[1:]
        lines: npt.NDArray[np.int64] = np.repeat(np.arange(len(self.lengths)), self.lengths + 1)
        order = np.argsort(characters, kind="stable")
        self.lines: npt.NDArray[np.int64] = lines[order]
        self.sorted = characters[order]

    def sharing(self, wanted: str, limit: int) -> list[int]:
        """Lines that hold nearly all characters of `wanted`, those of like length first."""
        allowed = 1 if len(wanted) < 6 else 2 if len(wanted) < 10 else 3
        counts = np.zeros(len(self.lengths), dtype=np.int32)
        for character in set(wanted):
            begin, end = np.searchsorted(self.sorted, [ord(character), ord(character) + 1])
            counts[np.unique(self.lines[begin:end])] += 1
        least = len(set(wanted)) - allowed
        # A name typed with words around it shares all of its own characters, though few of the query's.
        enough = np.flatnonzero((counts >= least) | ((counts == self.lengths) & (self.lengths * 2 > len(wanted))))
        unlike = np.abs(self.lengths[enough] - len(wanted)) - 3 * counts[enough]
        kept = enough[np.argsort(unlike, kind="stable")[:limit]]
        return [int(number) for number in kept]
