"""The Django app that holds the audit record, the events and the jobs."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "chanjiao.core"
    label = "core"

    def ready(self) -> None:
        # Background tasks register themselves when apps/<app>/tasks.py is imported.
        autodiscover_modules("tasks")
        # So do the sources of the workbench, in apps/<app>/commitments.py.
        autodiscover_modules("commitments")
