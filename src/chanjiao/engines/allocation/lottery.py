"""The lottery that breaks ties: a permutation that follows from a published seed, so that anybody can draw it again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.allocation.problem import Ints32

COMPILED_FROM = 200_000  # students; below it loading the compiled code costs more than the sort


def draw_lottery(students: int, seed: int) -> Ints32:
    """The lottery number (0 drawn first) of each position 0 … students - 1: order of SplitMix64 of seed and position.

    >>> draw_lottery(4, seed=1).tolist()
    [0, 2, 1, 3]
    """
    with np.errstate(over="ignore"):
        base = _splitmix(np.array([seed & (2**64 - 1)], np.uint64))
        if students >= COMPILED_FROM:
            from chanjiao.engines.allocation.lottery_compiled import draw

            return draw(students, int(base[0]))
        positions: NDArray[np.uint64] = np.arange(1, students + 1, dtype=np.uint64)
        drawn = _splitmix(np.asarray(base + positions, np.uint64))
    return _numbers(drawn)


def lottery_of_names(names: Sequence[str], seed: int) -> Ints32:
    """The lottery number of each student: order of the first 8 bytes of SHA-256("seed:name"), smallest drawn first.

    A student's draw depends on seed and name alone, so neither the order of a file nor who else applies changes it.

    >>> lottery_of_names(["S1", "S2", "S3"], seed=7).tolist()
    [2, 0, 1]
    """
    sha256, prefix = hashlib.sha256, f"{seed}:"
    drawn = b"".join([sha256((prefix + name).encode()).digest() for name in names])
    return _numbers(np.frombuffer(drawn, ">u8")[::4].astype(np.uint64))


def commitment_of(seed: int) -> str:
    """The fingerprint of a seed, to be published before the lists are in; the seed itself follows with the result.

    SHA-256 of "chanjiao.lottery:seed". It hides the seed only if that is drawn at random from at least 2^100 numbers
    (`secrets.randbits(128)`): a small one is found by trying all.

    >>> commitment_of(7)[:16]
    '20ffa3499f3a95ca'
    """
    return hashlib.sha256(f"chanjiao.lottery:{seed}".encode()).hexdigest()


def _splitmix(value: NDArray[np.uint64]) -> NDArray[np.uint64]:
    value = value + np.uint64(0x9E3779B97F4A7C15)
    value ^= value >> np.uint64(30)
    value *= np.uint64(0xBF58476D1CE4E5B9)
    value ^= value >> np.uint64(27)
    value *= np.uint64(0x94D049BB133111EB)
    return np.asarray(value ^ (value >> np.uint64(31)), np.uint64)


def _numbers(drawn: NDArray[np.uint64]) -> Ints32:
    numbers = np.empty(drawn.size, np.int32)
    numbers[np.argsort(drawn, kind="stable")] = np.arange(drawn.size, dtype=np.int32)
    return numbers
