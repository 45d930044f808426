"""The Django app `exchange`."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "chanjiao.apps.exchange"
    label = "exchange"
