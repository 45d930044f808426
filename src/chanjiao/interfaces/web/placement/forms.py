"""Forms of placement: they read what was typed; the actions decide."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.exchange.models import EducationLevel
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.placement.actions.register_student import StudentRecord
from chanjiao.apps.placement.models import PlacementRound, SeatGroup, Student
from chanjiao.apps.placement.rules.points import POINT_WORDS, PointFor, PointRule, RankingMode
from chanjiao.apps.placement.rules.seats import SeatPlan
from chanjiao.apps.placement.rules.states import MethodName, RoundPlan, ShortRule

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

RULE_ROWS = range(1, 6)
RESERVE_ROWS = range(1, 4)


def _moment(label: StrOrPromise, help_text: StrOrPromise = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, help_text=help_text, widget=widget)


def _day(label: StrOrPromise, required: bool = True) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


def _choices(model: Any, field: str) -> list[tuple[str, object]]:
    return list(model._meta.get_field(field).choices)


class RoundForm(forms.Form):
    """The plan of a round; `version` tells which state of it was edited."""

    use_required_attribute = False

    title = forms.CharField(label=_("Title"), max_length=80)
    starts_on = _day(_("First day at the seat"))
    ends_on = _day(_("Last day at the seat"))
    wishes_until = _moment(_("Wishes until"))
    rankings_until = _moment(_("Rankings until"), _("Firms give points until then"))
    appeals_until = _moment(_("Appeals until"), _("Students appeal against their result until then"))
    answers_until = _moment(_("Answers until"), _("A place not accepted by then goes to the next in line"))
    most_choices = forms.IntegerField(label=_("Most wishes"), initial=10)
    most_minutes = forms.IntegerField(
        label=_("Longest way without lodging"),
        required=False,
        help_text=_("Seats farther away are closed to a student; leave empty where any way will do"),
    )
    method = forms.ChoiceField(
        label=_("Method"),
        choices=_choices(PlacementRound, "method"),
        widget=forms.RadioSelect,
        initial=MethodName.STABLE,
        help_text=_(
            "Stable: whoever wanted a seat more than their own place has fewer points there than everybody in it, and "
            "an honest list is the best one. Best fit: the sum of all points is highest, single students may be passed "
            "over. Together: teams of students get the same seat or none; a place may stay free where a team "
            "does not fit."
        ),
    )
    short_rule = forms.ChoiceField(
        label=_("Seats below their minimum"),
        choices=_choices(PlacementRound, "short_rule"),
        widget=forms.RadioSelect,
        initial=ShortRule.CLOSE,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def plan(self) -> RoundPlan:
        """The plan as filled in."""
        told = {name: self.cleaned_data[name] for name in RoundPlan.__dataclass_fields__}
        return RoundPlan(**told | {"method": MethodName(told["method"]), "short_rule": ShortRule(told["short_rule"])})


class NewRoundForm(RoundForm):
    """A new round of one of the consortia that the reader runs."""

    consortium = forms.ModelChoiceField(Organisation.objects.none(), label=_("Consortium"), empty_label=None)
    field_order = ("consortium",)

    def __init__(self, *args: Any, consortia: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consortium"].queryset = consortia  # type: ignore[attr-defined]


def round_values(round_: PlacementRound) -> dict[str, object]:
    """The values of a stored round, as the form shows them."""
    names = (*RoundPlan.__dataclass_fields__, "version")
    return {name: getattr(round_, name) for name in names}


def suggested_dates(now: datetime, today: date) -> dict[str, object]:
    """Sensible dates for a new round: two weeks of wishes, one of ranking, one of answers."""
    evening = timezone.localtime(now).replace(hour=18, minute=0, second=0, microsecond=0)
    return {
        "wishes_until": evening + timedelta(days=14),
        "rankings_until": evening + timedelta(days=21),
        "appeals_until": evening + timedelta(days=26),
        "answers_until": evening + timedelta(days=30),
        "starts_on": today + timedelta(days=60),
        "ends_on": today + timedelta(days=240),
    }


class SeatForm(forms.Form):
    """A seat group; five rows of rules of points and three of reserved places."""

    use_required_attribute = False

    title = forms.CharField(label=_("Name of the seat"), max_length=80)
    capacity = forms.IntegerField(label=_("Number of places"))
    minimum = forms.IntegerField(
        label=_("Least number to open"), initial=0, help_text=_("With fewer students the seat is not opened; 0: any")
    )
    description = forms.CharField(
        label=_("What one does there"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    levels = forms.MultipleChoiceField(
        label=_("Levels"),
        required=False,
        choices=EducationLevel.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: any"),
    )
    programme_codes = forms.CharField(
        label=_("Programmes"),
        required=False,
        max_length=200,
        help_text=_("Codes or their beginnings, separated by commas (4601 takes the whole class); empty: any"),
    )
    pay = forms.IntegerField(label=_("Pay"), required=False, min_value=0, max_value=10_000_000)
    post_wage = forms.IntegerField(label=_("Wage of the post"), required=False, min_value=1, max_value=10_000_000)
    post_staff = forms.IntegerField(
        label=_("People in the same post"), required=False, min_value=1, max_value=1_000_000
    )
    insured = forms.BooleanField(label=_("Insurance is paid for the students"), required=False)
    lodging = forms.BooleanField(label=_("Lodging is provided"), required=False)
    zone = forms.CharField(label=_("Travel zone"), required=False, max_length=40)
    ranking = forms.ChoiceField(
        label=_("How applicants are ordered"),
        choices=_choices(SeatGroup, "ranking"),
        widget=forms.RadioSelect,
        initial=RankingMode.RULES,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, firms: QuerySet[Organisation] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if firms is not None:
            self.fields["firm"] = forms.ModelChoiceField(firms, label=_("Enterprise"), empty_label=None)
            self.order_fields(["firm"])
        kinds = [("", "—"), *((what.value, _(POINT_WORDS[what])) for what in PointFor)]
        for row in RULE_ROWS:
            self.fields[f"what_{row}"] = forms.ChoiceField(label=_("For"), choices=kinds, required=False)
            self.fields[f"value_{row}"] = forms.CharField(label=_("Value"), required=False, max_length=40)
            self.fields[f"points_{row}"] = forms.IntegerField(label=_("Points"), required=False)
        for row in RESERVE_ROWS:
            self.fields[f"group_{row}"] = forms.CharField(label=_("Group of students"), required=False, max_length=40)
            self.fields[f"places_{row}"] = forms.IntegerField(label=_("Number of places"), required=False)
        for cell in (cell for row in (*self.rule_rows, *self.reserve_rows) for cell in row):
            is_choice = isinstance(cell.field, forms.ChoiceField)
            cell.field.widget.attrs["class"] = "form-select" if is_choice else "form-control"

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The fields above the two tables."""
        rows = ("what_", "value_", "points_", "group_", "places_")
        return [self[name] for name in self.fields if not name.startswith(rows)]

    @property
    def rule_rows(self) -> list[tuple[forms.BoundField, ...]]:
        """The rows of rules of points."""
        return [tuple(self[f"{name}_{row}"] for name in ("what", "value", "points")) for row in RULE_ROWS]

    @property
    def reserve_rows(self) -> list[tuple[forms.BoundField, ...]]:
        """The rows of reserved places."""
        return [tuple(self[f"{name}_{row}"] for name in ("group", "places")) for row in RESERVE_ROWS]

    def plan(self) -> SeatPlan:
        """The plan as filled in; the point and reserve rows left empty are none."""
        told = self.cleaned_data
        plain = ("title", "capacity", "minimum", "description", "pay", "post_wage", "post_staff", "insured", "lodging")
        rules = [(told[f"what_{n}"], told[f"points_{n}"] or 0, told[f"value_{n}"].strip()) for n in RULE_ROWS]
        reserves = [(told[f"group_{n}"].strip(), told[f"places_{n}"] or 0) for n in RESERVE_ROWS]
        codes = told["programme_codes"].replace("，", ",").replace("、", ",").split(",")
        return SeatPlan(
            **{name: told[name] for name in plain},
            zone=told["zone"].strip(),
            ranking=told["ranking"],
            levels=tuple(told["levels"]),
            programme_codes=tuple(code.strip() for code in codes if code.strip()),
            point_rules=tuple(PointRule(*rule) for rule in rules if rule[0]),
            reserves=tuple(one for one in reserves if one[0]),
        )


