# mypy: disable-error-code="untyped-decorator, no-untyped-def"
# ruff: noqa: PLR0917 (compiled functions take no keywords and no objects)
"""The inner loops of all pairs, compiled; import this only when needed.

A score and a place make one whole number, the score's bits above the complement of the place: the greater number is
the better candidate, ties go to the smaller place. Bits of floats that are not negative are in the order of the floats.
"""

from __future__ import annotations

import numpy as np
from numba import njit

U32, U64 = np.uint32, np.uint64  # unsigned places spare a check for negative ones, and let loops run in parallel lanes
BLOCK = 64  # candidates that are looked at together
LOW = 0xFFFFFFFF


@njit(nogil=True, cache=True)
def fuse(starts, features, weights, offset, lengths, at, feature, weight):
    """One channel's rows, each scaled to its length, go to `at` in `feature` and `weight`; `at` moves on behind."""
    for row in range(len(starts) - 1):
        total = 0.0
        for entry in range(starts[row], starts[row + 1]):
            total += np.float64(weights[entry]) * weights[entry]
        scale = lengths[row] / max(np.sqrt(total), 1e-12)
        for entry in range(starts[row], starts[row + 1]):
            feature[at[row]] = features[entry] + offset
            weight[at[row]] = weights[entry] * scale
            at[row] += 1


@njit(nogil=True, cache=True)
def mark_strongest(starts, weights, count, chosen):
    """`chosen` becomes true for the `count` heaviest entries of each row, ties in their order."""
    for row in range(len(starts) - 1):
        _mark_strongest(weights, starts[row], starts[row + 1], count, chosen)


@njit(nogil=True, cache=True)
def _mark_strongest(weights, first, last, count, chosen):
    for _ in range(min(count, last - first)):
        best = -1
        for entry in range(first, last):
            if not chosen[entry] and (best < 0 or weights[entry] > weights[best]):
                best = entry
        chosen[best] = True


@njit(nogil=True, cache=True)
def bring(asked, chosen, lists, tiles, found, keys):
    """`keys` (queries × brought) holds the best candidates of each query by the chosen entries, in no order; 0 is none.

    `asked` are the queries' rows, features numbered from 1 with 0 unknown. The lists stand tile by tile, places counted
    within the tile; `found` is room for the score of each candidate of one, all 0 and whole blocks long, and left so.
    """
    starts, features, weights = asked
    firsts, documents, shares = lists
    each = (len(firsts) - 1) // tiles
    for query in range(len(starts) - 1):
        for tile in range(tiles):
            for entry in range(starts[query], starts[query + 1]):
                if chosen[entry] and features[entry]:
                    weight, one = weights[entry], tile * each + features[entry]
                    for posting in range(U64(firsts[one]), U64(firsts[one + 1])):
                        found[U32(documents[posting])] += weight * shares[posting]
            _gather(found.view(np.int32), tile * len(found), keys[query])
            found[:] = 0


@njit(nogil=True, cache=True)
def _gather(bits, before, heap):
    """The best of a tile's scores go into `heap`; `before` candidates stand in earlier tiles."""
    least = np.int32(heap[0] >> 32)
    for block in range(U64(0), U64(len(bits)), U64(BLOCK)):
        better = np.int32(0)
        for place in range(U64(BLOCK)):
            better += np.int32(bits[block + place] > least)
        if better:
            for place in range(block, block + U64(BLOCK)):
                if bits[place] > least:
                    _replace_least(heap, (np.int64(bits[place]) << 32) | (LOW - before - np.int64(place)))
                    least = np.int32(heap[0] >> 32)


@njit(nogil=True, cache=True)
def _replace_least(heap, key):
    """The smallest of a heap gives way to a greater key."""
    place, below = 0, 1
    while below < len(heap):
        if below + 1 < len(heap) and heap[below + 1] < heap[below]:
            below += 1
        if key <= heap[below]:
            break
        heap[place] = heap[below]
        place, below = below, 2 * below + 1
    heap[place] = key


@njit(nogil=True, cache=True)
def rescore(asked, rows, keys, desk, scores):
    """`scores` holds the whole dot product of each query with each candidate that `keys` names.

    `desk` is room for a weight of each feature, all 0, and is left so.
    """
    starts, features, weights = asked
    firsts, others, shares = rows
    for query in range(len(starts) - 1):
        for entry in range(starts[query], starts[query + 1]):
            desk[features[entry]] = weights[entry]
        desk[0] = 0
        for number in range(keys.shape[1]):
            if keys[query, number]:
                place = LOW - (keys[query, number] & LOW)
                total = np.float32(0)
                for entry in range(firsts[place], firsts[place + 1]):
                    total += desk[others[entry]] * shares[entry]
                scores[query, number] = total
        for entry in range(starts[query], starts[query + 1]):
            desk[features[entry]] = 0


@njit(nogil=True, cache=True)
def settle(keys, scores, places, best):
    """`places` and `best` hold the best of what was brought, ties by place; what is left of them stays as it was."""
    for query in range(len(keys)):
        count, room = 0, places.shape[1]
        for number in range(keys.shape[1]):
            if keys[query, number]:
                place, score = LOW - (keys[query, number] & LOW), scores[query, number]
                count = _insert(places[query], best[query], count, room, place, score)


@njit(nogil=True, cache=True)
def _insert(places, scores, count, room, place, score):
    at = count
    while at > 0 and (scores[at - 1] < score or (scores[at - 1] == score and places[at - 1] > place)):
        if at < room:
            scores[at], places[at] = scores[at - 1], places[at - 1]
        at -= 1
    if at < room:
        scores[at], places[at] = score, place
    return min(count + 1, room)
