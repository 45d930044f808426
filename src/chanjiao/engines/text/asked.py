"""A larger model joins the extraction: asked for the same object, believed only where its words stand in the text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from chanjiao.engines.text.facts import Document, Extraction, Organisation, Person, Span

Ask = Callable[[str], str]
"""A model: the question in, its reply out. It may raise `OSError`, and then the reading stands as it was."""

CONFIDENCE = 0.5
"""What only the model found is doubtful until a person has looked."""
_TYPES = frozenset(
    "government party school_vocational university institute association enterprise park park_admin consortium union "
    "media other".split()
)
_MOST = 200
_ORDER = """Read the Chinese text between the marks and answer with one JSON object and nothing else:
{"organisations": [{"name": "", "type": ""}], "people": [{"name": "", "org": "", "title": ""}],
 "documents": [{"title": "", "action": "read|adopted|announced|cited"}]}
Copy every name and title exactly as it stands in the text; leave out what the text does not say.
type is one of: """


def question_of(text: str) -> str:
    """What the model is asked about a text, which stands between marks and orders nothing."""
    return f"{_ORDER}{', '.join(sorted(_TYPES))}.\n<text>\n{text.replace('</text>', '')}\n</text>"


def with_model(extraction: Extraction, ask: Ask) -> Extraction:
    """The extraction with what the model found besides, each fact verified to stand in the text.

    `model` says whether it answered, and names what it added; what it invented is dropped and counted. What the rules
    read is never changed. A model that fails, or answers no JSON, leaves the extraction as it was.
    """
    try:
        told = _object_in(ask(question_of(extraction.text)))
    except (OSError, ValueError) as fault:
        return replace(extraction, model={"answered": False, "reason": str(fault)[:200] or type(fault).__name__})
    organisations = tuple(_organisations(extraction, told))
    people = tuple(_people(extraction, told))
    documents = tuple(_documents(extraction, told))
    added = [*(one.name for one in organisations), *(one.name for one in people), *(one.title for one in documents)]
    return replace(
        extraction,
        organisations=(*extraction.organisations, *organisations),
        people=(*extraction.people, *people),
        documents=(*extraction.documents, *documents),
        model={"answered": True, "added": added, "dropped": _dropped(extraction.text, told)},
    )


def _object_in(reply: str) -> dict[str, list[dict[str, str]]]:
    """The first JSON object of a reply, its lists of objects with texts alone; `ValueError` where there is none."""
    start = reply.find("{")
    if start < 0:
        raise ValueError("no JSON object")
    value, _ = json.JSONDecoder().raw_decode(reply, start)
    return {name: list(_rows(value.get(name))) for name in ("organisations", "people", "documents")}


def _rows(value: object) -> Iterator[dict[str, str]]:
    for row in (value if isinstance(value, list) else [])[:_MOST]:
        if isinstance(row, dict):
            yield {str(name): word.strip() for name, word in row.items() if isinstance(word, str)}


def _spans(text: str, words: str) -> tuple[Span, ...]:
    return tuple(one.span() for one in re.finditer(re.escape(words), text)) if len(words) > 1 else ()


def _organisations(extraction: Extraction, told: dict[str, list[dict[str, str]]]) -> Iterator[Organisation]:
    known = {name for one in extraction.organisations for name in (one.name, *one.aliases)}
    for row in told["organisations"]:
        name, spans = row.get("name", ""), _spans(extraction.text, row.get("name", ""))
        if spans and name not in known:
            known.add(name)
            type_ = row.get("type", "")
            yield Organisation(name, type_ if type_ in _TYPES else "other", spans=spans, confidence=CONFIDENCE)


def _people(extraction: Extraction, told: dict[str, list[dict[str, str]]]) -> Iterator[Person]:
    known = {(one.name, one.title) for one in extraction.people} | {(one.name, "") for one in extraction.people}
    for row in told["people"]:
        name, spans = row.get("name", ""), _spans(extraction.text, row.get("name", ""))
        # An organisation or post that the text does not name is left empty, the person stands all the same.
        org, title = (
            row.get(part, "") if _spans(extraction.text, row.get(part, "")) else "" for part in ("org", "title")
        )
        if spans and (name, title) not in known:
            known.add((name, title))
            yield Person(name, org, title, spans=spans, confidence=CONFIDENCE)


def _documents(extraction: Extraction, told: dict[str, list[dict[str, str]]]) -> Iterator[Document]:
    known = {one.title for one in extraction.documents}
    for row in told["documents"]:
        title, spans = row.get("title", "").strip("《》"), _spans(extraction.text, row.get("title", "").strip("《》"))
        if spans and title not in known:
            known.add(title)
            action = row.get("action", "")
            action = action if action in ("read", "adopted", "announced", "cited") else "cited"
            yield Document(title, action, spans=spans, confidence=CONFIDENCE)


def _dropped(text: str, told: dict[str, list[dict[str, str]]]) -> int:
    """How many facts of the model do not stand in the text."""
    names = [row.get("name", "") or row.get("title", "").strip("《》") for rows in told.values() for row in rows]
    return sum(1 for name in names if not _spans(text, name))
