# mypy: disable-error-code="untyped-decorator, no-untyped-def"
# ruff: noqa: PLR0917 (compiled functions take no keywords and no objects)
"""The inner loops of reading one text, compiled: what `letters` and `titles` do for many in array operations.

Every sum is exact in doubles, so that a text comes out alike here and there, to the last bit; a test holds them to it.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from chanjiao.engines.matching.compiled import fuse

U64 = np.uint64
UNKNOWN = -2
PRIME, MIX, START = U64(0x100000001B3), U64(0x9E3779B97F4A7C15), U64(0xCBF29CE484222325)
SIZES = 4
_NO_FIELD = (np.zeros(0, np.int64), np.zeros(0, np.float32))


@njit(nogil=True, cache=True)
def _is_ideographic(point):
    return 0x2E80 <= point <= 0x9FFF or 0xAC00 <= point <= 0xD7AF or 0xF900 <= point <= 0xFAFF or point >= 0x20000


@njit(nogil=True, cache=True)
def _counts(points, at, size):
    """Whether the stretch of some size at a place is an n-gram: as `letters.grams` has it."""
    wide, space = False, False
    for place in range(at, at + size):
        wide |= _is_ideographic(points[place])
        space |= points[place] == 32 and (size < 3 or at < place < at + size - 1)
    return not space and wide == (size < 3)


@njit(nogil=True, cache=True)
def _feature(points, at, size):
    found = START + U64(size)
    for place in range(at, at + size):
        found = (found ^ U64(points[place])) * PRIME
    found ^= found >> U64(29)
    return np.int64((found * MIX) >> U64(64 - 21))


@njit(nogil=True, cache=True)
def letters(points, each):
    """The features of a text between spaces, rising, and the root of what each counts; `each` is what a size counts."""
    keys, count = np.empty(len(points) * SIZES, np.int64), 0
    for at in range(len(points)):
        for size in range(1, min(SIZES, len(points) - at) + 1):
            if _counts(points, at, size):
                keys[count] = _feature(points, at, size) * SIZES + size - 1
                count += 1
    keys = np.sort(keys[:count])
    features, weights, last = np.empty(count, np.int64), np.zeros(count, np.float64), -1
    for key in keys:
        if last < 0 or features[last] != key // SIZES:
            last += 1
            features[last] = key // SIZES
        weights[last] += each[key % SIZES]
    return features[: last + 1], np.sqrt(weights[: last + 1].astype(np.float32))


@njit(nogil=True, cache=True)
def _entry(table, hashed):
    """What a stretch with this hash stands for in a table of `concepts`."""
    hashes, entries = table
    at = np.searchsorted(hashes, hashed)
    return entries[at] if hashes[at] == hashed else UNKNOWN


@njit(nogil=True, cache=True)
def _joins(point):
    return point < 128 and point != 32


@njit(nogil=True, cache=True)
def _stands_alone(points, start, end):
    if _joins(points[start]) and _joins(points[start - 1]):
        return False
    return not (_joins(points[end - 1]) and _joins(points[end]))


@njit(nogil=True, cache=True)
def _longest(points, start, table, most):
    """The end and entry of the longest term that begins at a place; the entry is below 0 where none does."""
    hashed, end, found = START, start, UNKNOWN
    for place in range(start, min(start + most, len(points) - 1)):
        hashed = (hashed ^ U64(points[place])) * PRIME
        entry = _entry(table, hashed)
        if entry == UNKNOWN:
            break
        if entry >= 0 and _stands_alone(points, start, place + 1):
            end, found = place + 1, entry
    return end, found


@njit(nogil=True, cache=True)
def _spans(points, worded, terms, endings):
    """(start, end, entry) of every longest term, of every ending of the text, and of what was found in words."""
    begins, table, most = terms
    room = np.empty((len(points) + endings[1] + len(worded), 3), np.int64)
    count = 0
    for start in range(1, len(points) - 1):
        if begins[min(points[start], len(begins) - 1)]:
            end, entry = _longest(points, start, table, most)
            if entry >= 0:
                room[count, 0], room[count, 1], room[count, 2] = start, end, entry
                count += 1
    last = len(points) - 1
    for size in range(1, min(endings[1], last - 1) + 1):
        hashed = START
        for place in range(last - size, last):
            hashed = (hashed ^ U64(points[place])) * PRIME
        entry = _entry(endings[0], hashed)
        if entry >= 0:
            room[count, 0], room[count, 1], room[count, 2] = last - size, last, entry
            count += 1
    room[count : count + len(worded)] = worded
    return room[: count + len(worded)]


@njit(nogil=True, cache=True)
def concepts(points, worded, terms, endings, spread):
    """The concepts of the terms that lie in no longer one, rising, and the most that a term says of each."""
    firsts, meant, shares = spread
    spans = _spans(points, worded, terms, endings)
    most, reach = np.zeros(meant.max() + 1, np.float32), -1
    for number in np.argsort(spans[:, 0] * (len(points) + 1) - spans[:, 1], kind="mergesort"):
        if spans[number, 1] > reach:
            reach, entry = spans[number, 1], spans[number, 2]
            for place in range(firsts[entry], firsts[entry + 1]):
                most[meant[place]] = max(most[meant[place]], shares[place])
    found = np.flatnonzero(most)
    return found, most[found]


@njit(nogil=True, cache=True)
def _rarity(table, feature):
    features, values, unseen = table
    at = np.searchsorted(features, feature)
    return values[at] if at < len(features) and features[at] == feature else unseen


@njit(nogil=True, cache=True)
def _valued(letters, concepts, model):
    """The rows of a text's features in the weights of the field, and their values."""
    kept, idf = model[0], model[1]
    columns = np.empty(len(letters[0]) + len(concepts[0]), np.int64)
    values, count = np.empty(len(columns), np.float32), 0
    for number in range(len(letters[0])):
        at = np.searchsorted(kept, letters[0][number])
        if at < len(kept) and kept[at] == letters[0][number]:
            columns[count], values[count] = at, letters[1][number] * idf[at]
            count += 1
    for number in range(len(concepts[0])):
        at = len(kept) + concepts[0][number]
        if at < len(idf):
            columns[count], values[count] = at, concepts[1][number] * idf[at]
            count += 1
    return columns[:count], values[:count]


