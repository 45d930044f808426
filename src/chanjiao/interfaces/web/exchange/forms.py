"""The entry form: shared columns, then the typed fields of the kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chanjiao.apps.exchange.kinds import DEFAULT_UNITS, UNIT_WORDS, Field, Kind, Side, Value, fields_of
from chanjiao.apps.exchange.models import CloseReason, EducationLevel
from chanjiao.apps.exchange.places import Place
from chanjiao.apps.exchange.rules import LENGTHS, OPEN_FOR, Content

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_SPLIT = re.compile(r"[、,，;；\n]+")

# Which shared columns a kind asks for, besides those of every kind.
_ASKED = {
    Kind.POST: ("occupation_code", "programme_code", "education_level", "skills"),
    Kind.TECHNICAL_PROBLEM: ("skills",),
    Kind.TRAINING: ("occupation_code", "skills"),
    Kind.EQUIPMENT: ("programme_code", "skills"),
    Kind.EXPERT: ("occupation_code", "programme_code", "education_level", "skills"),
    Kind.PRODUCT: ("skills",),
}
_OPTIONAL_COLUMNS = {name for names in _ASKED.values() for name in names}
_QUANTITY_LABELS = {
    Kind.POST: gettext_lazy("Number of people"),
    Kind.TRAINING: gettext_lazy("Number of people"),
    Kind.EXPERT: gettext_lazy("Number of people"),
}


class DayInput(forms.DateInput):
    """A day picked from the browser's calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _code(label: StrOrPromise, system: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"data-suggest": system, "autocomplete": "off"})
    help_text = gettext_lazy("Type a name, a code or pinyin initials and choose")
    return forms.CharField(label=label, required=False, max_length=16, widget=widget, help_text=help_text)


