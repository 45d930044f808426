"""Weights learned from replies, reported, and taken back."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from chanjiao.apps.exchange.models import Need, Offer
from chanjiao.apps.matching.actions.learn_weights import learn_weights
from chanjiao.apps.matching.actions.restore_weights import restore_weights
from chanjiao.apps.matching.actions.run_matching import run_matching
from chanjiao.apps.matching.models import Match, MatchRun, WeightSet
from chanjiao.apps.matching.weight_sets import weights_in_force, weights_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import AuditRecord, Event, Job
from chanjiao.core.permissions import SYSTEM
from chanjiao.engines.matching.weights import STANDARD
from tests.apps.exchange.samples import need, offer
from tests.cast import NOW, Cast

OWN = STANDARD.of("post")
LATER = NOW + timedelta(days=7)


def _answered(cast: Cast, truth: dict[str, float], count: int, seed: int = 1) -> None:
    """Matches of posts whose answers follow the strengths of the factors by the true weights."""
    random = np.random.default_rng(seed)
    asked, given = need(cast), offer(cast)
    run = MatchRun.objects.create(
        engine="test", engine_version="1", problem_hash="0" * 64, needs_count=1, offers_count=1, pairs_count=1,
        seconds=0.1, ran_at=NOW,
    )  # fmt: skip
    needs = _copies(Need, asked, count)
    rows = []
    for one in needs:
        strengths = {factor: float(random.random()) for factor in OWN}
        pull = 10 * (sum(truth[factor] * strength for factor, strength in strengths.items()) - 0.5)
        accepted = random.random() < 1 / (1 + np.exp(-pull))
        rows.append(
            Match(
                run=run, need=one, offer=given, rank=1, score=0.5, proposed_at=NOW, answered_at=NOW,
                reasons=[{"code": code, "strength": strength} for code, strength in strengths.items()],
                state="accepted" if accepted else "declined", decline_reason="" if accepted else "place",
            )
        )  # fmt: skip
    Match.objects.bulk_create(rows)


def _copies(model: type[Need] | type[Offer], one: Need | Offer, count: int) -> list[Need]:
    columns = {
        field.attname: getattr(one, field.attname) for field in model._meta.concrete_fields if field.name != "id"
    }
    rows = [model(**{**columns, "number": f"N-2026-{9000 + number}", "state": "matched"}) for number in range(count)]
    return model._default_manager.bulk_create(rows)  # type: ignore[arg-type, return-value]


PLACE_MATTERS = {**dict.fromkeys(OWN, 0.04), "place": 0.45, "title": 0.15}


def test_a_factor_that_replies_show_to_matter_rises_and_everything_is_matched_anew(cast: Cast) -> None:
    _answered(cast, PLACE_MATTERS, 900)

    learned = learn_weights(actor=cast.secretary, now=LATER)

    made = WeightSet.objects.get()
    assert (made.kind, made.version, made.origin) == ("post", 1, "learned")
    assert made.shares["place"] > OWN["place"]
    assert sum(made.shares.values()) == pytest.approx(1)
    assert {move["factor"] for move in made.moves} >= {"place"}
    assert made.accepted + made.declined == 900
    assert dict(learned.left_alone) == dict.fromkeys(
        ("technical_problem", "training", "equipment", "expert", "product"), "too_few"
    )
    assert weights_in_force().of("post") == made.shares
    assert Job.objects.filter(task="matching.run").count() == 1
    assert AuditRecord.objects.filter(action="learn_weights").count() == 1
    assert Event.objects.get(name="weights.learned").note == "post"


def test_where_replies_follow_the_weights_in_force_nothing_moves(cast: Cast) -> None:
    _answered(cast, OWN, 900)

    learned = learn_weights(actor=SYSTEM, now=LATER)

    assert (dict(learned.left_alone)["post"], WeightSet.objects.count()) == ("nothing_clear", 0)
    assert weights_in_force() == STANDARD


def test_too_few_replies_move_nothing_however_clear(cast: Cast) -> None:
    _answered(cast, PLACE_MATTERS, 150)

    learned = learn_weights(actor=SYSTEM, now=LATER)

    assert (dict(learned.left_alone)["post"], WeightSet.objects.count()) == ("too_few", 0)
    assert not Job.objects.exists()


def test_the_same_replies_never_teach_twice(cast: Cast) -> None:
    _answered(cast, PLACE_MATTERS, 900)
    learn_weights(actor=SYSTEM, now=LATER)

    again = learn_weights(actor=SYSTEM, now=LATER + timedelta(days=7))

    assert (again.sets, WeightSet.objects.count()) == ((), 1)
    assert weights_of(SYSTEM, "post").since.accepted == 0


def test_matches_settled_elsewhere_or_unanswered_are_counted_and_teach_nothing(cast: Cast) -> None:
    _answered(cast, PLACE_MATTERS, 900)
    Match.objects.filter(state="declined").update(decline_reason="settled")

    learned = learn_weights(actor=SYSTEM, now=LATER)

    since = weights_of(SYSTEM, "post").since
    assert (learned.sets, since.declined, since.accepted + since.unanswered) == ((), 0, 900)


def test_the_engines_own_weights_come_back_and_the_versions_stay(cast: Cast) -> None:
    _answered(cast, PLACE_MATTERS, 900)
    learn_weights(actor=SYSTEM, now=LATER)

    restored = restore_weights(actor=cast.secretary, kind="post", version=0, now=LATER)

    assert (restored.version, restored.restored_version, restored.shares) == (2, 0, OWN)
    assert weights_in_force() == STANDARD
    assert [one.number for one in weights_of(cast.secretary, "post").versions] == [2, 1]
    assert AuditRecord.objects.filter(action="restore_weights").count() == 1


def test_what_was_taken_back_is_not_learned_again_from_the_same_replies(cast: Cast) -> None:
    _answered(cast, PLACE_MATTERS, 900)
    learn_weights(actor=SYSTEM, now=LATER)
    restore_weights(actor=SYSTEM, kind="post", version=0, now=LATER)

    learn_weights(actor=SYSTEM, now=LATER + timedelta(days=7))

    assert weights_in_force() == STANDARD


@pytest.mark.parametrize(
    ("kind", "version", "code"),
    [("post", 0, "weights.in_force"), ("post", 7, "record.not_found"), ("nothing", 0, "record.not_found")],
)
def test_what_is_in_force_or_unknown_cannot_be_restored(cast: Cast, kind: str, version: int, code: str) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        restore_weights(actor=cast.secretary, kind=kind, version=version, now=NOW)

    assert (refusal.value.code, WeightSet.objects.count()) == (code, 0)


def test_a_run_uses_the_weights_in_force_and_keeps_them_with_its_options(cast: Cast) -> None:
    need(cast)
    offer(cast)
    WeightSet.objects.create(kind="post", version=1, shares={"title": 1.0}, origin="learned", made_at=NOW)

    run = run_matching(actor=SYSTEM, now=NOW)

    assert [factor["code"] for factor in Match.objects.get().reasons] == ["title"]
    run.refresh_from_db()
    assert ["post", [["title", 1.0]]] in run.options["weights"]["by_kind"]


@pytest.mark.parametrize("who", ["nobody", "stranger", "student", "teacher", "dean", "bureau_officer"])
def test_only_secretariats_and_administrators_see_and_change_weights(cast: Cast, who: str) -> None:
    actor = cast.people[who]
    for deed in (
        lambda: learn_weights(actor=actor, now=NOW),
        lambda: restore_weights(actor=actor, kind="post", version=0, now=NOW),
        lambda: weights_of(actor, "post"),
    ):
        with pytest.raises(ChanjiaoError) as refusal:
            deed()
        assert refusal.value.code == "action.denied"

    assert not WeightSet.objects.exists()
