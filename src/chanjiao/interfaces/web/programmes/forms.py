"""The form for a programme point."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from chanjiao.apps.members.models import Organisation
from chanjiao.apps.programmes.models import ProgrammeLevel, ProgrammePoint
from chanjiao.apps.programmes.rules.points import Figures

FIGURES = tuple(Figures.__dataclass_fields__)


class FiguresForm(forms.Form):
    """The yearly figures of a programme point; `version` tells which state of them was edited."""

    use_required_attribute = False

    years = forms.IntegerField(label=gettext_lazy("Years of study"), initial=3)
    intake = forms.IntegerField(label=gettext_lazy("Intake plan"), help_text=gettext_lazy("Students a year"))
    enrolled = forms.IntegerField(label=gettext_lazy("Students enrolled"))
    first_year = forms.IntegerField(label=gettext_lazy("First intake in"), required=False)
    last_year = forms.IntegerField(
        label=gettext_lazy("Last intake in"),
        required=False,
        help_text=gettext_lazy("Only where it takes nobody any more"),
    )
    teachers = forms.IntegerField(label=gettext_lazy("Teachers"), initial=0)
    dual_qualified = forms.IntegerField(
        label=gettext_lazy("Dual-qualified teachers"), initial=0, help_text=gettext_lazy("Among the teachers")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def figures(self) -> Figures:
        """The figures as filled in."""
        return Figures(**{name: self.cleaned_data[name] for name in FIGURES})


class PointForm(FiguresForm):
    """A new programme point."""

    college = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("College"), empty_label=None)
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=ProgrammeLevel.choices, initial="associate")
    code = forms.CharField(
        label=gettext_lazy("Programme"),
        max_length=16,
        widget=forms.TextInput(attrs={"data-suggest": "programme", "autocomplete": "off"}),
        help_text=gettext_lazy("Type a name, a code or pinyin initials and choose; undergraduate majors by code"),
    )
    field_order = ("college", "level", "code", *FIGURES)

    def __init__(self, *args: Any, colleges: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["college"].queryset = colleges  # type: ignore[attr-defined]


def stored_values(point: ProgrammePoint) -> dict[str, object]:
    """The values of a stored point, as the form shows them."""
    return {name: getattr(point, name) for name in (*FIGURES, "version")}