def seat_values(seat: SeatGroup) -> dict[str, object]:
    """The values of a stored seat, as the form shows them."""
    names = (
        "title", "capacity", "minimum", "description", "pay", "post_wage", "post_staff", "insured", "lodging", "zone",
        "ranking", "levels", "version",
    )  # fmt: skip
    values: dict[str, object] = {name: getattr(seat, name) for name in names}
    values["programme_codes"] = ", ".join(seat.programme_codes)
    for row, rule in enumerate(seat.point_rules, start=1):
        values |= {f"{name}_{row}": rule[name] for name in ("what", "value", "points")}
    for row, reserve in enumerate(seat.reserves.all(), start=1):
        values |= {f"group_{row}": reserve.group, f"places_{row}": reserve.places}
    return values


class StudentForm(forms.Form):
    """A student's data as the college keeps them."""

    use_required_attribute = False

    number = forms.CharField(label=_("Student number"), max_length=30)
    name = forms.CharField(label=_("Student's name"), max_length=60)
    level = forms.ChoiceField(label=_("Level of study"), choices=EducationLevel.choices, initial="associate")
    programme_code = forms.CharField(
        label=_("Programme"),
        max_length=16,
        widget=forms.TextInput(attrs={"data-suggest": "programme", "autocomplete": "off"}),
    )
    birth_date = _day(_("Date of birth"), required=False)
    mark = forms.DecimalField(label=_("Average mark"), required=False, max_digits=5, decimal_places=2)
    home = forms.CharField(label=_("Lives in"), required=False, max_length=40, help_text=_("A travel zone"))
    groups = forms.CharField(
        label=_("Groups"), required=False, max_length=200, help_text=_("Separated by commas, the most telling first")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def record(self) -> StudentRecord:
        """The data as filled in."""
        told = {name: self.cleaned_data[name] for name in StudentRecord.__dataclass_fields__}
        return StudentRecord(**told | {"groups": groups_of(told["groups"])})


def groups_of(text: str) -> tuple[str, ...]:
    """Names of groups separated by commas of either kind."""
    parts = text.replace("，", ",").replace("、", ",").replace("；", ",").replace(";", ",").split(",")
    return tuple(part.strip() for part in parts if part.strip())


def student_values(student: Student) -> dict[str, object]:
    """The values of a stored student, as the form shows them."""
    names = (*StudentRecord.__dataclass_fields__, "version")
    return {name: getattr(student, name) for name in names} | {"groups": "，".join(student.groups)}


class DecisionForm(forms.Form):
    """How an appeal is decided."""

    decision = forms.ChoiceField(choices=[("uphold", _("Uphold")), ("refuse", _("Do not uphold"))])
    answer = forms.CharField(max_length=1000, required=False)
