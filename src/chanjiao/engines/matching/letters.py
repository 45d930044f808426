"""Texts as bags of character n-grams, hashed: whole collections at a time, in array operations.

Chinese, Japanese and Korean characters give n-grams of one and two; other scripts n-grams of three and four within a
word and its edges. Hash ids stand in for the n-grams, so that no vocabulary has to be kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

BUCKETS = 1 << 21
LONGEST = 20_000  # characters read of one text; what follows adds nothing to its meaning
_SPECIAL = (("c++", "cpp"), ("c#", "csharp"), (".net", "dotnet"), ("f#", "fsharp"))
_NOT_WORD = re.compile(r"[^\w]+|_+")
_PRIME = np.uint64(0x100000001B3)
_MIX = np.uint64(0x9E3779B97F4A7C15)


def normalised(text: str) -> str:
    """The text folded to one width and case, with everything but letters and digits turned into single spaces.

    >>> normalised("ＣＮＣ操作工（夜班）/C++")
    'cnc操作工 夜班 cpp'
    """
    folded = unicodedata.normalize("NFKC", text[:LONGEST]).casefold()
    for written, word in _SPECIAL:
        if written in folded:
            folded = folded.replace(written, word)
    return _NOT_WORD.sub(" ", folded).strip()


def is_ideographic(points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Whether each code point belongs to a script written without spaces between words, or to Korean."""
    han = (points >= 0x2E80) & (points <= 0x9FFF)
    hangul = (points >= 0xAC00) & (points <= 0xD7AF)
    return han | hangul | ((points >= 0xF900) & (points <= 0xFAFF)) | (points >= 0x20000)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Normalised texts as one row of code points, each between spaces: text i is points[starts[i]:ends[i]]."""

    texts: tuple[str, ...]
    points: NDArray[np.uint32]
    owner: Ints
    starts: Ints
    ends: Ints


def laid_out(texts: Sequence[str]) -> LaidOut:
    """The texts, normalised, as code points.

    >>> laid = laid_out(["焊工!", "", "CNC"])
    >>> laid.texts, laid.starts.tolist(), laid.ends.tolist()
    (('焊工', '', 'cnc'), [1, 4, 5], [3, 4, 8])
    """
    plain = tuple(map(normalised, texts))
    points = np.frombuffer("".join(f" {text} " for text in plain if text).encode("utf-32-le"), np.uint32)
    sizes = np.fromiter(map(len, plain), np.int64, len(plain))
    padded = np.where(sizes, sizes + 2, 0)
    starts = np.cumsum(padded) - padded + (sizes > 0)
    return LaidOut(plain, points, np.repeat(np.arange(len(plain)), padded), starts, starts + sizes)


def grams(laid: LaidOut) -> tuple[Ints, Ints, Floats]:
    """(text, hash id, weight) of every n-gram of every text, unsummed.

    >>> owner, feature, _ = grams(laid_out(["焊工", "焊工"]))
    >>> owner.tolist(), feature[:3].tolist() == feature[3:].tolist()
    ([0, 0, 0, 1, 1, 1], True)
    """
    points = laid.points
    if not len(points):
        nothing = np.zeros(0, np.int64)
        return nothing, nothing, np.zeros(0, np.float32)
    space, wide = points == 32, is_ideographic(points)
    sizes = [*WIDE_WEIGHT] * bool(wide.any()) + [*NARROW_WEIGHT] * bool((~(wide | space)).any())
    found = [_windows(points, laid.owner, space, wide, size) for size in sizes]
    owners, features, weights = (np.concatenate(part) for part in zip(*found, strict=True))
    order = np.argsort(owners, kind="stable")
    return owners[order], features[order], weights[order]


# How much an n-gram of each length counts, for ideographic scripts and for others.
WIDE_WEIGHT = {1: 0.7, 2: 1.0}
NARROW_WEIGHT = {3: 1.0, 4: 0.6}


def _windows(
    points: NDArray[np.uint32], owner: Ints, space: NDArray[np.bool_], wide: NDArray[np.bool_], size: int
) -> tuple[Ints, Ints, Floats]:
    count = len(points) - size + 1
    if count <= 0:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.float32)
    hashed = np.full(count, 0xCBF29CE484222325 + size, np.uint64)
    inside, all_narrow, any_wide = (np.zeros(count, np.bool_), np.ones(count, np.bool_), np.zeros(count, np.bool_))
    for offset in range(size):
        part = slice(offset, offset + count)
        hashed = (hashed ^ points[part].astype(np.uint64)) * _PRIME
        any_wide |= wide[part]
        all_narrow &= ~wide[part]
        if 0 < offset < size - 1 or size < 3:
            inside |= space[part]
    edges = space[:count].astype(np.int8) + space[size - 1 :]
    keep_wide = any_wide & ~inside & (edges == 0) & (size in WIDE_WEIGHT)
    keep_narrow = all_narrow & ~inside & (size in NARROW_WEIGHT)
    chosen = (keep_wide | keep_narrow) & (owner[:count] == owner[size - 1 :])
    hashed ^= hashed >> np.uint64(29)
    features = ((hashed * _MIX) >> np.uint64(64 - 21)).astype(np.int64)
    weights = np.where(keep_wide, WIDE_WEIGHT.get(size, 0.0), NARROW_WEIGHT.get(size, 0.0)).astype(np.float32)
    return owner[:count][chosen], features[chosen], weights[chosen]


def unit_rows(rows: Floats) -> Floats:
    """The rows, each scaled to length 1; a row of zeros stays."""
    found: Floats = (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)).astype(np.float32)
    return found
