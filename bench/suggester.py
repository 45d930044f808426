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
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Measured:
    """Median milliseconds of each query by the clock and by the processor, and the share of terms reached."""

    wall: list[float]
    cpu: list[float]
    reached: float

    def line(self, label: str, reached: bool = True) -> str:
        """A row of the table."""
        figures = [
            statistics.median(self.wall),
            percentile(self.wall, 0.99),
            max(self.wall),
            percentile(self.cpu, 0.99),
        ]
        share = f"{self.reached:.0%}" if reached else "–"
        return f"| {label} | " + " | ".join(f"{figure:.2f}" for figure in figures) + f" | {share} |"


def measured(find: Callable[[str], Found], asked: list[Query], repeat: int = 3) -> Measured:
    """Each query `repeat` times."""
    wall, cpu, reached = [], [], 0
    for text, term in asked:
        tries = []
        for _ in range(repeat):
            start, worked = time.perf_counter(), time.thread_time()
            found = find(text)
            tries.append(((time.perf_counter() - start) * 1000, (time.thread_time() - worked) * 1000))
        wall.append(statistics.median(one for one, _ in tries))
        cpu.append(statistics.median(one for _, one in tries))
        reached += (term.system, term.code) in found
    return Measured(wall, cpu, reached / len(asked))


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
        f"{machine('django', 'rapidfuzz', 'numpy')} · SQLite {sqlite3.sqlite_version} · load {os.getloadavg()[0]:.1f}",
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
    head = ["| query | p50 | p99 | max | p99 of processor time | reached |", "|---|---|---|---|---|---|"]
    for name, find in peers.items():
        said += [f"## {name}", "", *head]
        said += [measured(find, some).line(kind, reached=kind != "nothing") for kind, some in asked.items()]
        said += [measured(find, [one for some in asked.values() for one in some]).line("**all**", reached=False), ""]
    said += ["## The whole request (`/reference/suggest/`, in process)", "", *head]
    mixed = [one for some in asked.values() for one in some[:40]]
    with tempfile.TemporaryDirectory() as home:
        said += [measured(by_page(home), mixed).line("all kinds", reached=False), ""]
        django.db.connections.close_all()
    said += ["## Growth", "", "| terms | build s | p50 | p99 | p99 of processor time |", "|---|---|---|---|---|"]
    for factor in (1, 2, 4):
        many = grown(terms, factor)
        start = time.perf_counter()
        larger = Index(many, readings)
        built = time.perf_counter() - start
        took = measured(ours(larger), mixed)
        figures = [statistics.median(took.wall), percentile(took.wall, 0.99), percentile(took.cpu, 0.99)]
        said.append(f"| {len(many):,} | {built:.2f} | " + " | ".join(f"{figure:.2f}" for figure in figures) + " |")
    text = "\n".join(said) + "\n"
    sys.stdout.write(text)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "suggester.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=200)
    report(parser.parse_args().queries)
