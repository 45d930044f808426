"""Word lists of the text engine, read once: regions, institutions, zones, surnames, posts, departments."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from chanjiao.data import tables

_SURNAME_LIMIT = 560
_REGION_ENDINGS = (
    "特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "自治县", "自治旗", "地区", "林区", "特区", "新区",
    "省", "市", "县", "区", "旗", "盟",
)  # fmt: skip
_COMPOUND = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 "
    "钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 令狐 淳于 呼延 轩辕 东郭 南门 西门 欧侯"
).split()
# Surnames of the list that in running text are nearly always another word.
_SURNAME_TRAPS = frozenset("由要可都就也还已各每此其党会于是和的在为将从对向以与并到我他她会有年日月时等同人大小上下不了个这那就也")
_SURNAME_REAL = frozenset("于向同年时从和")


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a word list without its comments."""
    text = files("chanjiao.engines.text.lexicon").joinpath(name).read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def departments() -> dict[str, tuple[str, ...]]:
    """Short form of a department → its fuller forms (人社局 → 人力资源和社会保障局, …)."""
    return {row[0]: tuple(row[1:]) for row in (line.split("\t") for line in lines("departments.tsv"))}


_BOUNDARY = "和与及在由向对为将是从到的了等并同把以于就据暨"


@cache
def protected() -> tuple[str, ...]:
    """Words in which a boundary character is no boundary, the longest first."""
    names = {name for name in (*region_names(), *institution_names()) if len(name) > 1}
    risky = {name for name in names if any(char in name[1:] or char in name and len(name) > 2 for char in _BOUNDARY)}
    return tuple(sorted({*lines("protected.txt"), *risky}, key=len, reverse=True))


@cache
def surnames() -> frozenset[str]:
    """Common single-character surnames."""
    single = [name for name in tables.surnames() if len(name) == 1][:_SURNAME_LIMIT]
    return frozenset(name for name in single if name not in _SURNAME_TRAPS or name in _SURNAME_REAL)


@cache
def compound_surnames() -> frozenset[str]:
    """Surnames of two characters."""
    return frozenset(_COMPOUND)


@cache
def region_names() -> dict[str, str]:
    """Name of a region, full or short → its full name; a short name of one character is left out."""
    names: dict[str, str] = {}
    for region in tables.regions():
        names.setdefault(region.name, region.name)
        short = _short_region(region.name)
        if len(short) >= 2 and region.level != "county":
            names.setdefault(short, region.name)
        elif len(short) >= 2:
            names.setdefault(short, region.name) if short not in _COMMON_WORDS else None
    return names


# Short names of counties that are also ordinary words.
_COMMON_WORDS = frozenset(
    "和平 新华 桥西 城关 东方 建设 大同 向阳 朝阳 开发 创新 友好 胜利 解放 前进 红旗 铁西 铁东 城中 城东 城西 城北 郊区 工业 通道 "
    "合作 安全 南山 东风 永定 新城 新兴 新河 同心 平安 通江 进贤 任城 长安 信丰 高要 高明 集美 集安 思明 东山 南海 灵活 光明 "
    "东区 西区 中区 丰满 双塔 望都 公安 应城 服务 清水 融安 容城 鼓楼 青山 金山 宝山 泰山 中山 江北 河东 河西 东城 西城 海港 "
    "路南 路北 龙山 龙门 新市 新野 新安 新建 西安 正定 平定 平原 中原 文成 文县 兴业 延长 宜章 全椒 沿河 沿滩 大方 大名 富民 "
    "共和 民主 民权 民和 民丰 师宗 会同 会理 会东 会昌 会泽 从江 麻章 永安 永新 永和 永顺 得荣 德清 德化 德安 德兴 资源 资中 博爱 "
    "上高 上杭 上林 上栗 上犹 下陆 云和 政和 太和 泰和 平和 仁和 雨城 利通 利川 利州 利津 荣县 荣成 高台 高安 高平 高州 高青 "
    "南部 西部 东部 北部 名山 集宁 方山 方正 方城 古城 古县 古田 老城 老边 万全 万安 万年 万载 万山 千山 百色 商城 商都 商水 市中 市南 市北".split()
)


def _short_region(name: str) -> str:
    for ending in _REGION_ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)]
    return name


@cache
def cities() -> frozenset[str]:
    """Full names of municipalities and prefectures."""
    return frozenset(
        region.name
        for region in tables.regions()
        if region.level == "prefecture" or (region.level == "province" and region.name.endswith("市"))
    )


@cache
def institution_names() -> frozenset[str]:
    """Names of the institutions of higher education."""
    return frozenset(one.name for one in tables.institutions())


@cache
def vocational_names() -> frozenset[str]:
    """Institutions of higher education below the bachelor's level, and bachelor-vocational ones."""
    return frozenset(
        one.name for one in tables.institutions() if one.level != "bachelor" or "职业" in one.name
    )


@cache
def institution_of_short() -> dict[str, str]:
    """Usual short form of an institution → its name, where only one institution has that short form."""
    found: dict[str, str] = {}
    clash: set[str] = set()
    for name in institution_names():
        for short in short_forms(name):
            if short in found and found[short] != name:
                clash.add(short)
            found[short] = name
    return {short: name for short, name in found.items() if short not in clash}


def short_forms(name: str) -> tuple[str, ...]:
    """The usual short forms of an institution's name.

    >>> short_forms("安庆职业技术学院")
    ('安庆职院',)
    """
    pairs = (
        ("职业技术大学", "职大"), ("职业技术学院", "职院"), ("师范大学", "师大"), ("工业大学", "工大"), ("科技大学", "科大"),
        ("理工大学", "理工"), ("农业大学", "农大"), ("医科大学", "医大"), ("财经大学", "财大"), ("交通大学", "交大"),
        ("师范高等专科学校", "师专"), ("医学高等专科学校", "医专"), ("幼儿师范高等专科学校", "幼专"), ("师范学院", "师院"),
    )  # fmt: skip
    return tuple(name[: -len(long)] + short for long, short in pairs if name.endswith(long))
