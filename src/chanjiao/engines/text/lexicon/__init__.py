"""Word lists of the text engine, read once: regions, institutions, zones, surnames, posts, departments."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from chanjiao.data import tables

_SURNAME_LIMIT = 560
_REGION_ENDINGS = (
    "特别行政区",
    "维吾尔自治区",
    "壮族自治区",
    "回族自治区",
    "自治区",
    "自治州",
    "自治县",
    "自治旗",
    "地区",
    "林区",
    "特区",
    "新区",
    "省",
    "市",
    "县",
    "区",
    "旗",
    "盟",
)

# Surnames of the list that in running text are nearly always another word.
_SURNAME_TRAPS = frozenset(
    "由要可都就也还已各每此其党会于是和的在为将从对向以与并到我他她会有年日月时等同人大小上下不了个这那就也"
)
_SURNAME_REAL = frozenset("于向同年时从和")


@cache
def lines(name: str) -> tuple[str, ...]:
    """The lines of a word list without its comments."""
    text = files("chanjiao.engines.text.lexicon").joinpath(name).read_text("utf-8")
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def words(name: str) -> tuple[str, ...]:
    """The words of a list, in its order."""
    return tuple(word for line in lines(name) for word in line.split())


@cache
def departments() -> dict[str, tuple[str, ...]]:
    """Short form of a department → its fuller forms (人社局 → 人力资源和社会保障局, …)."""
    return {row[0]: tuple(row[1:]) for row in (line.split("\t") for line in lines("departments.tsv"))}


_BOUNDARY = "和与及在由向对为将是从到的了等并同把以于就据暨"


@cache
def protected() -> tuple[str, ...]:
    """Words in which a boundary character is no boundary, the longest first."""
    boundary = frozenset(_BOUNDARY)
    names = {name for name in (*region_names(), *institution_names()) if not boundary.isdisjoint(name)}
    risky = {name for name in names if len(name) > 2 or not boundary.isdisjoint(name[1:])}
    return tuple(sorted({*lines("protected.txt"), *risky}, key=len, reverse=True))


@cache
def surnames() -> frozenset[str]:
    """Common single-character surnames."""
    single = [name for name in tables.surnames() if len(name) == 1][:_SURNAME_LIMIT]
    return frozenset(name for name in single if name not in _SURNAME_TRAPS or name in _SURNAME_REAL)


@cache
def compound_surnames() -> frozenset[str]:
    """Surnames of two characters."""
    return frozenset(words("compound_surnames.txt"))


@cache
def region_names() -> dict[str, str]:
    """Name of a region, full or short → its full name; a short name of one character is left out."""
    names: dict[str, str] = {}
    for region in tables.regions():
        names.setdefault(region.name, region.name)
        if region.name.endswith("自治州"):
            names.setdefault(_short_region(region.name) + "州", region.name)
        short = _short_region(region.name)
        if len(short) >= 2 and region.level != "county":
            names.setdefault(short, region.name)
        elif len(short) >= 2:
            names.setdefault(short, region.name) if short not in words("ambiguous_counties.txt") else None
    for name in macro_regions():
        names.setdefault(name, name)
    return names


@cache
def macro_regions() -> tuple[str, ...]:
    """Regions without an administration: 关中, 长三角, 鄂东北, 粤北."""
    provinces, sides = "京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川黔滇陕甘陇", "东西南北中"
    made = [province + side + more for province in provinces for side in sides for more in ("", "南", "北", "部")]
    return (*words("macro_regions.txt"), *(name for name in made if name[1:] not in ("南南", "北北", "南北", "北南")))


# Short names of counties that are also ordinary words.


def _short_region(name: str) -> str:
    for ending in _REGION_ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            short = name[: -len(ending)]
            return _PEOPLES.sub("", short) if ending.startswith("自治") and len(ending) == 3 else short
    return name


# The peoples that autonomous prefectures and counties are named for, which their short names leave out.
_PEOPLES = re.compile(
    "(?:(?:各|壮|回|苗|彝|藏|侗|瑶|白|黎|傣|畲|水|羌|土|怒|京|满|布依|朝鲜|哈尼|傈僳|仡佬|东乡|拉祜|纳西|土家|仫佬|达斡尔|景颇|毛南|撒拉|布朗|"
    "普米|独龙|保安|裕固|鄂温克|维吾尔|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克|佤)族|(?<=..)(?:蒙古|哈萨克|柯尔克孜|锡伯|塔吉克))+$"
)


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
    return frozenset(one.name for one in tables.institutions() if one.level != "bachelor" or "职业" in one.name)


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
        ("职业技术大学", "职大"),
        ("职业技术学院", "职院"),
        ("师范大学", "师大"),
        ("工业大学", "工大"),
        ("科技大学", "科大"),
        ("理工大学", "理工"),
        ("农业大学", "农大"),
        ("医科大学", "医大"),
        ("财经大学", "财大"),
        ("交通大学", "交大"),
        ("师范高等专科学校", "师专"),
        ("医学高等专科学校", "医专"),
        ("幼儿师范高等专科学校", "幼专"),
        ("师范学院", "师院"),
    )
    return tuple(name[: -len(long)] + short for long, short in pairs if name.endswith(long))
