"""The facts of a founding document: what was read, where it stands, how sure the reading is, who corrected it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from chanjiao.apps.members.rules import plain_text
from chanjiao.engines.errors import ChanjiaoError

Value = str | tuple[str, ...]


class FactKind(StrEnum):
    """Kinds of facts, in the order in which they are shown."""

    CONSORTIUM = "consortium"
    ORGANISATION = "organisation"
    PERSON = "person"
    EVENT = "event"
    DOCUMENT = "document"
    GOAL = "goal"
    CREDIT = "credit"


CONSORTIUM_KINDS = ("municipal", "industry", "group", "alliance")
ORGANISATION_TYPES = (
    "government party school_vocational university institute association enterprise park park_admin consortium union "
    "media other"
).split()
ROLES = (
    "lead_school lead_enterprise lead initiator guidance guidance_committee council_chair council_vice council_member "
    "host co_host co_organizer approver issuer park participant represented venue source founded signatory speaker"
).split()
PERSON_ACTIONS = "attend host speak unveil read_document report elected".split()
DOCUMENT_ACTIONS = ("read", "adopted", "announced", "cited")
GOAL_KINDS = ("hope", "requirement", "commitment", "aspect")


@dataclass(frozen=True, slots=True)
class Slot:
    """One value of a kind of fact: its bounds, and whether it holds several."""

    name: str
    many: bool = False
    required: bool = False
    choices: tuple[str, ...] = ()
    longest: int = 120


SLOTS: dict[FactKind, tuple[Slot, ...]] = {
    FactKind.CONSORTIUM: (
        Slot("name", required=True),
        Slot("kind", required=True, choices=CONSORTIUM_KINDS),
        Slot("park"),
        Slot("founding_document", longest=300),
        Slot("aliases", many=True),
    ),
    FactKind.ORGANISATION: (
        Slot("name", required=True),
        Slot("type", required=True, choices=tuple(ORGANISATION_TYPES)),
        Slot("roles", many=True, choices=tuple(ROLES)),
        Slot("consortia", many=True),
        Slot("aliases", many=True),
        Slot("credit_code", longest=18),
    ),
    FactKind.PERSON: (
        Slot("name", required=True, longest=60),
        Slot("organisation"),
        Slot("title", longest=60),
        Slot("actions", many=True, choices=tuple(PERSON_ACTIONS)),
    ),
    FactKind.EVENT: (
        Slot("name", required=True, longest=200),
        Slot("date", longest=10),
        Slot("place"),
        Slot("attendance", longest=8),
    ),
    FactKind.DOCUMENT: (
        Slot("title", required=True, longest=200),
        Slot("action", required=True, choices=DOCUMENT_ACTIONS),
        Slot("read_by", longest=60),
    ),
    FactKind.GOAL: (
        Slot("text", required=True, longest=200),
        Slot("kind", required=True, choices=GOAL_KINDS),
        Slot("by"),
    ),
    FactKind.CREDIT: (Slot("name", required=True, longest=60), Slot("label", required=True, longest=20)),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: `spans` are (start, end) in the repaired text; `confidence` in [0, 1]; `origin` text or person."""

    id: str
    kind: FactKind
    values: Mapping[str, Value]
    spans: tuple[tuple[int, int], ...] = ()
    confidence: float = 1.0
    origin: str = "text"

    def one(self, name: str) -> str:
        """A single value, empty where there is none."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else "、".join(value)

    def many(self, name: str) -> tuple[str, ...]:
        """A value of several parts."""
        value = self.values.get(name, ())
        return value if isinstance(value, tuple) else ((value,) if value else ())

    @property
    def title(self) -> str:
        """The value by which a reader knows the fact."""
        return self.one(SLOTS[self.kind][0].name)

    @property
    def certainty(self) -> str:
        """The confidence as a word: sure, likely or check; `person` where somebody set the fact."""
        if self.origin == "person":
            return "person"
        return "sure" if self.confidence >= 0.85 else "likely" if self.confidence >= 0.6 else "check"


@dataclass(frozen=True, slots=True)
class FactSheet:
    """All facts of a document in order; ids are never used twice."""

    facts: tuple[Fact, ...] = ()
    last_id: int = 0
    notes: tuple[str, ...] = field(default=())

    def of(self, kind: FactKind) -> tuple[Fact, ...]:
        """The facts of one kind."""
        return tuple(fact for fact in self.facts if fact.kind == kind)

    def get(self, fact_id: str) -> Fact:
        """The fact with this id; `founding.fact_unknown` where it is gone."""
        for fact in self.facts:
            if fact.id == fact_id:
                return fact
        raise ChanjiaoError("founding.fact_unknown")

    def with_fact(
        self,
        kind: FactKind,
        values: Mapping[str, Value],
        *,
        spans: Iterable[tuple[int, int]] = (),
        confidence: float = 1.0,
        origin: str = "text",
    ) -> FactSheet:
        """The sheet with one more fact at its end."""
        number = self.last_id + 1
        fact = Fact(f"f{number}", kind, dict(values), tuple(spans), confidence, origin)
        return replace(self, facts=(*self.facts, fact), last_id=number)

    def without(self, fact_id: str) -> FactSheet:
        """The sheet without a fact."""
        gone = self.get(fact_id)
        return replace(self, facts=tuple(fact for fact in self.facts if fact is not gone))

    def with_values(self, fact_id: str, values: Mapping[str, Value]) -> FactSheet:
        """The sheet with a fact as a person set it; whatever named it by its old name follows."""
        old = self.get(fact_id)
        new = replace(old, values=dict(values), origin="person", confidence=1.0)
        facts = tuple(new if fact is old else fact for fact in self.facts)
        if old.kind in (FactKind.ORGANISATION, FactKind.CONSORTIUM) and old.title != new.title:
            facts = tuple(_renamed(fact, old.title, new.title) for fact in facts)
        return replace(self, facts=facts)

    def merged(self, fact_id: str, into: str) -> FactSheet:
        """The sheet with one fact taken up by another of its kind, as a person set it; references follow.

        What the other leaves empty is filled, lists are joined, the name becomes an alias where the kind has any.
        `founding.other_kind` for facts of two kinds, or for a fact and itself.
        """
        gone, kept = self.get(fact_id), self.get(into)
        if gone.kind is not kept.kind or gone is kept:
            raise ChanjiaoError("founding.other_kind")
        values = {slot.name: _joined(slot, kept, gone) for slot in SLOTS[kept.kind]}
        spans = tuple(dict.fromkeys((*kept.spans, *gone.spans)))
        sheet = self.without(fact_id).with_values(into, values)
        facts = tuple(replace(fact, spans=spans) if fact.id == into else fact for fact in sheet.facts)
        return replace(sheet, facts=tuple(_renamed(fact, gone.title, kept.title) for fact in facts))

    def to_json(self) -> dict[str, Any]:
        """The sheet as JSON values."""
        return {
            "last_id": self.last_id,
            "notes": list(self.notes),
            "facts": [
                {
                    "id": fact.id,
                    "kind": fact.kind.value,
                    "values": {k: list(v) if isinstance(v, tuple) else v for k, v in fact.values.items()},
                    "spans": [list(span) for span in fact.spans],
                    "confidence": fact.confidence,
                    "origin": fact.origin,
                }
                for fact in self.facts
            ],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> FactSheet:
        """The sheet that `to_json` wrote."""
        return cls(
            facts=tuple(_fact_from_json(one) for one in stored.get("facts", ())),
            last_id=stored.get("last_id", 0),
            notes=tuple(stored.get("notes", ())),
        )


REFERENCES = {"organisation": False, "park": False, "by": False, "consortia": True}


def _joined(slot: Slot, kept: Fact, gone: Fact) -> Value:
    if not slot.many:
        return kept.one(slot.name) or gone.one(slot.name)
    more = (gone.title,) if slot.name == "aliases" and gone.title != kept.title else ()
    return tuple(dict.fromkeys((*kept.many(slot.name), *more, *gone.many(slot.name))))


def _renamed(fact: Fact, old: str, new: str) -> Fact:
    changed: dict[str, Value] = {}
    for name, is_many in REFERENCES.items():
        if is_many and old in fact.many(name):
            changed[name] = tuple(new if one == old else one for one in fact.many(name))
        elif not is_many and fact.one(name) == old:
            changed[name] = new
    return replace(fact, values={**fact.values, **changed}) if changed else fact


def _fact_from_json(one: Mapping[str, Any]) -> Fact:
    return Fact(
        id=one["id"],
        kind=FactKind(one["kind"]),
        values={name: tuple(value) if isinstance(value, list) else value for name, value in one["values"].items()},
        spans=tuple((start, end) for start, end in one["spans"]),
        confidence=one["confidence"],
        origin=one["origin"],
    )


def checked_values(kind: FactKind, typed: Mapping[str, Value]) -> dict[str, Value]:
    """The values of a fact as stored; unknown names are dropped.

    `field.required`, `field.too_long`, `option.unknown` where a value does not fit its slot.
    """
    return {slot.name: _checked(slot, typed.get(slot.name, "")) for slot in SLOTS[kind]}


def _checked(slot: Slot, typed: Value) -> Value:
    parts = [typed] if isinstance(typed, str) else list(typed)
    cleaned = [text for text in (plain_text(part) for part in parts) if text]
    if slot.required and not cleaned:
        raise ChanjiaoError("field.required", field=slot.name)
    for text in cleaned:
        if len(text) > slot.longest:
            raise ChanjiaoError("field.too_long", field=slot.name, limit=slot.longest)
        if slot.choices and text not in slot.choices:
            expected = ", ".join(slot.choices)
            raise ChanjiaoError("option.unknown", field=slot.name, name=slot.name, value=text[:40], expected=expected)
    unique = tuple(dict.fromkeys(cleaned))
    return unique if slot.many else (unique[0] if unique else "")
