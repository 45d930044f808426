"""Agreements, projects and challenges come in as drafts, go out as they stand, and are taken back whole."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chanjiao.apps.cooperation.models import Agreement
from chanjiao.apps.exchange.models import Need
from chanjiao.apps.imports.actions.undo_import import ask_for_undo, undo_import
from chanjiao.apps.imports.models import ImportBatch
from chanjiao.apps.imports.selectors import exported_rows, rejected_rows
from chanjiao.apps.projects.models import Project
from chanjiao.apps.transfer.models import Challenge
from chanjiao.core.models import AuditRecord, Event
from chanjiao.core.permissions import Actor
from tests.apps.cooperation import samples as agreements
from tests.apps.imports.files import csv_of
from tests.apps.imports.test_imports import taken_in
from tests.apps.transfer.samples import problem
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db

FORM = ("专业号", "合作企业名称", "合作开始年月", "订单培养人数", "共同开发课程门数", "接受顶岗实习学生数")
FIRM = "青浦川恒锐机械有限公司"


def reasons(actor: Actor, batch: ImportBatch) -> dict[int, tuple[str, ...]]:
    """Row → why it was rejected."""
    return {row.number: row.reasons for row in rejected_rows(actor, batch, "zh-hans")}


def exported(actor: Actor, kind: str, layout: str = "") -> list[dict[str, str]]:
    """The rows of an export by heading, empty cells left out."""
    heading, rows = exported_rows(actor, kind, layout, "zh-hans")
    return [{name: cell for name, cell in zip(heading, row, strict=True) if cell} for row in rows]


def undone(actor: Actor, batch: ImportBatch) -> ImportBatch:
    """The import, taken back."""
    ask_for_undo(actor=actor, batch_id=batch.pk, now=NOW)
    return undo_import(batch_id=batch.pk, now=NOW)


def test_the_form_of_cooperation_drafts_agreements_and_what_is_signed_goes_out_in_it(cast: Cast) -> None:
    rows = [
        ["智能焊接技术", FIRM, "2026年9月", 30, 2, 0],
        ["智能焊接技术", "无此公司", "2026-09", 30, 0, 0],
        ["智能焊接技术", FIRM, "2026-09", 0, 3, 0],
        ["数控技术", FIRM, "明年", 0, 0, 12],
    ]

    batch = taken_in(cast.dean, csv_of(FORM, rows), "agreements", layout="cooperation")

    drafted = Agreement.objects.get()
    assert (drafted.state, drafted.kind, str(drafted.current.starts_on)) == ("draft", "order_class", "2026-09-01")  # type: ignore[union-attr]
    assert drafted.current.fields == {"students": 30, "programme": "智能焊接技术"}  # type: ignore[union-attr]
    assert (batch.created, batch.rejected) == (1, 3)
    assert reasons(cast.dean, batch)[4] == ("订单培养人数: 此项必填",)
    assert exported(cast.dean, "agreements", "cooperation") == []
    undone(cast.dean, batch)
    assert Agreement.objects.get().state == "withdrawn"
    agreements.in_force(cast)
    assert exported(cast.dean, "agreements", "cooperation") == [
        {
            "学校名称": "青浦川职业技术学院",
            "专业号": "智能焊接技术",
            "合作企业名称": FIRM,
            "合作开始年月": "2026-11",
            "订单培养人数": "30",
        }
    ]


def test_our_own_columns_change_a_draft_and_leave_what_was_proposed(cast: Cast) -> None:
    draft = agreements.drafted(cast)
    heading, rows = exported_rows(cast.dean, "agreements", "", "zh-hans")
    stated = dict(zip(heading, next(rows), strict=True))
    changed = stated | {"班级人数": "35", "金额（元）": "15万元"}

    same = taken_in(cast.dean, csv_of(heading, [list(stated.values())]), "agreements")
    batch = taken_in(cast.dean, csv_of(heading, [list(changed.values())]), "agreements")

    assert (same.unchanged, batch.updated) == (1, 1)
    version = Agreement.objects.get().current
    assert version is not None
    assert (version.fields["students"], version.amount) == (35, Decimal(150_000))
    assert undone(cast.dean, batch).kept == 0
    version.refresh_from_db()
    assert (version.fields["students"], version.amount) == (30, Decimal(120_000))
    draft.refresh_from_db()
    agreements.propose(cast, draft)
    late = taken_in(cast.dean, csv_of(heading, [list((changed | {"班级人数": "36"}).values())]), "agreements")
    assert (late.rejected, reasons(cast.dean, late)[2]) == (1, ("当前状态为“待签署”，不能这样操作",))


def test_the_secretariat_exports_agreements_without_money_that_is_not_shared(cast: Cast) -> None:
    agreements.in_force(cast)

    ours, theirs = exported(cast.dean, "agreements"), exported(cast.secretary, "agreements")

    assert (ours[0]["金额（元）"], "金额（元）" in theirs[0]) == ("120000.00", False)
    assert (ours[0]["录用后月薪不低于"], "录用后月薪不低于" in theirs[0]) == ("6000", False)
    assert exported(cast.teacher, "agreements") == []


def test_projects_start_under_agreements_in_force_and_can_be_taken_back_while_empty(cast: Cast) -> None:
    number = agreements.in_force(cast).number
    heading = ("项目名称", "协议编号")
    rows = [["焊接班第一学年", number], ["焊接班第二学年", number], ["无协议", "A-2026-9999"]]

    batch = taken_in(cast.dean, csv_of(heading, rows), "projects")

    assert list(Project.objects.values_list("title", flat=True).order_by("pk")) == ["焊接班第一学年", "焊接班第二学年"]
    assert reasons(cast.dean, batch) == {4: ("协议编号: 您名下没有编号为 A-2026-9999 的条目",)}
    again = taken_in(cast.dean, csv_of(heading, rows[:2]), "projects")
    assert (again.created, again.unchanged) == (0, 2)
    assert exported(cast.dean, "projects")[0]["里程碑"] == "0"
    assert (undone(cast.dean, batch).kept, Project.objects.count()) == (0, 0)
    assert Event.objects.filter(name="project.discarded").count() == 4
    assert AuditRecord.objects.filter(action="discard_project").count() == 2


def test_challenges_are_drafted_of_open_problems_only(cast: Cast) -> None:
    problem(cast)
    heading = ("技术难题编号", "榜金", "验收标准", "揭榜截止日期")
    number, until = Need.objects.get().number, "2026-12-01"
    rows: list[list[object]] = [
        [number, "20万元", "误差不超过 8 微米", until],
        [number, 1, "同上", until],
        ["N-2026-0999", 1, "甲", until],
    ]

    batch = taken_in(cast.personnel_officer, csv_of(heading, rows), "challenges")

    made = Challenge.objects.get()
    assert (made.state, made.bounty, batch.rejected) == ("draft", Decimal(200_000), 2)
    out = exported(cast.personnel_officer, "challenges")
    assert (out[0]["技术难题编号"], out[0]["榜金（元）"], out[0]["状态"]) == (number, "200000.00", "草稿")
    change = csv_of(("编号", *heading), [[made.number, number, "18万", "误差不超过 8 微米", until]])
    edited = taken_in(cast.personnel_officer, change, "challenges")
    made.refresh_from_db()
    assert (edited.updated, made.bounty) == (1, Decimal(180_000))
    undone(cast.personnel_officer, edited)
    made.refresh_from_db()
    assert made.bounty == Decimal(200_000)
