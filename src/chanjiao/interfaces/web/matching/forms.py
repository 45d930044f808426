"""Forms on a match."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from chanjiao.apps.matching.models import DeclineReason


class DeclineForm(forms.Form):
    """Why a match is declined; ranking learns from it."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=DeclineReason.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("The other side reads this"),
    )
