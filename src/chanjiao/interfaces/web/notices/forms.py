"""Forms about being told."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.notices.models import BotKind, Rhythm


class PreferenceForm(forms.Form):
    """How often one wants letters, and when not."""

    rhythm = forms.ChoiceField(label=_("Letters"), choices=Rhythm.choices, widget=forms.RadioSelect)
    quiet_from = forms.TimeField(label=_("Quiet from"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    quiet_until = forms.TimeField(
        label=_("Quiet until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )


class ContactForm(forms.Form):
    """Who answers letters: both fields, or neither."""

    name = forms.CharField(label=_("Name"), max_length=60, required=False)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, required=False)


class BotForm(forms.Form):
    """The bot of a group chat, as its group shows it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=BotKind.choices)
    name = forms.CharField(label=_("Name of the group"), max_length=60)
    hook = forms.CharField(
        label=_("Webhook address"), max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    signing_secret = forms.CharField(
        label=_("Secret for signing"),
        max_length=200,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("DingTalk and Feishu: where the group's bot is set to signatures. WeCom has none."),
    )
