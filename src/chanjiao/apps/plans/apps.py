"""The Django app `plans`."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "chanjiao.apps.plans"
    label = "plans"
