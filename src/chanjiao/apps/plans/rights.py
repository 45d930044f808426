"""Who may see plans and make them."""

from __future__ import annotations

from chanjiao.apps.programmes.selectors.alignment import members_of
from chanjiao.core.permissions import Actor


def may_plan(actor: Actor, consortium_id: int) -> bool:
    """Whether the actor may plan for the consortium: its secretariat and its guidance committee."""
    return actor.runs(consortium_id) or consortium_id in actor.guidance_of


def sees_plans(actor: Actor, consortium_id: int) -> bool:
    """Whether the actor may read the consortium's plans: who may plan, and staff of its members."""
    own = actor.organisation_id
    is_member = own is not None and actor.belongs_to(own) and own in members_of(consortium_id)
    return may_plan(actor, consortium_id) or is_member
