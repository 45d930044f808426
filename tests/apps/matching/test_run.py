"""Runs of the engine over the site's listings."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chanjiao.apps.exchange.actions.close_listing import close_listing
from chanjiao.apps.exchange.kinds import Side
from chanjiao.apps.exchange.models import CloseReason, Need
from chanjiao.apps.matching.actions import ask_for_matching as asking
from chanjiao.apps.matching.actions import run_matching as running
from chanjiao.apps.matching.actions.accept_match import accept_match
from chanjiao.apps.matching.actions.ask_for_replies import ask_for_replies
from chanjiao.apps.matching.actions.decline_match import decline_match
from chanjiao.apps.matching.actions.follow_silent import follow_silent
from chanjiao.apps.matching.actions.run_matching import Only, run_matching
from chanjiao.apps.matching.models import DeclineReason, Match, MatchRun
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.jobs import run_next
from chanjiao.core.models import AuditRecord, Event, Job
from chanjiao.core.permissions import SYSTEM
from chanjiao.engines.matching import Fault, Options, verify
from tests.apps.exchange.samples import SECRET, need, offer
from tests.cast import NOW, Cast


def test_a_run_proposes_pairs_whose_factors_add_up_and_keeps_how_it_was_made(cast: Cast) -> None:
    need(cast)
    offer(cast)

    run = run_matching(actor=SYSTEM, now=NOW)

    found = Match.objects.get()
    assert found.state == "proposed"
    assert sum(factor["value"] for factor in found.reasons) == pytest.approx(found.score, abs=1e-9)
    assert (run.engine, run.needs_count, run.offers_count, run.pairs_count) == ("chanjiao.matching", 1, 1, 1)
    assert (run.options["top"], run.options["today"], len(run.problem_hash)) == (5, "2026-10-12", 64)
    assert Event.objects.get(name="match.proposed").organisation_id == cast.enterprise.pk
    assert AuditRecord.objects.filter(action="run_matching").count() == 1


def test_reasons_quote_nothing_confidential(cast: Cast) -> None:
    need(cast)
    offer(cast)

    run_matching(actor=SYSTEM, now=NOW)

    found = Match.objects.get()
    assert SECRET not in f"{found.reasons} {found.gaps}"
    assert "机密" not in f"{found.reasons} {found.gaps}"
    assert "陶老师" not in f"{found.reasons} {found.gaps}"


def test_the_same_listings_give_the_same_hash(cast: Cast) -> None:
    need(cast)
    offer(cast)

    first = run_matching(actor=SYSTEM, now=NOW)
    second = run_matching(actor=SYSTEM, now=NOW)

    assert first.problem_hash == second.problem_hash
    assert MatchRun.objects.count() == 2
    assert Match.objects.count() == 1
    assert Event.objects.filter(name="match.proposed").count() == 1


def test_another_run_keeps_answers_and_refreshes_proposals(cast: Cast) -> None:
    need(cast)
    offer(cast)
    offer(cast, title="焊接专业毕业生")
    run_matching(actor=SYSTEM, now=NOW)
    answered, proposed = Match.objects.order_by("pk")
    decline_match(actor=cast.dean, pk=answered.pk, reason=DeclineReason.TIME, now=NOW)
    old_run = proposed.run_id

    run_matching(actor=SYSTEM, now=NOW)

    answered.refresh_from_db()
    proposed.refresh_from_db()
    assert (answered.state, answered.decline_reason, answered.run_id) == ("declined", "time", old_run)
    assert (proposed.state, proposed.run_id > old_run) == ("proposed", True)


def test_a_proposal_that_no_longer_holds_is_withdrawn_and_comes_back_with_its_listing(cast: Cast) -> None:
    need(cast)
    posted = offer(cast)
    run_matching(actor=SYSTEM, now=NOW)
    offers = type(posted).objects.filter(pk=posted.pk)

    offers.update(state="expired")
    run_matching(actor=SYSTEM, now=NOW)
    withdrawn = Match.objects.get().state
    offers.update(state="open")
    run_matching(actor=SYSTEM, now=NOW)

    assert withdrawn == "withdrawn"
    assert Match.objects.get().state == "proposed"


@pytest.mark.parametrize("side", [Side.NEED, Side.OFFER])
def test_one_changed_listing_is_matched_as_a_whole_run_would(cast: Cast, side: Side) -> None:
    posted = {Side.NEED: need(cast), Side.OFFER: offer(cast)}
    need(cast, title="电焊工", quantity=3)
    offer(cast, title="数控技术专业实习生", skills=("加工中心编程",))
    run_matching(actor=SYSTEM, now=NOW)
    whole = set(Match.objects.filter(**{f"{side}_id": posted[side].pk}).values_list("need", "offer", "score", "rank"))
    Match.objects.filter(**{f"{side}_id": posted[side].pk}).delete()

    run_matching(actor=SYSTEM, now=NOW, only=Only(side, posted[side].pk))

    partly = set(Match.objects.filter(**{f"{side}_id": posted[side].pk}).values_list("need", "offer", "score", "rank"))
    assert partly == whole


def test_a_listing_that_is_not_open_loses_its_proposals(cast: Cast) -> None:
    posted = need(cast)
    offer(cast)
    run_matching(actor=SYSTEM, now=NOW)
    close_listing(
        actor=cast.personnel_officer, side=Side.NEED, pk=posted.pk, version=1, reason=CloseReason.WITHDRAWN, now=NOW
    )

    run_matching(actor=SYSTEM, now=NOW, only=Only(Side.NEED, posted.pk))

    assert Match.objects.get().state == "withdrawn"


def test_a_partner_declined_is_not_proposed_again(cast: Cast) -> None:
    need(cast)
    offer(cast)
    run_matching(actor=SYSTEM, now=NOW)
    decline_match(actor=cast.dean, pk=Match.objects.get().pk, reason=DeclineReason.PARTNER, now=NOW)
    need(cast, title="焊工（第二批）")

    run_matching(actor=SYSTEM, now=NOW)

    assert Match.objects.count() == 1


def test_a_run_that_fails_its_check_stores_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    need(cast)
    offer(cast)
    monkeypatch.setattr(running, "verify", lambda *_, **__: (Fault("sum", "1", "1"),))

    with pytest.raises(ChanjiaoError) as refusal:
        run_matching(actor=SYSTEM, now=NOW)

    assert refusal.value.code == "match.failed_verification"
    assert not MatchRun.objects.exists()
    assert not Match.objects.exists()


def test_the_check_is_the_engines_own() -> None:
    assert running.verify is verify
    assert replace(Options(), least_score=running.LEAST_SCORE).least_score == 0.35


@pytest.mark.parametrize("who", ["nobody", "stranger", "student", "teacher", "dean", "bureau_officer"])
def test_only_the_secretariat_and_the_system_run_the_engine(cast: Cast, who: str) -> None:
    with pytest.raises(ChanjiaoError) as refusal:
        run_matching(actor=cast.people[who], now=NOW)

    assert refusal.value.code == "action.denied"


def test_an_accepted_match_survives_another_run(cast: Cast) -> None:
    need(cast)
    offer(cast)
    run_matching(actor=SYSTEM, now=NOW)
    pk = Match.objects.get().pk
    accept_match(actor=cast.dean, pk=pk, now=NOW)
    accept_match(actor=cast.personnel_officer, pk=pk, now=NOW)

    run_matching(actor=SYSTEM, now=NOW)

    assert Match.objects.get().state == "accepted"
    assert Need.objects.get().state == "matched"


def test_a_half_accepted_match_is_withdrawn_with_its_listing_and_starts_anew(cast: Cast) -> None:
    need(cast)
    posted = offer(cast)
    run_matching(actor=SYSTEM, now=NOW)
    pk = Match.objects.get().pk
    accept_match(actor=cast.personnel_officer, pk=pk, now=NOW)
    offers = type(posted).objects.filter(pk=posted.pk)

    run_matching(actor=SYSTEM, now=NOW)
    kept = Match.objects.get().state
    offers.update(state="expired")
    run_matching(actor=SYSTEM, now=NOW)
    withdrawn = Match.objects.get().state
    offers.update(state="open")
    run_matching(actor=SYSTEM, now=NOW)

    again = Match.objects.get()
    assert (kept, withdrawn) == ("accepted_by_one", "withdrawn")
    assert (again.state, again.need_accepted_at) == ("proposed", None)


def test_what_changes_while_the_engine_runs_is_left_to_its_own_run(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    posted = need(cast)
    offer(cast)
    run_matching(actor=SYSTEM, now=NOW)
    kept_run = Match.objects.get().run_id
    check = running._check

    def somebody_edits_meanwhile(*arguments: object) -> None:
        check(*arguments)  # type: ignore[arg-type]
        Need.objects.filter(pk=posted.pk).update(title="别的工种", version=2)

    monkeypatch.setattr(running, "_check", somebody_edits_meanwhile)
    run = run_matching(actor=SYSTEM, now=NOW)

    found = Match.objects.get()
    assert run.pairs_count == 0
    assert (found.state, found.run_id) == ("proposed", kept_run)


def test_a_large_site_is_matched_in_the_background_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    need(cast)
    offer(cast)
    monkeypatch.setattr(asking, "AT_ONCE", 0)

    first = asking.ask_for_matching(actor=cast.secretary, now=NOW)
    asking.ask_for_matching(actor=cast.secretary, now=NOW)
    waiting = Job.objects.filter(task="matching.run").count()
    run_next(NOW)

    assert (first, waiting) == (None, 1)
    assert Match.objects.count() == 1


def test_a_small_site_is_matched_at_once(cast: Cast) -> None:
    need(cast)
    offer(cast)

    run = asking.ask_for_matching(actor=cast.secretary, now=NOW)

    assert run is not None
    assert run.pairs_count == 1


def test_partners_asked_for_and_those_that_answer_stand_first(cast: Cast) -> None:
    need(cast)
    wished = offer(cast, partners=(cast.enterprise.name,))
    other = offer(cast)
    run_matching(actor=SYSTEM, now=NOW)

    scores = {match.offer_id: match for match in Match.objects.all()}

    factors = {pk: {one["code"]: one for one in match.reasons} for pk, match in scores.items()}
    assert scores[wished.pk].score > scores[other.pk].score
    assert factors[wished.pk]["wishes"]["evidence"][0]["how"] == "wish_of_offer"
    assert "wishes" not in factors[other.pk]
    assert factors[other.pk]["replies"]["strength"] == pytest.approx(0.5)


def test_silence_lowers_what_is_proposed_of_a_member(cast: Cast) -> None:
    need(cast)
    offer(cast)
    run_matching(actor=SYSTEM, now=NOW)
    before = Match.objects.get().score
    ask_for_replies(actor=SYSTEM, now=NOW)
    late = NOW + timedelta(days=8)
    follow_silent(actor=SYSTEM, now=late)

    run_matching(actor=SYSTEM, now=late)

    found = Match.objects.get()
    told = next(one for one in found.reasons if one["code"] == "replies")["evidence"]
    assert found.score < before
    assert [(one["how"], one["need"], one["offer"]) for one in told] == [
        ("replies_of_need", "1", "0"),
        ("replies_of_offer", "1", "0"),
    ]
