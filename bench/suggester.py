"""Latency and reach of the code suggester beside rapidfuzz over all names and SQLite LIKE.

    python -m bench.suggester [--queries 200]

Every query is made from a term drawn at random (seed 7), so that whether the term comes back among ten can be counted.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

import django
from rapidfuzz import fuzz, process

from bench.machine import RESULTS, machine, percentile
from chanjiao.apps.reference import embedded
from chanjiao.apps.reference.rules import HEADING, SYSTEMS, spellings
from chanjiao.data import tables
from chanjiao.engines.lookup import Entry, Index, Readings
from chanjiao.engines.lookup.normal import normal_name

Found = list[tuple[str, str]]
Query = tuple[str, Entry]


def entries() -> list[Entry]:
    """Every term of the embedded tables."""
    return [
        Entry(
            system,
            row.code,
            row.name,
            row.aliases or (),
            row.former + row.inferred_former,
            spellings(system, row.code),
            in_force=row.in_force,
        )
        for system in SYSTEMS
        for row in embedded.edition_of(system).rows
        if row.level != HEADING
    ]


def queries(terms: list[Entry], readings: Readings, count: int) -> dict[str, list[Query]]:
    """What people type, by kind; each with the term that is meant."""
    chance = random.Random(7)
    live = [term for term in terms if term.in_force and len(normal_name(term.name)) >= 4]
    titled = [term for term in live if term.aliases]

    def drawn(make: Callable[[Entry], str], pool: list[Entry] = live) -> list[Query]:
        return [(make(term), term) for term in chance.sample(pool, min(count, len(pool)))]

    def slip(term: Entry) -> str:
        name = normal_name(term.name)
        place = chance.randrange(1, len(name))
        return name[:place] + chance.choice(["", "某", name[place] * 2]) + name[place + 1 :]

    def spoken(term: Entry) -> tuple[str, ...]:
        return readings.syllables(normal_name(term.name))

    return {
        "code": drawn(lambda term: term.code),
        "code, first 4": drawn(lambda term: term.code[:4]),
        "name": drawn(lambda term: term.name),
        "name, first 2": drawn(lambda term: term.name[:2]),
        "name, part": drawn(lambda term: normal_name(term.name)[1:4]),
        "other name": drawn(lambda term: chance.choice(term.aliases), titled),
        "one slip": drawn(slip),
        "initials": drawn(lambda term: "".join(one[0] for one in spoken(term))),
        "initials, first 2": drawn(lambda term: "".join(one[0] for one in spoken(term))[:2]),
        "pinyin": drawn(lambda term: "".join(spoken(term))[:20]),
        "nothing": drawn(lambda term: "zxqv" + term.code[-1]),
    }


def measured(find: Callable[[str], Found], asked: list[Query], repeat: int = 3) -> tuple[list[float], float]:
    """(median time of each query in ms, share of queries whose term is among what came)."""
    times, reached = [], 0
    for text, term in asked:
        tries = []
        for _ in range(repeat):
            start = time.perf_counter()
            found = find(text)
            tries.append((time.perf_counter() - start) * 1000)
        times.append(statistics.median(tries))
        reached += (term.system, term.code) in found
    return times, reached / len(asked)


def line(label: str, times: list[float], reached: float | None) -> str:
    share = "–" if reached is None else f"{reached:.0%}"
    return f"| {label} | {statistics.median(times):.2f} | {percentile(times, 0.99):.2f} | {max(times):.2f} | {share} |"


def ours(index: Index) -> Callable[[str], Found]:
    return lambda text: [(hit.entry.system, hit.entry.code) for hit in index.find(text, limit=10)]


def by_rapidfuzz(terms: list[Entry]) -> Callable[[str], Found]:
    names = [term.name for term in terms]

    def find(text: str) -> Found:
        found = process.extract(text, names, scorer=fuzz.ratio, limit=10, score_cutoff=50)
        return [(terms[place].system, terms[place].code) for _, _, place in found]

    return find


def by_like(terms: list[Entry]) -> Callable[[str], Found]:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE term (system TEXT, code TEXT, name TEXT)")
    base.executemany("INSERT INTO term VALUES (?, ?, ?)", [(term.system, term.code, term.name) for term in terms])
    sql = "SELECT system, code FROM term WHERE code LIKE ? OR name LIKE ? ORDER BY length(name) LIMIT 10"
    return lambda text: base.execute(sql, (f"{text}%", f"%{text}%")).fetchall()


def by_page(home: str) -> Callable[[str], Found]:
    """The address that the pages ask, through Django's own client: middleware, one query, template and all."""
    os.environ.update(CHANJIAO_HOME=home, CHANJIAO_DEBUG="1", DJANGO_SETTINGS_MODULE="chanjiao.config.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from chanjiao.apps.reference.actions.load_reference import load_reference
    from chanjiao.core import clock
    from chanjiao.core.permissions import SYSTEM

    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    load_reference(actor=SYSTEM, now=clock.now())
    client = Client()

    def find(text: str) -> Found:
        client.get("/reference/suggest/", {"q": text})
        return []

    find("a")
    return find


def grown(terms: list[Entry], times: int) -> list[Entry]:
    """The terms, and copies under codes and names of their own."""
    copies = [
        Entry(term.system, f"{term.code}{number}", f"{term.name}{number}", term.aliases)
        for number in range(1, times)
        for term in terms
    ]
    return terms + copies


def report(count: int) -> None:
    """Print the figures as Markdown, and keep them in bench/results/suggester.md."""
    terms = entries()
    readings = Readings.of_table(tables.readings())
    start = time.perf_counter()
    index = Index(terms, readings)
    built = time.perf_counter() - start
    asked = queries(terms, readings, count)
    said = [
        "# Suggester: latency and reach",
        "",
        f"`python -m bench.suggester --queries {count}`",
        "",
        f"{machine('django', 'rapidfuzz', 'numpy')} · SQLite {sqlite3.sqlite_version}",
        "",
        f"{len(terms):,} terms of all seven tables in one search, ten results. Index built in {built:.2f} s. Each",
        "query three times, its median; milliseconds. *Reached*: the term meant is among the ten. Two characters or",
        "two initials name hundreds of terms: there ten results cannot reach them all.",
        "",
    ]
    peers: dict[str, Callable[[str], Found]] = {
        "chanjiao": ours(index),
        "rapidfuzz.process.extract over names": by_rapidfuzz(terms),
        "SQLite LIKE over code and name": by_like(terms),
    }
    head = ["| query | p50 | p99 | max | reached |", "|---|---|---|---|---|"]
    for name, find in peers.items():
        said += [f"## {name}", "", *head]
        everything: list[float] = []
        for kind, some in asked.items():
            times, reached = measured(find, some)
            everything += times
            said.append(line(kind, times, None if kind == "nothing" else reached))
        said += [line("**all**", everything, None), ""]
    said += ["## The whole request (`/reference/suggest/`, in process)", "", *head]
    with tempfile.TemporaryDirectory() as home:
        find = by_page(home)
        times = [one for some in asked.values() for one in measured(find, some[:60])[0]]
        said += [line("all kinds", times, None), ""]
        django.db.connections.close_all()
    said += ["## Growth", "", "| terms | build s | p50 | p99 |", "|---|---|---|---|"]
    mixed = [one for some in asked.values() for one in some[:40]]
    for factor in (1, 2, 4):
        many = grown(terms, factor)
        start = time.perf_counter()
        larger = Index(many, readings)
        built = time.perf_counter() - start
        times = measured(ours(larger), mixed)[0]
        said.append(f"| {len(many):,} | {built:.2f} | {statistics.median(times):.2f} | {percentile(times, 0.99):.2f} |")
    text = "\n".join(said) + "\n"
    sys.stdout.write(text)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "suggester.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=200)
    report(parser.parse_args().queries)
