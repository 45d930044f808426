"""The needs that projects and their milestones came from."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from chanjiao.apps.projects.models import Milestone, Project
from chanjiao.core.traces import TRACES


def _needs_of_projects(ids: Collection[int]) -> Mapping[int, int]:
    found = Project.objects.filter(pk__in=ids, agreement__match__isnull=False)
    return dict(found.values_list("pk", "agreement__match__need_id"))


def _needs_of_milestones(ids: Collection[int]) -> Mapping[int, int]:
    found = Milestone.objects.filter(pk__in=ids, project__agreement__match__isnull=False)
    return dict(found.values_list("pk", "project__agreement__match__need_id"))


TRACES["projects.project"] = _needs_of_projects
TRACES["projects.milestone"] = _needs_of_milestones
