"""Rows of files become records, rejected ones say why, and a whole import can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chanjiao.apps.exchange.actions.edit_listing import edit_listing
from chanjiao.apps.exchange.changes import content_of
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import Need, Offer
from chanjiao.apps.imports.actions import advance_import as advancing
from chanjiao.apps.imports.actions.advance_import import advance_import
from chanjiao.apps.imports.actions.confirm_import import confirm_import
from chanjiao.apps.imports.actions.discard_import import discard_import
from chanjiao.apps.imports.actions.start_import import start_import
from chanjiao.apps.imports.actions.undo_import import ask_for_undo, undo_import
from chanjiao.apps.imports.models import ImportBatch, ImportedRow, ImportFile
from chanjiao.apps.imports.selectors import exported_rows, import_batch, kept_rows, rejected_rows
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.programmes.models import ProgrammePoint
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import AuditRecord, Event, Job
from chanjiao.core.permissions import Actor
from tests.apps.imports.files import NEEDS, csv_of, far_corners, need, xlsx_of
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


def taken_in(actor: Actor, content: bytes, kind: str = "needs", **options: object) -> ImportBatch:
    """The file, stored without a check before."""
    batch = start_import(actor=actor, kind=kind, content=content, name="清单.csv", now=NOW, **options)  # type: ignore[arg-type]
    confirm_import(actor=actor, batch_id=batch.pk, now=NOW, unchecked=True)
    return advance_import(batch_id=batch.pk, now=NOW)


def refused(actor: Actor, content: bytes, kind: str = "needs") -> str:
    """The code with which the file is refused."""
    with pytest.raises(ChanjiaoError) as error:
        start_import(actor=actor, kind=kind, content=content, name="清单.csv", now=NOW)
    return error.value.code


def test_good_rows_are_stored_and_bad_ones_come_back_with_every_reason(cast: Cast) -> None:
    rows = [need(1), need(2, 人数="很多", 有效期至="2020-01-01"), need(3, 薪酬下限=9000), need(4, 单位名称="无此公司")]

    batch = taken_in(cast.secretary, csv_of(NEEDS, rows))

    assert (batch.created, batch.rejected, batch.state) == (1, 3, "done")
    assert Need.objects.get().title == "数控车工第1批"
    told = {row.number: row.reasons for row in rejected_rows(cast.secretary, batch, "zh-hans")}
    assert told[3] == ("数量: “很多”不是不小于0的数",)
    assert told[4] == ("薪酬上限: 上限低于下限",)
    assert told[5] == ("单位: 没有登记名为“无此公司”的单位",)


def test_a_check_stores_nothing_and_its_confirmation_stores_what_it_promised(cast: Cast) -> None:
    batch = start_import(
        actor=cast.secretary, kind="needs", content=csv_of(NEEDS, [need(1), need(2, 人数="x")]), name="a", now=NOW
    )

    checked = advance_import(batch_id=batch.pk, now=NOW)

    assert (checked.state, checked.created, checked.rejected, Need.objects.count()) == ("checked", 1, 1, 0)
    confirm_import(actor=cast.secretary, batch_id=batch.pk, now=NOW)
    done = advance_import(batch_id=batch.pk, now=NOW)
    assert (done.state, done.created, done.rejected, Need.objects.count()) == ("done", 1, 1, 1)
    assert not ImportFile.objects.exists()


def test_every_new_record_has_its_number_its_record_and_its_events(cast: Cast) -> None:
    taken_in(cast.secretary, csv_of(NEEDS, [need(1), need(2)]))

    assert list(Need.objects.order_by("pk").values_list("number", flat=True)) == ["N-2026-0001", "N-2026-0002"]
    assert AuditRecord.objects.filter(action="post_listing").count() == 2
    assert list(Event.objects.order_by("pk").values_list("name", flat=True)) == [
        "need.posted",
        "need.opened",
        "need.posted",
        "need.opened",
        "import.done",
    ]
    assert Event.objects.get(name="import.done").amount == 2
    assert Job.objects.filter(task="matching.run").count() == 1


def test_the_same_rows_once_more_make_nothing_new(cast: Cast) -> None:
    taken_in(cast.secretary, csv_of(NEEDS, [need(1), need(2)]))

    again = taken_in(cast.secretary, csv_of(NEEDS, [need(1), need(2), need(3)]))

    assert (again.created, again.unchanged, Need.objects.count()) == (1, 2, 3)


def test_the_same_file_is_refused_until_it_was_taken_back(cast: Cast) -> None:
    content = csv_of(NEEDS, [need(1)])
    batch = taken_in(cast.secretary, content)

    assert refused(cast.secretary, content) == "import.known_file"
    ask_for_undo(actor=cast.secretary, batch_id=batch.pk, now=NOW)
    undo_import(batch_id=batch.pk, now=NOW)
    assert taken_in(cast.secretary, content).created == 1


def test_a_row_twice_in_a_file_is_stored_once(cast: Cast) -> None:
    batch = taken_in(cast.secretary, csv_of(NEEDS, [need(1), need(1)]))

    assert (batch.created, batch.rejected) == (1, 1)


def test_an_import_cut_off_half_way_goes_on_where_it_stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(advancing, "CHUNK", 2)
    content = csv_of(NEEDS, [need(number) for number in range(1, 6)])
    batch = start_import(actor=cast.secretary, kind="needs", content=content, name="a", now=NOW)
    confirm_import(actor=cast.secretary, batch_id=batch.pk, now=NOW, unchecked=True)

    def cut(rows: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        advance_import(batch_id=batch.pk, now=NOW, advanced=cut)
    assert Need.objects.count() == 2
    done = advance_import(batch_id=batch.pk, now=NOW)

    assert (done.created, done.rejected, Need.objects.count()) == (5, 0, 5)
    assert ImportedRow.objects.filter(batch=batch).count() == 5


def test_undo_takes_new_records_back_and_restores_changed_ones(cast: Cast) -> None:
    taken_in(cast.secretary, csv_of(NEEDS, [need(1)]))
    known = Need.objects.get()
    changed = csv_of(("编号", *NEEDS), [[known.number, *need(1, 人数=8)], ["", *need(2)]])
    batch = taken_in(cast.secretary, changed)
    assert (batch.created, batch.updated, Need.objects.get(pk=known.pk).quantity) == (1, 1, 8)

    ask_for_undo(actor=cast.secretary, batch_id=batch.pk, now=NOW)
    undone = undo_import(batch_id=batch.pk, now=NOW)

    assert (undone.state, undone.kept) == ("undone", 0)
    assert [(one.pk, one.quantity) for one in Need.objects.all()] == [(known.pk, 3)]
    assert Event.objects.filter(name="need.retracted").count() == 1
    assert AuditRecord.objects.get(action="retract_listing").before["title"] == "数控车工第2批"


def test_undo_keeps_what_was_changed_since_and_says_so(cast: Cast) -> None:
    batch = taken_in(cast.secretary, csv_of(NEEDS, [need(1), need(2)]))
    first = Need.objects.order_by("pk").first()
    assert first is not None
    content = replace(content_of(first), quantity=9)
    edit_listing(actor=cast.secretary, side=Side.NEED, pk=first.pk, version=first.version, content=content, now=NOW)

    ask_for_undo(actor=cast.secretary, batch_id=batch.pk, now=NOW)
    undone = undo_import(batch_id=batch.pk, now=NOW)

    assert (undone.kept, list(Need.objects.values_list("pk", flat=True))) == (1, [first.pk])
    (kept,) = kept_rows(cast.secretary, undone, "en")
    assert (kept.number, kept.object_id) == (2, first.pk)


def test_an_officer_imports_for_their_own_organisation_only(cast: Cast) -> None:
    rows = [need(1), need(2, 单位名称=cast.college.name)]

    batch = taken_in(cast.personnel_officer, csv_of(NEEDS, rows))

    assert (batch.created, batch.rejected) == (1, 1)
    assert Need.objects.get().organisation == cast.enterprise
    assert ImportedRow.objects.get(outcome="rejected").errors[0]["code"] == "import.not_yours"


def test_others_neither_see_nor_undo_an_import(cast: Cast) -> None:
    batch = taken_in(cast.personnel_officer, csv_of(NEEDS, [need(1)]))

    for actor in (cast.dean, cast.stranger, cast.teacher):
        with pytest.raises(ChanjiaoError) as error:
            import_batch(actor, batch.pk)
        assert error.value.code == "record.not_found"
        with pytest.raises(ChanjiaoError) as error:
            ask_for_undo(actor=actor, batch_id=batch.pk, now=NOW)
        assert error.value.code == "record.not_found"
    assert Need.objects.count() == 1


def test_teachers_and_nobody_may_not_start_an_import(cast: Cast) -> None:
    for actor in (cast.teacher, cast.student, cast.nobody):
        assert refused(actor, csv_of(NEEDS, [need(1)])) == "action.denied"
    assert not ImportBatch.objects.exists()


def test_a_checked_import_can_be_given_up(cast: Cast) -> None:
    batch = start_import(actor=cast.secretary, kind="needs", content=csv_of(NEEDS, [need(1)]), name="a", now=NOW)
    advance_import(batch_id=batch.pk, now=NOW)

    discard_import(actor=cast.secretary, batch_id=batch.pk, now=NOW)

    assert (ImportBatch.objects.count(), ImportFile.objects.count(), Need.objects.count()) == (0, 0, 0)


def test_a_workbook_with_title_rows_merged_cells_and_other_sheets_is_read(cast: Cast) -> None:
    table = [["2026年人才需求清单"], [], list(NEEDS), need(1), ["", *need(2)[1:]], [""] * 11, need(3)]
    sheets = {"说明": [["填表说明"]], "需求": table, **{f"附{number}": [["空"]] for number in range(8)}}
    content = xlsx_of(sheets, merged=[("需求", (3, 0, 4, 0), str(need(1)[0]))])

    batch = taken_in(cast.secretary, content)

    assert (batch.sheet, batch.created, batch.rejected) == ("需求", 3, 0)


def test_formulas_count_with_their_last_value_and_are_never_written_back(cast: Cast) -> None:
    content = xlsx_of({"a": [list(NEEDS), need(1, 标题="=HYPERLINK(1)", 人数="x")]})

    batch = taken_in(cast.secretary, content)

    assert batch.rejected == 1
    (row,) = rejected_rows(cast.secretary, batch, "en")
    assert not any(cell.startswith("=") for cell in row.cells)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "text.empty"),
        (b"\x00\x01\x02\xff" * 40, "text.not_text"),
        (b"PK\x03\x04 no archive", "sheet.broken"),
        ('单位,标题\n甲,"'.encode() + b"x" * 140_000, "table.cell_too_long"),
        (far_corners(), "sheet.too_wide"),
        ("甲,乙\n1,2".encode(), "import.no_heading"),
        (csv_of(NEEDS[3:], [need(1)[3:]]), "import.missing_columns"),
        (csv_of(NEEDS, []), "import.no_rows"),
    ],
    ids=[
        "empty",
        "binary",
        "broken workbook",
        "quote never closed",
        "far corners",
        "no heading",
        "columns missing",
        "no rows",
    ],
)
def test_a_file_that_is_no_table_of_this_kind_is_refused_whole(cast: Cast, content: bytes, code: str) -> None:
    assert refused(cast.secretary, content) == code
    assert not ImportBatch.objects.exists()


def test_a_file_in_the_encoding_of_chinese_windows_is_read(cast: Cast) -> None:
    assert taken_in(cast.secretary, csv_of(NEEDS, [need(1)], "gb18030")).created == 1


def test_a_visit_form_becomes_a_need_and_goes_out_as_one(cast: Cast) -> None:
    heading = (
        "企业名称",
        "需求专业名称",
        "需求专业层次",
        "可提供岗位数",
        "平均薪酬",
        "牵头拜访人",
        "拜访时间",
        "企业接待人",
        "接受就业人数",
    )
    row = (cast.enterprise.name, "数控技术", "高职", 12, 6000, "陶敏之", "2026-09-20", "罗佩瑶", 12)

    batch = taken_in(cast.secretary, csv_of(heading, [row]))

    listing = Need.objects.get()
    assert (batch.layout, listing.source, listing.kind, listing.quantity) == ("visit", "visit", "post", 12)
    assert (listing.programme_code, listing.education_level) == ("460103", "associate")
    assert listing.fields == {"engagement": "employment", "pay_low": 6000, "pay_high": 6000}
    names, rows = exported_rows(cast.secretary, "needs", "visit", "zh-hans")
    told = dict(zip(names, next(rows), strict=True))
    assert (told["可提供岗位数"], told["牵头拜访人"], told["平均薪酬"]) == ("12", "陶敏之", "6000")


def test_what_is_exported_can_be_imported_and_changes_nothing(cast: Cast) -> None:
    taken_in(cast.secretary, csv_of(NEEDS, [need(1), need(2)]))
    heading, rows = exported_rows(cast.secretary, "needs", "own", "en")

    batch = taken_in(cast.secretary, xlsx_of({"a": [heading, *rows]}))

    assert (batch.created, batch.updated, batch.unchanged, batch.rejected) == (0, 0, 2, 0)


def test_an_officer_exports_only_what_their_organisation_keeps(cast: Cast) -> None:
    taken_in(cast.secretary, csv_of(NEEDS, [need(1), need(2, 单位名称=cast.college.name)]))

    _heading, rows = exported_rows(cast.personnel_officer, "needs", "own", "zh-hans")

    assert [row[1] for row in rows] == [cast.enterprise.name]


def test_a_training_base_becomes_an_offer_of_equipment(cast: Cast) -> None:
    heading = ("编号", "名称", "依托单位", "适应专业", "工位数")

    taken_in(cast.secretary, csv_of(heading, [("JD-01", "数控实训中心", cast.college.name, "数控技术", 40)]), "offers")

    offer = Offer.objects.get()
    assert (offer.kind, offer.quantity, offer.unit, offer.fields["equipment"]) == (
        "equipment",
        40,
        "个工位",
        "数控实训中心",
    )


def test_organisations_are_registered_and_known_ones_changed(cast: Cast) -> None:
    heading = ("单位名称", "类型", "职工人数", "地址")
    rows = [
        (cast.enterprise.name, "企业", 500, ""),
        ("新泽电子有限公司", "企业", 80, "开发区一路1号"),
        ("某处", "公司", 1, ""),
    ]

    batch = taken_in(cast.administrator, csv_of(heading, rows), "organisations")

    assert (batch.created, batch.updated, batch.rejected) == (1, 1, 1)
    assert Organisation.objects.get(pk=cast.enterprise.pk).staff_count == 500
    ask_for_undo(actor=cast.administrator, batch_id=batch.pk, now=NOW)
    undo_import(batch_id=batch.pk, now=NOW)
    assert Organisation.objects.get(pk=cast.enterprise.pk).staff_count == 420
    assert not Organisation.objects.filter(name="新泽电子有限公司").exists()


def test_programme_points_come_in_from_the_standards_form(cast: Cast) -> None:
    heading = ("专业代码", "专业名称", "层次", "学制", "首次招生年月", "招生计划数", "在校生数")
    rows = [
        ("460103", "数控技术", "高职", 3, "2015-09", 120, 340),
        ("460103", "数控技术", "高职", 3, "", 9, 9),
        ("999999", "", "", 3, "", 1, 1),
    ]

    batch = taken_in(cast.dean, csv_of(heading, rows), "programmes")

    point = ProgrammePoint.objects.get()
    assert (batch.created, batch.rejected) == (1, 2)
    assert (point.college, point.years, point.intake, point.first_year) == (cast.college, 3, 120, 2015)
