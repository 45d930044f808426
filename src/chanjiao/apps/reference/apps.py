"""The Django app `reference`."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "chanjiao.apps.reference"
    label = "reference"
