"""A need or an offer as a row of our own columns, and back."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from typing import Any

from chanjiao.apps.exchange.kinds import FIELDS, KIND_WORDS, Field, Kind, Side, Value, fields_of
from chanjiao.apps.exchange.models import EducationLevel, ListingState
from chanjiao.apps.exchange.rules import Content
from chanjiao.apps.exchange.shown import Kept
from chanjiao.apps.imports.layouts import Column, Layout, Record
from chanjiao.apps.imports.parsing import LEVEL_WORDS, choice_of, code_of, count_of, day_of, list_of, msgids_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.words import translate
from chanjiao.engines.words import N_

CODES = {
    "occupation": "occupation_code",
    "programme": "programme_code",
    "industry": "industry_code",
    "region": "region_code",
}
TEXTS = ("title", "summary", "detail", "unit", "contact_name", "contact_phone")
LISTS = ("skills", "partners")
DAYS = ("starts_on", "ends_on", "expires_on")
LEVELS = msgids_of(EducationLevel)
COLUMNS = (
    Column("number", N_("Number")),
    Column("organisation", N_("Organisation"), ("单位名称", "企业名称", "企业", "学校名称")),
    Column("credit_code", N_("Unified social credit code"), ("信用代码", "企业统一社会信用代码")),
    Column("consortium", N_("Consortium"), ("联合体",)),
    Column("kind", N_("Kind"), required=True),
    Column("title", N_("Title"), ("名称", "岗位名称", "需求名称"), required=True),
    Column("summary", N_("Public summary"), ("概述", "简介", "需求概述"), required=True),
    Column("detail", N_("Confidential particulars"), ("详细说明",)),
    Column("occupation", N_("Occupation"), ("职业代码", "职业名称")),
    Column("programme", N_("Programme"), ("专业代码", "专业名称")),
    Column("industry", N_("Industry"), ("行业代码", "行业名称")),
    Column("region", N_("Region"), ("地区代码", "工作地点")),
    Column("education_level", N_("Education"), ("学历", "学历要求", "层次")),
    Column("quantity", N_("Quantity"), ("人数", "数目")),
    Column("unit", N_("Unit of quantity"), ("单位",)),
    Column("skills", N_("Skills"), ("技能要求", "关键字")),
    Column("partners", N_("Partners asked for"), ("意向单位",)),
    Column("starts_on", N_("From"), ("开始日期", "起始日期")),
    Column("ends_on", N_("Until"), ("结束日期", "截止日期")),
    Column("expires_on", N_("Open until"), ("有效期至",)),
    Column("contact_name", N_("Contact person"), ("联系人姓名",)),
    Column("contact_phone", N_("Telephone"), ("联系电话", "手机")),
    Column("state", N_("State")),
)


def own_layout(side: Side) -> Layout:
    """Our own columns of a side: what every listing has, then the typed fields of all kinds."""
    typed: dict[str, Column] = {}
    for one, kind in FIELDS:
        if one is side:
            for field in fields_of(side, kind):
                typed.setdefault(field.name, Column(field.name, field.label))
    return Layout("own", N_("Our own columns"), (*COLUMNS, *typed.values()))


def content_from(side: Side, kind: Kind, record: Record, faults: list[ChanjiaoError]) -> Content:
    """The content of a row, its faults gathered; typed fields are checked with the content."""
    values: dict[str, Any] = {name: record.get(name, "") for name in TEXTS}
    readers: list[tuple[str, Any]] = [
        *((column, partial(code_of, record.get(name, ""), name, name)) for name, column in CODES.items()),
        *((name, partial(day_of, record.get(name, ""), name)) for name in DAYS),
        ("quantity", lambda: count_of(record.get("quantity", ""), "quantity")),
        (
            "education_level",
            lambda: choice_of(record.get("education_level", ""), LEVELS, "education_level", LEVEL_WORDS),
        ),
    ]
    for name, read in readers:
        try:
            values[name] = read()
        except ChanjiaoError as fault:
            faults.append(fault)
    values["quantity"] = values.get("quantity") or 1
    values |= {name: list_of(record.get(name, "")) for name in LISTS}
    typed = []
    for field in fields_of(side, kind):
        try:
            typed.append((field.name, _typed(field, record.get(field.name, ""))))
        except ChanjiaoError as fault:
            faults.append(fault)
    values["fields"] = tuple((name, value) for name, value in typed if value)
    return Content(**values)


def _typed(field: Field, cell: str) -> str:
    return choice_of(cell, field.choices, field.name) if field.value is Value.CHOICE else cell


def columns_of(content: Content) -> dict[str, Any]:
    return {**asdict(content), "fields": dict(content.fields)} | {name: list(getattr(content, name)) for name in LISTS}


def row_of(side: Side, kept: Kept) -> Record:
    """The listing in our own columns."""
    content = kept.content
    record = {
        "number": kept.number,
        "organisation": kept.organisation,
        "credit_code": kept.credit_code,
        "consortium": kept.consortium,
        "kind": translate(KIND_WORDS[Kind(kept.kind)], "zh-hans"),
        "state": translate(str(ListingState(kept.state)._label_), "zh-hans"),
        "education_level": translate(LEVELS.get(content.education_level, ""), "zh-hans"),
        "quantity": str(content.quantity),
        **{name: "、".join(getattr(content, name)) for name in LISTS},
        **{name: getattr(content, name) for name in TEXTS},
        **{name: getattr(content, column) for name, column in CODES.items()},
        **{name: str(getattr(content, name) or "") for name in DAYS},
    }
    given = dict(content.fields)
    for field in fields_of(side, kept.kind):
        record[field.name] = _spoken(field, given.get(field.name))
    return record


def _spoken(field: Field, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return translate(field.choices[str(value)], "zh-hans") if str(value) in field.choices else str(value)


def plain(content: Content) -> dict[str, Any]:
    """The content as JSON holds it."""
    days = {name: str(getattr(content, name) or "") for name in DAYS}
    return {**asdict(content), **days, "fields": [list(pair) for pair in content.fields]}


def from_plain(stored: dict[str, Any]) -> Content:
    days = {name: day_of(stored[name], name) for name in DAYS}
    pairs = tuple((str(name), value) for name, value in stored["fields"])
    return Content(**{**stored, **days, "fields": pairs, **{name: tuple(stored[name]) for name in LISTS}})
