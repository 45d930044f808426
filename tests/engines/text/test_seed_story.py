"""The real founding story. Its people are compared by hash, so that no real name stands here."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from chanjiao.engines.text import Extraction, decode, extract, repair

_FOLDER = Path(os.environ.get("CHANJIAO_SEEDS", Path(__file__).resolve().parents[4] / "shared" / "seeds"))
_STORY = _FOLDER / "anqing-2023.txt"

pytestmark = pytest.mark.skipif(not _STORY.exists(), reason="the real story lies outside the repository")


def _hash(names: list[str]) -> str:
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()[:16]


@pytest.fixture(scope="module")
def story() -> str:
    return decode(_STORY.read_bytes())


@pytest.fixture(scope="module")
def facts(story: str) -> Extraction:
    return extract(story)


def test_repair_leaves_no_reading_and_no_traditional_character(story: str) -> None:
    repaired = repair(story)

    assert "(chǎn)" not in repaired.text
    assert repaired.text.startswith("为切实强化产教深度融合载体建设,促进教育链与产业链有机衔接")
    assert not repaired.doubtful
    assert sum(change.kind == "reading" for change in repaired.changes) == 177


def test_two_consortia_and_the_group_are_found(facts: Extraction) -> None:
    kinds = [(one.kind, bool(one.park), bool(one.founding_document)) for one in facts.consortia]

    assert kinds == [("group", False, False), ("municipal", True, True), ("municipal", True, True)]
    group = next(one for one in facts.organisations if one.name == facts.consortia[0].name)
    assert any(alias.endswith("职教集团") for alias in group.aliases)


def test_ten_departments_guide_and_the_leads_are_known(facts: Extraction) -> None:
    by_role = {
        role: [one for one in facts.organisations if role in one.roles]
        for role in ("guidance_committee", "lead_school", "lead_enterprise")
    }

    assert len(by_role["guidance_committee"]) == 10
    assert [one.type for one in by_role["lead_school"]] == ["school_vocational"]
    assert [one.type for one in by_role["lead_enterprise"]] == ["enterprise"]


def test_both_parks_are_known_by_their_short_forms_too(facts: Extraction) -> None:
    parks = {one.name[2:]: [alias[-3:] for alias in one.aliases] for one in facts.organisations if one.type == "park"}

    assert parks == {"经济技术开发区": ["经开区", "经开区"], "高新技术产业开发区": ["高新区"]}


def test_eight_guests_and_the_host_stand_with_all_their_posts(facts: Extraction) -> None:
    guests = sorted({one.name for one in facts.people if "attend" in one.actions})
    hosts = sorted({one.name for one in facts.people if "host" in one.actions})

    assert len(guests) == 8
    assert len(hosts) == 1
    assert _hash(guests + hosts) == "066439a79aab9554"
    titles = "党委副书记 党委副书记 党工委副书记 副主任 副书记 副局长 副总经理 副秘书长 总经理 校长 理事长 秘书长"
    assert sorted(one.title for one in facts.people) == titles.split()


def test_points_keep_the_lost_separator(facts: Extraction) -> None:
    found = [(one.kind, *one.items) for one in facts.requirements]

    assert found == [
        (
            "hope",
            "精准对接,提高产教融合深度",
            "充分协同,拓展校企合作宽度",
            "协同研发,加快成果转化速度",
            "合作培训,加大技能升级精度",
            "齐心协力,提升品牌塑造力度",
        ),
        (
            "commitment",
            "加强政策引导与扶持",
            "搭建信息共享平台",
            "强化基础设施与环境建设",
            "完善考核评价与激励机制",
        ),
        (
            "aspect",
            "发挥牵头作用,搭建合作平台",
            "优化专业结构,服务产业需求",
            "深化教学改革,创新人才培养",
            "加强技术协同,赋能企业创新",
        ),
    ]


def test_event_document_and_credits_are_read(facts: Extraction) -> None:
    assert (facts.event.date, facts.event.attendance) == ("--01-31", 120)
    assert facts.event.name.endswith("2023年理事会")
    assert facts.event.place.endswith("大酒店")
    assert [(one.action, bool(one.read_by)) for one in facts.documents] == [("read", True)]
    assert {one.role: len(one.names) for one in facts.credits} == {"文": 1, "图": 2, "审稿": 1}
