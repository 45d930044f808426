"""Retrieval among many offers: what is passed over must not be what would have been found."""

from __future__ import annotations

import numpy as np

from chanjiao.engines.matching import Index, Item
from chanjiao.engines.matching.knowledge import knowledge


def _offers() -> list[Item]:
    codes = sorted(knowledge().occupation_names)
    return [
        Item(code, "offer", "post", knowledge().occupation_names[code], occupations=(code,) if number % 3 else ())
        for number, code in enumerate(codes)
    ]


def _needs() -> list[Item]:
    titles = [*("挖机司机", "跟单", "welder", "nurse", "", "工", "😀", "12345"), *knowledge().occupation_names.values()]
    codes = sorted(knowledge().occupation_names)
    return [
        Item(f"n{number}", "need", "post", title, occupations=(codes[number],) if number % 2 else ())
        for number, title in enumerate(titles[:60])
    ]


def test_the_first_sixty_are_those_that_reading_every_vector_finds() -> None:
    offers = _offers()
    index = Index(offers[:1500]).updated(offers[1500:], removed=[offers[7].id, offers[11].id])
    permitted = index.permitted(offers[0])
    permitted[::5] = False

    found = [index.nearest(need, permitted, 60) for need in _needs()]

    assert found == [index.nearest(need, permitted, len(offers))[:60] for need in _needs()]
    assert {len(places) for places in found} == {60}
    assert all(permitted[places].all() for places in found)


def test_where_nothing_is_permitted_nothing_is_found() -> None:
    index = Index(_offers()[:10])

    found = index.nearest(Item("n", "need", "post", "焊工"), np.zeros(10, np.bool_), 5)

    assert found == []
