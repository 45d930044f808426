"""The Django app `matching`."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "chanjiao.apps.matching"
    label = "matching"
