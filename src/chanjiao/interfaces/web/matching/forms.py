"""Forms on a match."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from chanjiao.apps.exchange.kinds import KIND_WORDS, Kind
from chanjiao.apps.matching.models import DeclineReason
from chanjiao.apps.matching.reply_rules import FEWEST_DAYS, MOST_DAYS


class MessageForm(forms.Form):
    """A question, an answer in words, or a proposed date."""

    text = forms.CharField(label=gettext_lazy("Message"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    day = forms.DateField(
        label=gettext_lazy("Date proposed"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class TermsForm(forms.Form):
    """Days to answer, a field for each kind."""

    def __init__(self, *args: object, days: dict[str, int], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        for kind in Kind:
            self.fields[kind.value] = forms.IntegerField(
                label=gettext_lazy(KIND_WORDS[kind]), min_value=FEWEST_DAYS, max_value=MOST_DAYS, initial=days[kind]
            )


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


class OrderForm(forms.Form):
    """How one person reads matches."""

    is_ranked = forms.TypedChoiceField(
        label=gettext_lazy("Order of my matches"),
        coerce=lambda value: value == "1",
        choices=[
            ("1", gettext_lazy("By fit: what fits best comes first, with points")),
            ("0", gettext_lazy("Neutral: by day of proposal, lists without points")),
        ],
        widget=forms.RadioSelect,
    )


class OrganisationForm(OrderForm):
    """How an organisation's people read matches, and whether it is matched."""

    takes_part = forms.TypedChoiceField(
        label=gettext_lazy("Automated matching"),
        coerce=lambda value: value == "1",
        choices=[
            ("1", gettext_lazy("Take part: partners are proposed to us, and we to them")),
            ("0", gettext_lazy("Refuse: nothing is proposed; the board of needs and offers stays open")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_organisation_%s", **kwargs})
        self.fields["is_ranked"].label = gettext_lazy("Order for all our people")


class WhyForm(forms.Form):
    """The pair that somebody asks about."""

    use_required_attribute = False

    need = forms.CharField(label=gettext_lazy("Number of the need"), max_length=20)
    offer = forms.CharField(label=gettext_lazy("Number of the offer"), max_length=20)


class RestoreForm(forms.Form):
    """The version of the weights to take up again."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
