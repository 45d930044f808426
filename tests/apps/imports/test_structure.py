"""Supply, demand, headcounts and shares from and to files: in our columns and the standard's, with every reason."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from chanjiao.apps.imports.actions import advance_import
from chanjiao.apps.imports.actions.undo_import import ask_for_undo, undo_import
from chanjiao.apps.imports.models import ImportBatch
from chanjiao.apps.imports.selectors import exported_rows, noted_rows, rejected_rows
from chanjiao.apps.plans.capacity import capacities
from chanjiao.apps.plans.rules import Options as PlanOptions
from chanjiao.apps.programmes.models import DemandFigure, Headcount, LinkShare, ProgrammePoint, YearFigures
from chanjiao.apps.reference.models import CodeSystem, FormerCode, Term
from tests.apps.imports.files import FIRM, csv_of
from tests.apps.imports.test_imports import taken_in
from tests.apps.programmes.structure import structure
from tests.cast import NOW, Cast

EXAMPLES = Path(__file__).parents[3] / "docs/how-to/examples"
pytestmark = pytest.mark.django_db
YEARS = ("专业代码", "专业名称", "统计年度", "招生计划数", "毕业生数", "就业数", "双师型教师数", "数据来源")


def notes(cast: Cast, batch: ImportBatch) -> dict[int, tuple[str, ...]]:
    return {row.number: row.reasons for row in noted_rows(cast.administrator, batch, "zh-hans")}


def reasons(cast: Cast, batch: ImportBatch) -> dict[int, tuple[str, ...]]:
    return {row.number: row.reasons for row in rejected_rows(cast.administrator, batch, "zh-hans")}


def test_years_come_in_with_the_words_of_the_standard_and_bad_cells_are_named(cast: Cast) -> None:
    point = structure(cast).machining
    system = CodeSystem.objects.create(code="programme", title="专业", digest="", loaded_at=NOW)
    term = Term.objects.create(system=system, code="460103", name="数控技术", level="programme")
    FormerCode.objects.create(term=term, code="560103")
    rows = [
        ["460103", "数控技术", "2022-2023学年", 80, 70, 60, "", "状态数据"],
        ["560103", "", "2022", 80, 71, 60, "", ""],  # the code of an earlier catalogue
        ["460103", "", "2026年", 65, "", "", "", ""],  # known: only what is told changes
        ["460103", "", "2021", "3个班", "", "", "", ""],
        ["460103", "", "2020", -5, "", "", "", ""],
        ["460103", "", "2019", 40, 30, 31, "", ""],
        ["510203", "", "2019", 40, "", "", "", ""],
    ]

    batch = taken_in(cast.dean, csv_of(YEARS, rows), "programme-years")

    assert (batch.created, batch.updated, batch.rejected) == (2, 1, 4)
    told = {row.year: row for row in YearFigures.objects.filter(point=point)}
    assert (told[2023].planned, told[2023].completed, told[2023].source) == (80, 70, "状态数据")
    assert told[2022].source == "（原代码 560103）"
    assert (told[2026].planned, told[2026].completed) == (65, 60)
    assert notes(cast, batch) == {3: ("专业代码: 560103是旧目录代码，已按460103读取",)}
    assert reasons(cast, batch) == {
        5: ("招生计划: “3个班”是班数，请填人数",),
        6: ("招生计划: “-5”不是不小于0的数",),
        7: ("毕业人数: 有去向的31人，多于毕业人数",),
        8: ("专业代码: 该校没有开设510203，请先添加专业点",),
    }
    undo_import(batch_id=ask_for_undo(actor=cast.dean, batch_id=batch.pk, now=NOW).pk, now=NOW)
    left = YearFigures.objects.filter(point=point).values_list("year", "planned")
    assert list(left.order_by("year")) == [(2024, 60), (2025, 60), (2026, 60)]


def test_graduates_one_by_one_are_summed_and_nothing_of_anybody_is_kept(cast: Cast) -> None:
    point = structure(cast).machining
    heading = ["姓名", "专业代码", "毕业年份", "毕业去向", "是否对口"]
    rows = [
        ["甲", "460103", "2022", "签劳动合同形式就业", "是"],
        ["乙", "460103", "2022届", "自主创业", "否"],
        ["丙", "460103", "2022", "境内升学", ""],
        ["丁", "460103", "2022", "待就业", ""],
        ["戊", "460103", "2023", "灵活就业", ""],
        ["己", "460103", "2023", "失联", ""],
    ]

    batch = taken_in(cast.dean, csv_of(heading, rows), "programme-years")

    assert (batch.layout, batch.created, batch.rejected) == ("destinations", 1, 2)
    of_2022 = YearFigures.objects.get(point=point, year=2022)
    placed = (of_2022.employed, of_2022.own_business, of_2022.flexible, of_2022.further_study)
    assert (of_2022.completed, placed, of_2022.in_field, of_2022.source) == (4, (1, 1, 0, 1), 1, "毕业去向")
    assert not YearFigures.objects.filter(point=point, year=2023).exists()
    why = reasons(cast, batch)
    assert why[6] == ("该专业该年有1行无法读取，请改好后整份重新导入",)
    assert why[7][0].startswith("毕业去向: 此处不能填 失联；可填：就业、")
    assert not any("己" in cell for row in batch.rows.all() for cell in row.cells)


def test_teachers_and_rooms_one_by_one_are_summed_and_hold_the_seats_of_a_plan(cast: Cast) -> None:
    told = structure(cast)
    YearFigures.objects.filter(point=told.machining, year=2026).update(source="毕业去向、专任教师")
    teachers = (EXAMPLES / "teachers.csv").read_bytes()
    rooms = (
        EXAMPLES / "rooms.csv"
    ).read_bytes() + "S104,创客空间,数控技术,三十,2024\nS105,焊接车间,460103,20,2024\n".encode()

    staff = taken_in(cast.dean, teachers, "programme-years")
    places = taken_in(cast.dean, rooms, "programme-years")

    assert (staff.layout, staff.updated, staff.rejected) == ("teachers", 2, 0)
    assert (places.layout, places.updated, places.rejected) == ("rooms", 2, 2)
    of_2026 = YearFigures.objects.get(point=told.machining, year=2026)
    assert (of_2026.teachers, of_2026.dual_qualified, of_2026.rooms, of_2026.training_places) == (2, 1, 1, 40)
    assert of_2026.source == "毕业去向、专任教师、校内实践基地（1个与其他专业共用，计在首列专业）"
    assert YearFigures.objects.get(point=told.accounting, year=2026).rooms == 2
    assert reasons(cast, places) == {
        5: ("工位数: “三十”不是不小于0的数",),
        6: ("该专业该年有1行无法读取，请改好后整份重新导入",),
    }
    told.machining.intake = 6
    own = {(str(cast.college.pk), "460103"): told.machining}
    limits, _uses, _notes = capacities(own, PlanOptions(first_year=2027, years=1))
    assert {one.resource: one.amount for one in limits} == {"teachers/4601": 2.0, "rooms/4601": 1.0}


def test_teachers_who_cannot_be_read_are_named_by_row_and_column(cast: Cast) -> None:
    structure(cast)
    more = [
        "T0101,460103,,是,专任教师,2025-2026",
        "T0104,460103,,可能,专任教师,2026",
        "T0105,460103,,是,后勤,2026",
        "T0106,510203,,是,专任教师,2026",
        "T0107,530302,,是,专任教师,去年",
    ]
    teachers = (EXAMPLES / "teachers.csv").read_text() + "\n".join(more)

    batch = taken_in(cast.dean, teachers.encode(), "programme-years")

    assert (batch.created, batch.updated, batch.rejected) == (0, 1, 6)
    why = {row: told[0] for row, told in reasons(cast, batch).items()}
    assert why.pop(8).startswith("教师类别: 此处不能填 后勤；可填：专任教师、")
    assert why == {
        2: "该专业该年有3行无法读取，请改好后整份重新导入",
        6: "教工号: 与上面某一行重复",
        7: "是否双师型教师: 此处不能填 可能；可填：是、否",
        9: "任教专业代码: 该校没有开设510203，请先添加专业点",
        10: "学年: 去年 不是日期，请写成 2026-03-05 或 2026年3月5日",
    }


def test_the_form_of_programmes_taught_makes_points_and_says_what_it_does_not_tell(cast: Cast) -> None:
    heading = ["专业代码", "专业名称", "专业群", "首次招生年月", "层次", "学制"]
    rows = [
        ["460103", "数控技术", "智能制造", "2015-09", "高职", "3"],
        ["630302", "会计", "财经", "2015-09", "", "3"],
    ]

    batch = taken_in(cast.dean, csv_of(heading, rows), "programmes")

    assert (batch.layout, batch.created, batch.rejected) == ("setting", 1, 1)
    made = ProgrammePoint.objects.get(college=cast.college, programme_code="460103")
    assert (made.years, made.first_year, made.intake, made.enrolled) == (3, 2015, 0, 0)
    assert notes(cast, batch) == {2: ("专业代码: 此表没有招生计划和在校生数，填报年度数据前按0计",)}
    assert reasons(cast, batch) == {
        3: ("专业代码: 630302在目录中是风力发电设备运行与维护，不是会计，可能是旧目录代码",)
    }


def test_demand_and_headcounts_come_in_are_known_again_and_go_out_as_they_came(cast: Cast) -> None:
    heading = ("职业名称", "需求年度", "来源类别", "来源文件", "行业代码", "所在园区", "岗位数", "权重", "统计日期")
    zone = "青浦川经济技术开发区"
    good = ["焊工", 2026, "招聘用工台账", "2026年台账", "C3484", zone, 45, 0.7, "2026-09-30"]
    rows = [
        good,
        ["6-18-02-04", 2026, "预测", "规划", "", "", "很多", "", "2026-09-30"],
        ["焊工", 2026, "", "2026年台账", "", "别处", 45, "", "2026-09-30"],
        ["焊工", 2026, "", "2025年台账", "", "", 45, 3, "2026-09-30"],
    ]
    counts = ("企业名称", "职业代码", "年度", "在岗人数", "离职人数")

    batch = taken_in(cast.bureau_officer, csv_of(heading, rows), "demand")
    again = taken_in(cast.bureau_officer, csv_of(heading, [good]), "demand")
    firms = taken_in(
        cast.personnel_officer,
        csv_of(counts, [[FIRM, "6-18-02-04", 2025, 40, 3], ["远山食品有限公司", "6-18-02-04", 2025, 40, 3]]),
        "headcounts",
    )

    assert (batch.created, batch.rejected, again.unchanged) == (1, 3, 1)
    figure = DemandFigure.objects.get()
    assert (figure.occupation_code, figure.expected, figure.weight, figure.zone_id) == (
        "6-18-02-04", 45, Decimal("0.7"), cast.consortium.zone_id,
    )  # fmt: skip
    told = {row.number: row.reasons[0] for row in rejected_rows(cast.bureau_officer, batch, "zh-hans")}
    assert {row: reason.partition(":")[0] for row, reason in told.items()} == {3: "需求人数", 4: "园区", 5: "权重"}
    _heading, out = exported_rows(cast.bureau_officer, "demand", "", "zh-hans")
    assert list(out) == [
        ["6-18-02-04", "2026", "招聘用工台账", "2026年台账", "C3484", zone, "45", "", "", "0.70", "2026-09-30"]
    ]
    assert (firms.created, firms.rejected) == (1, 1)
    assert Headcount.objects.get().people == 40


def test_shares_of_a_programme_are_taken_all_or_none_and_each_refused_row_says_why(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    structure(cast)
    monkeypatch.setattr(advance_import, "CHUNK", 1)
    others = [("460104", "6-18-01", 1), ("530302", "2-06-03", 1)]
    heading = ("专业代码", "职业小类", "占比")
    rows = [
        ["460103", "6-18-01", "70%"], ["530302", "2-06-03", 0.5], ["460103", "6-31-01", 0.2],
        ["460104", "6-18-01", 0.9], ["530302", "2-06", 0.5], ["460104", "6-31-01", 0.2],
    ]  # fmt: skip

    batch = taken_in(cast.secretary, csv_of(heading, rows), "link-shares")

    assert (batch.created, batch.updated, batch.rejected) == (0, 1, 4)
    shares = LinkShare.objects.order_by("programme_code", "occupation_code")
    assert [(one.programme_code, one.occupation_code, one.share) for one in shares] == [
        ("460103", "6-18-01", Decimal("0.7")), ("460103", "6-31-01", Decimal("0.2")), *others,
    ]  # fmt: skip
    assert reasons(cast, batch) == {
        3: ("同一专业的第6行未通过；一个专业的占比或全部采用，或全不采用",),
        5: ("占比: 同一专业的占比合计为1.100，超过1",),
        6: ("职业小类: “2-06”不是职业分类大典中的小类（x-xx-xx）",),
        7: ("占比: 同一专业的占比合计为1.100，超过1",),
    }
    undo_import(batch_id=ask_for_undo(actor=cast.secretary, batch_id=batch.pk, now=NOW).pk, now=NOW)
    assert [one.share for one in shares.all()] == [1, 1, 1]
