"""Fifty people who answer in the same second: `python -m bench.replies`, on SQLite and on PostgreSQL.

Fifty matches, every other link in two hands; seventy-five threads with a connection each start at once. What must hold:
every match is answered once, every second hand is told so, nothing is lost. Measured: how long an answer takes, with
its audit record, its event and the notice to the other side.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from tests.postgresql import running_server, server_programs

from bench.machine import RESULTS, machine, percentile

PEOPLE = 50
HEAD = "| database | hands at once | answered | told “used” | other | lost | double | p50 ms | p99 ms | all s |"


def main() -> None:
    """Print the table and keep it in bench/results/replies.md."""
    rows = [_run("SQLite", None)]
    if server_programs() is not None:
        with running_server() as url:
            rows.append(_run("PostgreSQL", url))
    lines = ["# Fifty people answering at once", "", "`python -m bench.replies`", "", machine("django", "psycopg"), ""]
    table = "\n".join([*lines, HEAD, "|---|" + "---|" * 9, *rows])
    print(table)
    (RESULTS / "replies.md").write_text(table + "\n", encoding="utf-8")


def _run(name: str, url: str | None) -> str:
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"CHANJIAO_HOME": home, "DJANGO_SETTINGS_MODULE": "chanjiao.config.settings"}
        environment.pop("CHANJIAO_DATABASE_URL", None)
        if url:
            environment["CHANJIAO_DATABASE_URL"] = url
        migrate = [sys.executable, "-m", "chanjiao", "manage", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, env=environment, check=True, stdout=subprocess.DEVNULL)
        inside = subprocess.run(
            [sys.executable, "-m", "bench.replies", "inside"],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
    told = json.loads(inside.stdout.strip().splitlines()[-1])
    figures = [told[key] for key in ("answered", "used", "other", "lost", "double")]
    times = [f"{told['p50']:.0f}", f"{told['p99']:.0f}", f"{told['wall']:.1f}"]
    return f"| {' | '.join(map(str, [name, told['hands'], *figures, *times]))} |"


def inside() -> None:
    """In a process of its own, on one database: prepare, answer at once, count what stands."""
    import django

    django.setup()
    from chanjiao.apps.matching.models import Match, Reply

    tokens = list(_prepared())
    answers: Counter[str] = Counter()
    taken: list[float] = []
    hands = [token for number, token in enumerate(tokens) for _hand in range(1 + number % 2)]
    begin = threading.Barrier(len(hands), timeout=60)
    threads = [threading.Thread(target=_answer, args=(token, begin, answers, taken)) for token in hands]
    for one in threads:
        one.start()
    begun = time.perf_counter()
    for one in threads:
        one.join()
    wall = time.perf_counter() - begun
    closed = Reply.objects.filter(side="offer", outcome="accepted").count()
    standing = Match.objects.filter(state="accepted_by_one", offer_accepted_at__isnull=False).count()
    print(
        json.dumps(
            {
                "hands": len(hands),
                "answered": answers["accepted"],
                "used": answers["link.used"],
                "other": sum(answers.values()) - answers["accepted"] - answers["link.used"],
                "lost": PEOPLE - min(standing, closed),
                "double": answers["accepted"] - standing,
                "p50": 1000 * percentile(taken, 0.5),
                "p99": 1000 * percentile(taken, 0.99),
                "wall": wall,
            }
        )
    )


def _answer(token: str, begin: threading.Barrier, answers: Counter[str], taken: list[float]) -> None:
    from django.db import connection

    from chanjiao.apps.notices.actions.answer_by_link import answer_by_link
    from chanjiao.apps.notices.purposes import Given
    from chanjiao.core import clock
    from chanjiao.core.errors import ChanjiaoError

    connection.ensure_connection()
    begin.wait()
    begun = time.perf_counter()
    try:
        answer_by_link(token=token, given=Given("accept"), now=clock.now())
        answers["accepted"] += 1
    except ChanjiaoError as error:
        answers[error.code] += 1
    except Exception as error:  # a fault of the database counts, and must not be there
        answers[type(error).__name__] += 1
    taken.append(time.perf_counter() - begun)
    connection.close()


def _prepared() -> Iterator[str]:
    """The links of fifty colleges, each asked about a match of its own."""
    from chanjiao.apps.exchange.actions.post_listing import post_listing
    from chanjiao.apps.exchange.kinds import Kind, Side
    from chanjiao.apps.exchange.rules import Content
    from chanjiao.apps.matching.actions.ask_for_replies import ask_for_replies
    from chanjiao.apps.matching.models import Match, MatchRun
    from chanjiao.apps.members.models import Consortium, Membership, Organisation
    from chanjiao.apps.notices.actions.make_link import make_link
    from chanjiao.apps.notices.links import token_of
    from chanjiao.apps.notices.models import Contact
    from chanjiao.core import clock
    from chanjiao.core.permissions import SYSTEM

    now = clock.now()

    def body(name: str, kind: str) -> Organisation:
        return Organisation.objects.create(name=name, name_key=name, type=kind, created_at=now)

    consortium = Consortium.objects.create(organisation=body("联合体", "consortium"), kind="municipal")
    run = MatchRun.objects.create(
        engine="bench", engine_version="1", problem_hash="0" * 64, needs_count=1, offers_count=1, pairs_count=1,
        seconds=0, ran_at=now,
    )  # fmt: skip
    firm = body("恒锐机械", "enterprise")
    colleges = [body(f"第{number}职业学院", "school_vocational") for number in range(PEOPLE)]
    for one in (firm, *colleges):
        Membership.objects.create(
            consortium=consortium, organisation=one, role="member", state="active", applied_at=now
        )

    def post(side: Side, owner: Organisation, fields: tuple[tuple[str, str], ...]) -> object:
        content = Content(title="焊工班", summary="取证", quantity=1, fields=fields)
        return post_listing(
            actor=SYSTEM, side=side, kind=Kind.TRAINING, organisation_id=owner.pk, consortium_id=consortium.pk,
            content=content, now=now, submit=True,
        )  # fmt: skip

    matches = [
        Match.objects.create(
            run=run, need=post(Side.NEED, firm, (("trainees", "焊工"),)), offer=post(Side.OFFER, college, ()),
            rank=1, score=0.5, reasons=[], proposed_at=now,
        )
        for college in colleges
    ]  # fmt: skip
    ask_for_replies(actor=SYSTEM, now=now)
    for college, found in zip(colleges, matches, strict=True):
        contact = Contact.objects.create(
            organisation=college, place=1, name="联系人", email=f"c{college.pk}@example.org"
        )
        link = make_link(
            purpose="matching.answer", object_id=found.pk, organisation_id=college.pk, contact_id=contact.pk,
            expires_at=now + timedelta(days=7), now=now,
        )  # fmt: skip
        yield token_of(link)


if __name__ == "__main__":
    inside() if sys.argv[1:] == ["inside"] else main()
