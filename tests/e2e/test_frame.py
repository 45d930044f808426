"""The frame by keyboard and on a phone, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser

PUBLIC = ["/", "/stand/", "/stand/wall/", "/search/?q=焊工", "/members/", "/exchange/", "/programmes/", "/reference/"]
OWN = ["/", "/matches/", "/exchange/mine/", "/exchange/needs/new/?kind=post", "/accounts/profile/", "/accounts/tokens/"]
RUNNING = ["/exchange/review/", "/founding/", "/administration/", "/administration/record/", "/administration/people/"]


def test_the_first_stop_of_the_keyboard_leads_past_the_navigation(visitor: Visitor) -> None:
    visitor.opens("/stand/")
    page = visitor.page

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


def test_a_slash_leads_to_the_search_from_any_page(visitor: Visitor) -> None:
    visitor.opens("/members/")
    page = visitor.page

    page.keyboard.press("/")
    page.keyboard.type("焊工")
    page.keyboard.press("Enter")

    page.wait_for_url("**/search/**")
    expect(page.locator("mark", has_text="焊工").first).to_be_visible()
    visitor.leaves_screenshot("search")


def test_a_menu_opens_and_closes_by_keyboard_and_gives_the_focus_back(visitor: Visitor) -> None:
    visitor.logs_in_as("chengyu")
    page = visitor.page
    menu = page.locator(".topbar summary").last

    menu.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".topbar details[open]")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    expect(page.locator(".topbar details[open]")).to_have_count(0)
    expect(menu).to_be_focused()


def test_the_definition_of_a_figure_shows_when_it_is_focused(visitor: Visitor) -> None:
    visitor.opens("/stand/")
    page = visitor.page
    tip = page.locator("[role=tooltip]").first

    expect(tip).to_be_hidden()
    page.locator(".tip button").first.focus()

    expect(tip).to_be_visible()


def test_what_waits_is_one_press_from_its_page_and_counted_in_the_top_bar(visitor: Visitor) -> None:
    visitor.logs_in_as("chengyu")
    page = visitor.page

    waiting = sum(int(count) for count in page.locator("#waiting .count").all_inner_texts())
    expect(page.locator(".topbar a[href$='#waiting'] .count")).to_have_text(str(waiting))
    visitor.leaves_screenshot("workbench")
    first = page.locator("#waiting a.btn-primary").first
    leads_to = first.get_attribute("href")
    first.focus()
    page.keyboard.press("Enter")

    page.wait_for_url(f"**{leads_to}")


def test_what_is_typed_into_a_long_form_is_back_after_a_detour(visitor: Visitor) -> None:
    visitor.logs_in_as("chengyu")
    visitor.opens("/exchange/needs/new/?kind=post")
    page = visitor.page
    page.locator("#id_title").fill("冲压模具钳工")

    visitor.opens("/")
    visitor.opens("/exchange/needs/new/?kind=post")
    expect(page.locator("#id_title")).to_have_value("冲压模具钳工")
    page.locator("form[data-keep] > .notice button").click()

    expect(page.locator("#id_title")).to_have_value("")


@pytest.mark.parametrize(
    ("person", "paths"), [(None, PUBLIC), ("chengyu", OWN), ("zongmishu", RUNNING)], ids=["public", "own", "running"]
)
def test_no_page_scrolls_sideways_at_320_pixels(visitor: Visitor, person: str | None, paths: list[str]) -> None:
    page = visitor.page
    if person:
        visitor.logs_in_as(person)
    page.set_viewport_size({"width": 320, "height": 700})

    wide = {}
    for path in paths:
        visitor.opens(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[path] = width

    assert wide == {}


def test_a_phone_has_its_places_in_a_bar_at_the_bottom(visitor: Visitor) -> None:
    page = visitor.page
    page.set_viewport_size({"width": 390, "height": 800})
    visitor.opens("/exchange/")

    expect(page.locator(".bottomnav > a")).to_have_count(4)
    page.locator(".bottomnav summary").click()
    expect(page.locator(".bottomnav .menu-panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("form.filters > div").nth(1)).to_be_hidden()
    page.locator(".unfold").click()

    expect(page.locator("form.filters > div").nth(1)).to_be_visible()
    visitor.leaves_screenshot("needs-phone")
