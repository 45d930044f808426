"""Two editions of a small table of occupations and industries."""

from __future__ import annotations

import pytest

from chanjiao.apps.reference.actions.store_edition import store_edition
from chanjiao.apps.reference.rules import Edition, Row
from chanjiao.core.permissions import SYSTEM
from tests.cast import NOW, Cast, make_cast


def edition(system: str, name: str, *rows: Row, note: str = "") -> Edition:
    return Edition(system, "职业分类大典", name, "大典", "facts", note, rows, digest=f"{system} {name}")


OCCUPATIONS = edition(
    "occupation",
    "2022年版",
    Row("6", "生产制造及有关人员"),
    Row("6-18", "机械制造基础加工人员"),
    Row("6-18-02", "机械热加工人员"),
    Row("6-18-02-04", "焊工", aliases=("电焊工", "氩弧焊工")),
    Row("6-18-02-05", "热处理工"),
    Row("6-18-02-06", "锻造工"),
    Row(
        "6-18-02-07",
        "铸造工",
        aliases=("翻砂工",),
        attributes={"functions": [{"edition": "2018", "names": ["造型"]}]},
    ),
)
INDUSTRIES = edition(
    "industry",
    "2017",
    Row("C", "制造业"),
    Row("C34", "通用设备制造业"),
    Row("C348", "通用零部件制造"),
    Row("C3484", "机械零部件加工"),
    Row("C3489", "其他通用零部件制造"),
)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def tables(db: None) -> None:
    for one in (OCCUPATIONS, INDUSTRIES):
        store_edition(actor=SYSTEM, edition=one, whole=True, is_local=False, now=NOW)
