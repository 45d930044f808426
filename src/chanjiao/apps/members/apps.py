"""The Django app `members`."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "chanjiao.apps.members"
    label = "members"
