"""A small table with the difficulties of the large ones, and the large ones themselves."""

import pytest

from chanjiao.data import tables
from chanjiao.engines.lookup import Entry, Index, Readings

SMALL = [
    Entry("occupation", "6-18-01-07", "多工序数控机床操作调整工", aliases=("CNC操作工", "数控操机")),
    Entry("occupation", "2-06-03-00", "会计专业人员", aliases=("会计", "出纳")),
    Entry("programme", "460103", "数控技术"),
    Entry("programme", "660103", "数控技术应用"),
    Entry("industry", "C3421", "金属切削机床制造", spellings=("3421",)),
    Entry("region", "430100", "长沙市", depth=1),
    Entry("region", "500000", "重庆市"),
    Entry("region", "330900", "舟山市", depth=1),
    Entry("region", "320106", "鼓楼区", context="江苏省 南京市", depth=2),
    Entry("region", "410204", "鼓楼区", context="河南省 开封市", depth=2),
    Entry("region", "340881", "桐城市", former_codes=("340821",), context="安徽省 安庆市", depth=2),
    Entry("region", "340821", "桐城县", in_force=False, context="安徽省 安庆市", depth=2),
    Entry("institution", "4111010006", "北京航空航天大学"),
    Entry("institution", "4134013345", "安庆职业技术学院"),
]


@pytest.fixture(scope="session")
def readings() -> Readings:
    return Readings.of_table(tables.readings())


@pytest.fixture(scope="session")
def index(readings: Readings) -> Index:
    return Index(SMALL, readings)
