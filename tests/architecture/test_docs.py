"""Documents name files and commands that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chanjiao.interfaces.cli.root import COMMANDS

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_paths_of_a_page_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\((?!https?:)([^)]+)\)", text)]
    paths = re.findall(r"`((?:src|tests|tools|docs|bench)/[\w./-]+\.\w+)`", text)

    lost = [link for link in links if link and not (page.parent / link).exists()]
    lost += [path for path in paths if not (ROOT / path).exists()]

    assert lost == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_of_a_page_exist(page: Path) -> None:
    named = set(re.findall(r"(?:^    |`)chanjiao ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE))

    assert named - set(COMMANDS) == set()


@pytest.mark.parametrize("page", sorted((ROOT / "docs/decisions").glob("*.md")), ids=lambda page: page.name)
def test_a_decision_is_at_most_400_words(page: Path) -> None:
    assert len(page.read_text(encoding="utf-8").split()) <= 400


def test_decisions_are_numbered_one_by_one_and_bear_their_number() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("*.md"))

    numbers = [page.name[:4] for page in pages]

    assert numbers == [f"{number:04d}" for number in range(1, len(pages) + 1)]
    assert [page.read_text(encoding="utf-8")[2:6] for page in pages] == numbers
