"""The forms of an agreement: one for each step of writing it, and one for each deed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chanjiao.apps.cooperation.content import LENGTHS, LONGEST_VALUE, MOST_MONEY, Content, PartyFacts
from chanjiao.apps.cooperation.kinds import AgreementField, AgreementKind, Clause, PartyRole
from chanjiao.apps.cooperation.models import EndReason
from chanjiao.interfaces.web.cooperation.words import ROLE_WORDS, worded
from chanjiao.interfaces.web.exchange.forms import DayInput
from chanjiao.interfaces.web.exchange.words import unit_words

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

BLANK_CLAUSES = 1
"""Empty clauses at the end of the form, for new ones."""


def optional_id(label: StrOrPromise) -> forms.TypedChoiceField:
    """A field that holds the id of one of its choices, or None."""
    return forms.TypedChoiceField(label=label, required=False, coerce=int, empty_value=None)


class Step(forms.Form):
    """One step of writing an agreement, filled from a content and read back into it."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)

    def content(self, base: Content) -> Content:
        """The content with what this step asks for."""
        raise NotImplementedError

    def marks_optional(self, names: set[str]) -> None:
        """Only these fields are shown as optional; a draft may leave every field empty nevertheless."""
        for name, field in self.fields.items():
            if name != "version":
                field.required = not self.is_bound and name not in names


