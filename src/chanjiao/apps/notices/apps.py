"""The Django app `notices`."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NoticesConfig(AppConfig):
    name = "chanjiao.apps.notices"
    label = "notices"

    def ready(self) -> None:
        # Kinds of notices and purposes of links register themselves when apps/<app>/notices.py is imported.
        autodiscover_modules("notices")
