"""The form of a scenario: numbers, and sliders for what one tries out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chanjiao.apps.members.models import Consortium
from chanjiao.apps.plans.models import PlanScenario
from chanjiao.apps.plans.rules import BOUNDS, DEMANDS, Options
from chanjiao.engines.words import N_
from chanjiao.interfaces.web.plans import words


@dataclass(frozen=True, slots=True)
class Shown:
    """How an option is asked for: name, unit, help, the step between two values, whether by a slider."""

    label: str
    unit: str = ""
    help: str = ""
    step: float = 1
    is_slider: bool = False


SHOWN = {
    "years": Shown(N_("Years planned"), N_("years"), N_("Up to eight")),
    "shortage": Shown(N_("An opening that stays unfilled"), N_("points"), "", 0.1, True),
    "surplus": Shown(N_("A graduate who finds no opening"), N_("points"), "", 0.1, True),
    "change": Shown(N_("A seat that moves"), N_("points"), N_("Keeps plans calm"), 0.01, True),
    "max_change": Shown(N_("Most change a year"), "%", N_("Of today's intake; closing is allowed"), 5, True),
    "growth": Shown(N_("Most growth"), "%", N_("Above today's intake"), 10, True),
    "more_teachers": Shown(N_("More teachers than today"), "%", "", 5, True),
    "more_rooms": Shown(N_("More training rooms than today"), "%", "", 5, True),
    "more_money": Shown(N_("More running money than today"), "%", "", 5, True),
    "students_per_teacher": Shown(N_("Students to a teacher"), N_("students")),
    "students_per_room": Shown(
        N_("Students to a training room"), N_("students"), N_("Of all years; several classes share a room")
    ),
    "opening": Shown(N_("Opening a programme"), N_("points"), N_("As many unfilled openings weigh the same")),
    "closing": Shown(N_("Closing a programme"), N_("points")),
    "class_size": Shown(N_("Intake in steps of"), N_("students")),
    "least_class": Shown(N_("Fewest students of a programme"), N_("students"), N_("Smaller ones of today may go on")),
    "seconds": Shown(N_("Time to solve"), N_("seconds"), N_("When it ends, the best plan so far is kept with its gap")),
}
"""Option → how it is asked for, in the order of the form."""


class ScenarioForm(forms.Form):
    """A scenario's title and options; `version` tells which state of them was edited."""

    use_required_attribute = False

    def __init__(self, *args: Any, consortia: QuerySet[Consortium] | None, this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"] = forms.CharField(label=_("Title"), max_length=80)
        if consortia is not None:
            self.fields["consortium"] = forms.ModelChoiceField(consortia, label=_("Consortium"), empty_label=None)
        self.fields["first_year"] = forms.IntegerField(label=_("First year of intake"), initial=this_year + 1)
        demands = [(name, _(words.DEMANDS[name])) for name in DEMANDS]
        self.fields["demand"] = forms.ChoiceField(label=_("Demand"), choices=demands)
        defaults = Options(first_year=this_year + 1)
        for name, shown in SHOWN.items():
            self.fields[name] = _field(name, shown, getattr(defaults, name))
        self.fields["version"] = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def rows(self) -> list[tuple[forms.BoundField, str, bool]]:
        """The visible fields with unit, and whether each is a slider."""
        found = []
        for bound in self.visible_fields():
            shown = SHOWN.get(bound.name, Shown(""))
            found.append((bound, _(shown.unit) if shown.unit else "", shown.is_slider))
        return found

    def main_rows(self) -> list[tuple[forms.BoundField, str, bool]]:
        """What one tries out: demand and sliders, under what names the scenario."""
        return [row for row in self.rows() if row[2] or row[0].name in ("title", "consortium", "demand")]

    def more_rows(self) -> list[tuple[forms.BoundField, str, bool]]:
        """What is set once."""
        main = {row[0].name for row in self.main_rows()}
        return [row for row in self.rows() if row[0].name not in main]

    def told(self) -> list[tuple[str, str]]:
        """Every option by its label, as words, for who may not change them."""
        demand = self["demand"].value()
        values = {"demand": _(words.DEMANDS[demand])}
        return [
            (str(bound.label), values.get(bound.name, f"{bound.value()} {unit}".rstrip()))
            for bound, unit, _is_slider in self.rows()
            if bound.name != "title"
        ]

    def options(self) -> Options:
        """The options as filled in."""
        names = ("first_year", "demand", *SHOWN)
        return Options(**{name: self.cleaned_data[name] for name in names})


def _field(name: str, shown: Shown, initial: object) -> forms.Field:
    low, high = BOUNDS[name]
    kind = forms.IntegerField if shown.step == int(shown.step) and isinstance(initial, int) else forms.FloatField
    attrs = {"min": f"{low:g}", "max": f"{high:g}", "step": f"{shown.step:g}"}
    if shown.is_slider:
        attrs |= {"type": "range", "class": "form-range"}
    return kind(
        label=_(shown.label), initial=initial, help_text=_(shown.help) if shown.help else "",
        widget=forms.TextInput(attrs=attrs) if shown.is_slider else forms.NumberInput(attrs=attrs),
    )  # fmt: skip


def stored_values(found: PlanScenario) -> dict[str, object]:
    """The values of a stored scenario, as the form shows them."""
    return {**found.options, "title": found.title, "version": found.version}
