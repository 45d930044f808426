"""The rows of the embedded reference tables."""

from __future__ import annotations

from dataclasses import dataclass


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
