"""Last year's list comes in from a spreadsheet, its faulty rows come back, and all goes out in the national form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chanjiao.core.sheets import sheets_of
from tests.apps.imports.files import NEEDS, need, xlsx_of
from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser

FIRM = "安徽澄驭汽车系统股份有限公司"
BAD = range(20, 1000, 27)
"""Rows whose number of people is a word: 37 of a thousand."""


def test_a_list_of_a_thousand_needs_comes_in_with_37_bad_rows_and_goes_out_in_the_national_form(
    visitor: Visitor, tmp_path: Path
) -> None:
    page = visitor.page
    visitor.logs_in_as("zongmishu")
    page.wait_for_load_state("networkidle")
    visitor.opens("/imports/")
    page.get_by_label("数据类别").select_option(label="需求")
    page.locator("input[type=file]").set_input_files(last_years_list(tmp_path))
    page.get_by_role("button", name="检查文件").click()
    page.get_by_role("button", name="写入通过的行").click(timeout=120_000)
    expect(page.get_by_text(re.compile("已于.*导入")).first).to_be_visible(timeout=120_000)
    visitor.leaves_screenshot("import-done")

    with page.expect_download() as rejected:
        page.get_by_role("link", name="下载未通过的行及原因").click()
    faulty = [cells for _number, cells in sheets_of(rejected.value.path().read_bytes())[0].rows()][1:]
    assert len(faulty) == 37
    assert all("不是不小于0的数" in cells[1] for cells in faulty)
    sent = page.request.get(f"{visitor.site}/imports/export/needs/?layout=visit").body()
    heading, *rows = [cells for _number, cells in sheets_of(sent)[0].rows()]
    assert heading[:3] == ("企业名称", "统一社会信用代码", "岗位名称")
    assert sum(cells[2].startswith("数控车工第") for cells in rows) == 963


def last_years_list(folder: Path) -> Path:
    """The list as a personnel office keeps it."""
    path = folder / "去年需求清单.xlsx"
    rows = [need(number, 单位名称=FIRM, 有效期至="2027-03-31") for number in range(1000)]
    for number in BAD:
        rows[number][NEEDS.index("人数")] = "若干"
    path.write_bytes(xlsx_of({"需求": [NEEDS, *rows]}))
    return path
