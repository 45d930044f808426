"""A warning card leads by a plan to a dossier ready for the vote, and the yearly report tells of it, in Chinese."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser
PROGRAMME, PLAN = "电子商务", "基准方案"


def test_a_warning_card_leads_by_a_plan_to_a_dossier_ready_for_the_vote_and_into_the_report(visitor: Visitor) -> None:
    _reads_why_on_the_card_and_in_the_plan(visitor)
    dossier = _starts_from_the_plan(visitor)
    _cites_and_hands_in(visitor, dossier)
    _asks(visitor, dossier)
    for username in ("zhizao", "renshe"):
        _gives_an_opinion(visitor, username, dossier)
    _puts_to_the_vote(visitor, dossier)
    _reads_the_report(visitor, dossier)


def _reads_why_on_the_card_and_in_the_plan(visitor: Visitor) -> None:
    page = visitor.page
    visitor.logs_in_as("zhizao")
    visitor.opens("/programmes/warnings/?state=open")
    page.get_by_role("link", name=PROGRAMME).first.click()
    page.get_by_role("link", name=PLAN).click()
    expect(page.get_by_role("heading", name=PROGRAMME)).to_be_visible()
    expect(page.get_by_text("缩减招生：现有 160 人")).to_be_visible()
    expect(page.get_by_text("名毕业生").first).to_be_visible()
    visitor.leaves_screenshot("plan-change")


def _starts_from_the_plan(visitor: Visitor) -> str:
    page = visitor.page
    page.get_by_role("link", name="建立档案").click()
    page.get_by_role("link", name="缩减招生").first.click()
    expect(page.get_by_label("专业", exact=True).locator("option:checked")).to_contain_text(PROGRAMME)
    page.get_by_label("拟定招生计划").fill("120")
    page.get_by_label("调整理由").fill("毕业去向落实率连续两年排在末位，本市岗位少于毕业人数。")
    visitor.leaves_screenshot("dossier-form")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_role("heading", name="引用依据")).to_be_visible()
    return page.url.removeprefix(visitor.site).removesuffix("cite/")


def _cites_and_hands_in(visitor: Visitor, dossier: str) -> None:
    page = visitor.page
    page.get_by_label("毕业去向落实率", exact=True).check()
    page.get_by_label("岗位缺口").check()
    page.locator("input[name=cites][value^='card:']").first.check()
    page.get_by_role("button", name="引用所选").click()
    expect(page.get_by_text("预警卡").first).to_be_visible()
    expect(page.get_by_role("link", name=PLAN).first).to_be_visible()
    page.get_by_role("button", name="提交档案").click()
    expect(page.get_by_text("等待秘书处征求意见")).to_be_visible()


def _asks(visitor: Visitor, dossier: str) -> None:
    page = visitor.page
    visitor.logs_in_as("zongmishu")
    visitor.opens(dossier)
    page.get_by_role("link", name="征求意见").click()
    page.get_by_label("澄浦市人力资源和社会保障局").check()
    page.get_by_role("button", name="发出征求").click()
    expect(page.get_by_text("尚缺意见")).to_be_visible()


def _gives_an_opinion(visitor: Visitor, username: str, dossier: str) -> None:
    page = visitor.page
    visitor.logs_in_as(username)
    visitor.opens(dossier)
    page.get_by_role("button", name="反馈意见").click()
    page.get_by_label("意见", exact=True).select_option(label="同意")
    page.get_by_role("button", name="提交意见").click()
    expect(page.get_by_text("意见已提交")).to_be_visible()


def _puts_to_the_vote(visitor: Visitor, dossier: str) -> None:
    page = visitor.page
    visitor.logs_in_as("zongmishu")
    visitor.opens(dossier)
    page.get_by_role("button", name="提交表决").click()
    expect(page.get_by_text("待表决，由秘书处登记")).to_be_visible()
    visitor.leaves_screenshot("dossier-ready")


def _reads_the_report(visitor: Visitor, dossier: str) -> None:
    page = visitor.page
    visitor.opens("/report/")
    visitor.leaves_screenshot("yearly-report")
    page.get_by_role("link", name="待表决：1份档案").click()
    page.get_by_role("link", name=PROGRAMME).click()
    assert page.url == visitor.site + dossier
    with page.expect_download() as paper:
        page.get_by_role("link", name="PDF").click()
    assert paper.value.suggested_filename.endswith(".pdf")
