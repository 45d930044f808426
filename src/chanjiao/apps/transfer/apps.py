"""The Django app of technology transfer: challenges, registered contracts, first use."""

from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "chanjiao.apps.transfer"
    label = "transfer"
