"""The form 毕业去向 of the national data standard: one row a graduate, read as sums of a programme in a year."""

from __future__ import annotations

from chanjiao.apps.imports.kinds.sums import Sums, is_yes
from chanjiao.apps.imports.layouts import Column, Layout, Record
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
PLACED = tuple(name for name in WORDS if name)


def figures(record: Record) -> dict[str, int]:
    """The figures of which the graduate is one; `in_field` where the form says whether the work fits the programme."""
    word = record.get("destination", "").strip()
    if word not in FIGURE_OF:
        expected = "、".join(FIGURE_OF)
        raise ChanjiaoError("import.bad_choice", field="destination", value=word[:40] or "–", expected=expected)
    figure = FIGURE_OF[word]
    told = {"completed": 1, **{name: int(name == figure) for name in PLACED}}
    fits = is_yes(record.get("in_field", ""), "in_field")
    if fits is not None and figure and figure != "further_study":
        told["in_field"] = int(fits)
    return told


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
    is_written=False,
)
GRADUATES = Sums("毕业去向", figures)
