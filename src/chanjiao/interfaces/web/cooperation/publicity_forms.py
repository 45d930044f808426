"""The forms of a publicised price."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from chanjiao.apps.cooperation.publicity_rules import LENGTHS, PublicityTerms
from chanjiao.interfaces.web.exchange.forms import DayInput


class PublicityForm(forms.Form):
    """How long a price is made known, where else, and who takes objections."""

    use_required_attribute = False
    begins_on = forms.DateField(label=gettext_lazy("Begins on"), widget=DayInput())
    ends_on = forms.DateField(label=gettext_lazy("Last day"), widget=DayInput())
    contact = forms.CharField(
        label=gettext_lazy("Who takes objections"),
        max_length=LENGTHS["contact"],
        help_text=gettext_lazy("Department, telephone; everybody reads it"),
    )
    place = forms.CharField(
        label=gettext_lazy("Also made known at"),
        max_length=LENGTHS["place"],
        required=False,
        help_text=gettext_lazy("An address or a notice board; needed where it began before today"),
    )

    def terms(self) -> PublicityTerms:
        """The terms as the action takes them."""
        return PublicityTerms(**self.cleaned_data)


class ObjectionForm(forms.Form):
    """What somebody objects; `name` for whoever enters what another wrote to them."""

    use_required_attribute = False
    name = forms.CharField(
        label=gettext_lazy("Who objects"),
        max_length=LENGTHS["name"],
        required=False,
        help_text=gettext_lazy("Empty: you yourself; else whoever wrote or called"),
    )
    reason = forms.CharField(
        label=gettext_lazy("What you object to"), max_length=LENGTHS["reason"], widget=forms.Textarea(attrs={"rows": 4})
    )


class AnswerForm(forms.Form):
    """What becomes of an objection, and why."""

    use_required_attribute = False
    upheld = forms.ChoiceField(
        label=gettext_lazy("The objection is"),
        choices=[
            ("no", gettext_lazy("Dismissed: the publicity goes on")),
            ("yes", gettext_lazy("Upheld: the publicity is stopped")),
        ],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=gettext_lazy("Answer"), max_length=LENGTHS["answer"], widget=forms.Textarea(attrs={"rows": 3})
    )


class StopForm(forms.Form):
    """Why a publicity is stopped."""

    use_required_attribute = False
    note = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
