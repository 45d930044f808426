"""Correcting a founding draft: one fact changed, added or removed at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from chanjiao.apps.members.facts import FactKind, FactSheet, Value, checked_values
from chanjiao.apps.members.models import Founding, FoundingState
from chanjiao.apps.members.rights import may_found
from chanjiao.apps.members.rules import credit_code_of
from chanjiao.apps.members.selectors import founding as founding_seen
from chanjiao.apps.members.versions import claim
from chanjiao.core.audit import record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require

MOST_FACTS = 2000


def correct_founding(
    *, actor: Actor, founding_id: int, version: int, fact_id: str, values: Mapping[str, Value], now: datetime
) -> Founding:
    """The draft with one fact as a person set it; facts that name it by its old name follow."""
    founding = _draft(actor, founding_id)
    sheet = FactSheet.from_json(founding.facts)
    checked = _checked(sheet.get(fact_id).kind, values)
    changed = sheet.with_values(fact_id, checked)
    return _stored(actor=actor, founding=founding, version=version, sheet=changed, now=now)


def add_fact(
    *, actor: Actor, founding_id: int, version: int, kind: FactKind, values: Mapping[str, Value], now: datetime
) -> Founding:
    """The draft with one more fact, set by a person."""
    founding = _draft(actor, founding_id)
    sheet = FactSheet.from_json(founding.facts)
    if len(sheet.facts) >= MOST_FACTS:
        raise ChanjiaoError("founding.too_many_facts", limit=MOST_FACTS)
    more = sheet.with_fact(kind, _checked(kind, values), origin="person")
    return _stored(actor=actor, founding=founding, version=version, sheet=more, now=now)


def remove_fact(*, actor: Actor, founding_id: int, version: int, fact_id: str, now: datetime) -> Founding:
    """The draft without a fact."""
    founding = _draft(actor, founding_id)
    fewer = FactSheet.from_json(founding.facts).without(fact_id)
    return _stored(actor=actor, founding=founding, version=version, sheet=fewer, now=now)


def _draft(actor: Actor, founding_id: int) -> Founding:
    founding = founding_seen(actor, founding_id)
    require(may_found(actor))
    if founding.state != FoundingState.DRAFT:
        raise ChanjiaoError("state.refused", state=founding.get_state_display())
    return founding


def _checked(kind: FactKind, values: Mapping[str, Value]) -> dict[str, Value]:
    checked = checked_values(kind, values)
    if kind is FactKind.ORGANISATION:
        checked["credit_code"] = credit_code_of(str(checked["credit_code"])) or ""
    return checked


def _stored(*, actor: Actor, founding: Founding, version: int, sheet: FactSheet, now: datetime) -> Founding:
    before = state_of(founding)
    with transaction.atomic():
        claim(founding, version)
        founding.facts = sheet.to_json()
        founding.save(update_fields=["facts"])
        record_change(actor=actor, action="correct_founding", instance=founding, now=now, before=before)
    return founding
