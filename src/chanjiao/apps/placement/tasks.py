"""What placement does in the background."""

from __future__ import annotations

from datetime import timedelta

from chanjiao.apps.placement.actions.answer_offer import expire_offers
from chanjiao.apps.placement.actions.publish_results import TELL
from chanjiao.apps.placement.actions.run_allocation import STEPS, run_allocation
from chanjiao.apps.placement.actions.send_reminders import send_reminders, tell_results
from chanjiao.apps.placement.models import RunKind
from chanjiao.core import clock
from chanjiao.core.jobs import Progress, task
from chanjiao.core.permissions import SYSTEM


@task("placement.run")
def run(progress: Progress, round_id: int, kind: str, note: str = "", ran_by: str = "") -> str:
    """The round is run, verified and stored; what is returned says how many have a place."""
    progress.total(STEPS)
    made = run_allocation(
        actor=SYSTEM,
        round_id=round_id,
        kind=RunKind(kind),
        now=clock.now(),
        note=note,
        ran_by=ran_by,
        step=progress.advance,
    )
    return f"{made.placed_count}/{made.students_count}"


@task(TELL)
def tell(progress: Progress, round_id: int) -> str:
    """Students are told that the result is out."""
    return str(tell_results(actor=SYSTEM, round_id=round_id, now=clock.now()))


@task("placement.remind", every=timedelta(hours=1))
def remind(progress: Progress) -> str:
    """People are reminded of deadlines that are near."""
    return str(send_reminders(actor=SYSTEM, now=clock.now()))


@task("placement.expire", every=timedelta(minutes=10))
def expire(progress: Progress) -> str:
    """Offers whose deadline has passed go to the next in line."""
    return str(expire_offers(actor=SYSTEM, now=clock.now()))
