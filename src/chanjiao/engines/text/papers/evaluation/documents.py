"""Papers with the facts that a reader finds in them, in the notation of the files of `SETS`.

A block begins with `#id split kind`; the text follows up to `---`; then one fact a line, `field=value`: first what
holds for all parts, then each part behind `==`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SETS = ("documents.txt", "later.txt", "third.txt")
PAPER_SPLITS = ("dev", "test", "late", "last", "test2", "closing2", "closing3")

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A text, its kind, and the facts of each part with those that hold for all."""

    id: str
    split: str
    kind: str
    text: str
    parts: tuple[Facts, ...]


@cache
def written_documents() -> tuple[Document, ...]:
    """The documents written by hand: of dev and test before the rules, of the others without knowing the rules."""
    folder = files("chanjiao.engines.text.papers.evaluation")
    raw = "\n".join(folder.joinpath(name).read_text("utf-8") for name in SETS)
    return tuple(_document(block) for block in re.split(r"(?m)^#(?=\d)", raw) if block.strip())


def _document(block: str) -> Document:
    head, _, rest = block.partition("\n")
    text, _, truth = rest.partition("\n---")
    id_, split, kind = head.split()
    common, *parts = [_facts(lines) for lines in re.split(r"(?m)^==$", truth)]
    fields = [{field for field, _ in part} for part in parts]
    whole = tuple(
        (*part, *(fact for fact in common if fact[0] not in own)) for part, own in zip(parts, fields, strict=True)
    )
    return Document(id_, split, kind, text, whole)


def _facts(lines: str) -> Facts:
    return tuple((field, value) for field, sign, value in (line.partition("=") for line in lines.splitlines()) if sign)
