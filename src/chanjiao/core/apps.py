"""The Django app that holds the audit record, the events and the jobs."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "chanjiao.core"
    label = "core"
