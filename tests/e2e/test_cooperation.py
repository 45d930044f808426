"""From a pasted advertisement to a verified proof, as a firm and a college take the way, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser

FIRM, COLLEGE = ("chengyu", "王春晖"), ("zhizao", "龙翔宇")
IN_A_MONTH = (date.today() + timedelta(days=30)).isoformat()
AD = """招聘启事
安徽澄驭汽车系统股份有限公司制造工程部因扩产招聘
岗位：数控车工（加急）
人数：6人
要求：高职及以上学历，数控技术专业，会数控编程、读图和三坐标测量
用工形式：全职就业，两班制，提供住宿
薪资：5500-7500元/月
工作地点：澄浦经济技术开发区
"""
POST = "数控车工（加急）"
IN_TWO_YEARS = (date.today() + timedelta(days=730)).isoformat()


def test_from_a_pasted_advertisement_both_sign_an_order_class_and_its_first_milestone_is_proved(
    visitor: Visitor, answer_links: Callable[..., list[str]], tmp_path: Path
) -> None:
    takes_letters_at_night(visitor, COLLEGE[0])
    post_by_pasting(visitor)
    accept_by_link(visitor, answer_links(f"{COLLEGE[0]}@example.org", POST)[0])
    match = find_match(visitor)
    accept_match(visitor, FIRM[0], match)
    log_in_as(visitor, COLLEGE[0])
    visitor.opens(match)
    agreement = draft_order_class(visitor)
    name_and_sign(visitor, agreement, FIRM)
    name_and_sign(visitor, agreement, COLLEGE)
    expect(visitor.page.get_by_text("已签署，协议生效")).to_be_visible()
    visitor.leaves_screenshot("agreement-in-force")

    project = start_project(visitor)
    prove(visitor, project, tmp_path)

    log_in_as(visitor, FIRM[0])
    visitor.opens(project)
    visitor.page.get_by_role("link", name="佐证 1", exact=True).click()
    visitor.page.get_by_role("button", name="核验", exact=True).click()
    expect(visitor.page.get_by_text("已核验").first).to_be_visible()
    visitor.opens(project)
    done = visitor.page.get_by_role("region", name="已完成")
    expect(done.get_by_role("heading", name="开班与学员名册")).to_be_visible()
    visitor.leaves_screenshot("project-board")


def log_in_as(visitor: Visitor, username: str) -> None:
    """The other side sits down, once the page before has loaded what it asks for in the name of the one who leaves."""
    visitor.page.wait_for_load_state("networkidle")
    visitor.logs_in_as(username)


def takes_letters_at_night(visitor: Visitor, username: str) -> None:
    """The person wants letters at any hour, so that the walk can be taken at any."""
    log_in_as(visitor, username)
    visitor.opens("/notices/settings/")
    visitor.page.get_by_label("免打扰开始").fill("00:00")
    visitor.page.get_by_label("免打扰结束").fill("00:00")
    visitor.page.get_by_role("button", name="保存").click()
    expect(visitor.page.get_by_role("status").first).to_be_visible()


def post_by_pasting(visitor: Visitor) -> None:
    """The firm pastes its advertisement, looks the filled form over and sends it; the secretariat opens it."""
    page = visitor.page
    log_in_as(visitor, FIRM[0])
    visitor.opens("/papers/")
    page.locator("textarea").first.fill(AD)
    page.get_by_role("button", name="开始识读").click()
    expect(page.get_by_label("标题")).to_have_value(POST)
    visitor.leaves_screenshot("advertisement-read")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("已提交秘书处审核").first).to_be_visible()
    log_in_as(visitor, "zongmishu")
    visitor.opens("/exchange/review/")
    page.get_by_role("link", name=POST).first.click()
    page.get_by_role("button", name="审核通过").click()
    expect(page.get_by_text("审核通过，已公开发布")).to_be_visible()


def accept_by_link(visitor: Visitor, link: str) -> None:
    """Somebody of the college accepts by the link of its letter, without logging in."""
    page = visitor.page
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies()
    page.goto(link)
    page.get_by_role("button", name="同意对接").click()
    expect(page.get_by_role("heading", name="您已接受这次对接")).to_be_visible()


def find_match(visitor: Visitor) -> str:
    """The address of the match that the college has accepted, as the firm finds it."""
    log_in_as(visitor, FIRM[0])
    visitor.opens(f"/matches/?state=accepted_by_one&q={POST}")
    visitor.page.get_by_role("main").get_by_role("rowheader").first.get_by_role("link").click()
    return visitor.page.url.removeprefix(visitor.site)


def accept_match(visitor: Visitor, username: str, match: str) -> None:
    """One side accepts the match, unless it has."""
    log_in_as(visitor, username)
    visitor.opens(match)
    button = visitor.page.get_by_role("button", name="同意对接")
    if button.is_visible():
        button.click()
        expect(visitor.page.get_by_role("status")).to_be_visible()


def draft_order_class(visitor: Visitor) -> str:
    """The college's proposal, written in steps; its address."""
    page = visitor.page
    page.get_by_role("link", name="起草协议").click()
    page.get_by_role("radio", name=re.compile("^订单班")).check()
    page.get_by_role("button", name="开始起草").click()
    expect(page.get_by_label("班级人数")).not_to_have_value("")
    page.get_by_label("专业").fill("数控技术")
    page.get_by_label("起", exact=True).fill(IN_A_MONTH)
    page.get_by_label("止", exact=True).fill(IN_TWO_YEARS)
    page.get_by_label("期限允许与我们之间的其他协议重叠").check()
    visitor.leaves_screenshot("agreement-terms")
    for _step in ("terms", "parties", "clauses"):
        page.get_by_role("button", name="保存并继续").click()
    visitor.leaves_screenshot("agreement-check")
    page.get_by_role("button", name="向各方提议").click()
    expect(page.get_by_text("已提议")).to_be_visible()
    return page.url.removeprefix(visitor.site)


