"""The facts of a story as frozen values, each with its spans in the repaired text and a confidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Consortium:
    """A consortium, group or alliance; `kind` is municipal, industry, group or alliance."""

    name: str
    kind: str
    park: str = ""
    founding_document: str = ""
    spans: tuple[Span, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation by its fullest form in the text; aliases are other forms and those with the place restored."""

    name: str
    type: str
    roles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Person:
    """One post of a person: the same person with two posts stands twice."""

    name: str
    org: str
    title: str
    actions: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Event:
    """What took place; `date` is ISO, or `--MM-DD` where the text gives no year; `attendance` counts people only."""

    name: str = ""
    date: str = ""
    place: str = ""
    attendance: int = 0
    spans: tuple[Span, ...] = ()
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Document:
    """A document and what was done with it: read, adopted, announced or cited."""

    title: str
    action: str
    read_by: str = ""
    spans: tuple[Span, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a speaker asked for, hoped or promised: `kind` is hope, requirement, commitment or aspect."""

    by: str
    kind: str
    items: tuple[str, ...]
    spans: tuple[Span, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Credit:
    """Who wrote, photographed or checked the story."""

    role: str
    names: tuple[str, ...]
    spans: tuple[Span, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Extraction:
    """All facts of one story."""

    text: str
    consortia: tuple[Consortium, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()
    event: Event = field(default_factory=Event)
    documents: tuple[Document, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    credits: tuple[Credit, ...] = ()
    model: Mapping[str, object] | None = None
    """What a larger model did, where one was asked: see `asked.with_model`."""

    def as_contract(self) -> dict[str, object]:
        """The object of the file contract, ready for JSON.

        >>> Extraction("文本").as_contract()["event"]
        {'name': '', 'date': '', 'place': '', 'attendance': 0}
        """
        return {
            "text": self.text,
            "consortia": [
                {"name": c.name, "kind": c.kind, "park": c.park, "founding_document": c.founding_document}
                for c in self.consortia
            ],
            "organisations": [
                {"name": o.name, "type": o.type, "roles": list(o.roles), "aliases": list(o.aliases)}
                for o in self.organisations
            ],
            "people": [
                {"name": p.name, "org": p.org, "title": p.title, "actions": list(p.actions)} for p in self.people
            ],
            "event": {
                "name": self.event.name,
                "date": self.event.date,
                "place": self.event.place,
                "attendance": self.event.attendance,
            },
            "documents": [{"title": d.title, "action": d.action, "read_by": d.read_by} for d in self.documents],
            "requirements": [{"by": r.by, "kind": r.kind, "items": list(r.items)} for r in self.requirements],
            "credits": {credit.role: list(credit.names) for credit in self.credits},
            **({"model": dict(self.model)} if self.model is not None else {}),
        }
