"""The Django app of dossiers of programme changes."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "chanjiao.apps.dossiers"
    label = "dossiers"
