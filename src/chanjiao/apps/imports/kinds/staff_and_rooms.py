"""Two forms of the national data standard: teachers 专任教师 and training rooms 校内实践基地, read as sums."""

from __future__ import annotations

from chanjiao.apps.imports.kinds.sums import Sums, is_yes
from chanjiao.apps.imports.layouts import Column, Layout, Record
from chanjiao.apps.imports.parsing import count_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.engines.words import N_

FULL_TIME = ("专任教师", "校内专任教师", "专任")
PART_TIME = ("兼职教师", "校内兼课人员", "校内兼课教师", "校外兼职教师", "校外兼课教师", "行政兼课")


def teacher(record: Record) -> dict[str, int]:
    """A teacher of the programme, dual-qualified or not; nobody where the row tells of a part-time one."""
    is_dual = is_yes(record.get("dual_qualified", ""), "dual_qualified")
    if is_dual is None:
        raise ChanjiaoError("import.required", field="dual_qualified")
    counts = int(_is_full_time(record))
    return {"teachers": counts, "dual_qualified": counts * int(is_dual)}


def _is_full_time(record: Record) -> bool:
    kind = record.get("kind", "").strip()
    if kind and kind not in (*FULL_TIME, *PART_TIME):
        expected = "、".join((*FULL_TIME, *PART_TIME))
        raise ChanjiaoError("import.bad_choice", field="kind", value=kind[:40], expected=expected)
    return kind not in PART_TIME and not is_yes(record.get("part_time", ""), "part_time")


def room(record: Record) -> dict[str, int]:
    """A training room with its places, where they are told."""
    places = count_of(record.get("places", ""), "places")
    return {"rooms": 1} if places is None else {"rooms": 1, "training_places": places}


YEAR = Column("year", "学年", ("年度", "统计年度", "统计学年", "统计时间"), required=True)

TEACHERS = Layout(
    "teachers",
    N_("Teachers 专任教师"),
    (
        Column("college", "学校名称"),
        Column("number", "教工号", ("工号", "教职工号", "教师编号"), required=True),
        Column("code", "任教专业代码", ("专业代码", "任教专业", "所属专业"), required=True),
        Column("name", "任教专业名称", ("专业名称",)),
        Column("level", "层次", ("培养层次",)),
        Column("dual_qualified", "是否双师型教师", ("是否双师素质教师", "是否为双师素质教师", "双师型"), required=True),
        Column("kind", "教师类别", ("教师类型", "教职工类别")),
        Column("part_time", "是否兼职教师"),
        YEAR,
    ),
    is_written=False,
)
STAFF = Sums("专任教师", teacher, once="number")
ROOMS = Layout(
    "rooms",
    N_("Training rooms 校内实践基地"),
    (
        Column("college", "学校名称"),
        Column("number", "实训室编号", ("实践基地编号", "场地编号", "教室号")),
        Column(
            "title", "实训室名称", ("校内实践基地", "校内实践基地名称", "实践基地名称", "教学场所名称"), required=True
        ),
        Column("code", "面向专业", ("适应专业", "面向专业代码", "专业代码"), required=True),
        Column("level", "层次", ("培养层次",)),
        Column("places", "工位数", ("实践教学工位数", "实训工位数"), required=True),
        YEAR,
    ),
    is_written=False,
)
PLACES = Sums("校内实践基地", room, once="number", is_shared=True)
