"""Work in the background: a queue in the site's own database, with leases.

A task is a function registered under a name. Enqueuing is an insert in the caller's transaction, so a job exists
exactly when the change that asked for it does. A worker claims the oldest due job for `LEASE` and renews the lease
while it works; when it is killed, the lease runs out and another worker claims the job again. A task must therefore
bear being run twice; each claim counts as an attempt, and the last write of a worker that lost its lease is refused.
Decision 0005 says why no existing queue was taken.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import Q

from chanjiao.core import clock
from chanjiao.core.errors import ChanjiaoError, words_of
from chanjiao.core.models import Job, JobState
from chanjiao.core.permissions import SYSTEM, Actor, require

LEASE = timedelta(seconds=30)
FIRST_RETRY = timedelta(seconds=10)
"""The pause after the first failure; it doubles with each further one."""

log = logging.getLogger(__name__)


class Cancelled(Exception):
    """Raised inside a task at its next report of progress, once somebody has cancelled the job."""


@dataclass(frozen=True, slots=True)
class Task:
    """A registered task: what to run, how often to try, and its interval where it repeats by itself."""

    name: str
    run: Callable[..., str | None]
    attempts: int
    every: timedelta | None


TASKS: dict[str, Task] = {}


def task(name: str, *, attempts: int = 3, every: timedelta | None = None) -> Callable[..., Any]:
    """Register `run(progress, **arguments)` under `name`; what it returns is shown as the job's outcome."""

    def register(run: Callable[..., str | None]) -> Callable[..., str | None]:
        TASKS[name] = Task(name, run, attempts, every)
        return run

    return register


def enqueue(
    name: str, /, *, actor: Actor, now: datetime, key: str = "", run_at: datetime | None = None, **arguments: object
) -> Job:
    """The job that will run task `name`; with `key`, the one already waiting or running under that key if any."""
    if name not in TASKS:
        raise KeyError(name)
    waiting = Job.objects.filter(key=key, state__in=[JobState.QUEUED, JobState.RUNNING])
    found = waiting.first() if key else None
    if found is not None:
        return found
    job = Job(
        task=name,
        arguments=arguments,
        key=key,
        run_at=run_at or now,
        created_at=now,
        actor_id=actor.user_id,
        actor_name=actor.name,
    )
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:  # somebody enqueued the same key in between
        return waiting.get()
    return job


def cancel_job(*, actor: Actor, job_id: int, now: datetime) -> Job:
    """A waiting job is cancelled; a running one stops at its next report of progress."""
    with transaction.atomic():
        job = _job_of(actor, job_id)
        if job.state == JobState.QUEUED:
            job.state, job.finished_at = JobState.CANCELLED, now
        elif job.state == JobState.RUNNING:
            job.cancel_asked = True
        else:
            raise ChanjiaoError("state.refused", state=job.get_state_display())
        job.save(update_fields=["state", "finished_at", "cancel_asked"])
    return job


def ask_to_finish(key: str) -> Job | None:
    """The job waiting or running under `key`, now to end soon with what it has; None where none is left to ask.

    Called by actions, in their transaction, which know who may ask. A task that can reads `Progress.finish_asked`.
    """
    waiting = Job.objects.filter(key=key, state__in=[JobState.QUEUED, JobState.RUNNING], finish_asked=False)
    job = waiting.select_for_update().first()
    if job is not None:
        job.finish_asked = True
        job.save(update_fields=["finish_asked"])
    return job


def retry_job(*, actor: Actor, job_id: int, now: datetime) -> Job:
    """A failed or cancelled job waits again, with all its attempts."""
    with transaction.atomic():
        job = _job_of(actor, job_id)
        if job.state not in (JobState.FAILED, JobState.CANCELLED):
            raise ChanjiaoError("state.refused", state=job.get_state_display())
        job.state, job.attempts, job.run_at, job.cancel_asked = JobState.QUEUED, 0, now, False
        job.finished_at, job.outcome, job.finish_asked = None, "", False
        job.save()
    return job


def _job_of(actor: Actor, job_id: int) -> Job:
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None or not (actor.sees_all or (actor.user_id is not None and actor.user_id == job.actor_id)):
        raise ChanjiaoError("record.not_found")
    require(actor.is_known)
    return job


