"""Needs and offers that tests start from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from chanjiao.apps.exchange.actions.post_listing import post_listing
from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.models import AnyListing
from chanjiao.apps.exchange.rules import Content
from chanjiao.core.permissions import SYSTEM
from tests.cast import NOW, Cast

SECRET = "机密：五轴机床主轴返修率百分之三"
SECRET_PHONE = "13900001234"

WELDERS = Content(
    title="焊工 12 人",
    summary="船用钢结构焊接，两班倒，提供住宿",
    detail=SECRET,
    occupation_code="6-18-02-04",
    region_code="340800",
    education_level="associate",
    quantity=12,
    skills=("二氧化碳气体保护焊", "焊接机器人操作"),
    fields=(("engagement", "internship"), ("pay_low", 4500), ("pay_high", 6000)),
    starts_on=date(2027, 3, 1),
    ends_on=date(2027, 8, 31),
    expires_on=date(2026, 12, 31),
    contact_name="罗佩瑶",
    contact_phone=SECRET_PHONE,
)
WELDING_CLASS = Content(
    title="焊接专业实习生 30 人",
    summary="智能焊接技术专业三年级学生，持有中级工证书",
    detail=SECRET,
    programme_code="460110",
    region_code="340800",
    education_level="associate",
    quantity=30,
    skills=("二氧化碳气体保护焊",),
    fields=(("engagement", "internship"), ("months", 6), ("teacher", "陶老师")),
    starts_on=date(2027, 3, 1),
    ends_on=date(2027, 9, 30),
    expires_on=date(2026, 12, 31),
    contact_name="方砚秋",
    contact_phone=SECRET_PHONE,
)


def need(
    cast: Cast, *, submit: bool = True, actor: object = SYSTEM, now: datetime = NOW, **changes: object
) -> AnyListing:
    """A need of the enterprise for welders; open unless somebody else than the system posts it."""
    return post_listing(
        actor=actor,  # type: ignore[arg-type]
        side=Side.NEED,
        kind=Kind.POST,
        organisation_id=cast.enterprise.pk,
        consortium_id=cast.consortium.pk,
        content=replace(WELDERS, **changes),  # type: ignore[arg-type]
        now=now,
        submit=submit,
    )


def offer(
    cast: Cast, *, submit: bool = True, actor: object = SYSTEM, now: datetime = NOW, **changes: object
) -> AnyListing:
    """An offer of the college's welding class."""
    return post_listing(
        actor=actor,  # type: ignore[arg-type]
        side=Side.OFFER,
        kind=Kind.POST,
        organisation_id=cast.college.pk,
        consortium_id=cast.consortium.pk,
        content=replace(WELDING_CLASS, **changes),  # type: ignore[arg-type]
        now=now,
        submit=submit,
    )
