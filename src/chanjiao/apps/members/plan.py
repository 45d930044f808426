"""What accepting a founding document will make: bodies, consortia, memberships, posts and goals, all by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from chanjiao.apps.members.facts import Fact, FactKind, FactSheet
from chanjiao.apps.members.naming import NameBook
from chanjiao.apps.members.planned import (
    PlannedConsortium,
    PlannedGoal,
    PlannedMembership,
    PlannedOrganisation,
    PlannedPost,
)
from chanjiao.apps.members.rules import name_key
from chanjiao.engines.errors import ChanjiaoError

PASSING_ROLES = frozenset({"venue", "source"})
"""Bodies that a story only passes by (the hotel, the newspaper): they become no organisations."""
JOINING_TYPES = frozenset({"school_vocational", "university", "institute", "association", "enterprise"})
JOINING_ROLES = frozenset({"participant", "represented", "initiator", "signatory", "founded", "co_organizer"})
GIVEN_ROLES = frozenset({"lead_school", "lead_enterprise", "lead", "guidance_committee"})
COUNCIL_ROLES = {"council_chair": "chair", "council_vice": "vice_chair", "council_member": ""}
OFFICES = (
    ("副理事长", "council_vice", "vice_chair"),
    ("理事长", "council_chair", "chair"),
    ("常务理事", "council_member", "standing"),
    ("副秘书长", "", ""),
    ("秘书长", "", "secretary"),
    ("理事", "council_member", "council"),
)
MEASURES = (
    ("depth", ("深度",), ("精准对接", "产教融合")),
    ("breadth", ("宽度", "广度"), ("充分协同", "校企合作")),
    ("speed", ("速度",), ("成果转化", "研发")),
    ("precision", ("精度",), ("培训", "技能")),
    ("strength", ("力度",), ("品牌",)),
)
GOAL_KINDS = {"hope": "hope", "requirement": "requirement", "commitment": "commitment", "aspect": "line_of_work"}


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a fact sheet founds; `unplaced` are people whose organisation the facts do not hold."""

    organisations: tuple[PlannedOrganisation, ...]
    consortia: tuple[PlannedConsortium, ...]
    memberships: tuple[PlannedMembership, ...]
    posts: tuple[PlannedPost, ...]
    goals: tuple[PlannedGoal, ...]
    unplaced: tuple[str, ...] = field(default=())


def plan(sheet: FactSheet) -> Plan:
    """What accepting the facts makes; `founding.no_consortium` where they name none."""
    consortia = _consortia(sheet)
    if not consortia:
        raise ChanjiaoError("founding.no_consortium")
    bodies = _bodies(sheet, consortia)
    names = _Names(bodies, consortia)
    consortia = tuple(replace(one, park=names.of(one.park)) for one in consortia)
    memberships = _memberships(sheet, consortia, names)
    return Plan(
        organisations=bodies,
        consortia=consortia,
        memberships=memberships,
        posts=tuple(_posts(sheet, names)),
        goals=tuple(_goals(sheet, consortia, names)),
        unplaced=tuple(fact.title for fact in sheet.of(FactKind.PERSON) if not names.of(fact.one("organisation"))),
    )


def measure_of(text: str) -> str:
    """The measure that a hope names: by its word of degree, else by its subject; empty where it names none.

    >>> measure_of("协同研发，加快成果转化速度")
    'speed'
    """
    for place in (1, 2):
        for row in MEASURES:
            if any(word in text for word in row[place]):
                return row[0]
    return ""


def founding_date(sheet: FactSheet) -> date | None:
    """The date of the event; a missing year is taken from the event's name where that holds exactly one."""
    for event in sheet.of(FactKind.EVENT):
        written = event.one("date")
        if written.startswith("--"):
            years = set(re.findall(r"(?:19|20)\d\d", event.one("name")))
            written = f"{years.pop()}-{written[2:]}" if len(years) == 1 else ""
        try:
            return date.fromisoformat(written)
        except ValueError:
            continue
    return None