class Progress:
    """How far a running task is: it reports here, and learns here that it was cancelled or lost its lease.

    `finish_asked` tells since the last report whether somebody wants what there is by now.
    """

    def __init__(self, job: Job) -> None:
        self._job = job
        self.finish_asked = False
        self._reported = clock.now()

    def total(self, count: int) -> None:
        """The number of steps that the task will take."""
        self._job.total_count = count
        self._report()

    def advance(self, count: int = 1) -> None:
        """`count` further steps are done. Stored at most twice a second."""
        self._job.done_count += count
        if clock.now() - self._reported > timedelta(milliseconds=500):
            self._report()

    def _report(self) -> None:
        self._reported = clock.now()
        if not _held(self._job).update(
            done_count=self._job.done_count, total_count=self._job.total_count, lease_until=self._reported + LEASE
        ):
            raise Cancelled
        asked = Job.objects.filter(pk=self._job.pk).values_list("cancel_asked", "finish_asked")
        is_cancelled, self.finish_asked = asked.get()
        if is_cancelled:
            raise Cancelled


def claim(now: datetime) -> Job | None:
    """The oldest job that is due or whose worker fell silent, claimed for `LEASE`; None when nothing is due."""
    due = Q(state=JobState.QUEUED, run_at__lte=now) | Q(state=JobState.RUNNING, lease_until__lt=now)
    with transaction.atomic():
        waiting = Job.objects.filter(due).order_by("run_at", "pk")
        job = waiting.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked).first()
        if job is None:
            return None
        job.state, job.started_at, job.lease_until = JobState.RUNNING, now, now + LEASE
        job.attempts += 1
        job.save()
    return job


def run_next(now: datetime | None = None) -> bool:
    """One due job was claimed and brought to its end, or to its next attempt; False when none was due."""
    job = claim(now or clock.now())
    if job is None:
        return False
    known = TASKS.get(job.task)
    if known is None or job.attempts > known.attempts:
        _finish(job, JobState.FAILED, job.outcome or "worker lost")
        return True
    try:
        with _lease_renewed(job):
            outcome = known.run(Progress(job), **job.arguments) or ""
        _finish(job, JobState.DONE, outcome)
    except Cancelled:
        _finish(job, JobState.CANCELLED, "")
    except ChanjiaoError as error:
        _finish(job, JobState.FAILED, words_of(error, "zh-hans"))
    except Exception as error:
        log.exception("job %s (%s) failed", job.pk, job.task)
        _fail(job, known, f"{type(error).__name__}: {error}")
    return True


def schedule_repeating(now: datetime) -> None:
    """Every task that repeats has its next run waiting."""
    for known in TASKS.values():
        if known.every is None:
            continue
        last = Job.objects.filter(task=known.name, key=known.name).order_by("-created_at").first()
        due = now if last is None else max(now, last.run_at + known.every)
        enqueue(known.name, actor=SYSTEM, now=now, key=known.name, run_at=due)


def _fail(job: Job, known: Task, reason: str) -> None:
    if job.attempts >= known.attempts:
        _finish(job, JobState.FAILED, reason)
        return
    pause = FIRST_RETRY * 2 ** (job.attempts - 1)
    _held(job).update(state=JobState.QUEUED, outcome=reason[:500], run_at=clock.now() + pause, lease_until=None)


def _finish(job: Job, state: JobState, outcome: str) -> None:
    _held(job).update(
        state=state, outcome=outcome[:500], done_count=job.done_count, finished_at=clock.now(), lease_until=None
    )


def _held(job: Job) -> Any:
    """The job as this worker claimed it; empty once another claim has been made."""
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)


@contextmanager
def _lease_renewed(job: Job) -> Iterator[None]:
    """Renews the lease from a thread of its own, for tasks that are long silent; a lease outlasts two failed tries."""
    ended = threading.Event()

    def renew() -> None:
        while not ended.wait(LEASE.total_seconds() / 3):
            try:
                _held(job).update(lease_until=clock.now() + LEASE)
            except OperationalError as error:
                log.warning("the lease of job %s was not renewed this time: %s", job.pk, error)
                connection.close()
        connection.close()

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
