"""Exports hold exactly what is seen, and nothing a spreadsheet would run."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponseBase
from django.test import RequestFactory
from django.utils import translation
from python_calamine import load_workbook

from chanjiao.core.errors import ChanjiaoError
from chanjiao.interfaces.web.export import Column, exported, guarded


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    count: int
    price: Decimal
    day: date
    at: datetime
    paid: bool
    remark: str | None = None


MORNING = datetime(2026, 3, 5, 1, 30, tzinfo=ZoneInfo("UTC"))
LINES = [
    Line("焊工", 12, Decimal("0.85"), date(2026, 3, 5), MORNING, True),
    Line('=HYPERLINK("http://evil")', -3, Decimal("-1"), date(2026, 3, 6), MORNING, False, "甲,乙\n丙"),
]
COLUMNS = [
    Column[Line]("名称", lambda line: line.name),
    Column[Line]("数量", lambda line: line.count),
    Column[Line]("价格", lambda line: line.price),
    Column[Line]("日期", lambda line: line.day),
    Column[Line]("时间", lambda line: line.at),
    Column[Line]("已付", lambda line: line.paid),
    Column[Line]("备注", lambda line: line.remark),
]


def answer(format: str) -> HttpResponseBase:
    with translation.override("en"):
        response = exported(RequestFactory().get("/", {"format": format}), LINES, COLUMNS, "需求")
    assert response is not None
    return response


def test_a_page_is_shown_where_no_format_is_asked_for() -> None:
    assert exported(RequestFactory().get("/"), LINES, COLUMNS, "需求") is None


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        exported(RequestFactory().get("/", {"format": "pdf"}), LINES, COLUMNS, "需求")

    assert refusal.value.code == "option.unknown"


def test_csv_opens_in_a_spreadsheet_with_chinese_intact_and_formulas_dead() -> None:
    with translation.override("en"):
        content = b"".join(answer("csv")).decode("utf-8")  # type: ignore[call-overload]

    assert content == (
        "\ufeff名称,数量,价格,日期,时间,已付,备注\r\n"
        "焊工,12,0.85,2026-03-05,2026-03-05 09:30,Yes,\r\n"
        '"\'=HYPERLINK(""http://evil"")",-3,-1,2026-03-06,2026-03-05 09:30,No,"甲,乙\n丙"\r\n'
    )


def test_xlsx_holds_the_same_cells_with_their_types() -> None:
    book = load_workbook(io.BytesIO(b"".join(answer("xlsx"))))  # type: ignore[call-overload]

    header, first, second = book.get_sheet_by_index(0).to_python()

    assert header == ["名称", "数量", "价格", "日期", "时间", "已付", "备注"]
    assert first == ["焊工", 12.0, 0.85, date(2026, 3, 5), datetime(2026, 3, 5, 9, 30), "Yes", ""]
    assert second[:3] == ['\'=HYPERLINK("http://evil")', -3.0, -1.0]


def test_the_file_name_carries_the_list_and_its_type() -> None:
    disposition = answer("xlsx").headers["Content-Disposition"]

    assert disposition.startswith("attachment; filename*=utf-8''%E9%9C%80%E6%B1%82-")
    assert disposition.endswith(".xlsx")


@pytest.mark.parametrize("text", ["=1", "+86 130", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_starts_a_formula_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == f"'{text}"
