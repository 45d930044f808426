"""The embedded tables give back what went into them."""

import re
from pathlib import Path

import pytest

from chanjiao.data import tables


@pytest.mark.parametrize(
    ("read", "rows"),
    [
        (tables.industries, 1971),
        (tables.occupation_groups, 537),
        (tables.occupations, 1644),
        (tables.new_occupations, 19),
        (tables.occupation_employment, 74),
        (tables.occupation_functions, 3848),
        (tables.programmes, 1063),
        (tables.majors, 883),
        (tables.programme_occupations, 1704),
        (tables.programme_courses, 14981),
        (tables.institutions, 2919),
        (tables.regions, 3433),
        (tables.regions_abolished, 4015),
        (tables.zones, 406),
        (tables.surnames, 1074),
        (tables.post_titles, 432),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_a_table_has_all_its_rows(read, rows):
    assert len(read()) == rows


def test_an_industry_knows_its_level_and_parent():
    by_code = {row.code: row for row in tables.industries()}

    assert (by_code["A0111"].name, by_code["A0111"].level, by_code["A0111"].parent) == ("稻谷种植", "class", "A011")
    assert (by_code["A01"].level, by_code["A01"].parent, by_code["A"].parent) == ("division", "A", "")


def test_every_parent_is_in_its_table():
    groups = {row.code for row in tables.occupation_groups()} | {""}
    industries = {row.code for row in tables.industries()} | {""}
    regions = {row.code for row in tables.regions()} | {""}

    assert {row.parent for row in tables.industries()} <= industries
    assert {row.parent for row in tables.occupation_groups()} <= groups
    assert {row.parent for row in tables.occupations()} <= groups
    assert {row.parent for row in tables.regions()} <= regions


def test_levels_of_programmes_follow_from_their_codes():
    counts = {level: sum(row.level == level for row in tables.programmes()) for level in ("secondary", "bachelor")}

    assert counts == {"secondary": 224, "bachelor": 66}


def test_an_occupation_has_its_marks_and_titles():
    manager = next(row for row in tables.occupations() if row.code == "1-06-01-02")
    unknown = next(row for row in tables.occupations() if row.code == "7-01-00-00")

    assert manager.aliases[:3] == ("CFO", "CMO", "COO")
    assert (manager.green, unknown.green, manager.parent) == (False, None, "1-06-01")


def test_a_county_without_prefecture_stands_under_its_province():
    by_code = {row.code: row for row in tables.regions()}

    assert (by_code["110101"].parent, by_code["340802"].parent) == ("110000", "340800")


def test_links_name_programmes_and_groups_that_exist():
    codes = {row.code for row in tables.occupations()} | {row.code for row in tables.occupation_groups()}

    assert {row.occupation_code for row in tables.programme_occupations()} <= codes
    assert {row.granularity for row in tables.programme_occupations()} == {"occupation", "minor"}


def test_partial_tables_say_so():
    assert "secondary 224 of 358" in tables.source("programmes").note
    assert "bachelor-vocational 66 of 247" in tables.source("programmes").note


def test_every_table_names_its_source_and_licence():
    assert all(one.source and one.licence for one in tables.sources())
    assert len(tables.sources()) == 17


def test_the_page_on_code_tables_tells_the_rows_of_every_table():
    page = (Path(__file__).parents[3] / "docs/reference/code-tables.md").read_text("utf-8")

    told = {table: int(rows.replace(",", "")) for table, rows in re.findall(r"^\| `(\w+)` \| ([\d,]+) \|", page, re.M)}

    assert told == {table: len(getattr(tables, table)()) for table in tables.TABLES}
