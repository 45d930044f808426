"""The Django app `programmes`."""

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "chanjiao.apps.programmes"
    label = "programmes"
