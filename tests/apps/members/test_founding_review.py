"""Reviewing a draft: facts confirmed and merged, corrections kept with consent."""

from __future__ import annotations

import pytest

from chanjiao.apps.members.actions.agree_to_training import agree_to_training
from chanjiao.apps.members.actions.correct_founding import (
    add_fact,
    confirm_fact,
    correct_founding,
    merge_facts,
    remove_fact,
)
from chanjiao.apps.members.actions.read_founding import read_founding
from chanjiao.apps.members.facts import Fact, FactKind, FactSheet
from chanjiao.apps.members.models import Correction, Founding
from chanjiao.apps.members.training import correction_lines
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import AuditRecord
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast: Cast, story: str) -> Founding:
    """A story that the secretariat has had read."""
    return read_founding(actor=cast.secretary, content=story, limit=100_000, now=NOW)


def organisations(founding: Founding) -> list[Fact]:
    founding.refresh_from_db()
    return list(FactSheet.from_json(founding.facts).of(FactKind.ORGANISATION))


def test_a_confirmed_fact_keeps_its_values_and_is_doubtful_no_more(cast: Cast, draft: Founding) -> None:
    before = organisations(draft)[0]

    confirm_fact(actor=cast.secretary, founding_id=draft.pk, version=draft.version, fact_id=before.id, now=NOW)

    after = organisations(draft)[0]
    assert (after.values, after.spans) == (before.values, before.spans)
    assert after.certainty == "person"


def test_a_merged_fact_is_taken_up_with_its_names_roles_and_places(cast: Cast, draft: Founding) -> None:
    gone, kept = organisations(draft)[:2]

    merge_facts(
        actor=cast.secretary, founding_id=draft.pk, version=draft.version, fact_id=gone.id, into=kept.id, now=NOW
    )

    left = organisations(draft)
    merged = next(fact for fact in left if fact.id == kept.id)
    assert gone.id not in {fact.id for fact in left}
    assert merged.title == kept.title
    assert gone.title in merged.many("aliases")
    assert set(gone.many("roles")) <= set(merged.many("roles"))
    assert set(gone.spans) <= set(merged.spans)


def test_facts_of_two_kinds_are_not_merged(cast: Cast, draft: Founding) -> None:
    sheet = FactSheet.from_json(draft.facts)
    body, person = sheet.of(FactKind.ORGANISATION)[0], sheet.of(FactKind.PERSON)[0]

    with pytest.raises(ChanjiaoError) as refused:
        merge_facts(
            actor=cast.secretary, founding_id=draft.pk, version=draft.version, fact_id=person.id, into=body.id, now=NOW
        )

    draft.refresh_from_db()
    assert refused.value.code == "founding.other_kind"
    assert FactSheet.from_json(draft.facts) == sheet


def test_nothing_is_kept_for_training_without_consent(cast: Cast, draft: Founding) -> None:
    fact = organisations(draft)[0]

    confirm_fact(actor=cast.secretary, founding_id=draft.pk, version=draft.version, fact_id=fact.id, now=NOW)

    assert not Correction.objects.exists()


def test_with_consent_what_was_read_and_what_was_said_instead_are_kept(cast: Cast, draft: Founding) -> None:
    agree_to_training(actor=cast.secretary, agrees=True, now=NOW)
    first, second = organisations(draft)[:2]
    mine = {"actor": cast.secretary, "founding_id": draft.pk, "now": NOW}
    correct_founding(**mine, version=1, fact_id=first.id, values={**first.values, "name": "青浦川学院"})
    remove_fact(**mine, version=2, fact_id=second.id)
    add_fact(**mine, version=3, kind=FactKind.GOAL, values={"text": "共建平台", "kind": "hope"})

    lines = list(correction_lines(cast.administrator))

    assert [(line["kind"], (line["read"] or {}).get("name"), (line["told"] or {}).get("name")) for line in lines] == [
        ("organisation", first.title, "青浦川学院"),
        ("organisation", second.title, None),
        ("goal", None, None),
    ]
    assert lines[2]["told"]["text"] == "共建平台"
    assert lines[0]["text"] == draft.document.repaired


def test_consent_taken_back_deletes_what_was_kept(cast: Cast, draft: Founding) -> None:
    agree_to_training(actor=cast.secretary, agrees=True, now=NOW)
    fact = organisations(draft)[0]
    confirm_fact(actor=cast.secretary, founding_id=draft.pk, version=draft.version, fact_id=fact.id, now=NOW)

    agree_to_training(actor=cast.secretary, agrees=False, now=NOW)

    assert not Correction.objects.exists()
    assert AuditRecord.objects.filter(action="withdraw_training").count() == 1


def test_only_the_administrator_exports_and_only_founders_agree(cast: Cast) -> None:
    for actor in (cast.secretary, cast.dean):
        with pytest.raises(ChanjiaoError) as refused:
            list(correction_lines(actor))
        assert refused.value.code == "action.denied"
    with pytest.raises(ChanjiaoError) as denied:
        agree_to_training(actor=cast.dean, agrees=True, now=NOW)
    assert denied.value.code == "action.denied"
