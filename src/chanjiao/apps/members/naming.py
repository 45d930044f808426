"""Whether two names mean one body: exact keys first, then the short forms that documents use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from functools import cache
from typing import Generic, TypeVar

from chanjiao.apps.members.rules import name_key
from chanjiao.data import tables

Ref = TypeVar("Ref", bound=Hashable)

SHORTEST = 4
"""Short forms below this many characters ("经开区", "教体局") name bodies of every city and prove nothing."""

SHORTENINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("经济技术开发区", ("经开区",)),
    ("高新技术产业开发区", ("高新区",)),
    ("管理委员会", ("管委会",)),
    ("职业教育集团", ("职教集团",)),
    ("职业技术学院", ("职院", "职业学院")),
    ("师范大学", ("师大",)),
    ("人力资源和社会保障局", ("人社局",)),
    ("教育体育局", ("教体局",)),
    ("教育和体育局", ("教体局",)),
    ("发展和改革委员会", ("发改委",)),
    ("经济和信息化局", ("经信局",)),
    ("科学技术局", ("科技局",)),
    ("市场监督管理局", ("市场监管局",)),
    ("国有资产监督管理委员会", ("国资委",)),
    ("股份有限公司", ("股份", "公司", "")),
    ("有限责任公司", ("公司", "")),
    ("有限公司", ("公司", "")),
)


@cache
def _provinces() -> tuple[str, ...]:
    endings = ("维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市")
    names = [region.name for region in tables.regions() if not region.parent]
    return tuple(next((name.removesuffix(end) for end in endings if name.endswith(end)), name) for name in names)


def short_forms(name: str) -> frozenset[str]:
    """Keys of the forms by which documents shorten `name`, itself left out.

    >>> sorted(short_forms("澄浦职业教育集团"))
    ['澄浦职教集团']
    """
    key = name_key(name)
    forms = {key}
    for full, shorts in SHORTENINGS:
        forms |= {form.replace(full, short) for form in forms for short in shorts if full in form}
    forms |= {form.replace("市", "", 1) for form in forms if "市" in form[2:4]}
    if key.endswith(("公司", "集团", "股份")):
        forms |= {form.removeprefix(place).removeprefix("省") for form in forms for place in _provinces()}
    return frozenset(form for form in forms if len(form) >= SHORTEST and form != key)


PLACED_TYPES = frozenset({"government", "party", "union", "park", "park_admin"})


def telling_forms(name: str, aliases: Iterable[str], type_: str) -> tuple[str, ...]:
    """The aliases that tell one body from those of other cities: not a department's or zone's name without its place.

    >>> telling_forms("澄浦市发展和改革委员会", ["市发改委", "澄浦市发改委"], "government")
    ('澄浦市发改委',)
    """
    forms = tuple(dict.fromkeys(aliases))
    if type_ not in PLACED_TYPES:
        return forms
    whole = {name_key(name), *(name_key(form) for form in forms)}
    whole |= {short for form in whole for short in short_forms(form)}
    return tuple(form for form in forms if not _is_bare(name_key(form), whole))


def _is_bare(key: str, whole: set[str]) -> bool:
    bare = key.removeprefix("市")
    return any(form != key and len(form) > len(bare) and form.endswith(bare) for form in whole)


class NameBook(Generic[Ref]):
    """Bodies by credit code, name, alias and short form.

    A form that several bodies share finds none of them; an alias or short form finds a body of the same type only,
    where both types are known.
    """

    def __init__(self) -> None:
        self._codes: dict[str, Ref] = {}
        self._names: dict[str, Ref] = {}
        self._aliases: dict[str, set[Ref]] = defaultdict(set)
        self._shorts: dict[str, set[Ref]] = defaultdict(set)
        self._types: dict[Ref, str] = {}

    def add(self, ref: Ref, name: str, *, type_: str = "", aliases: Iterable[str] = (), credit_code: str = "") -> None:
        """`ref` is found by this name, its aliases and short forms from now on."""
        self._types[ref] = type_
        self._names.setdefault(name_key(name), ref)
        if credit_code:
            self._codes[credit_code] = ref
        for form in short_forms(name):
            self._shorts[form].add(ref)
        for alias in aliases:
            self._aliases[name_key(alias)].add(ref)

    def find(self, name: str, *, type_: str = "", credit_code: str = "") -> Ref | None:
        """The one body meant by `name`, None where there is none or several."""
        if credit_code and credit_code in self._codes:
            return self._codes[credit_code]
        key = name_key(name)
        if key in self._names:
            return self._names[key]
        if len(found := {ref for ref in self._aliases.get(key, ()) if self._fits(ref, type_)}) == 1:
            return next(iter(found))
        return self._by_short_form(name, key, type_)

    def _by_short_form(self, name: str, key: str, type_: str) -> Ref | None:
        found = set(self._shorts.get(key, ()))
        for form in short_forms(name):
            found |= {self._names[form]} if form in self._names else self._aliases.get(form, set())
        fitting = {ref for ref in found if self._fits(ref, type_)}
        return next(iter(fitting)) if len(fitting) == 1 else None

    def _fits(self, ref: Ref, type_: str) -> bool:
        known = self._types[ref]
        return not type_ or not known or type_ == known or "other" in (type_, known)
