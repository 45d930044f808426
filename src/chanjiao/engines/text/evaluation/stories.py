"""Stories with their truth, in the notation of the files in `sets/`.

A block begins with `#id split` and, for a page that is read damaged, the style of the damage; the text follows up to
`---`; then one fact a line: C consortium, O organisation, P person, E event, D document, R requirement, K credit,
their parts between bars.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from chanjiao.engines.text.damage import damage
from chanjiao.engines.text.facts import (
    Consortium,
    Credit,
    Document,
    Event,
    Extraction,
    Organisation,
    Person,
    Requirement,
)

SETS = (
    "first.txt",
    "second.txt",
    "third.txt",
    "fourth.txt",
    "fifth.txt",
    "sixth.txt",
    "seventh.txt",
    "eighth.txt",
    "ninth.txt",
    "tenth.txt",
    "eleventh.txt",
)


@dataclass(frozen=True, slots=True)
class Story:
    """A text with the facts that a reader finds in it; `style` is the damage its page has suffered."""

    id: str
    split: str
    text: str
    truth: Extraction
    style: str = ""

    @property
    def page(self) -> str:
        """The text as the crawler brought it."""
        return damage(self.text, seed=len(self.text), style=self.style) if self.style else self.text


@cache
def written_stories() -> tuple[Story, ...]:
    """The stories written by hand: odd numbers for tuning, even ones held back."""
    folder = files("chanjiao.engines.text.evaluation").joinpath("sets")
    raw = "\n".join(folder.joinpath(name).read_text("utf-8") for name in SETS)
    return tuple(_story(block) for block in re.split(r"(?m)^#(?=\d)", raw) if block.strip())


def _story(block: str) -> Story:
    head, _, rest = block.partition("\n")
    text, _, facts = rest.partition("\n---\n")
    id_, split, *style = head.split()
    return Story(id_, split, text, _truth(text, facts), "".join(style))


def _truth(text: str, facts: str) -> Extraction:
    lines = [(line[0], _parts(line[2:])) for line in facts.splitlines() if line[1:2] == ":"]
    rows: dict[str, list[list[str]]] = {kind: [parts for k, parts in lines if k == kind] for kind in "COPEDRK"}
    event = rows["E"][0] if rows["E"] else ["", "", "", "0"]
    return Extraction(
        text=text,
        consortia=tuple(Consortium(name, kind, park, document) for name, kind, park, document in rows["C"]),
        organisations=tuple(
            Organisation(row[0], row[1], tuple(_list(row[2])), tuple(_list(row[3] if len(row) > 3 else "")))
            for row in rows["O"]
        ),
        people=tuple(Person(name, org, title, tuple(_list(actions))) for name, org, title, actions in rows["P"]),
        event=Event(event[0], event[1], event[2], int(event[3])),
        documents=tuple(Document(row[0], row[1], row[2] if len(row) > 2 else "") for row in rows["D"]),
        requirements=tuple(
            Requirement(by, kind, tuple(item.strip() for item in items.split("##"))) for by, kind, items in rows["R"]
        ),
        credits=tuple(
            Credit(role, tuple(names.split("、"))) for role, _, names in (row[0].partition("=") for row in rows["K"])
        ),
    )


def _parts(line: str) -> list[str]:
    return [part.strip() for part in line.split("|")]


def _list(words: str) -> list[str]:
    return [word.strip() for word in words.split(";") if word.strip()]