def _consortia(sheet: FactSheet) -> tuple[PlannedConsortium, ...]:
    facts = {name_key(fact.title): fact for fact in reversed(sheet.of(FactKind.CONSORTIUM))}
    ordered = [fact for fact in sheet.of(FactKind.CONSORTIUM) if facts[name_key(fact.title)] is fact]
    groups = [fact.title for fact in ordered if fact.one("kind") == "group"]
    founded_on = founding_date(sheet)
    return tuple(
        PlannedConsortium(
            name=fact.title,
            kind=fact.one("kind"),
            group=groups[0] if len(groups) == 1 and fact.title not in groups else "",
            park=fact.one("park"),
            founded_on=None if fact.title in groups else founded_on,
            document=fact.one("founding_document"),
        )
        for fact in ordered
    )


def _bodies(sheet: FactSheet, consortia: tuple[PlannedConsortium, ...]) -> tuple[PlannedOrganisation, ...]:
    """One body a name: consortia, organisations that are more than passing, and zones named by consortia only."""
    aliases = {fact.title: fact.many("aliases") for fact in sheet.of(FactKind.CONSORTIUM)}
    founded = {name_key(one.name): PlannedOrganisation(one.name, "consortium", aliases[one.name]) for one in consortia}
    served = {fact.one("organisation") for fact in sheet.of(FactKind.PERSON)}
    for fact in sheet.of(FactKind.ORGANISATION):
        key = name_key(fact.title)
        body = PlannedOrganisation(fact.title, fact.one("type"), fact.many("aliases"), fact.one("credit_code"))
        if key in founded:
            known = founded[key]
            founded[key] = replace(known, aliases=tuple(dict.fromkeys((*known.aliases, *body.aliases))))
        elif body.type != "consortium" and not _is_passing(fact, served):
            founded[key] = body
    book: NameBook[str] = NameBook()
    for body in founded.values():
        book.add(body.name, body.name, type_=body.type, aliases=body.aliases)
    for one in consortia:
        if one.park and book.find(one.park, type_="park") is None:
            founded[name_key(one.park)] = PlannedOrganisation(one.park, "park")
    return tuple(founded.values())


def _is_passing(fact: Fact, served: set[str]) -> bool:
    """Whether the story only passes by: no role but a passing one, and nobody of its people named."""
    is_served = bool(served & {fact.title, *fact.many("aliases")})
    return fact.origin == "text" and not is_served and set(fact.many("roles")) <= PASSING_ROLES


class _Names:
    """The planned body that a name of the document means."""

    def __init__(self, bodies: Iterable[PlannedOrganisation], consortia: Iterable[PlannedConsortium]) -> None:
        self.types = {body.name: body.type for body in bodies}
        self.consortia = {one.name for one in consortia}
        self._book: NameBook[str] = NameBook()
        for body in bodies:
            self._book.add(body.name, body.name, type_=body.type, aliases=body.aliases)

    def of(self, name: str) -> str:
        return (self._book.find(name) or "") if name else ""


def _memberships(
    sheet: FactSheet, consortia: tuple[PlannedConsortium, ...], names: _Names
) -> tuple[PlannedMembership, ...]:
    """One membership a (consortium, body, role); plain members only where a body has no other role there."""
    found: dict[tuple[str, str, str], PlannedMembership] = {}
    for one in (*_from_roles(sheet, consortia, names), *_from_offices(sheet, names)):
        key = (one.consortium, one.organisation, one.role)
        if key not in found or (one.office and not found[key].office):
            found[key] = one
    for consortium in consortia:
        if consortium.park and not any(key[0] == consortium.name and key[2] == "park" for key in found):
            key = (consortium.name, consortium.park, "park")
            found[key] = PlannedMembership(*key)
    special = {key[:2] for key in found if key[2] != "member"}
    return tuple(one for key, one in found.items() if key[2] != "member" or key[:2] not in special)


