"""Small slips of crawled pages: doubled commas, a leading "?", a lost 月, spam phrases, advertisement lines."""

from __future__ import annotations

import re
from collections.abc import Callable

from chanjiao.engines.text.repair.result import Edit


def _any_of(words: str) -> re.Pattern[str]:
    """A pattern that finds any of the words in one pass."""
    return re.compile("|".join(map(re.escape, sorted(words.split()))))


# Every alternative begins with one of the marks, by which the pattern finds its places fast.
_DOUBLED = re.compile(
    r"[,，、；;。](?:(?<=([,，、；;]))[ \u3000]?\1+|(?<=[,，])([、。；;])|(?<=([、；;。]))[,，]|(?<=,)，|(?<=，),)"
)
_LEADING = re.compile(r"(?m)^[ \t\u3000]*([?？\ufffd]+[ \t\u3000]*)(?=[\u4e00-\u9fff“《]|[0-9]{1,4}[年月])")
_LOST_MONTH = re.compile(
    r"(?:(?<=年)|(?<![0-9A-Za-z一-鿿.\-/:：]))([0-9]{3,4})日(?![内以后前间期龄薪均游元])(?=上午|下午|晚|中午|"
    r"[早凌]晨|清晨|傍晚|[,，]|至|在|由)"
)
_DIGITS = re.compile("[0-9]{3,4}日")
_SPAM_HEAD = (
    r"(?:[a-zA-Z]{2,10}\d{0,8}|\d{2,8})?(?:澳门|澳金沙|金沙|葡京|新葡京|威尼斯人?|拉斯维加斯|太阳城|永利|必赢|"
    r"伟德|博彩|"
    r"betway|bet\d*|皇冠|万博|九游|米兰|开云|乐鱼|华体会|爱游戏|亚博|澳博|银河|新濠|凯发|云顶|百家乐|久久|amjs|"
    r"mg\d{2,}|yh\d{2,}|"
    r"hg\d{2,}|ag\d{2,}|js\d{2,}|vns\d*|新?葡萄|新利(?:luck)?|必威(?!胁)|best\d+|九州|凤凰|雷火|半岛|188|365|世界杯)"
)
_SPAM_TAIL = (
    r"[门\u5e02网]{0,2}(?:[a-zA-Z]{0,10}\d{0,10}[a-zA-Z]{0,5})(?:官方网站|官网中文版|官网|资料大全|正版资料|查询器|娱乐网|中文版|登录网页版|网页版|线路|首页|"
    r"检测中心|网站|入口|登录|注册|平台|手机版|网址|网投|娱乐城|"
    r"娱乐场|娱乐|游戏|投注|彩票|体育|电子|真人|app|APP|vip|VIP|下载|国际|在线|中心)+(?:app|APP|入口|首页|下载|登录)*"
)
_CASINO = re.compile(rf"{_SPAM_HEAD}{_SPAM_TAIL}")
_BRANDED = re.compile(
    r"(?:[\u4e00-\u9fff]{2,4}?(?:体育|娱乐|电竞|棋牌|国际)|[a-zA-Z]{0,8}\d{3,8}[a-zA-Z]{0,4}威尼斯)"
    r"(?:[(（]中国[)）](?:官方网站|官网|有限公司|股份有限公司)|官网-?[(（][\u4e00-\u9fff]{2,4}[)）]有限公司)"
)
_BARE_SPAM = re.compile("必威(?=与|党委|副?校长|副?院长|在|的发展|和|举行|召开|近年来|[，、])")
_ALL_OF_IT = re.compile("必威(?!胁)")
_SITE_TAIL = re.compile(
    r"[a-zA-Z]{1,8}\d{2,8}(?:vip|VIP|app|APP)?(?:检测中心|线路检测|线路首页|官方网站|官网|网站|网址|首页|入口)"
)
_LEWD_WORD = (
    r"(?:久久|亚洲|综合|鲁鲁|九月天|五月天|丁香|婷婷|激情|色播|色色|精品|国产|欧美|日韩|日本|无码|有码|中文字幕|"
    r"一区|二区|三区|"
    r"在线观看|在线|视频|免费|影院|影视|成人|人妻|熟女|少妇|黄色|毛片|高清|av|AV|www|伊人|狠狠|天天|夜夜|啪啪|"
    r"午夜|大香蕉|播放|不卡)"
)
_LEWD = re.compile(rf"{_LEWD_WORD}{{3,}}")
_LEWD_SURE = re.compile(
    "久久|鲁鲁|九月天|五月天|丁香|婷婷|无码|有码|人妻|熟女|少妇|毛片|伊人|狠狠|夜夜|啪啪|成人|色播|av|AV|午夜|大香蕉"
)
_ADVERTISEMENT = re.compile(
    r"(?m)^[ \t\u3000]*(?:APP下载|下载APP|点击(?:下载|这里|查看)[^\n]{0,30}|扫码关注[^\n]{0,30}|"
    r"更多精彩[^\n]{0,40}(?:关注|点击|下载|扫)[^\n]{0,20}|"
    r"(?:本文|文章)(?:来源于网络|由[^\n]{1,15}整理发布)[^\n]{0,30}|\[?广告\]?[^\n]{0,40}|[^\n]{0,20}(?:加微信|"
    r"加QQ|代开发票|办证|贷款秒批|彩票平台|"
    r"真人荷官|开户送|首存送|送彩金)[^\n]{0,40})[ \t\u3000]*(?:\n|$)"
)
_SPAM_SIGN = _any_of(
    "久久 亚洲 国产 精品 澳门 澳金沙 金沙 葡京 葡萄 威尼斯 拉斯维加斯 太阳城 "
    "永利 必赢 伟德 博彩 bet 皇冠 新利 必威 best 万博 九游 米兰 "
    "开云 乐鱼 华体会 爱游戏 亚博 澳博 银河 新濠 凯发 云顶 百家乐 amjs "
    "雷火 半岛 (中国) （中国） 丁香 婷婷 无码 检测中心 线路 官网 官方网站 网页版 "
    "首页 入口 "
)
_ADVERTISING_SIGN = _any_of(
    "下载 点击 扫码 更多精彩 来源于网络 整理发布 广告 加微信 加QQ 代开 办证 秒批 彩票 荷官 开户送 首存 送彩金"
)


