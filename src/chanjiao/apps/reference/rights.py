"""Who may judge what the tables do not say."""

from __future__ import annotations

from chanjiao.core.permissions import Actor


def may_judge_links(actor: Actor) -> bool:
    """Whether the actor may judge inferred links and enter local ones: secretariats and the administrator."""
    return actor.sees_all or bool(actor.secretariat_of)
