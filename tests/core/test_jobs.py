"""Jobs: claimed once, finished, retried, cancelled, taken over, repeated."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError

from chanjiao.core import clock, jobs
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import Job, JobState
from chanjiao.core.permissions import SYSTEM, Actor

pytestmark = pytest.mark.django_db
SOMEBODY = Actor(user_id=7, name="方砚秋")


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch) -> dict[str, jobs.Task]:
    registry: dict[str, jobs.Task] = {}
    monkeypatch.setattr(jobs, "TASKS", registry)
    return registry


def asked(name: str, **options: object) -> Job:
    return jobs.enqueue(name, actor=SYSTEM, now=clock.now(), **options)  # type: ignore[arg-type]


def test_a_job_runs_with_its_arguments_and_keeps_its_outcome(tasks: dict[str, jobs.Task]) -> None:
    @jobs.task("add")
    def add(progress: jobs.Progress, *, left: int, right: int) -> str:
        return str(left + right)

    job = asked("add", left=2, right=3)

    assert jobs.run_next()
    job.refresh_from_db()
    assert (job.state, job.outcome, job.attempts) == ("done", "5", 1)


def test_a_job_is_claimed_by_one_worker_only(tasks: dict[str, jobs.Task]) -> None:
    jobs.task("idle")(lambda progress: None)
    asked("idle")

    first, second = jobs.claim(clock.now()), jobs.claim(clock.now())

    assert first is not None
    assert second is None


def test_a_job_whose_worker_fell_silent_is_claimed_again(tasks: dict[str, jobs.Task]) -> None:
    jobs.task("idle")(lambda progress: None)
    job = asked("idle")
    jobs.claim(clock.now())

    assert jobs.run_next(clock.now() + jobs.LEASE + timedelta(seconds=1))
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)


def test_a_worker_that_lost_its_lease_cannot_finish_the_job(tasks: dict[str, jobs.Task]) -> None:
    jobs.task("idle")(lambda progress: None)
    asked("idle")
    lost = jobs.claim(clock.now())
    assert lost is not None
    taken_over = jobs.claim(clock.now() + jobs.LEASE + timedelta(seconds=1))

    jobs._finish(lost, JobState.DONE, "late")

    assert taken_over is not None
    taken_over.refresh_from_db()
    assert (taken_over.state, taken_over.outcome) == ("running", "")


def test_a_failing_job_is_tried_again_later_and_then_fails(tasks: dict[str, jobs.Task]) -> None:
    @jobs.task("break", attempts=2)
    def fail(progress: jobs.Progress) -> str:
        raise ValueError("no")

    job = asked("break")

    jobs.run_next()
    job.refresh_from_db()
    assert (job.state, job.run_at > clock.now() + timedelta(seconds=5)) == ("queued", True)
    jobs.run_next(job.run_at)
    job.refresh_from_db()
    assert (job.state, job.outcome) == ("failed", "ValueError: no")


def test_a_refusal_is_not_tried_again_and_reads_in_words(tasks: dict[str, jobs.Task]) -> None:
    @jobs.task("refuse")
    def refuse(progress: jobs.Progress) -> str:
        raise ChanjiaoError("record.not_found")

    job = asked("refuse")

    jobs.run_next()

    job.refresh_from_db()
    assert (job.state, job.attempts, job.outcome) == ("failed", 1, "没有这条记录，或者您无权查看")


def test_a_running_job_stops_at_its_next_report_when_cancelled(tasks: dict[str, jobs.Task]) -> None:
    @jobs.task("long")
    def long(progress: jobs.Progress) -> str:
        jobs.cancel_job(actor=SYSTEM, job_id=job.pk, now=clock.now())
        progress.total(10)
        raise AssertionError("must not be reached")

    job = asked("long")

    jobs.run_next()

    job.refresh_from_db()
    assert job.state == "cancelled"


def test_a_key_keeps_a_job_from_waiting_twice(tasks: dict[str, jobs.Task]) -> None:
    jobs.task("match")(lambda progress: None)

    first, second = asked("match", key="match"), asked("match", key="match")

    assert first == second


def test_a_repeating_task_waits_for_its_next_time(tasks: dict[str, jobs.Task]) -> None:
    jobs.task("expire", every=timedelta(hours=1))(lambda progress: None)

    jobs.schedule_repeating(clock.now())
    jobs.run_next()
    jobs.schedule_repeating(clock.now())

    waiting = Job.objects.get(state="queued")
    assert waiting.run_at > clock.now() + timedelta(minutes=59)


def test_a_stranger_cannot_cancel_a_job_of_somebody_else(tasks: dict[str, jobs.Task]) -> None:
    jobs.task("idle")(lambda progress: None)
    job = asked("idle")

    with pytest.raises(ChanjiaoError) as refused:
        jobs.cancel_job(actor=SOMEBODY, job_id=job.pk, now=clock.now())

    assert refused.value.code == "record.not_found"
    job.refresh_from_db()
    assert job.state == "queued"


def test_a_failed_job_can_be_put_back(tasks: dict[str, jobs.Task]) -> None:
    jobs.task("idle")(lambda progress: None)
    job = asked("idle")
    Job.objects.filter(pk=job.pk).update(state="failed", attempts=3)

    jobs.retry_job(actor=SYSTEM, job_id=job.pk, now=clock.now())
    jobs.run_next()

    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 1)


def test_a_job_learns_at_its_next_report_that_it_is_to_end_early_and_is_done(tasks: dict[str, jobs.Task]) -> None:
    @jobs.task("long")
    def long(progress: jobs.Progress) -> str:
        before = progress.finish_asked
        jobs.ask_to_finish("long")
        progress.total(9)
        return f"{before} {progress.finish_asked}"

    job = asked("long", key="long")

    jobs.run_next()

    job.refresh_from_db()
    assert (job.state, job.outcome) == ("done", "False True")
    assert jobs.ask_to_finish("long") is None


def test_a_lease_that_a_busy_database_did_not_renew_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []
    renewed = threading.Event()

    class BusyOnce:
        def update(self, **_fields: object) -> None:
            tries.append(1)
            if len(tries) == 1:
                raise OperationalError("database is locked")
            renewed.set()

    monkeypatch.setattr(jobs, "LEASE", timedelta(milliseconds=3))
    monkeypatch.setattr(jobs, "_held", lambda job: BusyOnce())

    with jobs._lease_renewed(Job(pk=1)):
        came = renewed.wait(20)

    assert came
