"""The Django app of curricula: what a programme teaches beside what its occupations ask."""

from django.apps import AppConfig


class CurriculumConfig(AppConfig):
    name = "chanjiao.apps.curriculum"
    label = "curriculum"
