"""Projects: from an agreement in force over milestones, money and proofs to the end."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from chanjiao.apps.notices.models import Notice
from chanjiao.apps.projects import selectors
from chanjiao.apps.projects.actions.book_money import book_money, cancel_money
from chanjiao.apps.projects.actions.close_project import close_project
from chanjiao.apps.projects.actions.edit_milestone import drop_milestone, edit_milestone
from chanjiao.apps.projects.actions.evaluate_project import evaluate_project
from chanjiao.apps.projects.actions.remind_overdue import remind_overdue
from chanjiao.apps.projects.actions.replace_proof import replace_proof
from chanjiao.apps.projects.actions.start_project import start_project
from chanjiao.apps.projects.models import Direction, Milestone, MoneyEntry, Project, Proof, ProofVersion
from chanjiao.apps.projects.rules import MilestoneFacts
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.models import Event
from tests.apps.cooperation import samples as agreements
from tests.apps.projects import samples
from tests.cast import NOW, TODAY, Cast


@pytest.fixture(autouse=True)
def store(tmp_path: Path, settings: object) -> Path:
    """A store of this test's own."""
    settings.FILES_ROOT = tmp_path / "files"  # type: ignore[attr-defined]
    return tmp_path / "files"


def test_a_project_carries_out_an_agreement_in_force_for_its_term(cast: Cast) -> None:
    project = samples.started(cast)

    assert (project.number, project.title, project.state) == ("P-2026-0001", "订单班", "running")
    assert (project.starts_on, project.ends_on) == (agreements.STARTS, agreements.ENDS)
    assert Event.objects.filter(name="project.started").count() == 2


def test_an_agreement_that_is_not_in_force_starts_no_project(cast: Cast) -> None:
    agreement = agreements.proposed(cast)

    with pytest.raises(ChanjiaoError) as refused:
        start_project(actor=cast.dean, agreement_id=agreement.pk, now=NOW)

    assert refused.value.code == "project.needs_agreement"
    assert not Project.objects.exists()


@pytest.mark.parametrize("person", ["teacher", "secretary", "stranger", "student"])
def test_only_who_acts_for_a_party_starts_and_plans(cast: Cast, person: str) -> None:
    project = samples.started(cast)
    told = MilestoneFacts(title="开班", due_on=samples.DUE, organisation_id=cast.college.pk)

    for attempt in (
        lambda: start_project(actor=cast.people[person], agreement_id=project.agreement_id, now=NOW),
        lambda: samples.add_milestone(actor=cast.people[person], project_id=project.pk, told=told, now=NOW),
    ):
        with pytest.raises(ChanjiaoError) as refused:
            attempt()
        hidden = person in ("stranger", "student")
        assert refused.value.code == ("record.not_found" if hidden else "action.denied")
    assert (Project.objects.count(), Milestone.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("told", "code", "field"),
    [
        ({"due_on": TODAY - timedelta(days=1)}, "listing.past", "due_on"),
        ({"due_on": date(2028, 7, 1)}, "project.outside_term", "due_on"),
        ({"due_on": None}, "listing.required", "due_on"),
        ({"title": " "}, "listing.required", "title"),
        ({"starts_on": date(2027, 1, 1)}, "term.reversed", "due_on"),
        ({"organisation_id": 999_999}, "project.not_a_party", "organisation"),
    ],
)
def test_a_milestone_that_cannot_be_is_refused(cast: Cast, told: dict[str, object], code: str, field: str) -> None:
    project = samples.started(cast)
    facts = MilestoneFacts(**({"title": "开班", "due_on": samples.DUE, "organisation_id": cast.college.pk} | told))  # type: ignore[arg-type]

    with pytest.raises(Rejected) as refused:
        samples.add_milestone(actor=cast.dean, project_id=project.pk, told=facts, now=NOW)

    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Milestone.objects.exists()


def test_whoever_answers_for_a_milestone_works_for_its_organisation(cast: Cast) -> None:
    project = samples.started(cast)

    with pytest.raises(Rejected) as refused:
        samples.milestone(cast, project, responsible_id=cast.personnel_officer.user_id)

    assert refused.value.code == "project.not_of_party"
    assert samples.milestone(cast, project, responsible_id=cast.teacher.user_id).responsible_id == cast.teacher.user_id


def test_a_milestone_is_proved_by_a_proof_and_done_once_another_party_has_verified_it(cast: Cast, store: Path) -> None:
    project = samples.started(cast)
    step = samples.milestone(cast, project)

    given = samples.proof(cast.teacher, project, step)
    step.refresh_from_db()
    assert (given.number, step.state) == (1, "proved")
    samples.judge(cast.personnel_officer, given)

    step.refresh_from_db()
    assert (step.state, step.done_on) == ("done", TODAY)
    version = ProofVersion.objects.get()
    assert (version.verified_by, version.verified_for) == ("罗佩瑶", "青浦川恒锐机械有限公司")
    assert (store / version.sha256[:2] / version.sha256).read_bytes() == samples.PDF
    names = list(
        Event.objects.filter(object_type__startswith="projects.").order_by("pk").values_list("name", flat=True)
    )
    assert names[-4:] == ["proof.handed_in", "milestone.proved", "proof.verified", "milestone.done"]


