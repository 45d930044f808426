"""Parts of projects and challenges come in and go out as files: milestones, proofs, answers, registrations."""

from __future__ import annotations

from pathlib import Path

import pytest
import pytest_django

from chanjiao.apps.projects.models import Milestone
from chanjiao.apps.transfer.models import ChallengeAnswer, ContractRegistration
from chanjiao.core.models import Event
from tests.apps.imports.files import csv_of
from tests.apps.imports.test_deeds import exported, reasons, undone
from tests.apps.imports.test_imports import taken_in
from tests.apps.projects import samples as projects
from tests.apps.transfer import samples as transfer
from tests.cast import NOW, TODAY, Cast

pytestmark = pytest.mark.django_db

STEPS = ("项目编号", "里程碑", "交付物", "完成期限", "责任单位", "责任人")


def test_milestones_are_planned_changed_and_taken_back(cast: Cast) -> None:
    project = projects.started(cast)
    standing = projects.milestone(cast, project, "开班", deliverable="名单")
    rows = [
        [project.number, "开班", "名单和课表", "2026-12-31", "", ""],
        [project.number, "企业课程", "教案", "2027年3月", cast.enterprise.name, cast.personnel_officer.name],
        [project.number, "企业课程", "教案", "2027年4月", "", ""],
        [project.number, "太晚", "", "2035-01-01", "", ""],
        [project.number, "无此人", "", "2027-01-01", "", "查无此人"],
        ["P-2026-9999", "无此项目", "", "2027-01-01", "", ""],
    ]

    batch = taken_in(cast.dean, csv_of(STEPS, rows), "milestones")

    assert (batch.created, batch.updated, batch.rejected) == (1, 1, 4)
    made = Milestone.objects.get(title="企业课程")
    assert (str(made.due_on), made.organisation, made.responsible_id) == (
        "2027-03-01", cast.enterprise, cast.personnel_officer.user_id,
    )  # fmt: skip
    assert set(reasons(cast.dean, batch)) == {4, 5, 6, 7}
    assert [row["里程碑"] for row in exported(cast.dean, "milestones")] == ["开班", "企业课程"]
    again = taken_in(cast.dean, csv_of(STEPS, [*rows[:2], ["x"] * 6]), "milestones")
    assert (again.unchanged, again.rejected) == (2, 1)
    undone(cast.dean, batch)
    assert list(Milestone.objects.values_list("title", "deliverable")) == [("开班", "名单")]
    assert Event.objects.filter(name="milestone.discarded", object_id=made.pk).count() == 1
    standing.refresh_from_db()
    assert standing.version == 3


def test_a_milestone_that_has_a_proof_is_kept_when_its_import_is_taken_back(
    cast: Cast, settings: pytest_django.fixtures.SettingsWrapper, tmp_path: Path
) -> None:
    settings.FILES_DIR = tmp_path
    project = projects.started(cast)
    batch = taken_in(cast.dean, csv_of(STEPS, [[project.number, "开班", "", "2026-12-31", "", ""]]), "milestones")
    given = projects.proof(cast.dean, project, Milestone.objects.get())

    kept = undone(cast.dean, batch).kept

    assert (kept, Milestone.objects.count()) == (1, 1)
    sha256 = given.versions.get().sha256
    (told,) = exported(cast.dean, "proofs")
    assert (told["佐证材料"], told["指纹"], told["里程碑"]) == ("开班通知", sha256, "开班")
    index = csv_of(("项目编号", "指纹"), [[project.number, sha256.upper()], [project.number, "0" * 64]])
    compared = taken_in(cast.dean, index, "proofs")
    assert (compared.unchanged, compared.rejected) == (1, 1)
    assert reasons(cast.dean, compared) == {3: ("指纹: 该项目没有此指纹的佐证材料，请在项目页面提交文件",)}


def test_answers_come_in_for_ones_own_organisation_and_are_taken_back(cast: Cast) -> None:
    challenge = transfer.published(cast)
    heading = ("揭榜编号", "技术路线", "价格（元）", "期限（月）", "团队")
    rows = [
        [challenge.number, "温度场建模", "18万元", 8, "五人"],
        [challenge.number, "第二个", 1, 1, "一人"],
        ["C-2026-9999", "无此榜", 1, 1, "一人"],
    ]

    batch = taken_in(cast.dean, csv_of(heading, rows), "answers")
    again = taken_in(cast.dean, csv_of(heading, [*rows[:1], ["", "", "", "", ""], rows[2]]), "answers")
    by_owner = taken_in(cast.personnel_officer, csv_of(heading, rows[:1]), "answers")

    answer = ChallengeAnswer.objects.get()
    assert (batch.created, batch.rejected, again.unchanged, by_owner.rejected) == (1, 2, 1, 1)
    assert (answer.organisation, int(answer.price), answer.months) == (cast.college, 180_000, 8)
    assert [row["揭榜单位"] for row in exported(cast.personnel_officer, "answers")] == [cast.college.name]
    assert exported(cast.stranger, "answers") == []
    undone(cast.dean, batch)
    answer.refresh_from_db()
    assert answer.state == "withdrawn"


def test_registrations_come_in_once_for_the_seller_and_are_struck_with_their_import(cast: Cast) -> None:
    agreement = transfer.in_force(cast).agreement
    assert agreement is not None
    heading = ("合同编号", "登记编号", "登记机构", "登记日期")
    rows = [
        [agreement.number, "2026340800000123", "技术合同登记站", TODAY.isoformat()],
        ["A-2026-9999", "2026340800000124", "技术合同登记站", TODAY.isoformat()],
    ]

    by_buyer = taken_in(cast.personnel_officer, csv_of(heading, rows[:1]), "registrations")
    early = taken_in(cast.dean, csv_of(heading, [[*rows[0][:3], "2020-01-01"]]), "registrations")
    batch = taken_in(cast.dean, csv_of(heading, rows), "registrations")

    assert (by_buyer.rejected, early.rejected, batch.created, batch.rejected) == (1, 1, 1, 1)
    assert ContractRegistration.objects.get().registered_on == TODAY
    other = taken_in(cast.dean, csv_of(heading, [[agreement.number, "另一个号", *rows[0][2:]]]), "registrations")
    assert other.rejected == 1
    undone(cast.dean, batch)
    assert not ContractRegistration.objects.exists()
    assert Event.objects.filter(name="contract.registration_struck", at=NOW).count() == 1
