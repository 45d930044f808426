"""The Django app of agreements."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CooperationConfig(AppConfig):
    name = "chanjiao.apps.cooperation"
    label = "cooperation"
    verbose_name = _("Co-operation")
