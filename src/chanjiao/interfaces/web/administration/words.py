"""Actions, kinds of object and columns in the reader's words."""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from chanjiao.interfaces.web.administration.action_words import ACTION_WORDS

TASK_WORDS = {
    "cooperation.end": gettext_noop("End agreements that are past their term"),
    "cooperation.publicities": gettext_noop("End the publicity of prices that is past its day"),
    "cooperation.remind": gettext_noop("Remind of agreements that run out"),
    "cooperation.remind_unsigned": gettext_noop("Remind of agreements that wait for a signature"),
    "exchange.expire": gettext_noop("Let listings expire that are past their day"),
    "files.sweep": gettext_noop("Clear away files that no record needs"),
    "imports.advance": gettext_noop("Work through an import"),
    "imports.clear": gettext_noop("Clear away uploads that were never confirmed"),
    "imports.undo": gettext_noop("Take an import back"),
    "matching.learn": gettext_noop("Learn weights from replies"),
    "matching.run": gettext_noop("Match needs with offers"),
    "members.expire": gettext_noop("Let memberships expire that are past their term"),
    "placement.expire": gettext_noop("Pass on places whose offer ran out"),
    "placement.remind": gettext_noop("Remind of deadlines of placement"),
    "placement.run": gettext_noop("Allocate places to students"),
    "placement.tell": gettext_noop("Tell students that a result is out"),
    "plans.plan": gettext_noop("Solve a plan of intake"),
    "projects.remind": gettext_noop("Remind of milestones that are due"),
    "reference.infer_links": gettext_noop("Infer where programmes lead"),
    "matching.clock": gettext_noop("Follow matches that wait for an answer"),
    "notices.deliver": gettext_noop("Send letters and messages that are due"),
}


def action_word(action: str) -> str:
    """An action in words; its name where it has none."""
    return _(ACTION_WORDS[action]) if action in ACTION_WORDS else action


def task_word(task: str) -> str:
    """A background task in words; its name where it has none."""
    return _(TASK_WORDS[task]) if task in TASK_WORDS else task


def kind_of_object(object_type: str) -> str:
    """What kind of object a label such as `members.membership` names."""
    try:
        return str(apps.get_model(object_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return object_type


def column_word(object_type: str, column: str) -> str:
    """A column's name in words."""
    return str(getattr(_field(object_type, column), "verbose_name", column))


def value_word(object_type: str, column: str, value: Any) -> str:
    """A recorded value in words: the label of a choice, a time in the site's zone, yes or no, else as it is."""
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    field = _field(object_type, column)
    if isinstance(field, models.DateTimeField):
        moment = parse_datetime(value)
        return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}" if moment else value
    choices = dict(getattr(field, "flatchoices", ()))
    return str(choices.get(value, value))


def _field(object_type: str, column: str) -> object:
    try:
        return apps.get_model(object_type)._meta.get_field(column.removesuffix("_id"))
    except (LookupError, ValueError, FieldDoesNotExist):
        return None
