"""Refusals of an action, shown at the fields of the form that asked for it."""

from __future__ import annotations

from django.forms import BaseForm
from django.utils.translation import get_language

from chanjiao.core.errors import ChanjiaoError, Rejected, words_of


def add_refusal(form: BaseForm, error: ChanjiaoError) -> None:
    """The form shows the error at its field, or on top where the form has no such field."""
    for one in error.errors if isinstance(error, Rejected) else [error]:
        field = one.field if one.field in form.fields else None
        form.add_error(field, words_of(one, get_language() or "zh-hans"))
