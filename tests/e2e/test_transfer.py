"""A technical problem goes to a registered contract, as the people of the demo take it, in Chinese."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser
TITLE = "铝合金副车架MIG焊缝气孔率偏高"


def test_a_technical_problem_goes_to_a_registered_contract(visitor: Visitor) -> None:
    challenge = _puts_out(visitor)
    _answers(visitor, challenge)
    _chooses(visitor, challenge)
    agreement = _drafts_the_contract(visitor, challenge)
    for username, name in (("zhizao", "龙翔宇"), ("chengyu", "王春晖")):
        _signs(visitor, username, name, agreement)
    _publicises(visitor, agreement)
    _registers(visitor, challenge)


def _puts_out(visitor: Visitor) -> str:
    page = visitor.page
    visitor.logs_in_as("chengyu")
    visitor.opens("/transfer/")
    page.get_by_role("link", name="张榜").click()
    page.get_by_label("技术难题").select_option(label=TITLE)
    page.get_by_label("榜金").fill("900000")
    page.get_by_label("验收标准").fill("焊缝气孔率降至 1.5% 以下，连续一个月")
    page.get_by_label("揭榜截止").fill((date.today() + timedelta(days=40)).isoformat())
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("button", name="张榜公布").click()
    expect(page.get_by_text("已张榜")).to_be_visible()
    return page.url.removeprefix(visitor.site)


def _answers(visitor: Visitor, challenge: str) -> None:
    page = visitor.page
    visitor.logs_in_as("zhizao")
    visitor.opens(challenge)
    page.get_by_role("link", name="揭榜", exact=True).click()
    page.get_by_label("技术路线").fill("采集电弧与保护气信号，建立气孔预测模型，给出工艺窗口")
    page.get_by_label("价格").fill("820000")
    page.get_by_label("期限").fill("10")
    page.get_by_label("团队").fill("智能制造学院焊接团队六人")
    visitor.leaves_screenshot("challenge-answer")
    page.get_by_role("button", name="提交方案").click()
    expect(page.get_by_text("贵单位的方案正在评选")).to_be_visible()


def _chooses(visitor: Visitor, challenge: str) -> None:
    page = visitor.page
    visitor.logs_in_as("chengyu")
    visitor.opens(challenge)
    page.get_by_role("link", name="选定此方案").click()
    page.get_by_role("button", name="选定此方案").click()
    expect(page.get_by_text("方案已选定").first).to_be_visible()


def _drafts_the_contract(visitor: Visitor, challenge: str) -> str:
    page = visitor.page
    visitor.logs_in_as("zhizao")
    visitor.opens(challenge)
    page.get_by_role("button", name="起草合同").click()
    page.get_by_role("button", name="起草", exact=True).click()
    agreement = page.url.removeprefix(visitor.site)
    page.get_by_role("link", name="继续填写").click()
    page.get_by_label("完成人占净收入比例").fill("70")
    page.get_by_role("button", name="保存并继续").click()
    visitor.opens(agreement + "draft/check/")
    page.get_by_role("button", name="向各方提议").click()
    expect(page.get_by_text("已提议")).to_be_visible()
    return agreement


def _signs(visitor: Visitor, username: str, name: str, agreement: str) -> None:
    page = visitor.page
    visitor.logs_in_as(username)
    visitor.opens(agreement)
    page.get_by_role("link", name="签署人").click()
    page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="确定").click()
    visitor.opens(agreement)
    page.get_by_role("link", name="阅读并签署").click()
    page.get_by_label("本人姓名").fill(name)
    page.get_by_role("button", name="我已阅读并签署").click()
    expect(page.get_by_text("已签署").first).to_be_visible()


def _publicises(visitor: Visitor, agreement: str) -> None:
    page, begun = visitor.page, date.today() - timedelta(days=16)
    visitor.logs_in_as("zhizao")
    visitor.opens(agreement)
    expect(page.get_by_text("协议定价须先公示")).to_be_visible()
    page.get_by_role("link", name="公示价格").click()
    page.get_by_label("起始日").fill(begun.isoformat())
    page.get_by_label("截止日").fill((begun + timedelta(days=15)).isoformat())
    page.get_by_label("异议受理部门").fill("科研处 0556-0000218")
    page.get_by_label("其他公示地点").fill("学校网站信息公开栏目")
    page.get_by_role("button", name="公示", exact=True).click()
    expect(page.get_by_text("公示期满无异议").first).to_be_visible()
    visitor.leaves_screenshot("publicised-price")


def _registers(visitor: Visitor, challenge: str) -> None:
    page = visitor.page
    visitor.logs_in_as("zhizao")
    visitor.opens(challenge)
    expect(page.get_by_text("合同已生效").first).to_be_visible()
    page.get_by_role("link", name="登记合同").click()
    page.get_by_label("登记编号").fill("2026340811000301")
    page.get_by_label("登记机构").fill("澄浦市技术合同登记站")
    page.get_by_role("button", name="登记合同").click()
    expect(page.get_by_text("2026340811000301")).to_be_visible()
    visitor.opens(challenge)
    visitor.leaves_screenshot("challenge-registered")
