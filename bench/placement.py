"""A city's round from wish lists to offers: `python -m bench.placement [students]`. SQLite in a fresh folder.

Each step is one action as pages and jobs call it; the engine's own share is said beside the run, because reading the
database, writing the published files, auditing them and storing reasons is the rest. CPU seconds and peak memory of
the process; no peer does these steps, so the engine's peers stand in bench/results/allocation.md.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from bench.machine import RESULTS, machine

Result = TypeVar("Result")
CHOICES, SEATS, CAPACITY = 10, 400, 24


def main() -> None:
    """Print the table and keep it in bench/results/placement.md."""
    students = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as home, _site(home):
        rows = _round(students)
    lines = ["| step | CPU seconds | queries | peak memory so far, MiB |", "|---|---|---|---|"]
    lines += [f"| {name} | {seconds:.2f} | {queries} | {peak:.0f} |" for name, seconds, queries, peak in rows]
    head = ["# A round of placement", "", "`python -m bench.placement`", "", machine("django", "numpy"), ""]
    text = "\n".join([*head, f"{students:,} students × {CHOICES} wishes, {SEATS} seat groups.", "", *lines, ""])
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "placement.md").write_text(text, encoding="utf-8")
    print(text)


@contextmanager
def _site(home: str) -> Iterator[None]:
    os.environ |= {"CHANJIAO_HOME": home, "DJANGO_SETTINGS_MODULE": "chanjiao.config.settings"}
    os.environ.pop("CHANJIAO_DATABASE_URL", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    yield


def _round(students: int) -> list[tuple[str, float, int, float]]:
    """(step, CPU seconds, queries, peak MiB) of each step."""
    from datetime import date, timedelta
    from decimal import Decimal

    import numpy as np
    from tests.apps.placement.samples import city
    from tests.cast import NOW, make_cast

    from chanjiao.apps.placement.actions.close_stage import close_rankings, close_wishes
    from chanjiao.apps.placement.actions.enter_wish_lists import enter_wish_lists
    from chanjiao.apps.placement.actions.publish_results import publish_results
    from chanjiao.apps.placement.actions.register_student import StudentRecord, register_students
    from chanjiao.apps.placement.actions.run_allocation import run_allocation
    from chanjiao.apps.placement.models import RunKind
    from chanjiao.apps.placement.selectors import standing
    from chanjiao.core.permissions import SYSTEM

    cast = make_cast()
    cast.enterprise.staff_count = 1_000_000  # one firm offers all seats here, and the rule of shares is not measured
    cast.enterprise.save()
    made = city(cast)
    seats = [made.adds_seat(capacity=CAPACITY * students // 10_000 or 1, post_staff=1000).pk for _ in range(SEATS)]
    made.opens()
    draw = np.random.default_rng(7)
    records = [
        StudentRecord(
            number=f"{n:07d}", name=f"学生{n}", level="associate", programme_code="460103",
            birth_date=date(2006, 5, 4), mark=Decimal(int(draw.integers(5000, 10_000))) / 100,
        )
        for n in range(students)
    ]  # fmt: skip
    lists = {one.number: [seats[at] for at in draw.choice(SEATS, CHOICES, replace=False)] for one in records}
    college = cast.college.pk
    rows = [
        _timed("students registered", lambda: register_students(
            actor=SYSTEM, college_id=college, records=records, now=NOW)),
        _timed("wish lists entered", lambda: enter_wish_lists(
            actor=SYSTEM, round_id=made.round.pk, lists=lists, college_id=college, now=NOW)),
    ]  # fmt: skip
    for close, until in ((close_wishes, "wishes_until"), (close_rankings, "rankings_until")):
        made.round.refresh_from_db()
        close(actor=SYSTEM, pk=made.round.pk, version=made.round.version, now=getattr(made.round, until))
    at = made.round.rankings_until + timedelta(hours=1)
    final = {"actor": SYSTEM, "round_id": made.round.pk, "kind": RunKind.FINAL, "now": at}
    rows.append(_timed("final run: read, solve, audit, store", lambda: run_allocation(**final)))
    made.round.refresh_from_db()
    published = {"actor": SYSTEM, "pk": made.round.pk, "version": made.round.version, "now": at}
    rows.append(_timed("published, offers made", lambda: publish_results(**published)))
    rows.append(_timed("a place declined and passed on", lambda: _decline(made.round.pk, at)))
    run = made.round.runs.get()
    rows.append(_timed("figures of the yield page", lambda: standing.yield_of(SYSTEM, run)))
    return rows


def _decline(round_id: int, at: object) -> object:
    from chanjiao.apps.placement.actions.answer_offer import answer_offer
    from chanjiao.apps.placement.models import PlacementOffer
    from chanjiao.core.permissions import SYSTEM

    offer = PlacementOffer.objects.filter(round=round_id, rank=1).order_by("pk")[0]
    return answer_offer(actor=SYSTEM, pk=offer.pk, accept=False, now=at)  # type: ignore[arg-type]


def _timed(name: str, do: Callable[[], Result]) -> tuple[str, float, int, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        begun = time.process_time()
        do()
        taken = time.process_time() - begun
    return name, taken, len(queries), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
