"""Warning cards: which rules give them, who sees and decides over them, and what is kept."""

from __future__ import annotations

from typing import Any

import pytest

from chanjiao.apps.programmes.actions.decide_card import decide_card
from chanjiao.apps.programmes.actions.issue_cards import issue_cards
from chanjiao.apps.programmes.actions.keep_rule_set import keep_rule_set
from chanjiao.apps.programmes.models import WarningCard, YearFigures
from chanjiao.apps.programmes.selectors.warnings import CardFilters, card_counts, rule_sets, warning_card, warning_cards
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.models import Event
from tests.apps.programmes.structure import Structure, structure
from tests.cast import NOW, Cast

RULES = """
key: own
title: 本市规则
source: 市教育局文件
yellow: 1
red: 2
rules:
  - {key: placed, label: 落实率低于80%, measure: placement_rate, bad: below, years: 2, threshold: 0.8}
  - {key: crowded, label: 生师比高于25, measure: students_a_teacher, bad: above, years: 1, threshold: 25}
exemptions:
  - {key: 新办专业, younger_than: 3}
"""


@pytest.fixture
def made(cast: Cast) -> Structure:
    keep_rule_set(actor=cast.bureau_officer, content=RULES, now=NOW)
    return structure(cast)


def issue(cast: Cast, **changes: Any) -> list[WarningCard]:
    values: dict[str, Any] = {"actor": cast.secretary, "rule_set": "own", "year": 2026, "now": NOW}
    return issue_cards(**values | changes)


def test_a_card_names_the_rules_and_the_rows_that_show_it(cast: Cast, made: Structure) -> None:
    (card,) = issue(cast)

    shown = warning_card(cast.teacher, card.pk)
    assert (shown.colour, shown.point_id, shown.rule_set_title) == ("red", made.accounting.pk, "本市规则")
    assert [(hit.label, [(row.year, row.value) for row in hit.rows]) for hit in shown.hits] == [
        ("落实率低于80%", [(2025, 0.7), (2026, 0.7)]),
        ("生师比高于25", [(2026, 30.0)]),
    ]
    assert shown.hits[0].rows[1].figures == YearFigures.objects.get(point=made.accounting, year=2026).pk
    assert not shown.may_decide
    assert [event.note for event in Event.objects.filter(name="warning.issued")] == ["red"]


def test_giving_again_changes_nothing_follows_mended_figures_and_leaves_decisions(cast: Cast, made: Structure) -> None:
    (card,) = issue(cast)
    issue(cast)
    assert WarningCard.objects.get().version == 1

    YearFigures.objects.filter(point=made.accounting).update(enrolled=200)
    assert issue(cast)[0].colour == "yellow"
    YearFigures.objects.filter(point=made.accounting).update(employed=90)
    assert issue(cast) == []
    assert WarningCard.objects.get().state == "withdrawn"
    YearFigures.objects.filter(point=made.accounting).update(employed=60)
    (card,) = issue(cast)
    decide(cast, card)
    YearFigures.objects.filter(point=made.accounting).update(employed=95)
    issue(cast)
    assert WarningCard.objects.get().state == "decided"


def decide(cast: Cast, card: WarningCard, **changes: Any) -> WarningCard:
    told: dict[str, Any] = {"actor": cast.bureau_officer, "pk": card.pk, "version": card.version, "now": NOW}
    return decide_card(**told | {"decision": "reduce", "reason": "连续两年落实率偏低"} | changes)


def test_a_person_closes_a_card_with_a_reason_and_it_is_kept(cast: Cast, made: Structure) -> None:
    (card,) = issue(cast)
    with pytest.raises(Rejected) as refusal:
        decide(cast, card, decision="shrug", reason=" ")

    decided = decide(cast, card)

    assert {error.field for error in refusal.value.errors} == {"decision", "reason"}
    assert (decided.state, decided.decided_by, decided.reason) == ("decided", "邵一鸣", "连续两年落实率偏低")
    with pytest.raises(ChanjiaoError) as again:
        decide(cast, decided)
    assert again.value.code == "state.refused"
    assert card_counts(cast.secretary) == {("red", "decided"): 1}
    assert Event.objects.filter(name="warning.decided", note="reduce").count() == 1


@pytest.mark.parametrize("who", ["nobody", "stranger", "student", "personnel_officer"])
def test_others_neither_see_nor_give_cards(cast: Cast, made: Structure, who: str) -> None:
    (card,) = issue(cast)

    assert list(warning_cards(cast.people[who])) == []
    for attempt, code in (
        (lambda: warning_card(cast.people[who], card.pk), "record.not_found"),
        (lambda: decide(cast, card, actor=cast.people[who]), "record.not_found"),
        (lambda: issue(cast, actor=cast.people[who]), "action.denied"),
        (lambda: keep_rule_set(actor=cast.people[who], content=RULES, now=NOW), "action.denied"),
    ):
        with pytest.raises(ChanjiaoError) as refusal:
            attempt()
        assert refusal.value.code == code
    assert WarningCard.objects.get().state == "open"


def test_the_college_sees_its_cards_and_does_not_decide(cast: Cast, made: Structure) -> None:
    (card,) = issue(cast)

    assert [one.id for one in warning_cards(cast.dean, CardFilters(colour="red", sort="college"))] == [card.pk]
    with pytest.raises(ChanjiaoError) as refusal:
        decide(cast, card, actor=cast.dean)
    assert refusal.value.code == "action.denied"


def test_the_examples_of_two_provinces_are_shipped_and_may_be_replaced(cast: Cast) -> None:
    assert [(one.key, len(one.rules.rules), one.rules.yellow) for one in rule_sets(cast.nobody)] == [
        ("fujian", 2, 1),
        ("heilongjiang", 5, 2),
    ]

    keep_rule_set(actor=cast.secretary, content=RULES.replace("key: own", "key: fujian"), now=NOW)

    assert [one.title for one in rule_sets(cast.nobody) if not one.is_shipped] == ["本市规则"]


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        ("measure: placement_rate", "measure: luck", "placed: measure"),
        ("threshold: 0.8", "last_share: 2", "placed: threshold"),
        ("bad: above", "bad: sideways", "crowded: bad"),
        ("years: 2", "years: 0", "placed: years"),
        ("key: crowded", "key: placed", "key"),
        ("yellow: 1", "yellow: many", "yellow"),
        ("rules:", "rules: [", "while parsing"),
        ("title: 本市规则", "note: x", "title"),
    ],
)
def test_a_rule_set_that_cannot_be_read_says_where(cast: Cast, before: str, after: str, where: str) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        keep_rule_set(actor=cast.secretary, content=RULES.replace(before, after, 1), now=NOW)

    assert refusal.value.code == "warning.bad_rules"
    assert str(refusal.value.params["where"]).startswith(where)
