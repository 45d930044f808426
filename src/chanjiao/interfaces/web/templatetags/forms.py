"""The parts of a form: a field with all that belongs to it, and its errors on top."""

from __future__ import annotations

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select
from django.utils.translation import gettext as _

register = template.Library()


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, unit: object = "", help: object = "", label: object = "") -> dict[str, object]:
    """A form field: label above, control with its unit, help, where its value was read if it was, error."""
    widget = bound.field.widget
    kind = _kind_of(widget)
    css = {"select": "form-select", "text": "form-control"}.get(kind, "")
    attrs: dict[str, str | bool] = {"class": f"{css} {widget.attrs.get('class', '')}".strip()} if css else {}
    return {
        "field": bound,
        "kind": kind,
        "control": bound.as_widget(attrs=attrs),
        "unit": unit,
        "help": help or bound.help_text,
        "label": label or bound.label,
        "optional": not bound.field.required and kind != "checkbox",
        "read": getattr(bound.field, "read", None),
    }


def _kind_of(widget: object) -> str:
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return "choices"
    if isinstance(widget, CheckboxInput):
        return "checkbox"
    if isinstance(widget, FileInput):
        return "text"
    return "select" if isinstance(widget, Select) else "text"


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm, title: object = "") -> dict[str, object]:
    """Every error of the forms in one box on top, each a link to its field."""
    return {
        "title": title or _("This cannot be sent yet"),
        "fields": [bound for form in forms if form for bound in form if bound.errors],
        "others": [error for form in forms if form for error in form.non_field_errors()],
    }