def test_nobody_verifies_what_their_own_organisation_handed_in(cast: Cast) -> None:
    project = samples.started(cast)
    given = samples.proof(cast.dean, project)

    with pytest.raises(ChanjiaoError) as refused:
        samples.judge(cast.dean, given)

    assert refused.value.code == "action.denied"
    assert ProofVersion.objects.get().verified_at is None


def test_the_secretariat_verifies_too(cast: Cast) -> None:
    given = samples.proof(cast.dean, samples.started(cast))

    samples.judge(cast.secretary, given)

    assert ProofVersion.objects.get().verified_by == "许文清"


def test_a_proof_is_judged_once(cast: Cast) -> None:
    given = samples.proof(cast.dean, samples.started(cast))
    samples.judge(cast.personnel_officer, given)

    with pytest.raises(ChanjiaoError) as refused:
        samples.judge(cast.secretary, given, refusal="看不清")

    assert refused.value.code == "project.judged"
    assert ProofVersion.objects.get().refused_at is None


def test_a_verified_proof_is_replaced_only_by_a_next_version_that_is_verified_anew(cast: Cast) -> None:
    project = samples.started(cast)
    step = samples.milestone(cast, project)
    given = samples.proof(cast.dean, project, step)
    samples.judge(cast.personnel_officer, given)

    replaced = replace(cast, given, reason="补盖公章")

    step.refresh_from_db()
    kept = [(one.number, one.verified_at is not None, one.reason) for one in replaced.versions.all()]
    assert kept == [(1, True, ""), (2, False, "补盖公章")]
    assert (step.state, step.done_on) == ("proved", None)
    assert Event.objects.filter(name="proof.replaced").count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": " "}, "review.reason_required"),
        ({"replaces": 2}, "record.stale"),
        ({"content": samples.PDF}, "project.same_file"),
    ],
)
def test_a_replacement_says_why_what_it_replaces_and_is_another_file(
    cast: Cast, change: dict[str, object], code: str
) -> None:
    given = samples.proof(cast.dean, samples.started(cast))
    samples.judge(cast.personnel_officer, given)

    with pytest.raises(ChanjiaoError) as refused:
        replace(cast, given, **({"reason": "补盖公章"} | change))

    assert refused.value.code == code
    assert ProofVersion.objects.get().verified_at == NOW


def test_only_who_handed_a_proof_in_replaces_it(cast: Cast) -> None:
    given = samples.proof(cast.dean, samples.started(cast))

    with pytest.raises(ChanjiaoError) as refused:
        replace(cast, given, actor=cast.personnel_officer, reason="换")

    assert refused.value.code == "action.denied"
    assert ProofVersion.objects.count() == 1


