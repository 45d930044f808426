"""What the embedded reference tables say about codes: names, trees, links, courses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache

from chanjiao.data import tables


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


class Knowledge:
    """The tables as look-ups; each is read when it is first asked for."""

    @cached_property
    def group_names(self) -> dict[str, str]:
        """Code of a group of occupations → name."""
        return {one.code: one.name for one in tables.occupation_groups()}

    @cached_property
    def occupation_names(self) -> dict[str, str]:
        """Occupation or group code → name."""
        return self.group_names | {one.code: one.name for one in tables.occupations()}

    @cached_property
    def aliases(self) -> dict[str, tuple[str, ...]]:
        """Occupation code → other names."""
        return {one.code: one.aliases for one in tables.occupations() if one.aliases}

    @cached_property
    def functions(self) -> dict[str, tuple[str, ...]]:
        """Occupation code → headings of work in the national standard."""
        return _gathered((one.occupation_code, one.function) for one in tables.occupation_functions())

    @cached_property
    def programme_names(self) -> dict[str, str]:
        """Vocational programme or class code → name."""
        found = {one.class_code: one.class_name for one in tables.programmes()}
        return found | {one.code: one.name for one in tables.programmes()}

    @cached_property
    def links(self) -> dict[str, tuple[str, ...]]:
        """Programme code → occupations or minor groups printed in its official standard."""
        return _gathered((one.programme_code, one.occupation_code) for one in tables.programme_occupations())

    @cached_property
    def courses(self) -> dict[str, tuple[str, ...]]:
        """Programme code → courses printed in its official standard."""
        return _gathered((one.programme_code, one.course) for one in tables.programme_courses())

    @cached_property
    def industry_names(self) -> dict[str, str]:
        """Industry code → name."""
        return {one.code: one.name for one in tables.industries()}

    def name_of(self, code: str) -> str:
        """The name of an occupation, programme or industry code; an unknown code stands for itself.

        Noughts at the end of an occupation's code stand for the whole of the group before them.

        >>> knowledge().name_of("6-18-04-06"), knowledge().name_of("4-03-00"), knowledge().name_of("nothing")
        ('工具钳工', '住宿和餐饮服务人员', 'nothing')
        """
        if code in self.group_names:  # spares reading the longer tables
            return self.group_names[code]
        group = code
        while group:
            for names in (self.occupation_names, self.programme_names, self.industry_names):
                if group in names:
                    return names[group]
            group = group[:-3] if group.endswith("-00") else ""
        return code


@lru_cache(maxsize=1)
def knowledge() -> Knowledge:
    """The embedded tables, shared by the process."""
    return Knowledge()


def occupation_closeness(one: str, other: str) -> float:
    """How near two occupation codes stand in the tree: 1 the same, 0 nothing in common.

    >>> [occupation_closeness("6-18-04-06", other) for other in ("6-18-04-06", "6-18-04", "6-18-04-01", "6-18-01", "2")]
    [1.0, 0.9, 0.75, 0.35, 0.0]
    """
    left, right = one.split("-"), other.split("-")
    shared = _shared(left, right)
    if shared == len(left) == len(right):
        return 1.0
    if shared == 3:
        return 0.9 if min(len(left), len(right)) == 3 else 0.75
    return 0.35 if shared == 2 else 0.0


def industry_closeness(one: str, other: str) -> float:
    """How near two industry codes stand in the tree (section, division, group, class).

    >>> [industry_closeness("C3466", other) for other in ("C3466", "C346", "C3461", "C3411", "C2921", "F51")]
    [1.0, 0.9, 0.8, 0.5, 0.1, 0.0]
    """
    if one == other:
        return 1.0
    shared = _shared(list(one), list(other))
    if shared == min(len(one), len(other)) and shared >= 3:
        return 0.9 if shared > 3 else 0.7
    return {0: 0.0, 1: 0.1, 2: 0.1, 3: 0.5}.get(shared, 0.8)


def _shared(left: list[str], right: list[str]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count
