"""The fixed cast of the tests: a city with two consortia, a college, an enterprise, a bureau, and a stranger.

Made straight in tables, so that a fault in an action shows in that action's test and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from django.contrib.auth.hashers import make_password

from chanjiao.apps.accounts.models import User
from chanjiao.apps.members.models import Consortium, Membership, Organisation, Staff
from chanjiao.apps.members.selectors import actor_for
from chanjiao.core.permissions import NOBODY, SYSTEM, Actor

NOW = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)
TODAY = date(2026, 10, 12)
PASSWORD = "correct-horse-battery"


@dataclass(frozen=True, slots=True)
class Cast:
    """Organisations, consortia and one actor for each kind of person."""

    group: Consortium
    consortium: Consortium
    college: Organisation
    enterprise: Organisation
    bureau: Organisation
    outsider: Organisation
    secretary: Actor
    dean: Actor
    teacher: Actor
    personnel_officer: Actor
    bureau_officer: Actor
    student: Actor
    stranger: Actor
    administrator: Actor
    nobody: Actor = NOBODY
    system: Actor = SYSTEM

    @property
    def people(self) -> dict[str, Actor]:
        """Every kind of person by name, for tests that walk all of them."""
        names = "nobody stranger student teacher dean personnel_officer bureau_officer secretary administrator"
        return {name: getattr(self, name) for name in names.split()}


def make_cast() -> Cast:
    """The cast, stored in the test database."""
    group_body = organisation("青浦川职业教育集团", "consortium")
    park = organisation("青浦川经济技术开发区", "park")
    consortium_body = organisation("青浦川经济技术开发区产教联合体", "consortium")
    college = organisation("青浦川职业技术学院", "school_vocational", short_name="青川职院")
    enterprise = organisation("青浦川恒锐机械有限公司", "enterprise", industry_code="3484", staff_count=420)
    bureau = organisation("青浦川市人力资源和社会保障局", "government", short_name="市人社局")
    outsider = organisation("远山食品有限公司", "enterprise")
    group = Consortium.objects.create(organisation=group_body, kind="group")
    consortium = Consortium.objects.create(organisation=consortium_body, kind="municipal", group=group, zone=park)
    for body, role in [(college, "lead_school"), (enterprise, "lead_enterprise"), (bureau, "guidance_committee")]:
        join(consortium, body, role)
    return Cast(
        group=group,
        consortium=consortium,
        college=college,
        enterprise=enterprise,
        bureau=bureau,
        outsider=outsider,
        secretary=person("secretary", "许文清", group_body, "secretariat"),
        dean=person("dean", "方砚秋", college, "officer"),
        teacher=person("teacher", "陶敏之", college, "member"),
        personnel_officer=person("personnel", "罗佩瑶", enterprise, "officer"),
        bureau_officer=person("bureau", "邵一鸣", bureau, "guidance"),
        student=person("student", "闻小雨", college, "student"),
        stranger=person("stranger", "祁远", outsider, "officer"),
        administrator=person("administrator", "管理员", None, "", is_superuser=True),
    )


def organisation(name: str, type_: str, **fields: object) -> Organisation:
    """An organisation as a row."""
    return Organisation.objects.create(name=name, name_key=name, type=type_, created_at=NOW, **fields)


def join(consortium: Consortium, body: Organisation, role: str = "member", **fields: object) -> Membership:
    """An active membership as a row."""
    return Membership.objects.create(
        consortium=consortium, organisation=body, role=role, state="active", applied_at=NOW, **fields
    )


def person(username: str, name: str, body: Organisation | None, role: str, **fields: object) -> Actor:
    """A person with an account and a post, as the actor they are."""
    user = User.objects.create(username=username, password=_hashed(PASSWORD), full_name=name, **fields)
    if body is not None:
        Staff.objects.create(user=user, organisation=body, role=role)
    return actor_for(user)


@cache
def _hashed(password: str) -> str:
    # Hashing is slow on purpose; once is enough for all tests.
    return make_password(password)
