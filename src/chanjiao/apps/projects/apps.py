"""The Django app of projects and their proofs."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "chanjiao.apps.projects"
    label = "projects"
