"""Who may see and do what in a placement: one predicate a question."""

from __future__ import annotations

from chanjiao.apps.members.models import Membership, MembershipState
from chanjiao.apps.placement.models import PlacementRound, Student
from chanjiao.apps.placement.rules.states import RoundState
from chanjiao.core.permissions import Actor


def runs_round(actor: Actor, round_: PlacementRound) -> bool:
    """Whether the actor's secretariat runs the round."""
    return actor.runs(round_.consortium_id)


def sees_round(actor: Actor, round_: PlacementRound) -> bool:
    """Whether the round is open to the actor: a draft only to who runs it and to acting staff of members."""
    return round_.state != RoundState.DRAFT or runs_round(actor, round_) or round_.consortium_id in joined(actor)


def joined(actor: Actor) -> set[int]:
    """The consortia in which the organisation that the actor acts for is a member."""
    if actor.organisation_id is None or not actor.acts_for(actor.organisation_id):
        return set()
    held = Membership.objects.filter(organisation_id=actor.organisation_id, state=MembershipState.ACTIVE)
    return set(held.values_list("consortium_id", flat=True))


def may_plan(actor: Actor, consortium_id: int) -> bool:
    """Whether the actor may plan rounds of the consortium."""
    return actor.runs(consortium_id)


def keeps_students(actor: Actor, college_id: int | None) -> bool:
    """Whether the actor is an officer of the college, who may see and change its students."""
    return actor.acts_for(college_id)


def is_student(actor: Actor, student: Student) -> bool:
    """Whether the student is the actor."""
    return actor.user_id is not None and actor.user_id == student.user_id


def sees_student(actor: Actor, student: Student) -> bool:
    """Whether the actor may read the student's data: the student, officers of the college."""
    return is_student(actor, student) or keeps_students(actor, student.college_id)