@njit(nogil=True, cache=True)
def _fields(valued, weights, scale, settings):
    """The few groups that pull a text most, rising, a pull above 0 each, and what they count."""
    (columns, values), (grid, count) = valued, settings
    length = 0.0
    for value in values:
        length += np.float64(value * value)
    length = max(np.sqrt(length), 1e-12)
    pulled = np.zeros(weights.shape[1], np.float64)
    for entry in range(len(columns)):
        value = np.rint(values[entry] / length * grid) / grid
        row = weights[columns[entry]]
        for group in range(len(row)):
            pulled[group] += value * row[group]
    scores = (pulled * scale).astype(np.float32)
    groups = np.sort(np.argsort(-scores, kind="mergesort")[:count])
    groups = groups[scores[groups] > 0]
    return groups, scores[groups] * np.sqrt(scores[groups])


@njit(nogil=True, cache=True)
def encode(points, is_lettered, worded, each, words, rarity, model, settings, offsets, lengths):
    """A text's features in all channels side by side and their weights, each channel as long as `lengths` says."""
    feature, count = letters(points, each)
    concept, share = concepts(points, worded, words[0], words[1], words[2])
    group, pull = _NO_FIELD
    if is_lettered:
        group, pull = _fields(_valued((feature, count), (concept, share), model), model[2], model[3], settings)
    for number in range(len(feature)):
        count[number] *= _rarity(rarity[0], feature[number])
    for number in range(len(concept)):
        share[number] *= _rarity(rarity[1], concept[number])
    size = len(feature) + len(concept) + len(group)
    found, weight, at = np.empty(size, np.int64), np.empty(size, np.float32), np.zeros(1, np.int64)
    _append(feature, count, offsets[0], lengths[0], at, found, weight)
    _append(concept, share, offsets[1], lengths[1], at, found, weight)
    _append(group, pull, offsets[2], lengths[2], at, found, weight)
    return found, weight


@njit(nogil=True, cache=True)
def _append(features, weights, offset, length, at, found, weight):
    fuse(np.array([0, len(features)]), features, weights, offset, np.full(1, length), at, found, weight)
