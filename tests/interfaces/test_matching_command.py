"""`chanjiao match`: the summary and the JSON of a run."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from chanjiao.apps.matching.models import Match
from chanjiao.interfaces.cli import match as module
from tests.apps.exchange.samples import SECRET, need, offer
from tests.cast import Cast
from tests.interfaces.test_exchange_pages import TERM


@pytest.fixture(autouse=True)
def site(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    monkeypatch.setattr(module, "ready_site", lambda: None)
    monkeypatch.setenv("CHANJIAO_LANGUAGE", "en")
    need(cast, **TERM)
    offer(cast, **TERM)


def test_the_best_matches_are_told_with_their_reasons() -> None:
    result = CliRunner().invoke(module.command, ["--top", "3"])

    found = Match.objects.get()
    lines = result.output.splitlines()
    assert result.exit_code == 0
    assert lines[0].startswith("1 needs and 1 offers matched: 1 pairs in ")
    assert lines[2] == f"  1. {round(100 * found.score)}  焊工 12 人 ⇄ 焊接专业实习生 30 人"
    assert "Occupation fits" in result.output
    assert SECRET not in result.output


def test_json_holds_the_run_and_points_that_add_up() -> None:
    result = CliRunner().invoke(module.command, ["--json"])

    told = json.loads(result.output)
    best = told["matches"][0]
    assert (told["engine"], told["needs"], told["offers"], told["pairs"]) == ("chanjiao.matching", 1, 1, 1)
    assert sum(reason["points"] for reason in best["reasons"]) == round(100 * best["score"])
    assert best["need"]["number"] == "N-2026-0001"


def test_a_count_below_one_is_refused() -> None:
    assert CliRunner().invoke(module.command, ["--top", "0"]).exit_code == 2
