"""The papers app."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Documents read into drafts for the exchange."""

    name = "chanjiao.apps.papers"
