"""Refusals of an action, shown at the fields of the form that asked for it."""

from __future__ import annotations

from django.forms import BaseForm
from django.utils.translation import get_language

from chanjiao.core.errors import ChanjiaoError, Kind, Rejected, kind_of, words_of


def raise_unless(error: ChanjiaoError, *kinds: Kind) -> None:
    """Nothing where the sender can mend it there: wrong fields, or an error of one of the kinds. The rest is raised."""
    if not isinstance(error, Rejected) and kind_of(error) not in kinds:
        raise error


def add_refusal(form: BaseForm, error: ChanjiaoError) -> None:
    """The form shows the error at its field, or on top where the form has no such field."""
    for one in error.errors if isinstance(error, Rejected) else [error]:
        field = one.field if one.field in form.fields else None
        form.add_error(field, words_of(one, get_language() or "zh-hans"))
