"""The embedded reference tables as typed frozen rows, each table read when first asked for.

Parents and levels follow from the codes. Tables in `reference/*.tsv` are made by `tools/build_reference.py`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table comes from; `note` says where it is partial."""

    table: str
    title: str
    edition: str
    source: str
    licence: str
    note: str


@dataclass(frozen=True, slots=True)
class Industry:
    """A section, division, group or class of GB/T 4754; `parent` is empty for a section."""

    code: str
    name: str
    level: str
    parent: str


@dataclass(frozen=True, slots=True)
class OccupationGroup:
    """A major (1), middle (2) or minor (3) group of occupations; `parent` is empty for a major group."""

    code: str
    name: str
    level: int
    parent: str


@dataclass(frozen=True, slots=True)
class Occupation:
    """An occupation; `green` and `digital` are None where the classification's marks are not known."""

    code: str
    name: str
    aliases: tuple[str, ...]
    green: bool | None
    digital: bool | None
    in_2022_structure: bool
    parent: str


@dataclass(frozen=True, slots=True)
class NewOccupation:
    """An occupation announced after the edition; `code` is empty where it is not known."""

    batch: str
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class OccupationEmployment:
    """Employed persons in a middle group of the 2015 edition (census 2020, estimated)."""

    major: str
    middle: str
    employment: int


@dataclass(frozen=True, slots=True)
class OccupationFunction:
    """A function (职业功能) that the national standard of an occupation names; `edition` may be empty."""

    occupation_code: str
    edition: str
    function: str


@dataclass(frozen=True, slots=True)
class Programme:
    """A vocational programme; `level` is secondary, associate or bachelor (bachelor-vocational)."""

    code: str
    name: str
    level: str
    class_code: str
    class_name: str
    category_code: str
    category: str


@dataclass(frozen=True, slots=True)
class Major:
    """An undergraduate major of the ordinary catalogue."""

    code: str
    name: str
    class_code: str
    class_name: str
    category_code: str
    category: str


@dataclass(frozen=True, slots=True)
class ProgrammeOccupation:
    """A printed link; `granularity` is `occupation` (x-xx-xx-xx) or `minor` (x-xx-xx)."""

    level: str
    programme_code: str
    programme: str
    occupation_code: str
    granularity: str


@dataclass(frozen=True, slots=True)
class ProgrammeCourse:
    """A course that a programme's teaching standard names."""

    level: str
    programme_code: str
    course: str


@dataclass(frozen=True, slots=True)
class Institution:
    """An institution of higher education; `level` bachelor or associate, `nature` public, private or joint."""

    code: str
    name: str
    province: str
    city: str
    level: str
    nature: str
    authority: str


@dataclass(frozen=True, slots=True)
class Region:
    """A province, prefecture or county in force; `parent` is empty for a province."""

    code: str
    name: str
    level: str
    parent: str


@dataclass(frozen=True, slots=True)
class AbolishedRegion:
    """A code that was once in force, with the name it had."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Zone:
    """A national development zone; `kind` etdz (经开区) or hitech (高新区); the code is our own."""

    code: str
    kind: str
    name: str
    province: str


@dataclass(frozen=True, slots=True)
class PostTitle:
    """The name of a post and how often it stands in the résumés counted."""

    title: str
    count: int


TABLES = (
    "industries",
    "occupation_groups",
    "occupations",
    "new_occupations",
    "occupation_employment",
    "occupation_functions",
    "programmes",
    "majors",
    "programme_occupations",
    "programme_courses",
    "institutions",
    "regions",
    "regions_abolished",
    "zones",
    "readings",
    "surnames",
    "post_titles",
)


@cache
def industries() -> tuple[Industry, ...]:
    """Industries of GB/T 4754, each parent before its children."""
    levels = {1: "section", 3: "division", 4: "group", 5: "class"}
    parent_length = {1: 0, 3: 1, 4: 3, 5: 4}
    return tuple(
        Industry(code, name, levels[len(code)], code[: parent_length[len(code)]]) for code, name in _rows("industries")
    )


@cache
def occupation_groups() -> tuple[OccupationGroup, ...]:
    """Major, middle and minor groups of the classification of occupations."""
    return tuple(
        OccupationGroup(code, name, code.count("-") + 1, code.rpartition("-")[0])
        for code, name in _rows("occupation_groups")
    )


@cache
def occupations() -> tuple[Occupation, ...]:
    """Occupations with their recruitment titles as aliases."""
    return tuple(_occupation(*row) for row in _rows("occupations"))


@cache
def new_occupations() -> tuple[NewOccupation, ...]:
    """Occupations announced after the edition of 2022."""
    return tuple(NewOccupation(batch, name, code) for batch, name, code in _rows("new_occupations"))


@cache
def occupation_employment() -> tuple[OccupationEmployment, ...]:
    """Employment by middle group of the 2015 edition."""
    return tuple(
        OccupationEmployment(major, middle, int(count)) for major, middle, count in _rows("occupation_employment")
    )


@cache
def occupation_functions() -> tuple[OccupationFunction, ...]:
    """Functions of occupations in the order of their standards."""
    return tuple(
        OccupationFunction(code, edition, function)
        for code, edition, functions in _rows("occupation_functions")
        for function in functions.split("|")
    )


@cache
def programmes() -> tuple[Programme, ...]:
    """Vocational programmes of all three levels (secondary and bachelor-vocational are partial)."""
    names = _names("programmes")
    return tuple(
        Programme(code, name, _programme_level(code), code[:4], names[code[:4]], code[:2], names[code[:2]])
        for code, name in names.items()
        if len(code) > 4
    )


@cache
def majors() -> tuple[Major, ...]:
    """Undergraduate majors; K and T in a code mark controlled and special ones."""
    names = _names("majors")
    return tuple(
        Major(code, name, code[:4], names[code[:4]], code[:2], names[code[:2]])
        for code, name in names.items()
        if len(code) > 4
    )


@cache
def programme_occupations() -> tuple[ProgrammeOccupation, ...]:
    """Links from programmes to occupations or minor groups printed in the teaching standards."""
    names = _names("programmes")
    return tuple(
        ProgrammeOccupation(
            _programme_level(programme),
            programme,
            names[programme],
            code,
            "occupation" if code.count("-") == 3 else "minor",
        )
        for programme, codes in _rows("programme_occupations")
        for code in codes.split(" ")
    )


@cache
def programme_courses() -> tuple[ProgrammeCourse, ...]:
    """Courses of programmes in the order of their standards."""
    return tuple(
        ProgrammeCourse(_programme_level(programme), programme, course)
        for programme, courses in _rows("programme_courses")
        for course in courses.split("|")
    )


@cache
def institutions() -> tuple[Institution, ...]:
    """Institutions of higher education; a municipality's institutions have its name as their city."""
    return tuple(
        Institution(code, name, province, city or province, level, nature, authority)
        for code, name, province, city, level, nature, authority in _rows("institutions")
    )


