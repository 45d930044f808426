"""Code tables and code fields by keyboard, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser


def test_a_code_table_opens_by_keyboard_down_to_an_occupation(visitor: Visitor) -> None:
    visitor.opens("/reference/occupation/")
    page = visitor.page

    for name in ("生产制造及有关人员", "机械制造基础加工人员", "机械热加工人员"):
        page.locator("summary", has_text=name).first.focus()
        page.keyboard.press("Enter")
    leaf = page.get_by_role("link", name="6-18-02-04 焊工")
    expect(leaf).to_be_visible()
    visitor.leaves_screenshot("code-tree")
    leaf.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("焊工")


def test_a_code_field_takes_what_the_keyboard_chooses_and_sends_the_code(visitor: Visitor) -> None:
    visitor.logs_in_as("chengyu")
    visitor.opens("/exchange/needs/new/?kind=post")
    page = visitor.page
    box = page.locator("input[role=combobox]").first

    box.press_sequentially("hangong")
    expect(page.locator(".suggest [role=option]").first).to_contain_text("焊工")
    page.keyboard.press("ArrowDown")
    visitor.leaves_screenshot("code-field")
    page.keyboard.press("Enter")

    expect(box).to_have_value("6-18-02-04 焊工")
    expect(page.locator("input[name=occupation_code]")).to_have_value("6-18-02-04")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_a_code_field_says_aloud_that_nothing_was_found(visitor: Visitor) -> None:
    visitor.logs_in_as("chengyu")
    visitor.opens("/exchange/needs/new/?kind=post")
    page = visitor.page
    box = page.locator("input[role=combobox]").first

    box.press_sequentially("zzqqxx")

    expect(page.locator(".suggest [role=status]").first).to_contain_text("没有找到")
    page.keyboard.press("Escape")
    expect(page.locator("[role=listbox]").first).to_be_hidden()
