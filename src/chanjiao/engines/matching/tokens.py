"""Codes as features: each code with its ancestors, so that neighbours in a tree share something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chanjiao.engines.matching.knowledge import knowledge

# How many characters each level of a tree has, and what it counts.
_OCCUPATION = ((4, 0.3), (7, 0.7), (10, 1.0))
_INDUSTRY = ((3, 0.5), (4, 0.7), (5, 1.0))
_PROGRAMME = ((2, 0.3), (4, 0.6), (6, 1.0))


def code_tokens(codes: Iterable[str]) -> Iterator[tuple[str, float]]:
    """Each code and its ancestors as (token, weight); a programme adds the occupations that it officially leads to.

    >>> list(code_tokens(["C3466"]))
    [('iC34', 0.5), ('iC346', 0.7), ('iC3466', 1.0)]
    """
    for code in codes:
        if "-" in code:
            yield from _levels("o", code, _OCCUPATION)
        elif code[:1].isalpha():
            yield from _levels("i", code.upper(), _INDUSTRY)
        else:
            yield from _levels("p", code, _PROGRAMME)
            for occupation in knowledge().links.get(code, ()):
                yield from _levels("o", occupation, _OCCUPATION)


def _levels(system: str, code: str, levels: tuple[tuple[int, float], ...]) -> Iterator[tuple[str, float]]:
    yield from ((f"{system}{code[:size]}", share) for size, share in levels if len(code) >= size)


def hashed(token: str) -> int:
    """A whole number for a token, equal on every machine.

    >>> hashed("iC34") == hashed("iC34"), 0 <= hashed("iC34") < 2**30
    (True, True)
    """
    found = 0xCBF29CE484222325
    for byte in token.encode():
        found = ((found ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return found >> 34


def spoken(code: str) -> str:
    """A code with its name, or alone where it is unknown.

    >>> spoken("C3466"), spoken("Z9")
    ('喷枪及类似器具制造 C3466', 'Z9')
    """
    name = knowledge().name_of(code)
    return code if name == code else f"{name} {code}"