@cache
def regions() -> tuple[Region, ...]:
    """Regions in force; a county without a prefecture in the table stands under its province."""
    names = _names("regions")
    return tuple(_region(code, name, names) for code, name in names.items())


@cache
def regions_abolished() -> tuple[AbolishedRegion, ...]:
    """Codes no longer in force; none of them is also in force."""
    return tuple(AbolishedRegion(code, name) for code, name in _rows("regions_abolished"))


@cache
def zones() -> tuple[Zone, ...]:
    """National development zones; one of them stands in both lists."""
    kinds = {"E": "etdz", "H": "hitech"}
    return tuple(Zone(code, kinds[code[0]], name, province) for code, name, province in _rows("zones"))


@cache
def readings() -> tuple[tuple[str, str], ...]:
    """(character or name, its syllables parted by blanks), for `chanjiao.engines.lookup.Readings`."""
    return tuple((written, spoken) for written, spoken in _rows("readings"))


@cache
def surnames() -> tuple[str, ...]:
    """Surnames, the most common first."""
    return tuple(surname for (surname,) in _rows("surnames"))


@cache
def post_titles() -> tuple[PostTitle, ...]:
    """Names of posts, the most frequent first."""
    return tuple(PostTitle(title, int(count)) for title, count in _rows("post_titles"))


@cache
def sources() -> tuple[Source, ...]:
    """The head of every table."""
    return tuple(_source(table) for table in TABLES)


def source(table: str) -> Source:
    """The head of one table of `TABLES`."""
    return next(one for one in sources() if one.table == table)


def digest(*names: str) -> str:
    """A hash over tables as they are stored; another edition of one of them gives another."""
    return hashlib.sha256("\n".join(_text(name) for name in names).encode()).hexdigest()


def _text(table: str) -> str:
    return files("chanjiao.data").joinpath("reference", f"{table}.tsv").read_text("utf-8")


@cache
def _rows(table: str) -> tuple[tuple[str, ...], ...]:
    lines = _text(table).rstrip("\n").split("\n")
    return tuple(tuple(line.split("\t")) for line in lines if not line.startswith("# "))


@cache
def _names(table: str) -> dict[str, str]:
    return {row[0]: row[1] for row in _rows(table)}


def _source(table: str) -> Source:
    head = dict(line[2:].split(":", 1) for line in _text(table).split("\n", 6)[:6])
    kept = {key: value.strip() for key, value in head.items()}
    return Source(table, kept["title"], kept["edition"], kept["source"], kept["licence"], kept["note"])


def _occupation(code: str, name: str, marks: str, aliases: str) -> Occupation:
    known = "u" not in marks
    return Occupation(
        code=code,
        name=name,
        aliases=tuple(aliases.split("|")) if aliases else (),
        green="G" in marks if known else None,
        digital="D" in marks if known else None,
        in_2022_structure="n" not in marks,
        parent=code[:7],
    )


def _programme_level(code: str) -> str:
    return {"6": "secondary", "7": "secondary", "4": "associate", "5": "associate"}.get(code[0], "bachelor")


def _region(code: str, name: str, names: dict[str, str]) -> Region:
    province, prefecture = f"{code[:2]}0000", f"{code[:4]}00"
    if code == province:
        return Region(code, name, "province", "")
    if code == prefecture or prefecture not in names:
        return Region(code, name, "prefecture" if code == prefecture else "county", province)
    return Region(code, name, "county", prefecture)
