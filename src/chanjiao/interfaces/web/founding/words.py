"""Words for the facts of a founding document."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.members.facts import FactKind, Slot
from chanjiao.apps.members.models import ConsortiumKind, MembershipRole, OrganisationType

Words = str | Promise

KIND_WORDS: dict[FactKind, Words] = {
    FactKind.CONSORTIUM: _("Group and consortia"),
    FactKind.ORGANISATION: _("Organisations"),
    FactKind.PERSON: _("People and posts"),
    FactKind.EVENT: _("Event"),
    FactKind.DOCUMENT: _("Documents"),
    FactKind.GOAL: _("Hopes, guarantees, lines of work"),
    FactKind.CREDIT: _("Credits"),
}
SLOT_WORDS: dict[str, Words] = {
    "name": _("Name"),
    "kind": _("Kind"),
    "park": _("Zone"),
    "founding_document": _("Founding document"),
    "type": _("Type"),
    "roles": _("Roles"),
    "consortia": _("In which consortia"),
    "aliases": _("Other names"),
    "credit_code": _("Unified social credit code"),
    "organisation": _("Organisation"),
    "title": _("Title or post"),
    "actions": _("What they did"),
    "date": _("Date"),
    "place": _("Place"),
    "attendance": _("People present"),
    "action": _("What was done with it"),
    "read_by": _("Read by"),
    "text": _("Text"),
    "by": _("Stated by"),
    "label": _("Kind of work"),
}
SLOT_HELP: dict[str, Words] = {
    "consortia": _("One a line; empty: in all of them"),
    "aliases": _("One a line"),
    "date": _("Year-month-day, such as 2026-04-17; --04-17 where the year is not known"),
    "park": _("The zone that the consortium is built on"),
}
ROLE_WORDS: dict[str, Words] = {
    **dict(MembershipRole.choices),
    "initiator": _("Initiator"),
    "guidance": _("Guidance"),
    "host": _("Host"),
    "co_host": _("Co-host"),
    "co_organizer": _("Co-organiser"),
    "approver": _("Approver"),
    "issuer": _("Issuer of the notice"),
    "participant": _("Took part"),
    "represented": _("Represented"),
    "venue": _("Venue"),
    "source": _("Source of the story"),
    "founded": _("Founded"),
    "signatory": _("Signatory"),
    "speaker": _("Spoke"),
}
PERSON_ACTION_WORDS: dict[str, Words] = {
    "attend": _("attended"),
    "host": _("chaired"),
    "speak": _("spoke"),
    "unveil": _("unveiled"),
    "read_document": _("read a document out"),
    "report": _("reported"),
    "elected": _("was elected"),
}
DOCUMENT_ACTION_WORDS: dict[str, Words] = {
    "read": _("read out"),
    "adopted": _("adopted"),
    "announced": _("announced"),
    "cited": _("cited"),
}
GOAL_WORDS: dict[str, Words] = {
    "hope": _("Hope of the city"),
    "requirement": _("Requirement"),
    "commitment": _("Guarantee of the government"),
    "aspect": _("Line of work"),
}
CERTAINTY_WORDS: dict[str, Words] = {
    "sure": _("read with certainty"),
    "likely": _("likely"),
    "check": _("to be checked"),
    "person": _("set by a person"),
}
CHOICES: dict[tuple[FactKind, str], dict[str, Words]] = {
    (FactKind.CONSORTIUM, "kind"): dict(ConsortiumKind.choices),
    (FactKind.ORGANISATION, "type"): dict(OrganisationType.choices),
    (FactKind.ORGANISATION, "roles"): ROLE_WORDS,
    (FactKind.PERSON, "actions"): PERSON_ACTION_WORDS,
    (FactKind.DOCUMENT, "action"): DOCUMENT_ACTION_WORDS,
    (FactKind.GOAL, "kind"): GOAL_WORDS,
}


def choice_words(kind: FactKind, slot: Slot) -> list[tuple[str, Words]]:
    """The choices of a slot with their words, in the order of the slot."""
    words = CHOICES[kind, slot.name]
    return [(value, words[value]) for value in slot.choices]


def value_words(kind: FactKind, name: str, value: str) -> Words:
    """A stored value in words; itself where it is free text."""
    return CHOICES.get((kind, name), {}).get(value, value)
