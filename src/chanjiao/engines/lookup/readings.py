"""Pinyin readings without a dictionary at run time: a table of characters and of names read otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice, product

from chanjiao.engines.lookup.normal import normal_name

_VARIANTS = 6


@dataclass(frozen=True, slots=True)
class Readings:
    """`characters` gives each character its readings, the usual one first; `names` whole names read otherwise.

    >>> readings = Readings({"长": ("zhang", "chang"), "沙": ("sha",)}, {"长沙": ("chang", "sha")})
    >>> readings.syllables("长沙")
    ('chang', 'sha')
    >>> readings.variants("长沙")
    (('zhang', 'sha'),)
    """

    characters: Mapping[str, tuple[str, ...]]
    names: Mapping[str, tuple[str, ...]]

    @classmethod
    def of_table(cls, rows: Iterable[tuple[str, str]]) -> Readings:
        """Readings from (character or name, syllables parted by blanks)."""
        characters: dict[str, tuple[str, ...]] = {}
        names: dict[str, tuple[str, ...]] = {}
        for written, spoken in rows:
            (characters if len(written) == 1 else names)[written] = tuple(spoken.split(" "))
        return cls(characters, names)

    def syllables(self, name: str) -> tuple[str, ...]:
        """One syllable for each character of a normal name; what has no reading stands for itself."""
        known = self.names.get(name)
        if known is not None:
            return known
        return tuple(self._usual(character) for character in name)

    def variants(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The other ways to read a name whose characters have several readings, at most six."""
        choices = [self.characters.get(character, (character,)) for character in name]
        if all(len(choice) == 1 for choice in choices):
            return ()
        usual = self.syllables(name)
        return tuple(islice((one for one in product(*choices) if one != usual), _VARIANTS))

    def _usual(self, character: str) -> str:
        known = self.characters.get(character)
        if known is not None:
            return known[0]
        return _from_dictionary(character) if "\u3400" <= character <= "\u9fff" else character


@cache
def _from_dictionary(character: str) -> str:
    # The dictionary takes a quarter of a second to load, and only characters that no embedded table has need it.
    from pypinyin import lazy_pinyin

    return normal_name(lazy_pinyin(character)[0])
