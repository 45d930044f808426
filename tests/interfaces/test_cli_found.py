"""`chanjiao found` keeps its contract."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chanjiao.apps.members.models import Consortium, Founding, Membership
from chanjiao.core.errors import ChanjiaoError
from chanjiao.interfaces.cli import start
from chanjiao.interfaces.cli.found import command
from tests.apps.members.conftest import STORY

SEEDS = Path(os.environ.get("CHANJIAO_SEEDS", Path(__file__).parents[3] / "shared" / "seeds"))


@pytest.fixture
def notice(tmp_path: Path) -> str:
    path = tmp_path / "notice.txt"
    path.write_text(STORY, "utf-8")
    return str(path)


@pytest.fixture(autouse=True)
def ready(monkeypatch: pytest.MonkeyPatch) -> None:
    # The test database stands already.
    monkeypatch.setattr(start, "ready_site", lambda: None)


def found(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(command, list(arguments), input=given)


def test_a_draft_is_shown_without_a_database(notice: str) -> None:
    result = found(notice)

    assert result.exit_code == 0
    for words in ("青浦川职业教育集团", "Lead college: 青浦川职业技术学院", "邵一鸣", "Depth of integration"):
        assert words in result.output
    assert "Nothing is stored yet" in result.output


def test_the_draft_speaks_the_language_of_the_terminal(notice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHANJIAO_LANGUAGE", "zh-hans")

    assert "牵头院校: 青浦川职业技术学院" in found(notice).output


def test_standard_input_is_read(notice: str) -> None:
    assert "青浦川职业教育集团" in found("-", given=STORY).output


def test_json_holds_the_contract_and_the_memberships(notice: str) -> None:
    told = json.loads(found(notice, "--json").output)

    assert {"text", "consortia", "organisations", "people", "event", "documents", "requirements", "credits"} <= set(
        told
    )
    assert {"青浦川职业技术学院"} == {
        one["organisation"] for one in told["memberships"] if one["role"] == "lead_school"
    }
    assert told["founding"] is None


@pytest.mark.django_db
def test_yes_accepts_and_a_second_time_makes_nothing_twice(notice: str) -> None:
    first = found(notice, "--yes")
    counts = (Consortium.objects.count(), Membership.objects.count())
    second = found(notice, "--yes")

    assert "3 new" in first.output
    assert "accepted before" in second.output
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert (Consortium.objects.count(), Membership.objects.count()) == counts


@pytest.mark.django_db
def test_keep_leaves_a_draft_for_review(notice: str) -> None:
    result = found(notice, "--keep")

    assert "/founding/" in result.output
    assert Founding.objects.get().state == "draft"
    assert Consortium.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "text.empty"),
        (b"\x7fELF" + b"\x00" * 99, "text.not_text"),
        ("好天气。".encode(), "founding.no_consortium"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_file(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)

    error = found(str(path)).exception

    assert isinstance(error, ChanjiaoError)
    assert (error.code, error.place) == (code, str(path))


@pytest.mark.skipif(not (SEEDS / "anqing-2023.txt").exists(), reason="the real story lies outside the repository")
def test_the_real_story_founds_what_it_tells() -> None:
    told = json.loads(found(str(SEEDS / "anqing-2023.txt"), "--json").output)

    kinds = sorted(one["kind"] for one in told["consortia"])
    roles = {role: {one["organisation"] for one in told["memberships"] if one["role"] == role} for role in
             ("guidance_committee", "lead_school", "lead_enterprise")}  # fmt: skip
    people = {one["name"] for one in told["people"]}
    measures = {one["measure"] for one in told["goals"] if one["kind"] == "hope"}
    lines = {one["text"] for one in told["goals"] if one["kind"] == "line_of_work"}
    unveiled = {one["name"] for one in told["people"] if "unveil" in one["actions"]}
    hosts = {one["name"] for one in told["people"] if "host" in one["actions"]}
    assert kinds == ["group", "municipal", "municipal"]
    assert {role: len(bodies) for role, bodies in roles.items()} == {
        "guidance_committee": 10,
        "lead_school": 1,
        "lead_enterprise": 1,
    }
    assert (len(people), len(unveiled), len(hosts)) == (9, 8, 1)
    assert all(one["org"] and one["title"] for one in told["people"])
    assert measures == {"depth", "breadth", "speed", "precision", "strength"}
    assert len(lines) == 4
    assert {label: len(names) for label, names in told["credits"].items()} == {"文": 1, "图": 2, "审稿": 1}
