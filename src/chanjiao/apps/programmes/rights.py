"""Who may see and do what about the programme structure: one predicate a question."""

from __future__ import annotations

from chanjiao.core.permissions import Actor


def oversees(actor: Actor) -> bool:
    """Whether the actor oversees the programme structure: secretariats, guidance committees, the administrator."""
    return actor.sees_all or bool(actor.secretariat_of) or bool(actor.guidance_of)


def may_tell_supply(actor: Actor, college_id: int) -> bool:
    """Whether the actor may tell the yearly figures of the college's points: its officers, and secretariats."""
    return actor.acts_for(college_id) or bool(actor.secretariat_of)


def may_tell_demand(actor: Actor) -> bool:
    """Whether the actor may keep figures of demand, chains and shares."""
    return oversees(actor)


def may_tell_headcount(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor may tell how many people a firm has: its officers, and secretariats."""
    return actor.acts_for(organisation_id) or bool(actor.secretariat_of)


def sees_headcount(actor: Actor, organisation_id: int) -> bool:
    """Whether the actor may read the headcounts of a firm one by one."""
    return actor.belongs_to(organisation_id) or oversees(actor)


def sees_card(actor: Actor, college_id: int) -> bool:
    """Whether the actor may read the warning cards of a college: its staff, and who oversees the structure."""
    return actor.belongs_to(college_id) or oversees(actor)


def may_decide(actor: Actor) -> bool:
    """Whether the actor may give cards and decide over them."""
    return oversees(actor)
