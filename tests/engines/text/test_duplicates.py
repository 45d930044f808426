"""One story under several headers, credits and damages."""

from __future__ import annotations

import pytest

from chanjiao.engines.text.damage import STYLES, damage
from chanjiao.engines.text.duplicates import groups_of, pairs_to_compare, same_stories
from chanjiao.engines.text.evaluation import written_stories
from chanjiao.engines.text.evaluation.generate import generated_story

STORY = written_stories()[0].text


@pytest.mark.parametrize("style", STYLES)
def test_a_damaged_copy_tells_the_same_story(style: str) -> None:
    copy = (
        "首页 > 新闻动态\n浏览次数：128\n" + damage(STORY, seed=3, style=style) + "\n上一篇：某通知\n（供稿：办公室）"
    )

    (pair,) = same_stories([STORY, copy])

    assert (pair.first, pair.second) == (0, 1)
    assert pair.shared > 0.9


def test_different_stories_of_one_genre_are_not_the_same() -> None:
    texts = [story.text for story in written_stories()]

    assert same_stories(texts) == []


def test_a_story_inside_a_longer_page_is_found_with_the_passage_they_share() -> None:
    others = [generated_story(seed).text for seed in range(3)]

    (pair,) = same_stories([STORY, others[0] + "\n" + STORY + "\n" + "\n".join(others[1:])])

    assert pair.shared == 1.0
    assert pair.passage.startswith("青泽市域产教联合体揭牌成立")


def test_a_shortened_copy_is_found_and_a_quotation_is_not() -> None:
    quotation = generated_story(1).text + STORY[40:110]

    assert [(p.first, p.second) for p in same_stories([STORY, STORY[:300], quotation])] == [(0, 1)]


def test_copies_are_joined_to_one_group() -> None:
    other = generated_story(5).text

    pairs = same_stories([other, STORY, STORY + "来源：日报", other + "作者：某某", "本网讯 " + STORY])

    assert groups_of(pairs) == [(0, 3), (1, 2, 4)]


def test_the_pairs_compared_grow_with_the_copies_and_not_with_their_square() -> None:
    copies = [f"来源{place}" + STORY for place in range(120)]

    assert len(pairs_to_compare(copies)) <= 4 * len(copies)


def test_nothing_and_very_little_are_like_none() -> None:
    assert same_stories(["", "成立大会", "成立大会", "?" * 1000]) == []
