"""From need to deed: each need counts at the furthest stage it reached, and for all before it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chanjiao.apps.exchange.models import Need
from chanjiao.apps.matching.actions.accept_match import accept_match
from chanjiao.apps.matching.actions.ask_for_replies import ask_for_replies
from chanjiao.apps.matching.actions.run_matching import run_matching
from chanjiao.apps.matching.commitments import Standing
from chanjiao.apps.matching.funnel import FunnelFilters, Stage, grouped, needs_on_their_way, stage_counts, worst_break
from chanjiao.apps.matching.models import Match
from chanjiao.core.audit import emit
from chanjiao.core.commitments import SOURCES, count_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import SYSTEM
from chanjiao.core.traces import TRACES
from tests.apps.exchange.samples import need, offer
from tests.cast import NOW, Cast


@pytest.fixture
def answered(cast: Cast) -> Match:
    """A match that the college has accepted, beside a need that nothing fits and one that is a draft."""
    need(cast)
    offer(cast)
    run_matching(actor=SYSTEM, now=NOW)
    ask_for_replies(actor=SYSTEM, now=NOW)
    found = Match.objects.get()
    accept_match(actor=cast.dean, pk=found.pk, now=NOW)
    need(cast, title="护理员", occupation_code="4-14-01-02", skills=(), summary="照护老人", quantity=2)
    need(cast, title="草稿", submit=False)
    return found


def test_a_need_counts_at_each_stage_it_has_reached(cast: Cast, answered: Match) -> None:
    lines = needs_on_their_way(cast.secretary)

    assert {line.title: line.stage for line in lines} == {"焊工 12 人": Stage.ANSWERED, "护理员": Stage.POSTED}
    assert stage_counts(lines) == (2, 1, 1, 0, 0, 0, 0)


def test_deeds_of_the_apps_above_bring_a_need_further_by_their_names(
    cast: Cast, answered: Match, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept_match(actor=cast.personnel_officer, pk=answered.pk, now=NOW)
    monkeypatch.setitem(TRACES, "matching.match", [lambda ids: dict.fromkeys(ids, answered.need_id)])

    for name, stage in (("agreement.in_force", 4), ("project.started", 5), ("milestone.proved", 6)):
        emit(actor=SYSTEM, name=name, instance=answered, now=NOW)
        assert max(line.stage for line in needs_on_their_way(cast.secretary)) == stage


def test_rows_behind_a_bar_are_the_needs_it_counts(cast: Cast, answered: Match) -> None:
    reached = needs_on_their_way(cast.secretary, FunnelFilters(reached=Stage.MATCHED))
    stuck = needs_on_their_way(cast.secretary, FunnelFilters(stuck=Stage.POSTED))

    assert [line.title for line in reached] == ["焊工 12 人"]
    assert [line.title for line in stuck] == ["护理员"]


def test_needs_are_grouped_by_kind_zone_and_member(cast: Cast, answered: Match) -> None:
    lines = needs_on_their_way(cast.secretary)

    assert [(group.label, group.counts[0]) for group in grouped(lines, "kind")] == [("post", 2)]
    assert [(group.label, group.counts[0]) for group in grouped(lines, "member")] == [("青浦川恒锐机械有限公司", 2)]
    assert [group.label for group in grouped(lines, "zone")] == [""]
    assert grouped(lines, "kind")[0].breaks_after == Stage.POSTED


@pytest.mark.parametrize(
    ("counts", "stage"),
    [((10, 9, 3, 3), Stage.MATCHED), ((4, 2, 1, 1), Stage.POSTED), ((0, 0), None), ((5, 5, 5), None)],
)
def test_the_way_breaks_where_most_needs_stay_behind(counts: tuple[int, ...], stage: Stage | None) -> None:
    assert worst_break(counts) == stage


def test_only_needs_of_the_period_count(cast: Cast, answered: Match) -> None:
    Need.objects.filter(title="护理员").update(opened_at=NOW - timedelta(days=400))

    lines = needs_on_their_way(cast.secretary, FunnelFilters(since=NOW - timedelta(days=365)))

    assert [line.title for line in lines] == ["焊工 12 人"]


@pytest.mark.parametrize("person", ["dean", "bureau_officer", "stranger", "nobody"])
def test_the_funnel_is_for_secretariats(cast: Cast, answered: Match, person: str) -> None:
    with pytest.raises(ChanjiaoError, match=r"action\.denied"):
        needs_on_their_way(cast.people[person])


def test_each_side_sees_what_it_owes_what_it_promised_and_what_it_is_owed(cast: Cast, answered: Match) -> None:
    def counted(person: str) -> dict[str, int]:
        rows = {code: source.rows(cast.people[person], NOW) for code, source in SOURCES.items() if "matching" in code}
        return {code: count_of(found) for code, found in rows.items()}

    assert counted("personnel_officer") == {"matching.answers": 1, "matching.settled": 0, "matching.owed": 0}
    assert counted("dean") == {"matching.answers": 0, "matching.settled": 0, "matching.owed": 1}
    accept_match(actor=cast.personnel_officer, pk=answered.pk, now=NOW)
    assert counted("dean") == {"matching.answers": 0, "matching.settled": 1, "matching.owed": 0}
    assert counted("stranger") == {"matching.answers": 0, "matching.settled": 0, "matching.owed": 0}


def test_every_source_says_whose_move_it_is_in_words_and_lists_nothing_to_nobody(cast: Cast) -> None:
    for source in SOURCES.values():
        assert source.standing in Standing
        assert source.title
        assert source.button
        assert list(source.rows(cast.nobody, NOW)[:1]) == []
