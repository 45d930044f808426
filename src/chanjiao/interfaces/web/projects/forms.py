"""The forms of a project."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from chanjiao.apps.projects.models import Direction
from chanjiao.apps.projects.rules import LENGTHS, MOST_MONEY, MilestoneFacts
from chanjiao.apps.projects.shown import MilestoneView
from chanjiao.core.files import KINDS
from chanjiao.interfaces.web.cooperation.forms import optional_id
from chanjiao.interfaces.web.exchange.forms import DayInput

Choices = list[tuple[int, str]]


class MilestoneForm(forms.Form):
    """One milestone: what, until when, who."""

    use_required_attribute = False
    title = forms.CharField(label=gettext_lazy("Title"), max_length=LENGTHS["title"])
    deliverable = forms.CharField(
        label=gettext_lazy("Deliverable"),
        max_length=LENGTHS["deliverable"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("What shows that it is done: it is proved by documents of this"),
    )
    starts_on = forms.DateField(label=gettext_lazy("From"), required=False, widget=DayInput())
    due_on = forms.DateField(label=gettext_lazy("Due"), widget=DayInput())
    organisation = forms.TypedChoiceField(label=gettext_lazy("Responsible organisation"), coerce=int)
    responsible = optional_id(gettext_lazy("Responsible person"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, bodies: Choices, people: Choices, milestone: MilestoneView | None = None) -> None:
        super().__init__(data, initial=_told(milestone))
        self.fields["organisation"].choices = bodies  # type: ignore[attr-defined]
        self.fields["responsible"].choices = [("", "—"), *people]  # type: ignore[attr-defined]

    def told(self) -> MilestoneFacts:
        """The milestone as the action takes it."""
        given = self.cleaned_data
        return MilestoneFacts(
            title=given["title"],
            due_on=given["due_on"],
            organisation_id=given["organisation"],
            responsible_id=given["responsible"],
            deliverable=given["deliverable"],
            starts_on=given["starts_on"],
        )


class ProofForm(forms.Form):
    """A document that shows that something was done."""

    use_required_attribute = False
    title = forms.CharField(label=gettext_lazy("Title"), max_length=LENGTHS["title"], required=False)
    milestone = optional_id(gettext_lazy("Milestone"))
    file = forms.FileField(
        label=gettext_lazy("File"), widget=forms.FileInput(attrs={"accept": ",".join(f".{one}" for one in KINDS)})
    )
    is_confidential = forms.BooleanField(
        label=gettext_lazy("For the parties alone (invoices, pay, technical secrets)"), required=False
    )

    def __init__(self, *args: Any, milestones: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["milestone"].choices = [("", "—"), *milestones]  # type: ignore[attr-defined]


class ReplaceForm(forms.Form):
    """The next version of a proof."""

    use_required_attribute = False
    file = forms.FileField(label=gettext_lazy("File"))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=LENGTHS["reason"])
    replaces = forms.IntegerField(widget=forms.HiddenInput)


class JudgeForm(forms.Form):
    """Verified, or sent back with a reason; the fingerprint tells which file was looked at."""

    sha256 = forms.CharField(widget=forms.HiddenInput)
    refusal = forms.CharField(
        label=gettext_lazy("What is missing"), max_length=LENGTHS["reason"], required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class MoneyForm(forms.Form):
    """Money received or spent."""

    use_required_attribute = False
    direction = forms.ChoiceField(label=gettext_lazy("Direction"), choices=Direction.choices)
    amount = forms.DecimalField(
        label=gettext_lazy("Sum"), max_value=MOST_MONEY, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    booked_on = forms.DateField(label=gettext_lazy("Day"), widget=DayInput())
    organisation = optional_id(gettext_lazy("Paid by or to"))
    milestone = optional_id(gettext_lazy("Milestone"))
    note = forms.CharField(label=gettext_lazy("Note"), max_length=LENGTHS["note"], required=False)

    def __init__(self, data: Any, *, bodies: Choices, milestones: Choices) -> None:
        super().__init__(data)
        self.fields["organisation"].choices = [("", "—"), *bodies]  # type: ignore[attr-defined]
        self.fields["milestone"].choices = [("", "—"), *milestones]  # type: ignore[attr-defined]


class EvaluationForm(forms.Form):
    """One to five points, and why."""

    points = forms.TypedChoiceField(
        label=gettext_lazy("How did it go?"),
        coerce=int,
        choices=[
            (5, gettext_lazy("5 – very well")),
            (4, gettext_lazy("4 – well")),
            (3, gettext_lazy("3 – fairly")),
            (2, gettext_lazy("2 – poorly")),
            (1, gettext_lazy("1 – badly")),
        ],
    )
    words = forms.CharField(
        label=gettext_lazy("In words"), max_length=LENGTHS["words"], required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class CloseForm(forms.Form):
    """How the project ended, and with what result."""

    use_required_attribute = False
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=[("complete", gettext_lazy("Complete")), ("stopped", gettext_lazy("Stopped before its end"))],
    )
    summary = forms.CharField(
        label=gettext_lazy("Result"), max_length=LENGTHS["summary"], widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


def _told(milestone: MilestoneView | None) -> dict[str, object]:
    if milestone is None:
        return {}
    return {
        "title": milestone.title,
        "deliverable": milestone.deliverable,
        "starts_on": milestone.starts_on,
        "due_on": milestone.due_on,
        "organisation": milestone.organisation_id,
        "responsible": milestone.responsible_id,
        "version": milestone.version,
    }
