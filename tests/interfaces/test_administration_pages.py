"""Administration: the record, the events, people, jobs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from chanjiao.apps import members
from chanjiao.apps.accounts.actions.edit_profile import edit_profile
from chanjiao.apps.accounts.models import User
from chanjiao.core.audit import emit
from chanjiao.core.models import AuditRecord, Event, Job
from chanjiao.core.selectors import RecordFilters, audit_records, events
from chanjiao.interfaces.web.administration.action_words import ACTION_WORDS
from chanjiao.interfaces.web.administration.words import TASK_WORDS, column_word, value_word
from chanjiao.interfaces.web.deed_words import EVENT_WORDS, NOTED, note_of
from tests.cast import NOW, PASSWORD, TODAY, Cast
from tests.interfaces.test_frame import logged_in

APPS = Path(members.__file__).parent.parent


@pytest.fixture(autouse=True)
def english(client: Client) -> None:
    client.cookies["django_language"] = "en"


@pytest.fixture
def changed(cast: Cast) -> AuditRecord:
    edit_profile(actor=cast.dean, full_name="方砚", email="fang@example.org", language="", now=NOW)
    return AuditRecord.objects.get()


def test_the_record_shows_who_changed_what_from_what_to_what(client: Client, cast: Cast, changed: AuditRecord) -> None:
    page = logged_in(client, "administrator").get(reverse("administration:change", args=[changed.pk])).content.decode()

    assert '<del class="keep-lines">方砚秋</del>' in page
    assert '<ins class="keep-lines">方砚</ins>' in page
    assert "青浦川职业技术学院" in page


def test_recorded_values_are_told_in_words() -> None:
    with translation.override("en"):
        assert value_word("matching.match", "state", "accepted") == "Accepted by both sides"
        assert value_word("matching.match", "answered_at", "2026-11-24T03:09:55Z") == "2026-11-24 11:09:55"
        assert value_word("accounts.user", "is_active", False) == "No"
        assert value_word("gone.model", "gone", "as it was") == "as it was"
        assert column_word("accounts.user", "full_name") == "name"


def test_what_an_event_notes_is_told_in_words() -> None:
    with translation.override("zh-hans"):
        assert note_of(Event(name="warning.issued", object_type="programmes.warningcard", note="yellow")) == "黄牌"
        assert (
            note_of(Event(name="list.published", object_type="exchange.edition", note="Core products"))
            == "核心产品清单"
        )
        assert note_of(Event(name="agreement.signed", object_type="cooperation.agreement", note="2026-1")) == "2026-1"
        assert note_of(Event(name="import.done", note="milestones")) == "里程碑"
        assert note_of(Event(name="weights.learned", note="post")) == "岗位与学徒"
    assert set(NOTED) <= set(EVENT_WORDS)


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"name": "edit_profile"}, 1),
        ({"name": "post_listing"}, 0),
        ({"person": "方砚"}, 1),
        ({"organisation": "恒锐"}, 0),
        ({"since": TODAY.isoformat(), "until": TODAY.isoformat()}, 1),
        ({"until": "2026-10-11"}, 0),
        ({"since": "no date"}, 1),
    ],
)
def test_the_record_is_narrowed_by_what_the_address_says(
    client: Client, cast: Cast, changed: AuditRecord, filters: dict[str, str], count: int
) -> None:
    page = logged_in(client, "administrator").get(reverse("administration:record"), filters).content.decode()

    assert f'<strong class="figure">{count}</strong>' in page


def test_the_file_of_the_record_holds_exactly_the_rows_of_the_page(
    client: Client, cast: Cast, changed: AuditRecord
) -> None:
    answer = logged_in(client, "administrator").get(reverse("administration:record"), {"format": "csv"})

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 2
    assert "fang@example.org" in lines[1]


def test_a_secretariat_reads_of_its_own_consortia_only(cast: Cast, changed: AuditRecord) -> None:
    hidden = audit_records(cast.secretary).count()

    emit(actor=cast.dean, name="staff.added", instance=User.objects.get(username="dean"), now=NOW,
         consortium_id=cast.consortium.pk)  # fmt: skip

    assert hidden == 0
    assert audit_records(cast.secretary).get().pk == changed.pk


def test_the_public_knows_of_public_deeds_only(cast: Cast) -> None:
    user = User.objects.get(username="dean")
    for name in ("need.opened", "need.posted", "match.proposed", "staff.added"):
        emit(actor=cast.dean, name=name, instance=user, now=NOW)

    assert [one.name for one in events(cast.nobody)] == ["need.opened"]
    assert [one.name for one in events(cast.student)] == ["need.opened"]
    assert len(events(cast.teacher)) == 4
    assert len(events(cast.personnel_officer, RecordFilters(name="match.proposed"))) == 0


@pytest.mark.parametrize("name", ["index", "record", "events", "people", "jobs"])
def test_an_officer_is_refused_and_nobody_is_asked_to_log_in(client: Client, cast: Cast, name: str) -> None:
    address = reverse(f"administration:{name}")

    unknown = client.get(address)
    officer = logged_in(client, "dean").get(address)

    assert unknown.headers["Location"].startswith("/accounts/login/?next=")
    assert officer.status_code == 403


def test_a_new_account_shows_its_first_password_once(client: Client, cast: Cast) -> None:
    logged_in(client, "secretary")

    page = client.post(
        reverse("administration:register_person"), {"full_name": "林越", "username": "lin.yue", "email": ""}
    ).content.decode()

    password = re.search(r'<code id="password">([\w-]+)</code>', page)
    assert password is not None
    assert User.objects.get(username="lin.yue").check_password(password[1])


def test_a_log_in_name_that_is_taken_is_told_at_its_field(client: Client, cast: Cast) -> None:
    logged_in(client, "secretary")

    page = client.post(
        reverse("administration:register_person"), {"full_name": "方", "username": "dean", "email": ""}
    ).content.decode()

    assert 'href="#id_username">Log-in name: Somebody has this log-in name already</a>' in page


def test_a_secretariat_cannot_take_over_an_administrator(client: Client, cast: Cast) -> None:
    administrator = cast.administrator.user_id

    answer = logged_in(client, "secretary").post(reverse("administration:reset_password", args=[administrator]))

    assert answer.status_code == 403
    assert User.objects.get(pk=administrator).check_password(PASSWORD)


def test_a_job_under_way_is_asked_to_stop_and_a_failed_one_waits_again(client: Client, cast: Cast) -> None:
    running = Job.objects.create(task="exchange.expire", state="running", run_at=NOW, created_at=NOW)
    failed = Job.objects.create(task="exchange.expire", state="failed", run_at=NOW, created_at=NOW, attempts=3)
    logged_in(client, "administrator")

    client.post(reverse("administration:cancel_job", args=[running.pk]))
    client.post(reverse("administration:retry_job", args=[failed.pk]))

    running.refresh_from_db()
    failed.refresh_from_db()
    assert running.cancel_asked
    assert (failed.state, failed.attempts) == ("queued", 0)


def test_the_table_of_jobs_renews_itself_only_while_one_is_under_way(client: Client, cast: Cast) -> None:
    logged_in(client, "administrator")
    idle = client.get(reverse("administration:jobs")).content.decode()
    Job.objects.create(
        task="exchange.expire", state="running", run_at=NOW, created_at=NOW, total_count=10, done_count=4
    )

    busy = client.get(reverse("administration:jobs")).content.decode()

    assert "every 3s" not in idle
    assert "every 3s" in busy
    assert 'max="10" value="4"' in busy


def test_the_list_of_people_costs_the_same_for_two_as_for_forty(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    logged_in(client, "administrator")
    for number in range(40):
        User.objects.create(username=f"person{number}", full_name=f"人{number}")

    with django_assert_num_queries(9):
        client.get(reverse("administration:people"))


def test_every_action_event_and_task_that_the_code_names_has_words() -> None:
    named = {
        keyword: {match for file in APPS.rglob("*.py") for match in re.findall(pattern, file.read_text("utf-8"))}
        for keyword, pattern in [
            ("action", r"""\baction="(\w+)\""""),
            ("name", r"""\bname="([a-z_]+\.[a-z_]+)\""""),
            ("task", r"""@task\("([\w.]+)\""""),
        ]
    }

    assert len(named["action"]) > 100
    assert named["action"] - set(ACTION_WORDS) == set()
    assert named["name"] - set(EVENT_WORDS) == set()
    assert named["task"] - set(TASK_WORDS) == set()
