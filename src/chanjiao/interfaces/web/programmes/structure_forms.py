"""Forms for yearly figures, demand, chains, warning cards and their rules."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from chanjiao.apps.members.models import Organisation
from chanjiao.apps.programmes.models import CardDecision, DemandFigure, IndustryChain
from chanjiao.apps.programmes.models.demand import TOLD_SOURCES
from chanjiao.apps.programmes.rules.demand import SOURCE_WORDS, DemandFacts
from chanjiao.apps.programmes.rules.supply import FIGURES, YearFacts
from chanjiao.apps.programmes.rules.warning_sets import WarningSet
from chanjiao.apps.programmes.selectors.supply import YearRow

LABELS = {
    "planned": gettext_lazy("Intake plan"),
    "admitted": gettext_lazy("Students admitted"),
    "enrolled": gettext_lazy("Students enrolled"),
    "completed": gettext_lazy("Completed"),
    "employed": gettext_lazy("Employed by contract"),
    "own_business": gettext_lazy("Own business"),
    "flexible": gettext_lazy("Flexible employment"),
    "further_study": gettext_lazy("Further study"),
    "in_city": gettext_lazy("Work in the city"),
    "in_field": gettext_lazy("Work in their field"),
    "teachers": gettext_lazy("Teachers"),
    "dual_qualified": gettext_lazy("Dual-qualified teachers"),
    "rooms": gettext_lazy("Training rooms"),
    "training_places": gettext_lazy("Training places"),
    "running_cost": gettext_lazy("Running cost (10,000 yuan)"),
}
HELP = {
    "completed": gettext_lazy("Those with a destination below are among them"),
    "in_city": gettext_lazy("Of those who work"),
    "in_field": gettext_lazy("Of those who work; their work fits the programme"),
    "running_cost": gettext_lazy("What teaching it cost in the year; holds plans of intake"),
}


class YearForm(forms.Form):
    """The figures of a programme point in a year; what is left empty is not known, which is not 0."""

    use_required_attribute = False

    year = forms.IntegerField(label=gettext_lazy("Year"))
    source = forms.CharField(label=gettext_lazy("Source"), max_length=80, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, known: YearRow | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIGURES:
            self.fields[name] = forms.IntegerField(
                label=LABELS[name], required=False, min_value=0, help_text=HELP.get(name, "")
            )
        self.order_fields(["year", *FIGURES, "source", "version"])
        if known is not None:
            self.initial.update({name: getattr(known.facts, name) for name in FIGURES})
            self.initial.update(year=known.year, source=known.source, version=known.version)
            self.fields["year"].widget.attrs["readonly"] = True

    def facts(self) -> YearFacts:
        """The figures as filled in."""
        return YearFacts(**{name: self.cleaned_data[name] for name in FIGURES})


class DemandForm(forms.Form):
    """A figure of demand as a document tells it."""

    use_required_attribute = False

    occupation = forms.CharField(
        label=gettext_lazy("Occupation"),
        max_length=16,
        widget=forms.TextInput(attrs={"data-suggest": "occupation", "autocomplete": "off"}),
        help_text=gettext_lazy("An occupation or a minor group (x-xx-xx)"),
    )
    year = forms.IntegerField(label=gettext_lazy("Year"))
    source = forms.ChoiceField(label=gettext_lazy("Source"))
    title = forms.CharField(
        label=gettext_lazy("Document"),
        max_length=120,
        help_text=gettext_lazy("Rows of one document add up; different documents are weighed against each other"),
    )
    expected = forms.IntegerField(label=gettext_lazy("People asked for"), min_value=0)
    low = forms.IntegerField(label=gettext_lazy("At least"), required=False, min_value=0)
    high = forms.IntegerField(label=gettext_lazy("At most"), required=False, min_value=0)
    industry = forms.CharField(
        label=gettext_lazy("Industry"),
        required=False,
        max_length=16,
        widget=forms.TextInput(attrs={"data-suggest": "industry", "autocomplete": "off"}),
        help_text=gettext_lazy("Decides the industry chain"),
    )
    zone = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Zone"), required=False)
    weight = forms.FloatField(
        label=gettext_lazy("Weight"), required=False, help_text=gettext_lazy("0 to 1; that of the source if left empty")
    )
    told_on = forms.DateField(
        label=gettext_lazy("Date of the source"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, zones: QuerySet[Organisation], known: DemandFigure | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            (one.value, gettext_lazy(SOURCE_WORDS[one])) for one in TOLD_SOURCES
        ]
        self.fields["zone"].queryset = zones  # type: ignore[attr-defined]
        if known is not None:
            same = ("year", "source", "title", "expected", "low", "high", "weight", "told_on", "version", "zone")
            self.initial = {name: getattr(known, name) for name in same}
            self.initial |= {"occupation": known.occupation_code, "industry": known.industry_code}

    def facts(self) -> DemandFacts:
        """The figure as filled in."""
        told = self.cleaned_data
        same = ("year", "source", "title", "expected", "low", "high", "weight", "told_on")
        return DemandFacts(
            **{name: told[name] for name in same},
            occupation_code=told["occupation"].strip(),
            industry_code=told["industry"].strip(),
            zone_id=told["zone"].pk if told["zone"] else None,
        )


class ChainForm(forms.Form):
    """An industry chain; codes are separated by blanks, commas or semicolons."""

    use_required_attribute = False

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)
    is_key = forms.BooleanField(label=gettext_lazy("Key chain"), required=False)
    industry_codes = forms.CharField(
        label=gettext_lazy("Industries"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Codes such as C36 or C3812; a code takes everything below it, and the longest decides"),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, known: IndustryChain | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known is not None:
            codes = "、".join(known.industry_codes)
            self.initial = {"name": known.name, "is_key": known.is_key, "version": known.version}
            self.initial["industry_codes"] = codes

    def codes(self) -> tuple[str, ...]:
        """The codes as filled in."""
        return tuple(code for code in re.split(r"[\s,，;；、]+", self.cleaned_data["industry_codes"]) if code)


class IssueForm(forms.Form):
    """Which rule set gives cards for which year."""

    rule_set = forms.ChoiceField(label=gettext_lazy("Rule set"))
    year = forms.IntegerField(label=gettext_lazy("Year"))

    def __init__(self, *args: Any, sets: list[WarningSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule_set"].choices = [(one.key, one.title) for one in sets]  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """What people decide over a card, and why."""

    use_required_attribute = False

    decision = forms.ChoiceField(
        label=gettext_lazy("What is decided"), choices=CardDecision.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Kept with the card, and read by the college"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class RuleSetForm(forms.Form):
    """The text of a rule set."""

    use_required_attribute = False

    content = forms.CharField(
        label=gettext_lazy("Rules"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "form-control code"}),
        help_text=gettext_lazy("A set with the key of one that stands takes its place; cards given stay as they are"),
    )
