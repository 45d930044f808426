"""The forms of technology transfer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from chanjiao.apps.transfer.actions.answer_challenge import Proposal
from chanjiao.apps.transfer.actions.draft_challenge import Terms
from chanjiao.apps.transfer.models import NotChosenReason
from chanjiao.apps.transfer.rules import LENGTHS, MOST_MONTHS
from chanjiao.apps.transfer.shown import AnswerView
from chanjiao.core.files import KINDS
from chanjiao.interfaces.web.exchange.forms import DayInput
from chanjiao.interfaces.web.transfer.words import contract_types

Choices = list[tuple[int, str]]


class PlainForm(forms.Form):
    """A form whose faults the server tells, in the reader's language."""

    use_required_attribute = False


class TermsForm(PlainForm):
    """What the owner of a challenge fills in."""

    need = forms.TypedChoiceField(label=gettext_lazy("Technical problem"), coerce=int)
    bounty = forms.DecimalField(label=gettext_lazy("Bounty"), max_digits=14, decimal_places=2)
    criteria = forms.CharField(
        label=gettext_lazy("Acceptance criteria"),
        max_length=LENGTHS["criteria"],
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Figures that are measured at the end; everybody reads them"),
    )
    answers_until = forms.DateField(label=gettext_lazy("Answers taken until"), widget=DayInput())
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, needs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].choices = needs  # type: ignore[attr-defined]

    def terms(self) -> Terms:
        """The terms as the action takes them."""
        told = self.cleaned_data
        return Terms(told["bounty"], told["criteria"], told["answers_until"])


class AnswerForm(PlainForm):
    """What an organisation proposes."""

    approach = forms.CharField(
        label=gettext_lazy("Approach"),
        max_length=LENGTHS["approach"],
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("How you would reach the criteria. Only the owner and the secretariat read it"),
    )
    price = forms.DecimalField(label=gettext_lazy("Price"), max_digits=14, decimal_places=2)
    months = forms.IntegerField(label=gettext_lazy("Term"), min_value=1, max_value=MOST_MONTHS)
    team = forms.CharField(
        label=gettext_lazy("Team"), max_length=LENGTHS["team"], widget=forms.Textarea(attrs={"rows": 3})
    )

    def proposal(self) -> Proposal:
        """The answer as the action takes it."""
        told = self.cleaned_data
        return Proposal(told["approach"], told["price"], told["months"], told["team"])


class ChoiceForm(PlainForm):
    """A reason for each answer that is not chosen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, others: Iterable[AnswerView], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = [one for one in NotChosenReason.choices if one[0] != NotChosenReason.ENDED]
        for one in others:
            self.fields[f"reason_{one.id}"] = forms.ChoiceField(
                label=one.organisation, choices=[("", "—"), *reasons], required=False
            )

    def reasons(self) -> dict[int, str]:
        """Answer → reason."""
        told = {name.removeprefix("reason_"): value for name, value in self.cleaned_data.items()}
        return {int(name): value for name, value in told.items() if name.isdigit()}


class ContractForm(PlainForm):
    """Which of the five types the contract is."""

    contract_type = forms.ChoiceField(label=gettext_lazy("Type of contract"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contract_type"].choices = contract_types()  # type: ignore[attr-defined]


class AcceptForm(PlainForm):
    """That the work was accepted."""

    accepted_on = forms.DateField(label=gettext_lazy("Accepted on"), widget=DayInput())
    note = forms.CharField(label=gettext_lazy("Note"), max_length=LENGTHS["note"], required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class EndForm(PlainForm):
    """Why a challenge ends without result."""

    note = forms.CharField(
        label=gettext_lazy("Reason"), max_length=LENGTHS["note"], widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class RegistrationForm(PlainForm):
    """The registration of a contract."""

    number = forms.CharField(label=gettext_lazy("Registration number"), max_length=LENGTHS["number"])
    office = forms.CharField(label=gettext_lazy("Registration office"), max_length=LENGTHS["office"])
    registered_on = forms.DateField(label=gettext_lazy("Registered on"), widget=DayInput())


class FirstUseForm(PlainForm):
    """The first use of what a contract delivered."""

    used_on = forms.DateField(label=gettext_lazy("Used on"), widget=DayInput())
    place = forms.CharField(label=gettext_lazy("Where"), max_length=LENGTHS["place"])
    effect = forms.CharField(
        label=gettext_lazy("Effect"),
        max_length=LENGTHS["effect"],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("In figures, as far as there are any: before and after"),
    )
    file = forms.FileField(
        label=gettext_lazy("Proof"), widget=forms.FileInput(attrs={"accept": ",".join(f".{one}" for one in KINDS)})
    )
