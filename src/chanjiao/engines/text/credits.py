"""Who wrote, photographed and checked a story, in the styles that such stories use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile

from chanjiao.engines.text.facts import Credit, Span
from chanjiao.engines.text.lexicon import surnames, words
from chanjiao.engines.text.view import View

_LABELS = words("credit_labels.txt")
# Labels whose two characters minutes and bulletins set wide: 记    录.
_WIDE = "记录 撰稿 摄影 编辑 审核 审校 校对 责编 供稿 供图 作者 来源 审稿 初审 复审 终审 签发 监制 策划 整理".split()
_LABEL = "|".join([*sorted(_LABELS, key=len, reverse=True), *(f"{word[0]} {{1,8}}{word[1]}" for word in _WIDE)])
_COMPOUND = rf"(?:{_LABEL})(?:[ ]?[/、|·&和][ ]?(?:{_LABEL})|(?:审核|审校|编辑|发布|摄影)(?=[ ]*[：:]))*"
_LABELLED = re.compile(
    rf"(?:(?<=本站)|(?<=本网)|(?<=本报)|(?<=网站)|(?<=本文)|(?<=本期)|(?<![\u4e00-\u9fff]))"
    rf"({_COMPOUND})[ ]*(?:[：:]|[/|丨│](?=[ ]?[\u4e00-\u9fff]{{2,4}})|"
    rf"[ ]{{1,3}}(?=[\u4e00-\u9fff]))[ ]*"
)
_STOP = re.compile(
    rf"[（）()\[\]【】。；;\n<>《》]|浏览|访问|点击|阅读|发布时间|发布日期|日期|时间|字体|分享|打印|关闭|上一[篇条]|"
    rf"下一[篇条]|(?<![\u4e00-\u9fff])(?:{_COMPOUND})[ ]*(?:[：:/|丨]|[ ](?=[\u4e00-\u9fff]))|"
    rf"(?:{'|'.join(sorted((w for w in _LABELS if len(w) > 1), key=len, reverse=True))})+[ ]*：|[0-9]{{4}}|https?:|"
    rf"电话|地址|邮编|版权"
)
_BEHIND = re.compile(
    r"(?:（|\n|^)[ ]*([\u4e00-\u9fff]{2,20}(?:[ 、][\u4e00-\u9fff]{2,4}){0,3})[ ]+(供稿|供图|摄影|摄|"
    r"撰稿)[ ]*(?=）|\n|$)"
)
_SPLIT = re.compile(r"[、，,/|&]+|[ ]{2,}| (?=[\u4e00-\u9fff]{2,})|和(?=[\u4e00-\u9fff]{2,3}$)(?!.{1,2}[局厅委部院])")


def credits_of(view: View) -> tuple[Credit, ...]:
    """The credits, each role as the story writes it; 文/图 stands for both, and each gets the names."""
    level = view.level
    found: dict[str, list[tuple[str, Span]]] = {}
    for match, end in _labelled(view):
        names = _names(level[match.end() : end])
        for role in _roles(match[1]):
            known = found.setdefault(role, [])
            known.extend((name, (match.end(), end)) for name in names if name not in [one for one, _ in known])
    for role, name, span in _reporters(level):
        if name not in [known for known, _ in found.setdefault(role, [])]:
            found[role].append((name, span))
    for match in _SLASHED.finditer(level):
        found.setdefault(match[2], []).append((match[1], match.span(1)))
    for match in _UNIT_WROTE.finditer(level):
        found.setdefault(match[2], []).append((match[1], match.span(1)))
    if not found and (signed := _SIGNED.search(level)):
        found["文"] = [(name, signed.span(1)) for name in _signers(signed[1])]
    for match in _BEHIND.finditer(level):
        if match[2] not in found:
            span = match.span(1)
            found[match[2]] = [(name, span) for name in _names(match[1])]
    return tuple(
        Credit(role, tuple(name for name, _ in entries), tuple(dict.fromkeys(span for _, span in entries)), 0.9)
        for role, entries in found.items()
        if entries
    )


def _labelled(view: View) -> Iterator[tuple[re.Match[str], int]]:
    """Every credible label, and where the names behind it end; the next label may follow without a gap."""
    level, end = view.level, -1
    for first in _LABELLED.finditer(level):
        if first.start() < end or not _credible(view, first):
            continue
        match: re.Match[str] | None = first
        while match is not None:
            stop = _STOP.search(level, match.end())
            end = min(stop.start() if stop else len(level), match.end() + 60)
            yield match, end
            match = _NEXT.match(level, end)


_NEXT = re.compile(rf"({_COMPOUND})[ ]*[：:][ ]*")
_UNIT_WROTE = re.compile(
    r"（([\u4e00-\u9fff]{2,16}(?:处|部|办公室|中心|学院|系|办|室|科|组|校|委|会|局))"
    r"(供稿|供图|撰稿|整理|报送)(?=[ ）])"
)
_SLASHED = re.compile(
    r"(?<=[（ \n、，；　])([\u4e00-\u9fff]{2,4})[ ]?/[ ]?(文|图|摄|摄影|供图|供稿|撰稿|编辑|审核)(?=[ ）\n、，；　]|$)"
)  # the name in front of its label: 某某/文
_SIGNED = re.compile(r"（([\u4e00-\u9fff 、；]{2,40})）\s*$")  # the bracket that ends a story without other credits


def _signers(stretch: str) -> list[str]:
    """The names of a closing bracket, each with or without its unit in front: 宣传部 某某；教务处 某某."""
    found = []
    for part in re.split("[；、]", stretch):
        names = list(dropwhile(_UNIT.search, part.split()))
        if names and all(2 <= len(name) <= 4 and name[0] in surnames() for name in names):
            found += names
    return found


_REPORTER_LINE = re.compile(
    r"(?:（|^|\n)([^（）\n，。：:]{0,16}?(?:记者|通讯员)[^（）\n，。：:]{2,40}?)(?:）|\n|$|(?<=报道)|(?<=摄))"
)
_REPORTER = re.compile(
    r"(特约记者|(?:本报|本网|全媒体|融媒体?|首席|见习|实习)?记者|特约通讯员|通讯员)[ ]*"
    r"((?:[\u4e00-\u9fff]{2,4}?(?=报道|电)|[\u4e00-\u9fff]{2,6}·[\u4e00-\u9fff]{2,6}|[\u4e00-\u9fff]{2,4}|"
    r"[\u4e00-\u9fff] [\u4e00-\u9fff])"
    r"(?:[ 、/]+(?!(?:见习|实习|全媒体|首席|融媒体?)?(?:记者|通讯员)|摄影)[\u4e00-\u9fff]{2,4})*)"
)


def _reporters(level: str) -> list[tuple[str, str, Span]]:
    """Reporters and correspondents named in brackets or in a line of their own, without a colon."""
    found: list[tuple[str, str, Span]] = []
    for line in _REPORTER_LINE.finditer(level):
        for match in _REPORTER.finditer(line[1]):
            span = (line.start(1) + match.start(2), line.start(1) + match.end(2))
            role = re.sub("^(?:本报|本网|全媒体|融媒体?|首席)", "", match[1])
            found.extend(
                (role, name, span) for name in _names(match[2]) if name[0] in surnames() or len(name) in (2, 3)
            )
    return found


def _roles(label: str) -> list[str]:
    parts = [
        re.sub("^本[报网站]", "", part.replace(" ", "")) for part in re.split(r"[/、|·&和]", label) if part.strip()
    ]
    joined = re.fullmatch("(供稿|撰稿|供图|摄影|编辑|文字|图片)(审核|审校|编辑|摄影)", label)
    if joined:
        return [joined[1], joined[2]]
    if parts in (["图文"], ["文图"]):
        return ["文", "图"]
    return parts


def _credible(view: View, match: re.Match[str]) -> bool:
    """A one-character label, or one without a colon, counts only at the head or foot of a story or in brackets."""
    level, label = view.level, match[1]
    strong = "：" in match[0] or ":" in match[0] or "/" in match[0] or "丨" in match[0] or "|" in match[0]
    before = level[max(0, match.start() - 1) : match.start()]
    placed = before in ("", "（", "\n", " ", "【", "[", "。", "；", "）", "|", "/") or match.start() < 300
    if not placed:
        return False
    if strong:
        return len(label) > 1 or before in ("", "（", "\n", " ", "【", "[", "。", "；", "）", "|")
    return before in ("（", "\n", "", "。", "【", " ") and _is_person_next(level, match.end())


def _is_person_next(level: str, place: int) -> bool:
    """Whether what follows reads like a name, or a unit with a name behind it, and then the line or bracket ends."""
    match = re.match(r"([^（）。；\n，]{2,24}?)(?=[）】。；\n，]|$)", level[place : place + 40])
    if match is None:
        return False
    words = match[1].split()
    return (bool(words) and 2 <= len(words[-1]) <= 4 and words[-1][0] in surnames()) or bool(
        re.match(rf"[\u4e00-\u9fff]{{2,4}}(?: +(?:{_LABEL}))", level[place:])
    )


_SPACED = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]) {1,3}([\u4e00-\u9fff])(?![\u4e00-\u9fff])")


def _names(stretch: str) -> list[str]:
    """The names in the stretch behind a label, inner spaces closed; a unit in front of a name is left out."""
    joined = _SPACED.sub(r"\1\2", stretch.strip(" ：:/|丨　"))
    names = []
    for part in _SPLIT.split(joined):
        name = _REPORTED.sub("", part.strip(" ·/|丨-—"))
        if name and len(name) <= 20 and re.search(r"[\u4e00-\u9fffA-Za-z]", name):
            names.append(name)
    return _without_units(names)


_REPORTED = re.compile("(?<! ) *+(?:摄影报道|文图报道|图文报道|报道|摄|摄影|综合整理)$")
_UNIT = re.compile(
    "(?:学院|大学|学校|处|部|中心|办公室|系|局|公司|集团|秘书处|委|科|院|联盟|室|办|协会|社|网|报|厅|站|宣传部|工会|团委|融媒|传媒|日报|晚报|台|公众号)$"
)


def _without_units(names: list[str]) -> list[str]:
    people = [name for name in names if not _UNIT.search(name)]
    if not people or len(people) == len(names):
        return names
    return people