def test_a_proof_sent_back_leaves_the_milestone_open_and_tells_why(cast: Cast) -> None:
    project = samples.started(cast)
    step = samples.milestone(cast, project)
    given = samples.proof(cast.dean, project, step)

    samples.judge(cast.personnel_officer, given, refusal="缺签到表")

    step.refresh_from_db()
    assert (step.state, ProofVersion.objects.get().refusal) == ("open", "缺签到表")
    assert Notice.objects.filter(kind="proof.refused", organisation_id=cast.college.pk).count() == 1


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"MZ\x90\x00", "report.pdf", "file.forged"),
        (b"%PDF-1.7", "report.exe", "file.kind_unknown"),
        (b"", "report.pdf", "file.empty"),
        (b"%PDF-" + b"0" * 2000, "report.pdf", "file.too_large"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_kept(
    cast: Cast, store: Path, settings: object, content: bytes, name: str, code: str
) -> None:
    settings.PROOF_LIMIT = 1000  # type: ignore[attr-defined]
    project = samples.started(cast)

    with pytest.raises(ChanjiaoError) as refused:
        samples.hand_in_proof(
            actor=cast.dean, project_id=project.pk, title="", chunks=[content], file_name=name, now=NOW
        )

    assert refused.value.code == code
    assert not Proof.objects.exists()
    assert [path for path in store.rglob("*") if path.is_file()] == []


def test_a_confidential_proof_and_the_money_are_for_the_parties(cast: Cast) -> None:
    project = samples.started(cast)
    samples.proof(cast.dean, project, is_confidential=True)
    book(cast, project)

    for actor, proofs, money in ((cast.personnel_officer, 1, 1), (cast.secretary, 0, None)):
        view = selectors.project(actor, project.pk)
        assert (len(view.proofs), view.money and len(view.money)) == (proofs, money)
    with pytest.raises(ChanjiaoError) as refused:
        selectors.proof_file(cast.secretary, project.pk, 1, 1)
    assert refused.value.code == "record.not_found"
    assert Event.objects.get(name="project.money_received").amount is None


def test_a_stranger_sees_no_project_and_downloads_nothing(cast: Cast) -> None:
    project = samples.started(cast)
    samples.proof(cast.dean, project)

    for attempt in (
        lambda: selectors.project(cast.stranger, project.pk),
        lambda: selectors.proof_file(cast.stranger, project.pk, 1, 1),
    ):
        with pytest.raises(ChanjiaoError) as refused:
            attempt()
        assert refused.value.code == "record.not_found"
    assert selectors.projects(cast.stranger).count() == 0
    assert selectors.proofs_behind(cast.stranger, "projects.project", project.pk) == ()


def test_money_booked_by_mistake_is_cancelled_by_an_entry_of_its_own(cast: Cast) -> None:
    project = samples.started(cast)
    entry = book(cast, project)

    cancel_money(actor=cast.dean, project_id=project.pk, pk=entry.pk, now=NOW)

    assert [one.amount for one in MoneyEntry.objects.order_by("pk")] == [Decimal("20000"), Decimal("-20000")]
    assert selectors.project(cast.dean, project.pk).total("in") == 0
    with pytest.raises(ChanjiaoError) as refused:
        cancel_money(actor=cast.dean, project_id=project.pk, pk=entry.pk, now=NOW)
    assert refused.value.code == "project.cancelled"


@pytest.mark.parametrize(
    ("amount", "day", "code"),
    [
        (Decimal(0), TODAY, "listing.out_of_bounds"),
        (Decimal("NaN"), TODAY, "listing.out_of_bounds"),
        (Decimal("1.005"), TODAY, "listing.cents"),
        (Decimal(5), TODAY + timedelta(days=1), "project.money_ahead"),
    ],
)
def test_money_that_cannot_have_moved_is_not_booked(cast: Cast, amount: Decimal, day: date, code: str) -> None:
    project = samples.started(cast)

    with pytest.raises(Rejected) as refused:
        book_money(
            actor=cast.dean, project_id=project.pk, direction=Direction.OUT, amount=amount, booked_on=day, now=NOW
        )

    assert refused.value.code == code
    assert not MoneyEntry.objects.exists()


def test_a_project_is_concluded_once_milestones_are_done_and_every_party_has_evaluated(cast: Cast) -> None:
    project = samples.started(cast)
    step = samples.milestone(cast, project)

    with pytest.raises(Rejected) as refused:
        close(cast, project)

    assert [one.code for one in refused.value.errors] == ["project.milestones_open", "project.not_evaluated"]
    samples.judge(cast.personnel_officer, samples.proof(cast.dean, project, step))
    for actor in (cast.dean, cast.personnel_officer):
        evaluate_project(actor=actor, project_id=project.pk, points=5, words="合作顺利", now=NOW)
    closed = close(cast, project)
    assert (closed.state, closed.summary) == ("closed", "三十人结业")
    assert Event.objects.filter(name="project.closed").count() == 2


def test_a_project_stopped_before_its_end_may_leave_milestones_open(cast: Cast) -> None:
    project = samples.started(cast)
    samples.milestone(cast, project)
    for actor in (cast.dean, cast.personnel_officer):
        evaluate_project(actor=actor, project_id=project.pk, points=2, now=NOW)

    assert close(cast, project, completes=False).state == "stopped"


def test_nothing_changes_in_a_concluded_project(cast: Cast) -> None:
    project = samples.started(cast)
    for actor in (cast.dean, cast.personnel_officer):
        evaluate_project(actor=actor, project_id=project.pk, points=2, now=NOW)
    close(cast, project, completes=False)

    with pytest.raises(ChanjiaoError) as refused:
        samples.proof(cast.dean, project)

    assert refused.value.code == "state.refused"
    assert not Proof.objects.exists()


def test_a_renewed_agreement_goes_on_with_the_milestones_of_the_last_project(cast: Cast) -> None:
    first = samples.started(cast)
    samples.milestone(cast, first, due_on=date(2026, 12, 1))
    for actor in (cast.dean, cast.personnel_officer):
        evaluate_project(actor=actor, project_id=first.pk, points=4, now=NOW)
    close(cast, first, completes=False)
    renewal = agreements.in_force(cast, starts_on=date(2028, 7, 1), ends_on=date(2030, 6, 30))

    second = start_project(actor=cast.dean, agreement_id=renewal.pk, continues=first.pk, now=NOW)

    assert [(one.title, one.due_on) for one in second.milestones.all()] == [("开班", date(2028, 7, 31))]
    assert second.previous_id == first.pk


def test_who_answers_for_an_overdue_milestone_is_told_the_first_day_and_then_weekly(cast: Cast) -> None:
    project = samples.started(cast)
    samples.milestone(cast, project, responsible_id=cast.teacher.user_id)
    first = NOW.replace(year=2027, month=1, day=1)

    told = []
    for days in (0, 1, 6, 7, 8, 14):
        remind_overdue(actor=cast.system, now=first + timedelta(days=days))
        told.append(Notice.objects.filter(kind="milestone.overdue", person_id=cast.teacher.user_id).count())

    assert told == [1, 1, 1, 2, 2, 3]


def test_a_milestone_is_moved_by_who_read_its_last_state(cast: Cast) -> None:
    project = samples.started(cast)
    step = samples.milestone(cast, project)
    told = MilestoneFacts(title="开班仪式", due_on=samples.DUE, organisation_id=cast.college.pk)
    edit_milestone(actor=cast.dean, project_id=project.pk, pk=step.pk, version=1, told=told, now=NOW)

    with pytest.raises(ChanjiaoError) as refused:
        drop_milestone(actor=cast.personnel_officer, project_id=project.pk, pk=step.pk, version=1, now=NOW)

    assert refused.value.code == "record.stale"
    step.refresh_from_db()
    assert (step.title, step.state) == ("开班仪式", "open")


def test_an_event_leads_to_its_proofs(cast: Cast) -> None:
    project = samples.started(cast)
    step = samples.milestone(cast, project)
    samples.proof(cast.dean, project, step)
    samples.proof(cast.dean, project, content=samples.OTHER_PDF)

    proved = Event.objects.get(name="milestone.proved")
    started = Event.objects.filter(name="project.started").first()
    assert started is not None

    assert [one.number for one in selectors.proofs_behind(cast.dean, proved.object_type, proved.object_id or 0)] == [1]
    assert [one.number for one in selectors.proofs_behind(cast.dean, started.object_type, started.object_id or 0)] == [
        1,
        2,
    ]


def test_a_list_of_projects_costs_the_same_queries_however_long(cast: Cast, django_assert_num_queries: object) -> None:
    agreement = agreements.in_force(cast)
    for _number in range(3):
        samples.milestone(cast, samples.started(cast, agreement))

    with django_assert_num_queries(3):  # type: ignore[operator]
        rows = list(selectors.projects(cast.dean)[:25])

    assert [(one.done, one.milestones, one.next_due) for one in rows] == [(0, 1, samples.DUE)] * 3


def replace(cast: Cast, given: Proof, **told: object) -> Proof:
    """Another file for the proof, by who handed it in unless told otherwise."""
    told = {"actor": cast.dean, "replaces": 1, "content": samples.OTHER_PDF} | told
    return replace_proof(
        project_id=given.project_id,
        number=given.number,
        chunks=[told.pop("content")],  # type: ignore[list-item]
        file_name="开班通知（盖章）.pdf",
        now=NOW,
        **told,  # type: ignore[arg-type]
    )


def book(cast: Cast, project: Project) -> MoneyEntry:
    """Twenty thousand yuan from the enterprise."""
    return book_money(
        actor=cast.dean,
        project_id=project.pk,
        direction=Direction.IN,
        amount=Decimal("20000"),
        booked_on=TODAY,
        organisation_id=cast.enterprise.pk,
        now=NOW,
    )


def close(cast: Cast, project: Project, completes: bool = True) -> Project:
    """The college concludes the project."""
    project.refresh_from_db()
    return close_project(
        actor=cast.dean,
        project_id=project.pk,
        version=project.version,
        completes=completes,
        summary="三十人结业",
        now=NOW,
    )


def test_what_waits_what_was_promised_and_what_a_partner_owes_stand_on_the_right_side(cast: Cast) -> None:
    project = samples.started(cast)
    samples.milestone(cast, project)
    samples.proof(cast.dean, project)
    soon, late = samples.DUE, samples.DUE + timedelta(days=1)

    def told(rows: object) -> list[str]:
        return [str(getattr(one, "title", None) or one.proof.title) for one in rows]  # type: ignore[attr-defined]

    college, firm, secretary = cast.dean, cast.personnel_officer, cast.secretary
    assert told(selectors.milestones_due(college, soon)) == ["开班"]
    assert told(selectors.milestones_due(firm, soon)) == []
    assert told(selectors.proofs_to_verify(firm)) == ["开班通知"]
    assert told(selectors.proofs_to_verify(college)) == []
    assert told(selectors.milestones_owed(firm, late)) == ["开班"]
    assert told(selectors.milestones_owed(college, late)) == []
    assert told(selectors.milestones_owed(secretary, late)) == []
