"""The forms of dossiers: they read what was typed; the actions decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from chanjiao.apps.dossiers.book import ChangeKind
from chanjiao.apps.dossiers.facts import ChangeFacts
from chanjiao.apps.dossiers.models import Decision, Effect, Verdict
from chanjiao.apps.dossiers.rules import LENGTHS, Seats
from chanjiao.apps.programmes.models import ProgrammeLevel
from chanjiao.core import clock
from chanjiao.core.files import KINDS
from chanjiao.interfaces.web.dossiers.words import reasons
from chanjiao.interfaces.web.exchange.forms import DayInput

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Choices = list[tuple[Any, str]]


class PlainForm(forms.Form):
    """A form whose faults the server tells, in the reader's language."""

    use_required_attribute = False


def _words(
    label: StrOrPromise, name: str, *, rows: int, required: bool = True, help_text: StrOrPromise = ""
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LENGTHS[name],
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


class ChangeForm(PlainForm):
    """What a college asks for; only the fields of the kind of change are there."""

    place = forms.ChoiceField(label=gettext_lazy("College and consortium"))
    point = forms.TypedChoiceField(label=gettext_lazy("Programme"), coerce=int)
    level = forms.ChoiceField(label=gettext_lazy("Level"), choices=ProgrammeLevel.choices, initial="associate")
    code = forms.CharField(
        label=gettext_lazy("Programme"),
        max_length=16,
        widget=forms.TextInput(attrs={"data-suggest": "programme", "autocomplete": "off"}),
        help_text=gettext_lazy("Type a name, a code or pinyin initials and choose; undergraduate majors by code"),
    )
    into_code = forms.CharField(
        label=gettext_lazy("Goes into"),
        max_length=16,
        widget=forms.TextInput(attrs={"data-suggest": "programme", "autocomplete": "off"}),
        help_text=gettext_lazy("The programme of this college that takes its students and teachers"),
    )
    partner = forms.TypedChoiceField(label=gettext_lazy("College that takes over"), coerce=int)
    chain = forms.CharField(label=gettext_lazy("Industry chain"), max_length=LENGTHS["chain"])
    seats_planned = forms.IntegerField(label=gettext_lazy("Planned intake"), help_text=gettext_lazy("Students a year"))
    from_year = forms.IntegerField(label=gettext_lazy("From the year"))
    case = _words(
        gettext_lazy("Why it is asked for"),
        "case",
        rows=8,
        help_text=gettext_lazy("What the city needs, what the college has, what becomes of the students who are there"),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, kind: ChangeKind, places: Choices, points: Choices, colleges: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name in _not_asked(kind):
            del self.fields[name]
        for name, choices in (("place", places), ("point", points), ("partner", colleges)):
            if name in self.fields:
                self.fields[name].choices = choices  # type: ignore[attr-defined]

    def facts(self) -> ChangeFacts:
        """The change as the action takes it; one that ends the intake plans none."""
        told = self.cleaned_data
        return ChangeFacts(
            change=self.kind.code,
            point_id=told.get("point"),
            level=told.get("level", ""),
            code=told.get("code", "").strip(),
            into_code=told.get("into_code", "").strip(),
            partner_id=told.get("partner"),
            chain=told.get("chain", ""),
            seats_planned=told.get("seats_planned", 0),
            from_year=told["from_year"],
            case=told["case"],
        )


def _not_asked(kind: ChangeKind) -> set[str]:
    """The fields that this kind of change does not ask for."""
    named = {"into_code": "into", "partner": "partner", "chain": "chain"}
    gone = {name for name, asked in named.items() if asked not in kind.asks}
    gone |= {"point"} if kind.is_new else {"level", "code"}
    return gone | {"seats_planned"} if kind.seats is Seats.NONE else gone


class FileForm(PlainForm):
    """A file that is evidence."""

    file = forms.FileField(
        label=gettext_lazy("File"), widget=forms.FileInput(attrs={"accept": ",".join(f".{one}" for one in KINDS)})
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=LENGTHS["title"], required=False)


class AskForm(PlainForm):
    """Until when opinions are asked."""

    due_on = forms.DateField(label=gettext_lazy("Opinions until"), widget=DayInput())
    version = forms.IntegerField(widget=forms.HiddenInput)


class OpinionForm(PlainForm):
    """What an organisation says of a change."""

    verdict = forms.ChoiceField(label=gettext_lazy("Opinion"), choices=[("", "—"), *Verdict.choices])
    words = _words(
        gettext_lazy("In words"), "words", rows=4, required=False,
        help_text=gettext_lazy("Needed unless you are plainly in favour"),
    )  # fmt: skip


class ReasonForm(PlainForm):
    """A coded reason and what is to be mended."""

    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=lambda: [("", "—"), *reasons()])
    note = _words(gettext_lazy("What is to be mended"), "note", rows=3)
    version = forms.IntegerField(widget=forms.HiddenInput)


class DecisionForm(PlainForm):
    """What the council decided."""

    decision = forms.ChoiceField(label=gettext_lazy("Decision"), choices=[("", "—"), *Decision.choices])
    decided_on = forms.DateField(label=gettext_lazy("Decided on"), widget=DayInput())
    resolution = forms.CharField(
        label=gettext_lazy("Resolution"),
        max_length=LENGTHS["resolution"],
        help_text=gettext_lazy("Its number or the minutes in which it stands"),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason of a refusal"), required=False, choices=lambda: [("", "—"), *reasons()]
    )
    note = _words(gettext_lazy("Note"), "note", rows=3, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class CarriedOutForm(PlainForm):
    """When a change was carried out, and the intake that came about."""

    carried_out_on = forms.DateField(label=gettext_lazy("Carried out on"), widget=DayInput())
    seats_done = forms.IntegerField(label=gettext_lazy("Intake as carried out"))
    version = forms.IntegerField(widget=forms.HiddenInput)


class EffectForm(PlainForm):
    """What came of a change."""

    effect = forms.ChoiceField(label=gettext_lazy("Effect"), choices=[("", "—"), *Effect.choices])
    words = _words(gettext_lazy("In words"), "effect_words", rows=4)
    version = forms.IntegerField(widget=forms.HiddenInput)


class WithdrawForm(PlainForm):
    """Why a dossier is withdrawn."""

    note = _words(gettext_lazy("Reason"), "note", rows=2)
    version = forms.IntegerField(widget=forms.HiddenInput)


def deed_forms(version: int) -> dict[str, forms.Form]:
    """The forms of the deeds that a dossier's page asks for in dialogs, by their names in the template."""
    start, today = {"version": version}, timezone.localdate(clock.now())
    return {
        "opinion_form": OpinionForm(auto_id="opinion_%s"),
        "return_form": ReasonForm(initial=start, auto_id="return_%s"),
        "decide_form": DecisionForm(initial=start | {"decided_on": today}, auto_id="decide_%s"),
        "carry_out_form": CarriedOutForm(initial=start | {"carried_out_on": today}, auto_id="carry_out_%s"),
        "measure_form": EffectForm(initial=start, auto_id="measure_%s"),
        "withdraw_form": WithdrawForm(initial=start, auto_id="withdraw_%s"),
        "file_form": FileForm(auto_id="file_%s"),
    }
