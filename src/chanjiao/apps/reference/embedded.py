"""The embedded tables as editions of the code systems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from chanjiao.apps.reference.rules import HEADING, Edition, Row, level_of, parent_of
from chanjiao.data import tables

Builder = Callable[[], Iterable[Row]]
_FORM = "1"
"""Another number makes every site load the tables anew, where the rows made of them have changed."""


def digests() -> dict[str, str]:
    """The digest of each code system as the package carries it, without building its rows."""
    return {system: f"{_FORM}-{tables.digest(*parts)[:40]}" for system, (_, parts) in _BUILDERS.items()}


def edition_of(system: str) -> Edition:
    """A code system as the package carries it."""
    build, parts = _BUILDERS[system]
    source = tables.source(parts[0])
    return Edition(
        system=system,
        title=source.title.partition("：")[0],
        edition=source.edition,
        source=source.source,
        licence=source.licence,
        note=source.note,
        rows=tuple(build()),
        digest=digests()[system],
    )


def link_edition() -> str:
    """The edition of the teaching standards that print the links."""
    return tables.source("programme_occupations").edition


def official_links() -> Iterator[tuple[str, str, str]]:
    """(programme, occupation or minor group, granularity) as the teaching standards print them."""
    for link in tables.programme_occupations():
        yield link.programme_code, link.occupation_code, link.granularity


def _industries() -> Iterator[Row]:
    for one in tables.industries():
        yield Row(one.code, one.name, one.level, one.parent, attributes={})


def _occupations() -> Iterator[Row]:
    functions: defaultdict[str, list[dict[str, object]]] = defaultdict(list)
    for (code, edition), group in groupby(
        tables.occupation_functions(), key=lambda one: (one.occupation_code, one.edition)
    ):
        functions[code].append({"edition": edition, "names": [one.function for one in group]})
    for group_row in tables.occupation_groups():
        level = level_of("occupation", group_row.code)
        yield Row(group_row.code, group_row.name, level, group_row.parent, attributes={})
    for one in tables.occupations():
        attributes: dict[str, object] = {"green": one.green, "digital": one.digital}
        if not one.in_2022_structure:
            attributes["later"] = True
        if one.code in functions:
            attributes["functions"] = functions[one.code]
        yield Row(one.code, one.name, "occupation", one.parent, aliases=one.aliases, attributes=attributes)
    listed = {one.code for one in tables.occupations()}
    for new in tables.new_occupations():
        if new.code and new.code not in listed:
            later = {"batch": new.batch, "later": True}
            yield Row(new.code, new.name, "occupation", new.code[:7], aliases=(), attributes=later)


def _programmes() -> Iterator[Row]:
    courses: defaultdict[str, list[str]] = defaultdict(list)
    for one in tables.programme_courses():
        courses[one.programme_code].append(one.course)
    seen: set[str] = set()
    for programme in tables.programmes():
        level: dict[str, object] = {"education": programme.level}
        category = (programme.category_code, programme.category, "")
        for code, name, parent in (category, (programme.class_code, programme.class_name, programme.category_code)):
            if code not in seen:
                seen.add(code)
                yield Row(code, name, level_of("programme", code), parent, attributes=level)
        attributes = level | ({"courses": courses[programme.code]} if programme.code in courses else {})
        yield Row(programme.code, programme.name, "programme", programme.class_code, attributes=attributes)


def _majors() -> Iterator[Row]:
    seen: set[str] = set()
    for one in tables.majors():
        for code, name, parent in (
            (one.category_code, one.category, ""),
            (one.class_code, one.class_name, one.code[:2]),
        ):
            if code not in seen:
                seen.add(code)
                yield Row(code, name, level_of("major", code), parent, attributes={})
        yield Row(one.code, one.name, "major", one.class_code, attributes={})


def _regions() -> Iterator[Row]:
    in_force = {one.code for one in tables.regions()}
    bearers: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for one in tables.regions():
        bearers[(one.code[:2], one.name)].append(one.code)
    former: defaultdict[str, list[str]] = defaultdict(list)
    for old in tables.regions_abolished():
        now = bearers[(old.code[:2], old.name)]
        if len(now) == 1 and old.name not in _COMMON_NAMES:
            former[now[0]].append(old.code)
    for one in tables.regions():
        yield Row(one.code, one.name, one.level, one.parent, inferred_former=tuple(former[one.code]), attributes={})
    for old in tables.regions_abolished():
        parent = parent_of("region", old.code, in_force)
        yield Row(old.code, old.name, level_of("region", old.code), parent, attributes={}, in_force=False)


# Names that many places have borne; an equal name says nothing about them.
_COMMON_NAMES = frozenset(
    {"市辖区", "县", "郊区", "城区", "矿区", "市区", "省直辖县级行政区划", "自治区直辖县级行政区划"}
)


def _institutions() -> Iterator[Row]:
    provinces = {one.name: one.code[:2] for one in tables.regions() if one.level == "province"}
    seen: set[str] = set()
    for one in tables.institutions():
        above = f"41{provinces[one.province]}"
        if above not in seen:
            seen.add(above)
            yield Row(above, one.province, HEADING, "", attributes={})
        attributes = {
            "province": one.province,
            "city": one.city,
            "education": one.level,
            "nature": one.nature,
            "authority": one.authority,
        }
        yield Row(one.code, one.name, "institution", above, attributes=attributes)


_ZONE_KINDS = {
    "etdz": ("E", "国家级经济技术开发区", "经济技术开发区", "经开区"),
    "hitech": ("H", "国家高新技术产业开发区", "高新技术产业开发区", "高新区"),
}


def _zones() -> Iterator[Row]:
    for letter, name, _, _ in _ZONE_KINDS.values():
        yield Row(letter, name, HEADING, "", attributes={})
    for one in tables.zones():
        letter, _, long, short = _ZONE_KINDS[one.kind]
        aliases = (one.name.replace(long, short),) if long in one.name else ()
        attributes = {"kind": one.kind, "province": one.province}
        yield Row(one.code, one.name, "zone", letter, aliases=aliases, attributes=attributes)


# What builds the rows of a system, and the tables they are made of; the first of these gives title and source.
_BUILDERS: dict[str, tuple[Builder, tuple[str, ...]]] = {
    "industry": (_industries, ("industries",)),
    "occupation": (_occupations, ("occupations", "occupation_groups", "occupation_functions", "new_occupations")),
    "programme": (_programmes, ("programmes", "programme_courses", "programme_occupations")),
    "major": (_majors, ("majors",)),
    "region": (_regions, ("regions", "regions_abolished")),
    "institution": (_institutions, ("institutions",)),
    "zone": (_zones, ("zones",)),
}
