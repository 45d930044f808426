"""Correcting a founding draft: one fact confirmed, changed, added, merged or removed at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from chanjiao.apps.members.facts import Fact, FactKind, FactSheet, Value, checked_values
from chanjiao.apps.members.models import Founding, FoundingState
from chanjiao.apps.members.rights import may_found
from chanjiao.apps.members.rules import credit_code_of
from chanjiao.apps.members.selectors import founding as founding_seen
from chanjiao.apps.members.training import keep_correction
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
    fact = sheet.get(fact_id)
    checked = _checked(fact.kind, values)
    changed = sheet.with_values(fact_id, checked)
    return _stored(
        actor=actor, founding=founding, version=version, sheet=changed, now=now, change=(fact.kind, fact, checked)
    )


def confirm_fact(*, actor: Actor, founding_id: int, version: int, fact_id: str, now: datetime) -> Founding:
    """The draft with one fact as it was read, which a person has looked at."""
    founding = _draft(actor, founding_id)
    sheet = FactSheet.from_json(founding.facts)
    fact = sheet.get(fact_id)
    sure = sheet.with_values(fact_id, fact.values)
    return _stored(
        actor=actor, founding=founding, version=version, sheet=sure, now=now, change=(fact.kind, fact, fact.values)
    )


def merge_facts(*, actor: Actor, founding_id: int, version: int, fact_id: str, into: str, now: datetime) -> Founding:
    """The draft with two facts made one: the first is taken up by the second."""
    founding = _draft(actor, founding_id)
    sheet = FactSheet.from_json(founding.facts)
    gone = sheet.get(fact_id)
    fewer = sheet.merged(fact_id, into)
    return _stored(
        actor=actor,
        founding=founding,
        version=version,
        sheet=fewer,
        now=now,
        change=(gone.kind, gone, fewer.get(into).values),
    )


def add_fact(
    *, actor: Actor, founding_id: int, version: int, kind: FactKind, values: Mapping[str, Value], now: datetime
) -> Founding:
    """The draft with one more fact, set by a person."""
    founding = _draft(actor, founding_id)
    sheet = FactSheet.from_json(founding.facts)
    if len(sheet.facts) >= MOST_FACTS:
        raise ChanjiaoError("founding.too_many_facts", limit=MOST_FACTS)
    checked = _checked(kind, values)
    more = sheet.with_fact(kind, checked, origin="person")
    return _stored(actor=actor, founding=founding, version=version, sheet=more, now=now, change=(kind, None, checked))


def remove_fact(*, actor: Actor, founding_id: int, version: int, fact_id: str, now: datetime) -> Founding:
    """The draft without a fact."""
    founding = _draft(actor, founding_id)
    sheet = FactSheet.from_json(founding.facts)
    fewer = sheet.without(fact_id)
    gone = sheet.get(fact_id)
    return _stored(
        actor=actor, founding=founding, version=version, sheet=fewer, now=now, change=(gone.kind, gone, None)
    )


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


def _stored(
    *,
    actor: Actor,
    founding: Founding,
    version: int,
    sheet: FactSheet,
    now: datetime,
    change: tuple[FactKind, Fact | None, Mapping[str, Value] | None],
) -> Founding:
    before = state_of(founding)
    with transaction.atomic():
        claim(founding, version)
        founding.facts = sheet.to_json()
        founding.save(update_fields=["facts"])
        keep_correction(founding=founding, kind=change[0], read=change[1], told=change[2], now=now)
        record_change(actor=actor, action="correct_founding", instance=founding, now=now, before=before)
    return founding