def slips(text: str) -> tuple[list[Edit], tuple[str, ...]]:
    """The edits that mend small slips, sorted and disjoint, and the reasons to look again."""
    edits: list[Edit] = []
    for find in _FINDERS:
        edits.extend(find(text))
    chosen = _disjoint(edits)
    return chosen, _doubts(chosen)


def _advertisements(text: str) -> list[Edit]:
    if not _ADVERTISING_SIGN.search(text):
        return []
    return [Edit(m.start(), m.end(), "", "advertisement", 0.9) for m in _ADVERTISEMENT.finditer(text)]


def _spam(text: str) -> list[Edit]:
    if not _SPAM_SIGN.search(text):
        return []
    found = [m for pattern in (_BRANDED, _CASINO, _SITE_TAIL) for m in pattern.finditer(text)]
    if _BARE_SPAM.search(text):
        found += list(_ALL_OF_IT.finditer(text))
    found += [m for m in _LEWD.finditer(text) if len(set(_LEWD_SURE.findall(m[0]))) >= 1]
    if not found:
        return []
    name = _hidden_name(text)
    if name:
        return [Edit(m.start(), m.end(), name, "spam", 0.6) for m in found]
    return [_without_separator(text, m.start(), m.end()) for m in found]


def _without_separator(text: str, start: int, end: int) -> Edit:
    """The deletion of a phrase, with a space behind it and one of the list marks that would be left on both sides."""
    if text[end : end + 1] == " " and text[end + 1 : end + 2] > "\u2e80":
        end += 1
    if text[start - 1 : start] == "、" and text[end : end + 1] in ("、", "和", "与", "，", ","):
        start -= 1
    return Edit(start, end, "", "spam", 0.7)


def _hidden_name(text: str) -> str:
    """The school that the phrases stand for: the only one whose short form, or whose imprint, the page shows."""
    from chanjiao.engines.text.lexicon import institution_names, institution_of_short

    imprint = {m[1] for m in re.finditer(r"([\u4e00-\u9fff]{4,20}(?:学院|大学|学校))[ ]*版权所有", text)}
    shown = {m[0] for m in re.finditer(r"[\u4e00-\u9fff]{2,8}?(?:职院|师大|工大|科大|理工|农大|职大|师专|医专)", text)}
    shorts = institution_of_short()
    meant = {full for form in shown for at in range(len(form) - 3) if (full := shorts.get(form[at:]))}
    names = imprint & institution_names() or imprint or {name for name in meant if name not in text}
    return names.pop() if len(names) == 1 else ""


def _commas(text: str) -> list[Edit]:
    """A mark that stands twice, or a comma beside a stronger mark, becomes the one mark."""
    return [Edit(m.start(), m.end(), m[1] or m[2] or m[3] or "，", "doubled", 0.95) for m in _DOUBLED.finditer(text)]


def _leading_marks(text: str) -> list[Edit]:
    if not any(mark in text for mark in "?？\ufffd"):
        return []
    return [Edit(m.start(1), m.end(1), "", "leading", 0.9) for m in _LEADING.finditer(text)]


def _lost_months(text: str) -> list[Edit]:
    if not _DIGITS.search(text):
        return []
    edits = []
    for match in _LOST_MONTH.finditer(text):
        readings = _month_and_day(match[1])
        if len(readings) == 1 and len(match[1]) >= 3:
            edits.append(Edit(match.start(), match.end() - 1, "月".join(readings[0]), "month", 0.9))
    return edits


def _month_and_day(digits: str) -> list[tuple[str, str]]:
    """Every way to read the digits as a month and a day written without leading zeros.

    >>> _month_and_day("1014"), _month_and_day("415"), _month_and_day("111")
    ([('10', '14')], [('4', '15')], [('1', '11'), ('11', '1')])
    """
    ways = [(digits[:cut], digits[cut:]) for cut in (1, 2)]
    return [
        (month, day)
        for month, day in ways
        if not month.startswith("0") and not day.startswith("0") and int(month) <= 12 and 1 <= int(day or "0") <= 31
    ]


_FINDERS: tuple[Callable[[str], list[Edit]], ...] = (
    _advertisements, _spam, _lost_months, _leading_marks, _commas
)  # fmt: skip


def _disjoint(edits: list[Edit]) -> list[Edit]:
    """The edits in order, each that overlaps an earlier one left out."""
    chosen: list[Edit] = []
    for edit in sorted(edits, key=lambda one: (one.start, -one.end)):
        if not chosen or edit.start >= chosen[-1].end:
            chosen.append(edit)
    return chosen


def _doubts(edits: list[Edit]) -> tuple[str, ...]:
    return ("name_replaced_by_spam",) if any(edit.kind == "spam" for edit in edits) else ()
