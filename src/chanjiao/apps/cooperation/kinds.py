"""The kinds of agreement and the rules they are checked by, read from data (`data/cooperation/agreements.yaml`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.rule_files import read_book


class PartyRole(StrEnum):
    """As what an organisation or a person takes part."""

    SCHOOL = "school"
    INSTITUTE = "institute"
    ENTERPRISE = "enterprise"
    STUDENT = "student"
    THIRD = "third"


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in a language; Chinese unless English is asked for."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class AgreementField:
    """One particular that a kind asks for; `source` names where a draft is filled from."""

    name: str
    label: Words
    value: str
    unit: str = ""
    required: bool = False
    choices: Mapping[str, Words] = field(default_factory=dict)
    source: str = ""

    @property
    def is_money(self) -> bool:
        """Whether the value is an amount of yuan, which a secretariat sees only where the parties agreed to it."""
        return self.value == "money"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of an agreement; a confidential one is for the parties alone."""

    code: str
    heading: str
    text: str
    required: bool = False
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class AgreementKind:
    """A kind of agreement: who must be among the parties, what it asks for, and what a draft begins with."""

    code: str
    label: Words
    about: Words
    parties: tuple[frozenset[str], ...]
    counted: str
    unit: str
    fields: tuple[AgreementField, ...]
    clauses: tuple[Clause, ...]
    rights: Mapping[str, str]
    duties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule over the facts of an agreement: which check, over which values, how severe, and where it comes from."""

    id: str
    check: str
    value: str
    severity: str
    label: Words
    source: str
    source_read: bool
    kinds: frozenset[str] = frozenset()
    of: str = ""
    limit: Decimal | None = None
    allowed: tuple[str, ...] = ()
    when: Mapping[str, str] = field(default_factory=dict)

    def applies_to(self, kind: str, facts: Mapping[str, object]) -> bool:
        """Whether the rule speaks of this kind and of these facts."""
        return (not self.kinds or kind in self.kinds) and all(
            facts.get(name) == value for name, value in self.when.items()
        )


@dataclass(frozen=True, slots=True)
class PublicityRule:
    """Whose price everybody must be told before an agreement is in force, and for how many days at least.

    `by` names the roles of whoever publicises, `subject` the particular that tells what is transferred.
    """

    kinds: frozenset[str]
    by: frozenset[str]
    days: int
    subject: str
    label: Words
    source: str
    source_read: bool
    when: Mapping[str, str] = field(default_factory=dict)

    def applies_to(self, kind: str, facts: Mapping[str, object], roles: Collection[str]) -> bool:
        """Whether the rule speaks of this kind, these facts and one of the parties' roles."""
        is_meant = kind in self.kinds and bool(self.by & set(roles))
        return is_meant and all(facts.get(name) == value for name, value in self.when.items())

    def subject_in(self, facts: Mapping[str, object], title: str) -> str:
        """What is said to be transferred: the particular that the rule names, else the title."""
        return str(facts.get(self.subject, "")) or title


@dataclass(frozen=True, slots=True)
class AgreementBook:
    """All kinds and rules that a site works by."""

    kinds: Mapping[str, AgreementKind]
    rules: tuple[Rule, ...]
    publicities: tuple[PublicityRule, ...]


def book() -> AgreementBook:
    """The kinds and rules in force on this site."""
    return _read(settings.AGREEMENTS_FILE)


def kind_of(code: str) -> AgreementKind:
    """The kind of that code; `agreement.unknown_kind` where there is none."""
    found = book().kinds.get(code)
    if found is None:
        raise ChanjiaoError("agreement.unknown_kind", field="kind", value=code)
    return found


@cache
def _read(path: Path | None) -> AgreementBook:
    return read_book(path, "cooperation/agreements.yaml", _book)


def _book(told: Mapping[str, Any]) -> AgreementBook:
    kinds = {code: _kind(code, values) for code, values in told["kinds"].items()}
    rules = tuple(_rule(values) for values in told["rules"])
    return AgreementBook(kinds, rules, tuple(_publicity(values) for values in told.get("publicities", ())))


def _kind(code: str, told: dict[str, Any]) -> AgreementKind:
    return AgreementKind(
        code=code,
        label=Words(**told["label"]),
        about=Words(**told["about"]),
        parties=tuple(frozenset(PartyRole(role) for role in group) for group in told["parties"]),
        counted=told["counts"]["field"],
        unit=told["counts"]["unit"],
        fields=tuple(_field(one) for one in told["fields"]),
        clauses=tuple(Clause(**one) for one in told["clauses"]),
        rights=told.get("rights", {}),
        duties=told.get("duties", {}),
    )


def _field(told: dict[str, Any]) -> AgreementField:
    choices = {value: Words(**words) for value, words in told.get("choices", {}).items()}
    named = {name: told[name] for name in ("name", "value", "unit", "required") if name in told}
    return AgreementField(**named, label=Words(**told["label"]), choices=choices, source=told.get("from", ""))


def _rule(told: dict[str, Any]) -> Rule:
    named = {name: told[name] for name in ("id", "check", "value", "severity", "of", "when") if name in told}
    return Rule(
        **named,
        **_sourced(told),
        kinds=frozenset(told.get("kinds", ())),
        limit=None if "limit" not in told else Decimal(str(told["limit"])),
        allowed=tuple(told.get("allowed", ())),
    )


def _publicity(told: dict[str, Any]) -> PublicityRule:
    named = {name: told[name] for name in ("days", "subject", "when") if name in told}
    return PublicityRule(**named, **_sourced(told), kinds=frozenset(told["kinds"]), by=frozenset(told["by"]))


def _sourced(told: dict[str, Any]) -> dict[str, Any]:
    source = told["source"]
    place = " ".join(part for part in (source["title"], source["place"]) if part)
    return {"label": Words(**told["label"]), "source": place, "source_read": source["read"]}
