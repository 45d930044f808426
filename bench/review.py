"""Seconds a story costs a clerk: reviewing what was read beside typing the same facts into forms.

    python -m bench.review [--split ninth]

No clerk was timed. The seconds are those of the keystroke-level model (Card, Moran and Newell 1980) over counted
keystrokes, choices and facts, with reading at 450 characters a minute and Chinese typed at 2.5 keystrokes a character.
"""

from __future__ import annotations

import argparse
import os
import statistics
import time
from dataclasses import dataclass

import django

from bench.machine import RESULTS, machine
from chanjiao.engines.text import extract
from chanjiao.engines.text.evaluation import FIELDS, score_stories, written_stories
from chanjiao.engines.text.evaluation.stories import Story

KEY, MIND, POINT = 0.28, 1.35, 1.1  # seconds of the model: a key, a decision, pointing (hands go over within it)
READ = 60 / 450  # a character read
TYPED = 2.5 * KEY  # a Chinese character typed by its sound
CHOSEN = 2 * KEY  # a value of a list


@dataclass(frozen=True, slots=True)
class Cost:
    """What one story costs: facts, those to put right, keys and seconds of each way."""

    facts: int
    wrong: int
    review_keys: float
    review_seconds: float
    typing_keys: float
    typing_seconds: float


def cost_of(story: Story) -> Cost:
    """Count a story: the facts of its draft, and by its truth what is wrong or missing in them."""
    from chanjiao.apps.members.drafting import fact_sheet

    begun = time.perf_counter()
    sheet = fact_sheet(extract(story.text))
    machine_seconds = time.perf_counter() - begun
    scores = score_stories([story], extract)
    wrong = sum(max(scores[field].wanted, scores[field].found) - scores[field].right for field in FIELDS)
    typed = chosen = 0
    for fact in sheet.facts:
        for value in fact.values.values():
            for one in (value,) if isinstance(value, str) else value:
                typed, chosen = typed + len(one) * (not one.isascii()), chosen + one.isascii()
    count = len(sheet.facts)
    reading = READ * len(story.text)
    mean = typed / count
    # Into the field, paste, read; each fact to put right is found, opened, typed, saved; all accepted.
    opening = MIND + 2 * (POINT + KEY) + 2 * KEY + MIND + 2 * KEY
    mending = wrong * (2 * MIND + 4 * KEY + mean * TYPED)
    review = machine_seconds + opening + reading + READ * typed + mending
    by_hand = reading + count * (MIND + POINT + 3 * KEY) + typed * TYPED + chosen * (CHOSEN + KEY)
    return Cost(
        count, wrong, 6 + wrong * (4 + mean * 2.5), review, count * 4 + typed * 2.5 + chosen * 3, by_hand
    )  # fmt: skip


def main() -> None:
    """Print the report and keep it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--split", default="ninth")
    chosen = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chanjiao.config.settings")
    django.setup()
    stories = [story for story in written_stories() if story.split == chosen.split]
    lines = [
        "# A story reviewed and a story typed\n",
        f"`python -m bench.review --split {chosen.split}`\n",
        machine(),
        "\nModelled, not timed: see the head of `bench/review.py`.\n",
        "| story | characters | facts | to put right | keys reviewed | keys typed | s reviewed | s typed |",
        "|---|---|---|---|---|---|---|---|",
    ]
    costs = [cost_of(story) for story in stories]
    for story, one in zip(stories, costs, strict=True):
        lines.append(
            f"| {story.id} | {len(story.text)} | {one.facts} | {one.wrong} | {one.review_keys:.0f} | "
            f"{one.typing_keys:.0f} | {one.review_seconds:.0f} | {one.typing_seconds:.0f} |"
        )
    reviewed = statistics.median(one.review_seconds for one in costs)
    typed = statistics.median(one.typing_seconds for one in costs)
    lines.append(f"\nMedian: {reviewed:.0f} s reviewed, {typed:.0f} s typed.")
    print("\n".join(lines))
    (RESULTS / "review.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
