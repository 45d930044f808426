"""Files as people send them, made for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import xlsxwriter

NEEDS = ("单位名称", "类别", "标题", "公开摘要", "职业", "人数", "学历", "用工形式", "薪酬下限", "薪酬上限", "有效期至")
FIRM = "青浦川恒锐机械有限公司"
Rows = Sequence[Sequence[object]]


def need(number: int, **changed: object) -> list[object]:
    """A row of `NEEDS`, with some cells changed by heading."""
    cells: dict[str, object] = {
        "单位名称": FIRM,
        "类别": "岗位与学徒",
        "标题": f"数控车工第{number}批",
        "公开摘要": "两班制，机械加工车间。",
        "职业": "6-18-01-07",
        "人数": 3,
        "学历": "高职",
        "用工形式": "就业",
        "薪酬下限": 4500,
        "薪酬上限": 7000,
        "有效期至": "2026年12月31日",
    }
    return [(cells | changed)[heading] for heading in NEEDS]


def csv_of(heading: Sequence[str], rows: Rows, encoding: str = "utf-8-sig") -> bytes:
    """The rows as CSV."""
    lines = [",".join(map(str, row)) for row in [heading, *rows]]
    return "\n".join(lines).encode(encoding)


def xlsx_of(sheets: dict[str, Rows], merged: Sequence[tuple[str, tuple[int, int, int, int], str]] = ()) -> bytes:
    """A workbook; `merged` holds (sheet, range, text)."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
            for where, area, text in merged:
                if where == name:
                    sheet.merge_range(*area, text)
    return file.getvalue()


def far_corners() -> bytes:
    """A workbook of two filled cells, in opposite corners of its sheet."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", '<c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c>')
    return target.getvalue()