class TermsStep(Step):
    """Title, term, money and the particulars of the kind."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=LENGTHS["title"], required=False)
    starts_on = forms.DateField(label=gettext_lazy("From"), required=False, widget=DayInput())
    ends_on = forms.DateField(label=gettext_lazy("Until"), required=False, widget=DayInput())
    amount = forms.DecimalField(
        label=gettext_lazy("Contract amount"), required=False, min_value=0, max_value=MOST_MONEY, decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip
    overlap_meant = forms.BooleanField(
        label=gettext_lazy("The term may overlap that of another agreement between us"), required=False
    )
    shares_money = forms.BooleanField(
        label=gettext_lazy("The secretariat may read the amount and the confidential clauses"),
        required=False,
        help_text=gettext_lazy("Part of the text that all parties sign; without it these stay between the parties"),
    )

    def __init__(self, data: Any, *, kind: AgreementKind, content: Content, version: int) -> None:
        initial = {name: getattr(content, name) for name in self._plain} | {"version": version}
        initial |= {name: _shown(value) for name, value in content.fields}
        super().__init__(data, initial=initial)
        self.kind = kind
        for one in kind.fields:
            self.fields[one.name] = _typed(one)
        needed = {"title", "starts_on", "ends_on", *(one.name for one in kind.fields if one.required)}
        self.marks_optional(set(self.fields) - needed)

    _plain = ("title", "starts_on", "ends_on", "amount", "overlap_meant", "shares_money")

    def content(self, base: Content) -> Content:
        """The content with these terms."""
        told: dict[str, Any] = {name: self.cleaned_data.get(name) for name in self._plain}
        fields = tuple((one.name, self.cleaned_data.get(one.name)) for one in self.kind.fields)
        return replace(base, **told, fields=fields)

    @property
    def typed_rows(self) -> list[tuple[forms.BoundField, str]]:
        """The particulars, each with its unit."""
        return [(self[one.name], "%" if one.value == "percent" else unit_words(one.unit)) for one in self.kind.fields]


class PartiesStep(Step):
    """Who takes part, as what, with which rights and duties; the writer's own organisation stays."""

    added = optional_id(gettext_lazy("Add an organisation"))
    added_role = forms.ChoiceField(label=gettext_lazy("It takes part as"), required=False)
    student = optional_id(gettext_lazy("Add a student"))

    def __init__(
        self,
        data: Any,
        *,
        kind: AgreementKind,
        content: Content,
        version: int,
        bodies: Iterable[tuple[int, str]],
        students: Iterable[tuple[int, str]],
    ) -> None:
        initial: dict[str, object] = {"version": version}
        for place, party in enumerate(content.parties):
            initial |= {f"rights_{place}": party.rights, f"duties_{place}": party.duties}
        super().__init__(data, initial=initial)
        self.kind, self.parties = kind, content.parties
        here = {party.organisation_id for party in content.parties}
        self._choices("added", [(pk, name) for pk, name in bodies if pk not in here])
        self._choices("student", students)
        roles = [(role, ROLE_WORDS[role]) for role in ROLE_WORDS if role != PartyRole.STUDENT]
        self.fields["added_role"].choices = roles  # type: ignore[attr-defined]
        for place, _party in enumerate(content.parties):
            self.fields[f"rights_{place}"] = _long(_("Its rights"), LENGTHS["rights"])
            self.fields[f"duties_{place}"] = _long(_("Its duties"), LENGTHS["duties"])
            self.fields[f"leave_{place}"] = forms.BooleanField(label=_("Take this party out"), required=False)
        self.marks_optional({"added", "student", "added_role"})

    def _choices(self, name: str, choices: Iterable[tuple[int, str]]) -> None:
        self.fields[name].choices = [("", "—"), *choices]  # type: ignore[attr-defined]

    def content(self, base: Content) -> Content:
        """The content with these parties; a new one begins with what the kind proposes for its role."""
        told = self.cleaned_data
        kept = [
            replace(party, rights=told[f"rights_{place}"], duties=told[f"duties_{place}"])
            for place, party in enumerate(self.parties)
            if not told[f"leave_{place}"]
        ]
        if told["added"] is not None:
            kept.append(self._new(told["added_role"], organisation_id=told["added"]))
        if told["student"] is not None:
            kept.append(self._new(PartyRole.STUDENT, user_id=told["student"]))
        return replace(base, parties=tuple(kept))

    def _new(self, role: str, **who: int) -> PartyFacts:
        return PartyFacts(role, rights=self.kind.rights.get(role, ""), duties=self.kind.duties.get(role, ""), **who)

    @property
    def rows(self) -> list[tuple[PartyFacts, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Each party with its fields."""
        return [
            (party, self[f"rights_{place}"], self[f"duties_{place}"], self[f"leave_{place}"])
            for place, party in enumerate(self.parties)
        ]


class ClausesStep(Step):
    """The clauses: heading, text, and whether only the parties read them. An emptied clause is gone."""

    def __init__(self, data: Any, *, content: Content, version: int) -> None:
        self.clauses = [*content.clauses, *[Clause("", "", "")] * BLANK_CLAUSES]
        initial: dict[str, object] = {"version": version}
        for place, clause in enumerate(self.clauses):
            initial |= {
                f"heading_{place}": clause.heading,
                f"text_{place}": clause.text,
                f"confidential_{place}": clause.confidential,
            }
        super().__init__(data, initial=initial)
        for place, _clause in enumerate(self.clauses):
            self.fields[f"heading_{place}"] = forms.CharField(
                label=_("Clause heading"), max_length=LENGTHS["heading"], required=False
            )
            self.fields[f"text_{place}"] = _long(_("Clause text"), LENGTHS["text"])
            self.fields[f"confidential_{place}"] = forms.BooleanField(
                label=_("Confidential: for the parties alone"), required=False
            )
        last = len(self.clauses) - 1
        self.marks_optional({f"heading_{last}", f"text_{last}"})

    def content(self, base: Content) -> Content:
        """The content with these clauses."""
        told = self.cleaned_data
        clauses = tuple(
            replace(
                clause,
                code=clause.code or _free_code(self.clauses),
                heading=told[f"heading_{place}"],
                text=told[f"text_{place}"],
                confidential=told[f"confidential_{place}"],
            )
            for place, clause in enumerate(self.clauses)
        )
        return replace(base, clauses=tuple(one for one in clauses if one.heading or one.text))

    @property
    def rows(self) -> list[tuple[Clause, forms.BoundField, forms.BoundField, forms.BoundField]]:
        """Each clause with its fields."""
        return [
            (clause, self[f"heading_{place}"], self[f"text_{place}"], self[f"confidential_{place}"])
            for place, clause in enumerate(self.clauses)
        ]


class NewForm(forms.Form):
    """With whom, in which consortium, like which earlier agreement."""

    place = forms.ChoiceField(label=gettext_lazy("Organisation and consortium"))
    partner = optional_id(gettext_lazy("Partner"))
    like = optional_id(gettext_lazy("Like an earlier agreement"))

    def __init__(
        self,
        data: Any,
        *,
        places: list[tuple[str, str]],
        bodies: Iterable[tuple[int, str]],
        models: list[tuple[int, str]],
        like: int | None,
    ) -> None:
        super().__init__(data, initial={"like": like})
        self.fields["like"].choices = [("", "—"), *models]  # type: ignore[attr-defined]
        self.fields["place"].choices = places  # type: ignore[attr-defined]
        self.fields["partner"].choices = [("", "—"), *bodies]  # type: ignore[attr-defined]


class SignatoriesForm(forms.Form):
    """Who signs for a party: one person, or two."""

    signatories = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Who signs"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, choices: list[tuple[int, str]], named: list[int]) -> None:
        super().__init__(data, initial={"signatories": named})
        self.fields["signatories"].choices = choices  # type: ignore[attr-defined]


class SignForm(forms.Form):
    """The signer's confirmation of the text with this fingerprint."""

    text_sha256 = forms.CharField(widget=forms.HiddenInput)
    confirmation = forms.CharField(
        label=gettext_lazy("Your password"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class ReasonForm(forms.Form):
    """Why a proposal is declined, or an amendment begun."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class EndForm(forms.Form):
    """Why an agreement ends."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"), choices=[one for one in EndReason.choices if one[0] != EndReason.TERM]
    )
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


def _typed(one: AgreementField) -> forms.Field:
    label = worded(one.label)
    match one.value:
        case "choice":
            choices = [("", "—"), *((value, worded(words)) for value, words in one.choices.items())]
            return forms.ChoiceField(label=label, required=False, choices=choices)
        case "boolean":
            choices = [("", "—"), ("true", _("Yes")), ("false", _("No"))]
            return forms.ChoiceField(label=label, required=False, choices=choices)
        case "date":
            return forms.CharField(label=label, required=False, widget=DayInput())
        case "integer":
            return _number(label, "numeric")
        case "money" | "percent":
            return _number(label, "decimal")
    return forms.CharField(label=label, required=False, max_length=LONGEST_VALUE)


def _number(label: str, inputmode: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": inputmode, "autocomplete": "off"})
    return forms.CharField(label=label, required=False, widget=widget)


def _long(label: str, limit: int) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, required=False, widget=forms.Textarea(attrs={"rows": 3}))


def _shown(value: object) -> object:
    return str(value).lower() if isinstance(value, bool) else value


def _free_code(clauses: Iterable[Clause]) -> str:
    taken = {clause.code for clause in clauses}
    return next(f"own{number}" for number in range(1, 1000) if f"own{number}" not in taken)
