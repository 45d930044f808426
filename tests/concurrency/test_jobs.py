"""Several workers on one queue, and a worker that is killed."""

from __future__ import annotations

from tests.concurrency.conftest import Site

TASK = """
from chanjiao.core import clock, jobs
from chanjiao.core.models import Job
from chanjiao.core.permissions import SYSTEM
@jobs.task("count")
def count(progress, *, name):
    return str(os.getpid())
"""
ENQUEUE = (
    TASK
    + """
for name in range(120):
    jobs.enqueue("count", actor=SYSTEM, now=clock.now(), name=name)
print(json.dumps(Job.objects.filter(task="count", state="queued").count()))
"""
)
WORK = (
    TASK
    + """
done = 0
while jobs.run_next():
    done += 1
print(json.dumps(done))
"""
)
UNGUARDED = (
    TASK
    + """
# The same claim without its transaction: read, then write.
taken = []
while (job := Job.objects.filter(task="count", state="queued").order_by("pk").first()):
    time.sleep(0.002)
    Job.objects.filter(pk=job.pk).update(state="running")
    taken.append(job.pk)
print(json.dumps(taken))
"""
)
RESULT = (
    TASK
    + """
jobs_done = Job.objects.filter(task="count", state="done", attempts=1).count()
print(json.dumps([jobs_done, Job.objects.filter(task="count").count()]))
"""
)


def test_four_workers_run_every_job_exactly_once(site: Site) -> None:
    site.run("from chanjiao.core.models import Job; Job.objects.all().delete(); print('{}')")
    assert site.run(ENQUEUE) == [120]

    done = site.run(WORK, processes=4)

    assert sum(done) == 120  # type: ignore[arg-type]
    assert site.run(RESULT) == [[120, 120]]


def test_without_the_claim_in_a_transaction_jobs_are_taken_twice(site: Site) -> None:
    site.run("from chanjiao.core.models import Job; Job.objects.all().delete(); print('{}')")
    site.run(ENQUEUE)

    taken = [pk for one in site.run(UNGUARDED, processes=4) for pk in one]  # type: ignore[attr-defined]

    assert len(taken) > len(set(taken)) == 120


def test_a_killed_workers_job_is_taken_over_and_done(site: Site) -> None:
    site.run("from chanjiao.core.models import Job; Job.objects.all().delete(); print('{}')")
    asked = TASK + "jobs.enqueue('count', actor=SYSTEM, now=clock.now(), name=0); print('{}')"
    site.run(asked)
    worker = site.start(TASK + "jobs.claim(clock.now()); print('claimed', flush=True); time.sleep(60)")
    assert worker.stdout is not None
    assert worker.stdin is not None
    assert worker.stdout.readline() == "ready\n"
    worker.stdin.write("\n")
    worker.stdin.flush()
    assert worker.stdout.readline() == "claimed\n"

    worker.kill()
    worker.wait()
    later = (
        TASK
        + """
from datetime import timedelta
end = Job.objects.get(task="count").lease_until
before, after = end - timedelta(seconds=1), end + timedelta(seconds=1)
print(json.dumps([jobs.run_next(before), jobs.run_next(after), Job.objects.get(task="count").attempts]))
"""
    )

    assert site.run(later) == [[False, True, 2]]
