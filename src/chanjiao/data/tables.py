"""The embedded reference tables as typed frozen rows, each table read when first asked for.

Parents and levels follow from the codes. Tables in `reference/*.tsv` are made by `tools/build_reference.py`.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

from chanjiao.data.table_rows import (
    AbolishedRegion,
    Industry,
    Institution,
    Major,
    NewOccupation,
    Occupation,
    OccupationEmployment,
    OccupationFunction,
    OccupationGroup,
    PostTitle,
    Programme,
    ProgrammeCourse,
    ProgrammeOccupation,
    Region,
    Source,
    Zone,
)

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