class ListingForm(forms.Form):
    """What the writer of a need or an offer fills in; `version` tells which state of it was edited."""

    use_required_attribute = False

    title = forms.CharField(label=gettext_lazy("Title"), max_length=LENGTHS["title"])
    summary = forms.CharField(
        label=gettext_lazy("Public summary"),
        max_length=LENGTHS["summary"],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody can read this; leave out names and telephone numbers"),
    )
    quantity = forms.IntegerField(label=gettext_lazy("Quantity"), min_value=1, initial=1)
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=LENGTHS["unit"], required=False)
    occupation_code = _code(gettext_lazy("Occupation"), "occupation")
    programme_code = _code(gettext_lazy("Programme"), "programme")
    education_level = forms.ChoiceField(
        label=gettext_lazy("Education"), required=False, choices=[("", "—"), *EducationLevel.choices]
    )
    skills = forms.CharField(
        label=gettext_lazy("Skills"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Separated by commas; they weigh much in a match"),
    )
    partners = forms.CharField(
        label=gettext_lazy("Partners asked for"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Full names, separated by commas; a match with them says that you asked for them"),
    )
    industry_code = _code(gettext_lazy("Industry"), "industry")
    region_code = _code(gettext_lazy("Place"), "region")
    starts_on = forms.DateField(label=gettext_lazy("From"), required=False, widget=DayInput())
    ends_on = forms.DateField(label=gettext_lazy("Until"), required=False, widget=DayInput())
    expires_on = forms.DateField(
        label=gettext_lazy("Open until"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("After this day it is no longer matched; it can be renewed"),
    )
    detail = forms.CharField(
        label=gettext_lazy("Confidential particulars"),
        required=False,
        max_length=LENGTHS["detail"],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Read by your organisation, the secretariat, and a partner once both have accepted"),
    )
    contact_name = forms.CharField(
        label=gettext_lazy("Contact person"), max_length=LENGTHS["contact_name"], required=False
    )
    contact_phone = forms.CharField(
        label=gettext_lazy("Telephone"), max_length=LENGTHS["contact_phone"], required=False
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, side: Side, kind: Kind, places: Iterable[Place] = (), draft: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.side, self.kind = side, kind
        for name in _OPTIONAL_COLUMNS - set(_ASKED[kind]):
            del self.fields[name]
        self.typed = fields_of(side, kind)
        for field in self.typed:
            self.fields[field.name] = _typed(field)
        self.fields["quantity"].label = _QUANTITY_LABELS.get(kind, self.fields["quantity"].label)
        self.fields["unit"].widget.attrs["list"] = "units"
        choices = [(f"{place.organisation_id}-{place.consortium_id}", _place_words(place)) for place in places]
        if choices:
            self.fields["place"] = forms.ChoiceField(label=_("Organisation and consortium"), choices=choices)
        if draft:
            for name in set(self.fields) - {"title", "place"}:
                self.fields[name].required = False

    def content(self, base: Content) -> Content:
        """The content as filled in; what the form does not ask for stays as in `base`."""
        given = {name: value for name, value in self.cleaned_data.items() if name in Content.__dataclass_fields__}
        for name in {"skills", "partners"} & set(given):
            given[name] = tuple(part.strip() for part in _SPLIT.split(given[name]) if part.strip())
        given["quantity"] = given.get("quantity") or 1
        typed = tuple((field.name, self.cleaned_data.get(field.name)) for field in self.typed)
        return replace(base, **given, fields=typed)

    def place(self) -> tuple[int, int]:
        """(organisation, consortium) for which the listing is posted."""
        organisation_id, consortium_id = self.cleaned_data["place"].split("-")
        return int(organisation_id), int(consortium_id)

    @property
    def typed_rows(self) -> list[tuple[forms.BoundField, str]]:
        """The typed fields, each with its unit."""
        return [(self[field.name], _(field.unit) if field.unit else "") for field in self.typed]

    @property
    def asked(self) -> list[forms.BoundField]:
        """The shared columns that only some kinds ask for."""
        return [self[name] for name in _ASKED[self.kind]]

    @property
    def units(self) -> list[str]:
        """Units offered first."""
        return list(UNIT_WORDS)


def _place_words(place: Place) -> str:
    return f"{place.organisation} · {place.consortium}"


def _typed(field: Field) -> forms.Field:
    label, required = _(field.label), field.required
    match field.value:
        case Value.CHOICE:
            choices = [("", "—"), *((value, _(words)) for value, words in field.choices.items())]
            return forms.ChoiceField(label=label, required=required, choices=choices)
        case Value.BOOLEAN:
            choices = [("", "—"), ("true", _("Yes")), ("false", _("No"))]
            return forms.ChoiceField(label=label, required=False, choices=choices)
        case Value.INTEGER:
            return forms.CharField(label=label, required=required, widget=_number("numeric"))
        case Value.MONEY:
            return forms.CharField(label=label, required=required, widget=_number("decimal"))
    help_text = _("Confidential") if field.confidential else ""
    return forms.CharField(label=label, required=required, max_length=300, help_text=help_text)


def _number(inputmode: str) -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": inputmode, "autocomplete": "off"})


def starting_values(kind: Kind, today: date, *, region: str, industry: str, contact: tuple[str, str]) -> dict[str, Any]:
    """Sensible values for a new listing."""
    return {
        "unit": DEFAULT_UNITS[kind],
        "expires_on": today + OPEN_FOR,
        "region_code": region,
        "industry_code": industry,
        "contact_name": contact[0],
        "contact_phone": contact[1],
    }


def stored_values(content: Content, version: int) -> dict[str, Any]:
    """The values of a stored listing, as the form shows them."""
    values: dict[str, Any] = {name: getattr(content, name) for name in Content.__dataclass_fields__}
    values |= {name: _shown(value) for name, value in content.fields}
    lists = {"skills": "、".join(content.skills), "partners": "、".join(content.partners)}
    return values | lists | {"version": version}


def _shown(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


class CloseForm(forms.Form):
    """Why a listing is closed."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[choice for choice in CloseReason.choices if choice[0] != CloseReason.REFUSED],
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class RenewForm(forms.Form):
    """Until when a listing stays open."""

    expires_on = forms.DateField(label=gettext_lazy("Open until"), widget=DayInput())
    version = forms.IntegerField(widget=forms.HiddenInput)


class ReviewForm(forms.Form):
    """What the secretariat decides, and the word it sends along."""

    verdict = forms.CharField(widget=forms.HiddenInput)
    note = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:  # whether a reason is needed depends on the verdict, and the action knows
            self.fields["note"].required = False


def differences(
    form: ListingForm, mine: Mapping[str, Any], stored: Mapping[str, Any]
) -> list[tuple[object, object, object]]:
    """(label, stored, mine) of every field in which what was sent differs from what is stored now."""
    return [
        (bound.label, _plain(stored.get(bound.name)), _plain(mine.get(bound.name)))
        for bound in form.visible_fields()
        if _plain(stored.get(bound.name)) != _plain(mine.get(bound.name))
    ]


def _plain(value: object) -> str:
    return "" if value is None else str(value).strip()
