"""The form 毕业去向 of the national data standard: one row a graduate, read as sums of a programme in a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from chanjiao.apps.imports.layouts import Column, Gathered, Layout, Record, Row
from chanjiao.apps.imports.parsing import year_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.engines.words import N_

WORDS = {
    "employed": ("就业", "协议就业", "合同就业", "签就业协议形式就业", "签劳动合同形式就业", "应征义务兵",
                 "国家基层项目", "地方基层项目", "科研助理", "管理助理"),
    "own_business": ("创业", "自主创业"),
    "flexible": ("灵活就业", "自由职业", "其他录用形式就业"),
    "further_study": ("升学", "境内升学", "专升本", "研究生", "出国出境", "境外留学"),
    "": ("待就业", "未就业", "求职中", "暂不就业", "不就业拟升学", "其他暂不就业"),
}  # fmt: skip
"""Figure → the standard's words for it; under the empty name those of graduates who are placed nowhere."""
FIGURE_OF = {word: figure for figure, words in WORDS.items() for word in words}
SOURCE = "毕业去向"
YES, NO = ("是", "对口", "1"), ("否", "不对口", "0")
KEY = ("college", "code", "name", "level", "year")


def gathered(rows: Iterable[Row]) -> Iterator[Gathered]:
    """One row of sums for each programme, level and year, at the place of its first graduate.

    A graduate whose destination is none of the standard's words is refused, and so are the sums that would lack them.
    No cells are kept of anybody.
    """
    first: dict[tuple[str, ...], int] = {}
    sums: dict[tuple[str, ...], Counter[str]] = {}
    alone: list[Gathered] = []
    for number, record, _cells in rows:
        key = tuple(_year(record) if name == "year" else record.get(name, "") for name in KEY)
        told, figure = sums.setdefault(key, Counter()), FIGURE_OF.get(record.get("destination", "").strip())
        if figure is None:
            alone.append((number, _unread(record), ()))
            told["unread"] += 1
            continue
        first.setdefault(key, number)
        told.update(_counted(record, figure))
    made: list[Gathered] = [(number, _summed(key, sums[key]), key) for key, number in first.items()]
    yield from sorted([*made, *alone], key=lambda row: row[0])


def _year(record: Record) -> str:
    """The year however it is written; the cell itself where it is none, to be refused with its graduates."""
    try:
        return str(year_of(record.get("year", ""), "year"))
    except ChanjiaoError:
        return record.get("year", "")


def _counted(record: Record, figure: str) -> Iterator[str]:
    """The figures of which the graduate is one; `fits_told` where the form says whether the work fits the programme."""
    yield "completed"
    if not figure:
        return
    yield figure
    fits = record.get("in_field", "").strip()
    if figure != "further_study" and fits in (*YES, *NO):
        yield "fits_told"
        if fits in YES:
            yield "in_field"


def _summed(key: tuple[str, ...], told: Counter[str]) -> Record | ChanjiaoError:
    if count := told["unread"]:
        return ChanjiaoError("import.graduates_unread", field="destination", count=count)
    figures = ("completed", *(name for name in WORDS if name), *(["in_field"] if told["fits_told"] else []))
    return dict(zip(KEY, key, strict=True)) | {name: str(told[name]) for name in figures} | {"source": SOURCE}


def _unread(record: Record) -> ChanjiaoError:
    word = record.get("destination", "")[:40] or "–"
    return ChanjiaoError("import.bad_choice", field="destination", value=word, expected="、".join(FIGURE_OF))


DESTINATIONS = Layout(
    "destinations",
    N_("Destinations of graduates 毕业去向"),
    (
        Column("college", "学校名称"),
        Column("code", "专业代码", ("专业号",), required=True),
        Column("name", "专业名称"),
        Column("level", "层次", ("培养层次", "学历层次")),
        Column("year", "毕业年份", ("毕业年度", "毕业年月", "届别"), required=True),
        Column("destination", "毕业去向", ("毕业去向类别",), required=True),
        Column("in_field", "是否对口", ("工作与专业是否对口",)),
    ),
    gather=gathered,
    is_written=False,
)
