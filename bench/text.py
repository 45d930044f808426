"""Throughput of repair and extraction beside their peers, memory over many stories, and a cold command.

    python -m bench.text [--documents 100000]

Peers of repair: conversion alone (opencc), one regular expression that strips brackets of letters and then converts.
Peer of extraction: regular expressions for names of bodies and for a title with a name. Accuracy of all of them stands
beside the speed, since the peers do less.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import opencc
from rapidfuzz.distance import Levenshtein

from bench.machine import RESULTS, machine
from chanjiao.engines.text import Extraction, Organisation, Person, extract, repair
from chanjiao.engines.text.damage import damage
from chanjiao.engines.text.duplicates import same_stories
from chanjiao.engines.text.evaluation import score_stories, written_stories
from chanjiao.engines.text.evaluation.generate import generated_story

STYLES = ("clean", "annotated", "traditional", "taiwan", "shifted", "slips")
CONVERT = opencc.OpenCC("t2s").convert
BRACKETS = re.compile(r"[(（][a-z\u00e0-\u01ff ]+[)）]")
BODY = re.compile(r"[\u4e00-\u9fff]{2,16}(?:学院|大学|公司|集团|局|委员会|管委会|协会|联合体|共同体|政府)")
POST = re.compile(
    r"([\u4e00-\u9fff]{2,16}?(?:学院|大学|公司|集团|局|委员会|政府|协会))([\u4e00-\u9fff]{0,4}(?:书记|主任|局长|院长|校长|董事长|总经理|市长))"
    r"([\u4e00-\u9fff]{2,3})(?=，|、|。|出席|主持)"
)


def strip_and_convert(text: str) -> str:
    """One regular expression and the conversion."""
    return CONVERT(BRACKETS.sub("", text))


def repaired(text: str) -> str:
    """The engine's repair, its text alone."""
    return repair(text).text


def by_expressions(text: str) -> Extraction:
    """Bodies and people by one regular expression each."""
    bodies = tuple(Organisation(name, "other") for name in dict.fromkeys(BODY.findall(text)))
    return Extraction(text, organisations=bodies, people=tuple(Person(n, o, t) for o, t, n in POST.findall(text)))


def rates(run: Callable[[], object], amount: float, repeat: int = 5) -> list[float]:
    """Amount per second of processor time, run by run."""
    run()
    found = []
    for _ in range(repeat):
        begun = time.process_time()
        run()
        found.append(amount / (time.process_time() - begun))
    return found


def spread(found: list[float]) -> str:
    """Median (least–greatest)."""
    return f"{statistics.median(found):.1f} ({min(found):.1f}–{max(found):.1f})"


def repair_table(texts: list[str]) -> list[str]:
    """Megabytes a second and character errors of repair and its peers, for each damage."""
    lines = [
        "| page | chanjiao MB/s | errors | one regex + opencc MB/s | errors | opencc MB/s | errors |",
        "|---|---|---|---|---|---|---|",
    ]
    medians: dict[object, list[float]] = {}
    for style in STYLES:
        pages = texts if style == "clean" else [damage(t, seed=n, style=style) for n, t in enumerate(texts)]
        page = "\n".join(pages)
        size = len(page.encode()) / 1e6
        cells = []
        for run in (repaired, strip_and_convert, CONVERT):
            wrong = sum(Levenshtein.distance(sound, run(found)) for sound, found in zip(texts, pages, strict=True))
            rate = rates(lambda run=run, page=page: run(page), size)
            medians.setdefault(run, []).append(statistics.median(rate))
            cells += [spread(rate), f"{wrong / sum(map(len, texts)):.5f}"]
        lines.append(f"| {style} | " + " | ".join(cells) + " |")
    mixed = [f"{statistics.harmonic_mean(found):.1f} | " for found in medians.values()]
    return [*lines, "| all, in equal parts | " + "| ".join(mixed) + "|"]


