"""Load a rule set of early warning."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from chanjiao.apps.programmes.changes import rewritten
from chanjiao.apps.programmes.models import WarningRuleSet
from chanjiao.apps.programmes.rights import may_decide
from chanjiao.apps.programmes.rules.warning_sets import read_warning_set
from chanjiao.core.audit import emit, record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require

LONGEST = 20_000


def keep_rule_set(*, actor: Actor, content: str, now: datetime) -> WarningRuleSet:
    """The rule set of the YAML holds from now on, in place of the former one of its key; cards given stay."""
    require(may_decide(actor))
    if len(content) > LONGEST:
        raise ChanjiaoError("warning.bad_rules", field="content", where=str(len(content)))
    told = read_warning_set(content)
    with transaction.atomic():
        known = WarningRuleSet.objects.select_for_update().filter(key=told.key).first()
        values: dict[str, Any] = {"content": content, "loaded_by": actor.name, "loaded_at": now}
        if known is None:
            known = WarningRuleSet.objects.create(key=told.key, **values)
            record_change(actor=actor, action="keep_rule_set", instance=known, now=now)
        else:
            known = rewritten(actor=actor, row=known, action="keep_rule_set", now=now, **values)
        emit(actor=actor, name="warning_rules.loaded", instance=known, now=now, note=told.title)
    return known
