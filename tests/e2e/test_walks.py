"""Walks through the demo as its people take them, in Chinese, each leaving a screenshot that somebody looks at."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from chanjiao.data import demo
from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser


def test_a_stranger_reads_what_the_consortium_is_and_changes_the_language(visitor: Visitor) -> None:
    visitor.opens("/")
    expect(visitor.page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(visitor.page.get_by_role("heading", name="澄浦职业教育集团")).to_be_visible()

    visitor.page.get_by_role("button", name="English").click()

    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    visitor.leaves_screenshot("home-public-en")


def test_an_officer_reads_the_reasons_of_a_match_and_accepts_it(visitor: Visitor) -> None:
    visitor.logs_in_as("chengyu")
    visitor.leaves_screenshot("home-officer")
    visitor.page.get_by_role("link", name="答复").first.click()
    expect(visitor.page.get_by_text("匹配理由")).to_be_visible()
    visitor.leaves_screenshot("match")

    visitor.page.get_by_role("button", name="同意对接").click()

    # The one that waits first is a match that the other side has accepted before.
    expect(visitor.page.get_by_role("heading", level=1)).to_contain_text("双方已接受")


def test_a_college_posts_an_offer_with_the_code_suggested_and_the_secretariat_opens_it(visitor: Visitor) -> None:
    visitor.logs_in_as("zhizao")
    visitor.opens("/exchange/offers/new/?kind=post")
    page = visitor.page
    page.get_by_label("标题").fill("焊接技术与自动化毕业生三十五人")
    page.get_by_label("公开摘要").fill("二氧化碳气保焊、氩弧焊均有实训，持焊工四级证者二十人。")
    page.get_by_label("用工形式").select_option("employment")
    page.get_by_role("combobox", name="职业").press_sequentially("hangong", delay=30)
    page.get_by_role("option", name=re.compile("焊工")).first.click()
    visitor.leaves_screenshot("post-offer")
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_text("待审核").first).to_be_visible()

    visitor.logs_in_as("zongmishu")
    visitor.opens("/exchange/review/")
    page.get_by_role("link", name="焊接技术与自动化毕业生三十五人").first.click()
    page.get_by_role("button", name="审核通过").click()

    visitor.opens("/exchange/offers/?q=三十五人")
    expect(page.get_by_role("link", name="焊接技术与自动化毕业生三十五人").first).to_be_visible()


def test_the_secretariat_reads_a_notice_and_sees_each_fact_in_its_source(visitor: Visitor, tmp_path: Path) -> None:
    visitor.logs_in_as("guanli")
    notice = tmp_path / "通知.txt"
    notice.write_text(demo.notice(clean=True).replace("4月17日", "5月8日"), encoding="utf-8")
    visitor.opens("/founding/")
    visitor.page.locator("input[type=file]").set_input_files(notice)
    visitor.page.get_by_role("button", name="开始识读").click()

    expect(visitor.page.get_by_role("main").get_by_text("澄浦高新技术产业开发区产教联合体").first).to_be_visible()
    visitor.leaves_screenshot("founding")


def test_a_reader_goes_by_keyboard_alone(visitor: Visitor) -> None:
    visitor.opens("/members/")
    page = visitor.page
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#main")

    page.keyboard.press("/")
    page.keyboard.type("数控")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/search/\?q="))
    expect(page.get_by_text("数控技术").first).to_be_visible()


PLACES = [
    "/",
    "/members/",
    "/members/consortia/",
    "/exchange/needs/",
    "/exchange/offers/",
    "/matches/",
    "/programmes/",
    "/reference/",
    "/reference/occupation/",
    "/stand/",
    "/administration/",
    "/administration/record/",
    "/founding/",
]


@pytest.mark.parametrize("width", [320, 390, 1280, 1920])
def test_no_page_scrolls_sideways(visitor: Visitor, width: int) -> None:
    visitor.logs_in_as("zongmishu")
    visitor.page.set_viewport_size({"width": width, "height": 900})

    too_wide = []
    for path in PLACES:
        visitor.opens(path)
        if visitor.page.evaluate("document.documentElement.scrollWidth") > width:
            too_wide.append(path)
        if width in (390, 1280):
            visitor.leaves_screenshot(f"page{path.replace('/', '-')}{width}")

    assert too_wide == []


def test_the_first_page_is_light(visitor: Visitor) -> None:
    sizes: list[int] = []
    visitor.page.on("response", lambda answer: sizes.append(int(answer.headers.get("content-length", 0))))

    visitor.opens("/")
    visitor.page.wait_for_load_state("networkidle")

    assert sum(sizes) < 300_000


def test_a_college_accepts_a_match_by_the_link_of_a_letter_without_an_account(
    visitor: Visitor, answer_links: Callable[[str], list[str]]
) -> None:
    link = answer_links("huagong@example.org")[0]
    page = visitor.page
    page.goto(link)
    expect(page.get_by_role("heading", name="是否接受这次对接？")).to_be_visible()
    visitor.leaves_screenshot("answer-by-link")
    page.reload()

    page.get_by_role("button", name="同意对接").click()

    expect(page.get_by_role("heading", name="您已接受这次对接")).to_be_visible()
    visitor.leaves_screenshot("answer-given")
    again = page.request.get(link)
    assert again.status == 409
    assert "每个链接只能答复一次" in again.text()