def growth(text: str) -> list[str]:
    """Time of repair over texts ten times as long."""
    lines = ["| megabytes | damaged s | clean s |", "|---|---|---|"]
    shown = damage(text, style="annotated")
    for times in (30, 300, 3000):
        cells = []
        for one in (shown * times, text * times):
            begun = time.process_time()
            repair(one)
            cells.append(f"{time.process_time() - begun:.3f}")
        lines.append(f"| {len((shown * times).encode()) / 1e6:.1f} | " + " | ".join(cells) + " |")
    return lines


def extraction_table() -> list[str]:
    """Stories a second, F1 of names and people."""
    written = written_stories()
    texts = [generated_story(seed).text for seed in range(200)]
    lines = ["| | stories/s | organisations F1 | person + title + organisation F1 |", "|---|---|---|---|"]
    for name, run in (("chanjiao", extract), ("two regular expressions", by_expressions)):
        scores = score_stories(written, run)
        speed = spread(rates(lambda run=run: [run(text) for text in texts], len(texts)))
        bodies, posts = scores["organisations"].f1, scores["person + title + organisation"].f1
        lines.append(f"| {name} | {speed} | {bodies:.3f} | {posts:.3f} |")
    return lines


def memory(documents: int) -> str:
    """Peak memory after a tenth of the documents and after all: short ones, each with a number of its own."""
    heads = [generated_story(seed).text[:160] for seed in range(200)]
    peaks = []
    for number in range(documents):
        text = f"第{number}号　" + heads[number % len(heads)]
        extract(damage(text, seed=number) if number % 4 == 0 else text)
        if number + 1 in (documents // 10, documents):
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    return f"Peak after {documents // 10} documents {peaks[0]} MiB, after {documents} {peaks[1]} MiB."


def duplicates_table() -> list[str]:
    """Seconds to find the copies among ever more texts, a tenth of them copies under another header and damage."""
    lines = ["| texts | copies found | pairs reported | s |", "|---|---|---|---|"]
    for size in (200, 400, 800):
        stories = [generated_story(seed).text for seed in range(size * 9 // 10)]
        copies = [f"浏览次数：{n}\n" + damage(stories[n], seed=n) for n in range(size - len(stories))]
        begun = time.process_time()
        found = same_stories([*stories, *copies])
        spent = time.process_time() - begun
        right = sum(pair.second - pair.first == len(stories) for pair in found)
        lines.append(f"| {size} | {right} of {len(copies)} | {len(found)} | {spent:.2f} |")
    return lines


def cold() -> str:
    """Processor seconds and wall seconds of a first `chanjiao text extract`."""
    found, walls = [], []
    story = written_stories()[0].text.encode()
    # As installed: with the bytecode that the first start leaves behind.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for turn in range(6):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "chanjiao", "text", "extract", "-"],
            input=story, capture_output=True, check=True, env=env,
        )  # fmt: skip
        if turn == 0:
            continue
        walls.append(time.perf_counter() - begun)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return f"{statistics.median(found):.2f} s of processor time, {statistics.median(walls):.2f} s by the clock"


def main() -> None:
    """Print the report and keep it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--documents", type=int, default=100_000)
    chosen = options.parse_args()
    texts = [generated_story(seed).text for seed in range(400)]
    with open("/proc/loadavg", encoding="utf-8") as load:
        line = f"{machine('opencc', 'rapidfuzz')} · load {load.read().split()[0]}"
    report = [
        "# Text engine: throughput beside peers\n",
        f"`python -m bench.text --documents {chosen.documents}`\n",
        line,
        "\nOne core, processor time, median (least–greatest) of five; errors are character errors.\n",
        "## Repair\n",
        *repair_table(texts),
        "\n## Growth of repair\n",
        *growth(texts[0]),
        "\n## Extraction\n",
        *extraction_table(),
        "\n## One story on several hosts\n",
        *duplicates_table(),
        f"\n## Memory\n\n{memory(chosen.documents)}",
        f"\n## First answer of a cold command\n\n`chanjiao text extract -`: {cold()}.",
    ]
    print("\n".join(report))
    (RESULTS / "text.md").write_text("\n".join(report) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
