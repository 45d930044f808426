"""Give warning cards by a rule set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from chanjiao.apps.programmes.changes import refuse_faults, rewritten
from chanjiao.apps.programmes.models import CardState, ProgrammePoint, WarningCard
from chanjiao.apps.programmes.rights import may_decide
from chanjiao.apps.programmes.rules.warning_sets import WarningSet
from chanjiao.apps.programmes.snapshot import warning_problem
from chanjiao.apps.programmes.warning_sets import warning_set
from chanjiao.core.audit import emit, record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.engines.alignment import Card, cards_of


def issue_cards(*, actor: Actor, rule_set: str, year: int, now: datetime) -> list[WarningCard]:
    """The cards that the rule set gives for the year, new and standing ones.

    A card that somebody decided stays as it was. An open one follows its figures: it is given anew where they changed,
    and withdrawn where the point hits too few rules by now.
    """
    require(may_decide(actor))
    found = warning_set(rule_set)
    this_year = timezone.localdate(now).year
    if not 2000 <= year <= this_year:
        refuse_faults([ChanjiaoError("programme.out_of_bounds", field="year", low=2000, high=this_year)])
    run = _Run(actor, found, year, now)
    measured, facts = warning_problem(year)
    with transaction.atomic():
        kept = WarningCard.objects.select_for_update().filter(rule_set=rule_set, year=year)
        standing = {card.point_id: card for card in kept}
        given = {int(card.point): card for card in cards_of(found.rules, measured, facts, year=year)}
        points = ProgrammePoint.objects.select_related("college").in_bulk(given)
        cards = [run.given(points[pk], card, standing.get(pk)) for pk, card in given.items()]
        for pk, old in standing.items():
            if pk not in given and old.state == CardState.OPEN:
                rewritten(actor=actor, row=old, action="issue_cards", now=now, state=CardState.WITHDRAWN)
    return cards


@dataclass(frozen=True, slots=True)
class _Run:
    """Who gives cards by which rules, for which year and when."""

    actor: Actor
    rules: WarningSet
    year: int
    now: datetime

    def given(self, point: ProgrammePoint, card: Card, standing: WarningCard | None) -> WarningCard:
        """The point's card: a new one, the standing one as it is, or the standing one with what changed."""
        values: dict[str, Any] = {
            "rule_set_title": self.rules.title,
            "colour": card.colour,
            "exemption": card.exemption,
            "hits": _hits(card, self.rules),
            "state": CardState.OPEN,
        }
        if standing is None:
            return self._new(point, values)
        is_same = all(getattr(standing, name) == value for name, value in values.items())
        if is_same or standing.state == CardState.DECIDED:
            return standing
        values["issued_at"] = self.now
        return rewritten(actor=self.actor, row=standing, action="issue_cards", now=self.now, **values)

    def _new(self, point: ProgrammePoint, values: dict[str, Any]) -> WarningCard:
        made = WarningCard.objects.create(
            point=point, rule_set=self.rules.key, year=self.year, issued_at=self.now, **values
        )
        record_change(actor=self.actor, action="issue_cards", instance=made, now=self.now)
        college = (point.college_id, point.college.name)
        note = str(made.colour)
        emit(actor=self.actor, name="warning.issued", instance=made, now=self.now, organisation=college, note=note)
        return made


def _hits(card: Card, rules: WarningSet) -> list[dict[str, object]]:
    """The rules hit and the rows that show it, as they are kept."""
    return [
        {
            "rule": hit.rule.key,
            "label": rules.labels.get(hit.rule.key, hit.rule.key),
            "measure": hit.rule.measure,
            "source": hit.rule.source,
            "rows": [{"year": row.year, "value": round(row.value, 4), "figures": int(row.row)} for row in hit.rows],
        }
        for hit in card.hits
    ]
