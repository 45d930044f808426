"""Forms of members: they read what was typed; the actions decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.members.models import Consortium, MembershipRole, Organisation, OrganisationType, Scale, StaffRole
from chanjiao.apps.members.values import OrganisationFacts
from chanjiao.core.errors import ChanjiaoError, Rejected, words_of

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def refuse(form: forms.Form, error: ChanjiaoError) -> None:
    """The form shows the error at its field, or on top where it has no field."""
    for one in error.errors if isinstance(error, Rejected) else [error]:
        field = one.field if one.field in form.fields else None
        form.add_error(field, words_of(one, get_language() or "zh-hans"))


def _code(label: StrOrPromise, system: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=16,
        widget=forms.TextInput(attrs={"data-suggest": system, "autocomplete": "off"}),
        help_text=_("Type a name, a code or pinyin initials and choose"),
    )


class OrganisationForm(forms.Form):
    """An organisation's facts; `version` tells which state of them was edited."""

    name = forms.CharField(label=_("Full name"), max_length=120, help_text=_("As on the licence"))
    short_name = forms.CharField(label=_("Short name"), max_length=60, required=False)
    type = forms.ChoiceField(label=_("Type"), choices=OrganisationType.choices, initial=OrganisationType.ENTERPRISE)
    credit_code = forms.CharField(
        label=_("Unified social credit code"),
        required=False,
        max_length=40,
        help_text=_("18 characters; the last one is checked"),
    )
    industry_code = _code(_("Industry"), "industry")
    region_code = _code(_("Region"), "region")
    zone = forms.ModelChoiceField(Organisation.objects.none(), label=_("Zone"), required=False, empty_label="—")
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    scale = forms.ChoiceField(label=_("Size"), choices=[("", "—"), *Scale.choices], required=False)
    staff_count = forms.IntegerField(label=_("Employees"), required=False, min_value=0, max_value=10_000_000)
    founded_year = forms.IntegerField(label=_("Founded in"), required=False, min_value=1000, max_value=2200)
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https", max_length=200)
    introduction = forms.CharField(
        label=_("Introduction"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    aliases = forms.CharField(
        label=_("Other names"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line: the forms that documents use, so that they are recognised"),
    )
    contact_name = forms.CharField(label=_("Contact person"), max_length=60, required=False)
    contact_phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, help_text=_("Seen by your own staff and the secretariat")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, zones: object, may_change_type: bool = True, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["zone"].queryset = zones  # type: ignore[attr-defined]
        if not may_change_type:
            del self.fields["type"]

    def ask_by_code(self, address: str) -> None:
        """The credit code, once typed, is looked up at the address, which tells what it says and fills what follows."""
        self.fields["credit_code"].widget.attrs |= {
            "hx-get": address, "hx-trigger": "change", "hx-target": "#code-says", "hx-include": "#filled-by-code",
        }  # fmt: skip

    def name_codes(self, names: dict[str, str]) -> None:
        """The code fields show the names of the codes they hold."""
        for field, name in names.items():
            if name:
                self.fields[field].widget.attrs["data-label"] = f"{self[field].value()} {name}"

    def told(self, type_: str = "") -> OrganisationFacts:
        """What was typed; `type_` stands where the form does not ask for the type."""
        values = {
            name: value for name, value in self.cleaned_data.items() if name not in ("zone", "aliases", "version")
        }
        zone = self.cleaned_data["zone"]
        aliases = tuple(line for line in re.split(r"[\n;；]+", self.cleaned_data["aliases"]) if line.strip())
        values.setdefault("type", type_)
        return OrganisationFacts(zone_id=zone.pk if zone else None, aliases=aliases, **values)


def organisation_values(organisation: Organisation, told: OrganisationFacts) -> dict[str, object]:
    """An organisation's facts as the form shows them first."""
    names = "\n".join(alias.name for alias in organisation.aliases.all())
    return {**asdict(told), "zone": organisation.zone_id, "aliases": names, "version": organisation.version}


class JoinForm(forms.Form):
    """An application to a consortium."""

    consortium = forms.ModelChoiceField(Consortium.objects.none(), label=_("Consortium"))
    role = forms.ChoiceField(label=_("Joins as"), choices=MembershipRole.choices, initial=MembershipRole.MEMBER)
    reason = forms.CharField(
        label=_("What the organisation brings and seeks"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: object, consortia: object, roles: Sequence[tuple[str, StrOrPromise]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["consortium"].queryset = consortia  # type: ignore[attr-defined]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]


def _day(label: StrOrPromise, *, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class DecisionForm(forms.Form):
    """A decision on an application."""

    decision = forms.ChoiceField(
        label=_("Decision"), choices=[("approve", _("Approve")), ("decline", _("Decline"))], widget=forms.RadioSelect
    )
    starts_on = _day(_("Term begins"), required=False)
    ends_on = _day(_("Term ends"), required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Required to decline; the applicant reads it"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class RenewForm(forms.Form):
    """A later end of a term."""

    ends_on = _day(_("Term ends"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class LeaveForm(forms.Form):
    """The reason for leaving."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    version = forms.IntegerField(widget=forms.HiddenInput)


class StaffForm(forms.Form):
    """A person's post in an organisation."""

    username = forms.CharField(label=_("Log-in name"), max_length=150, help_text=_("The administrator opens accounts"))
    role = forms.ChoiceField(label=_("Rights"), choices=StaffRole.choices, initial=StaffRole.MEMBER)
    title = forms.CharField(label=_("Post"), max_length=60, required=False)

    def __init__(self, *args: object, roles: Sequence[tuple[str, StrOrPromise]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
