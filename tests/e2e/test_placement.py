"""A round of placement in the demo from wish lists to an appeal, each person at their own pages."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visitor, outside_the_tests

pytestmark = pytest.mark.browser

ROUND = "2027年春季跟岗实习"
WAIT = 60_000
"""Milliseconds for a job on a busy machine."""


def deadline_passes(home: str, column: str) -> None:
    """The deadline of the round lies a moment back: what waiting for it would do."""
    program = (
        "from django.utils import timezone; from chanjiao.apps.placement.models import PlacementRound as R;"
        f"R.objects.filter(title='{ROUND}').update({column}=timezone.now())"
    )
    command = [sys.executable, "-m", "chanjiao", "manage", "shell", "-c", program]
    subprocess.run(command, env=outside_the_tests() | {"CHANJIAO_HOME": home}, check=True, stdout=subprocess.DEVNULL)


def opens_round(visitor: Visitor, username: str) -> None:
    visitor.logs_in_as(username)
    visitor.opens("/placement/")
    visitor.page.get_by_role("link", name=ROUND).click()


def test_a_round_goes_from_wish_lists_to_an_appeal(visitor: Visitor, demo_home: str) -> None:
    page = visitor.page

    # a student lists wishes on a phone: with buttons, by keyboard, by dragging
    page.set_viewport_size({"width": 390, "height": 844})
    opens_round(visitor, "xuesheng")
    page.get_by_role("main").get_by_role("link", name="我的志愿").click()
    page.get_by_role("button", name="我同意").click()
    for title in ("电芯化成分容实习生", "扁线电机产线技术实习生", "焊装产线设备维护实习生"):
        page.get_by_role("button", name=f"添加 {title}").click()
        expect(page.locator("[data-wishes] li", has_text=title)).to_be_visible()
    page.get_by_role("button", name="焊装产线设备维护实习生 上移").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-wishes] li").nth(1)).to_contain_text("焊装产线设备维护实习生")
    page.wait_for_load_state("networkidle")  # the order is stored, and nothing replaces the list any more
    grip = page.locator("[data-wishes] li").nth(1).locator("[data-grip]")
    target = page.locator("[data-wishes] li").nth(0).bounding_box()
    grip.hover()
    page.mouse.down()
    assert target is not None
    page.mouse.move(target["x"] + 40, target["y"] + 2, steps=5)
    page.mouse.up()
    expect(page.locator("[data-wishes] li").nth(0)).to_contain_text("焊装产线设备维护实习生")
    expect(page.locator("[data-wishes] li").nth(0).locator(".rank")).to_have_text("1")  # numbered anew: it is stored
    expect(page.get_by_text("3／5，已于")).to_be_visible()
    visitor.leaves_screenshot("placement-wishes-phone")
    page.set_viewport_size({"width": 1280, "height": 900})

    # the deadline passes, the secretariat closes wishes, the firm gives points
    deadline_passes(demo_home, "wishes_until")
    opens_round(visitor, "zongmishu")
    page.get_by_role("button", name="结束填报").click()
    expect(page.get_by_text("填报已结束，企业可继续评分")).to_be_visible()
    opens_round(visitor, "chengyu")
    page.get_by_role("link", name="本企业岗位").click()
    page.get_by_role("link", name="焊装产线设备维护实习生").click()
    page.get_by_role("link", name="填报学生").click()
    boxes = page.get_by_label(re.compile("打分"))
    for place in range(boxes.count()):
        boxes.nth(place).fill(str(95 - 5 * place))
    visitor.leaves_screenshot("placement-ranking")
    page.get_by_role("button", name="保存分数").click()
    expect(page.get_by_text("已保存")).to_be_visible()

    # trial run, final run, publication
    deadline_passes(demo_home, "rankings_until")
    opens_round(visitor, "zongmishu")
    page.get_by_role("button", name="结束评分").click()
    page.get_by_role("main").get_by_role("link", name="运行", exact=True).click()
    page.get_by_role("button", name="试运行").click()
    expect(page.get_by_role("link", name=re.compile("试运行"))).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="正式运行").click()
    page.get_by_role("button", name="进行正式运行").click()
    expect(page.get_by_role("link", name=re.compile("正式运行"))).to_be_visible(timeout=WAIT)
    visitor.leaves_screenshot("placement-runs")
    page.get_by_role("link", name="前往公布").click()
    page.get_by_role("button", name="公布").click()
    expect(page.get_by_text("已公布，每名已安置学生都收到录取")).to_be_visible()

    # the student reads why, and appeals
    opens_round(visitor, "xuesheng")
    page.get_by_role("main").get_by_role("link", name="我的结果").click()
    expect(page.get_by_role("heading", name="逐个看你的志愿")).to_be_visible()
    expect(page.get_by_text("这就是你的岗位。")).to_be_visible()
    page.get_by_label("有什么问题").fill("面谈成绩与通知书上的不一致，请复核。")
    page.get_by_role("button", name="提出申诉").click()
    expect(page.get_by_text("你的申诉已提交秘书处")).to_be_visible()
    visitor.leaves_screenshot("placement-result")

    # the secretariat runs again, sees what would change, and decides
    opens_round(visitor, "zongmishu")
    page.get_by_role("main").get_by_role("link", name="申诉", exact=True).click()
    page.get_by_role("link", name="重新运行").click()
    page.get_by_role("button", name="申诉重跑").click()
    expect(page.get_by_role("link", name=re.compile("申诉重跑"))).to_be_visible(timeout=WAIT)
    opens_round(visitor, "zongmishu")
    page.get_by_role("main").get_by_role("link", name="申诉", exact=True).click()
    page.get_by_role("link", name="重跑会带来的变化").click()
    expect(page.get_by_text("没有变化")).to_be_visible()
    page.go_back()
    page.get_by_label("处理意见").fill("已复核面谈记录，分数无误。")
    page.get_by_role("button", name="不予支持").click()
    expect(page.get_by_text("已复核面谈记录，分数无误。")).to_be_visible()
    visitor.leaves_screenshot("placement-appeals")