def _from_roles(
    sheet: FactSheet, consortia: tuple[PlannedConsortium, ...], names: _Names
) -> Iterator[PlannedMembership]:
    for fact in sheet.of(FactKind.ORGANISATION):
        body = names.of(fact.title)
        if not body or body in names.consortia:
            continue
        chosen = [name for name in map(names.of, fact.many("consortia")) if name in names.consortia]
        for role in _roles_taken(fact, names.types[body]):
            for consortium in chosen or _usual_consortia(role, body, consortia, names):
                yield PlannedMembership(consortium, body, role, COUNCIL_ROLES.get(role, ""))


def _roles_taken(fact: Fact, type_: str) -> list[str]:
    roles = ["guidance_committee" if role == "guidance" else role for role in fact.many("roles")]
    taken = [role for role in roles if role in GIVEN_ROLES or role in COUNCIL_ROLES]
    if type_ in ("park", "park_admin"):
        taken.append("park")
    if type_ in JOINING_TYPES and JOINING_ROLES & set(roles):
        taken.append("member")
    return list(dict.fromkeys(taken))


def _usual_consortia(role: str, body: str, consortia: tuple[PlannedConsortium, ...], names: _Names) -> list[str]:
    """Where a role is held when the facts do not say: the council's in the group, a zone's in its own consortium."""
    groups = [one.name for one in consortia if one.kind == "group"]
    others = [one.name for one in consortia if one.kind != "group"]
    if role in COUNCIL_ROLES:
        return groups or others
    if role == "park":
        return [one.name for one in consortia if one.park and _is_of_zone(body, one.park, names)]
    return others or groups


def _is_of_zone(body: str, zone: str, names: _Names) -> bool:
    if body == zone:
        has_committee = any(
            type_ == "park_admin" and _is_of_zone(name, zone, names) for name, type_ in names.types.items()
        )
        return not has_committee
    stem = re.sub(r"(管理委员会|管委会|党工委|党工委、管委会)$", "", body)
    return names.types[body] == "park_admin" and names.of(stem) == zone


def _from_offices(sheet: FactSheet, names: _Names) -> Iterator[PlannedMembership]:
    """A person's office in a council is held by the organisation where the person has the other post."""
    homes = _homes(sheet, names)
    leads = {fact.title for fact in sheet.of(FactKind.ORGANISATION) if "lead_school" in fact.many("roles")}
    for fact in sheet.of(FactKind.PERSON):
        consortium, home = names.of(fact.one("organisation")), homes.get(fact.title)
        if consortium in names.consortia and home:
            role, office = _office(fact.one("title"))
            if office:
                yield PlannedMembership(
                    consortium, home, role or ("lead_school" if home in leads else "council_member"), office
                )


def _office(title: str) -> tuple[str, str]:
    return next(((role, office) for word, role, office in OFFICES if word in title), ("", ""))


def _homes(sheet: FactSheet, names: _Names) -> dict[str, str]:
    """The organisation of each person, a consortium only where there is no other."""
    homes: dict[str, str] = {}
    for fact in sheet.of(FactKind.PERSON):
        body = names.of(fact.one("organisation"))
        if body and (fact.title not in homes or homes[fact.title] in names.consortia):
            homes[fact.title] = body
    return {person: body for person, body in homes.items() if body not in names.consortia}


def _posts(sheet: FactSheet, names: _Names) -> Iterator[PlannedPost]:
    for fact in sheet.of(FactKind.PERSON):
        body = names.of(fact.one("organisation"))
        if body:
            yield PlannedPost(body, fact.title, fact.one("title"))


def _goals(sheet: FactSheet, consortia: tuple[PlannedConsortium, ...], names: _Names) -> Iterator[PlannedGoal]:
    homes = _homes(sheet, names)
    aimed = [one.name for one in consortia if one.kind != "group"] or [one.name for one in consortia]
    for consortium in aimed:
        for fact in sheet.of(FactKind.GOAL):
            kind, by = GOAL_KINDS[fact.one("kind")], fact.one("by")
            speaker = homes.get(by) or names.of(by)
            yield PlannedGoal(
                consortium=consortium,
                kind=kind,
                text=fact.title,
                measure=measure_of(fact.title) if kind == "hope" else "",
                owner=consortium if kind in ("hope", "requirement") else speaker,
                stated_by=by,
            )
