"""Organisations, the consortia they form, who works for them, and the documents that founded them."""

from chanjiao.apps.members.models.consortia import (
    Consortium,
    ConsortiumKind,
    Goal,
    GoalKind,
    Measure,
    Membership,
    MembershipRole,
    MembershipState,
    Office,
)
from chanjiao.apps.members.models.foundings import Correction, Founding, FoundingState, SourceDocument, TrainingConsent
from chanjiao.apps.members.models.organisations import Organisation, OrganisationAlias, OrganisationType, Scale
from chanjiao.apps.members.models.people import Post, Staff, StaffRole

__all__ = [
    "Consortium", "ConsortiumKind", "Correction", "Founding", "FoundingState", "Goal", "GoalKind", "Measure",
    "Membership", "MembershipRole", "MembershipState", "Office", "Organisation", "OrganisationAlias",
    "OrganisationType", "Post", "Scale", "SourceDocument", "Staff", "StaffRole", "TrainingConsent",
]  # fmt: skip
