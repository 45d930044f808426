"""The Django app `placement`."""

from django.apps import AppConfig


class PlacementConfig(AppConfig):
    name = "chanjiao.apps.placement"
    label = "placement"
