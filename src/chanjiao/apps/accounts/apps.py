"""The Django app `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "chanjiao.apps.accounts"
    label = "accounts"
