"""Every read over members, filtered by who asks."""

from chanjiao.apps.members.selectors.actors import actor_for, actor_for_token, posts_of
from chanjiao.apps.members.selectors.consortia import (
    Figures,
    consortia,
    consortium,
    figures,
    goals_of,
    members_of,
)
from chanjiao.apps.members.selectors.directory import (
    SORTS,
    STATES,
    directory,
    figures_by_type,
    residents_count,
    zones,
)
from chanjiao.apps.members.selectors.foundings import founding, foundings
from chanjiao.apps.members.selectors.memberships import (
    awaiting_review,
    joinable_consortia,
    membership,
    memberships,
    memberships_of,
)
from chanjiao.apps.members.selectors.organisations import (
    CodeSuggestion,
    history_of,
    membership_history,
    organisation,
    organisation_by_code,
    organisations_for_choice,
    organisations_kept,
    people_of,
    staff_member,
    staff_of,
    suggested_by_code,
)

__all__ = [
    "SORTS",
    "STATES",
    "CodeSuggestion",
    "Figures",
    "actor_for",
    "actor_for_token",
    "awaiting_review",
    "consortia",
    "consortium",
    "directory",
    "figures",
    "figures_by_type",
    "founding",
    "foundings",
    "goals_of",
    "history_of",
    "joinable_consortia",
    "members_of",
    "membership",
    "membership_history",
    "memberships",
    "memberships_of",
    "organisation",
    "organisation_by_code",
    "organisations_for_choice",
    "organisations_kept",
    "people_of",
    "posts_of",
    "residents_count",
    "staff_member",
    "staff_of",
    "suggested_by_code",
    "zones",
]