def name_and_sign(visitor: Visitor, agreement: str, who: tuple[str, str]) -> None:
    """A person names themselves to sign for their party, reads the exact text and signs it."""
    username, name = who
    log_in_as(visitor, username)
    visitor.opens(agreement)
    page = visitor.page
    page.get_by_role("link", name="签署人", exact=True).click()
    page.get_by_role("checkbox", name=re.compile(name)).check()
    page.get_by_role("button", name="确定").click()
    page.get_by_role("link", name="阅读并签署").click()
    expect(page.get_by_text("第一条")).to_be_visible()
    visitor.leaves_screenshot("agreement-sign")
    page.get_by_label("本人姓名").fill(name)
    page.get_by_role("button", name="我已阅读并签署").click()


def start_project(visitor: Visitor) -> str:
    """The college starts the project and plans its first milestone; the project's address."""
    page = visitor.page
    page.get_by_role("button", name="立项").click()
    expect(page.get_by_text("已立项")).to_be_visible()
    project = page.url.removeprefix(visitor.site)
    page.get_by_role("link", name="安排里程碑").first.click()
    page.get_by_label("标题").fill("开班与学员名册")
    page.get_by_label("截止日期").fill((date.today() + timedelta(days=60)).isoformat())
    page.get_by_label("负责单位").select_option(label="澄浦职业技术学院")
    page.get_by_role("button", name="保存").click()
    return project


def prove(visitor: Visitor, project: str, folder: Path) -> None:
    """The college hands in a proof of the milestone."""
    notice = folder / "开班通知.txt"
    notice.write_text("数控订单班定于三月一日开班。", encoding="utf-8")
    page = visitor.page
    visitor.opens(project)
    page.get_by_role("link", name="提交佐证").last.click()
    page.locator("input[type=file]").set_input_files(notice)
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.get_by_text("待核验").first).to_be_visible()
