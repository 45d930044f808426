"""Forms of a person's own account."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.accounts.rules import TOKEN_DAYS


class ProfileForm(forms.Form):
    """What a person may change of themselves."""

    full_name = forms.CharField(label=_("Person's name"), max_length=60)
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("You can log in with it, too"))
    language = forms.ChoiceField(
        label=_("Language of the pages"),
        choices=[("", _("As chosen in the top bar")), *settings.LANGUAGES],
        required=False,
    )


class PasswordForm(forms.Form):
    """The present password, and the new one twice."""

    present = forms.CharField(
        label=_("Present password"),
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    wanted = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 10 characters; no common password, nothing like your name"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class TokenForm(forms.Form):
    """A token's name and life."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("Which program will use it"))
    days = forms.TypedChoiceField(
        label=_("Valid for"),
        coerce=int,
        choices=lambda: [(days, gettext("%d days") % days) for days in TOKEN_DAYS],
        initial=90,
    )
