"""A text prepared for analysis: punctuation levelled one for one, sentences, boundaries of names. Offsets stay those of the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from chanjiao.engines.text.lexicon import cities, protected, region_names
from chanjiao.engines.text.places import PlaceFinder, regions

_LEVEL = str.maketrans(
    {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "!": "！", "?": "？", "\u00a0": " ", "\u3000": " ", "\t": " ",
     "﹑": "、", "｡": "。", "､": "、", "･": "·", "•": "·", "‧": "·", "・": "·", "／": "/", "「": "“", "」": "”", "『": "‘",
     "』": "’", "〈": "《", "〉": "》", "［": "[", "］": "]", "—": "—", "－": "-", "\u2013": "-"}
)  # fmt: skip
_QUOTES = re.compile(r'"([^"\n]{1,60})"')
_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？]+[”’）】]*|\n|$)")
# Where a name cannot go on: punctuation, and words that stand in front of names but not inside them.
_BREAK_WORDS = (
    "以及 参加 出席 代表 邀请 来自 联合 依托 围绕 介绍 作为 担任 牵头单位 牵头企业 牵头院校 牵头学校 牵头高校 牵头 授予 聘请 走进 走访 考察 调研 组织 "
    "召集 包括 其中 推动 组建 成立 建立 通过 授权 签约 签署 签订 欢迎 感谢 支持 服务 位于 落户 入驻 联系 关于 根据 按照 宣读 发布 印发 转发 揭牌 "
    "共建 携手 对接 融入 带领 率领 陪同 会见 接待 访问 前往 来到 深入 抵达 批准 同意 决定 要求 希望 明确 强调 指出 表示 认为 聚焦 立足 加入 吸纳 "
    "吸引 增补 选举出 推选出 评选出 推选 选举 产生 当选 任命 聘任 确定 列入 入选 获批 承办 主办 协办 举办 召开 举行 会上 会议 仪式 随后 同时 近日 日前 上午 下午 晚上 "
    "期间 现场 我市 我省 我区 我县 我校 我院 该校 本校 各校 首批 部分 相关 有关 多家 全体 共同 共有 特邀 由于 主持 致辞 发言 讲话 汇报 参与 "
    "为了 分别 先后 汇聚 集聚 汇集 协同 会同 赴 的 了 等 在 由 与 和 及 暨 向 对 为 将 是 从 到 并 同 把 被 让 以 按 据 于 就 各 该 至 "
    "确保 见证 给予 引导 打造 落实 贯彻 开展 做好 努力 积极 全力 深化 强化 完善 提高 构建 搭建 实施 探索 创建 申报 助推 引领 当好 为了 聘任为 授予了 助力 赋能 加强 促进 提升 服务于 覆盖 涵盖 单位 嘉宾 领导 记者 通讯员 来源 作者 供稿 编辑 学校 "
    "全省 全市 全国首个 首个 首家 本次 此次 这是 标志着 受 经由 报经 当日 当天 一行 莅临 到访 到 及其 建设 指导 推进 由 名誉 "
    "依靠 携 致 向着 称 据悉 悉 每年 拟 请 上 后 前 中 时 用 个 家 名 位 所属 所在 以"
).split()
# Single characters that are boundaries only in front of a name that a region or an institution begins.
_HARD = r"[，。；：、！？（）《》“”‘’\[\]【】<>|/\n\r…—~～·\"' =+*#@&^$%\u200b]"


@cache
def _protected_pattern() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, protected())))


# A place that the tables do not hold still shows itself by what follows it.
_BOUND = "在由与和及暨向对为将是从到受的、"
_NEW_PLACE = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[{_BOUND}]))([^\W0-9a-zA-Z_{_BOUND}][\u4e00-\u9fff]{{1,2}})"
    r"(市|区|县)(?=[\u4e00-\u9fff]{2}|，)"
)


_SEAT = tuple(
    "人民政府 委 政府 教育 教体 人社 人力 发展和 经济和 科技 科学 财政 总工会 副市长 市长 工信 农业 市场 就业 第一 人大 政协 商务 文化".split()
)
_NO_PLACE = frozenset("个各我全本该省两几多某城县区委会校企政外其这那新市名位家")


def _places(masked: str) -> PlaceFinder:
    """The regions, with those that only this text shows."""
    known = region_names()
    counts: Counter[tuple[str, str]] = Counter()
    for match in _NEW_PLACE.finditer(masked):
        name = match[1]
        if "〇" in name or name in known or set(name) & _NO_PLACE or name[-1] in "园校社地厂片新":
            continue
        counts[name, match[2]] += 2 if masked.startswith(_SEAT, match.end()) else 1
    new = [form for (name, level), count in counts.items() if count > 1 for form in (name, name + level)]
    return regions().extended(new) if new else regions()


def _city(view: View) -> str:
    """The city that the text names most often, by its full name; empty where it names none."""
    known, municipal = region_names(), cities()
    counts: Counter[str] = Counter()
    for match in view.places.finditer(view.level):
        full = known.get(match.name, match.name if match.name[-1] in "市区县" else f"{match.name}市")
        if full.endswith(("区", "县")) and match.name not in known:
            continue
        if full in municipal or match.name not in known:
            counts[full] += 1
    return counts.most_common(1)[0][0] if counts else ""


@cache
def _break_pattern() -> re.Pattern[str]:
    words = sorted((word for word in set(_BREAK_WORDS) if word not in _WEAK), key=len, reverse=True)
    return re.compile(f"{_HARD}|(?<![\u4e00-\u9fff])经(?=国务院|省|市|教育部|批)|{'|'.join(words)}|[0-9.]+(?:年度?|月|日|余?(?:家|个|名|位|所|项|万|亿|多家|余家))?")


_WEAK = frozenset("上 后 前 中 时 用 个 家 名 位 请 拟 致 携 称 悉 建设 指导 推进 学校 服务".split())


@cache
def _weak_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(_WEAK, key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its place in the text and its number."""

    start: int
    end: int
    number: int


@dataclass(slots=True)
class View:
    """The levelled text, its sentences and the places where a name may begin."""

    text: str
    level: str
    sentences: list[Sentence] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    masked: str = ""
    places: PlaceFinder = field(default_factory=regions)
    city: str = ""
    _starts: list[int] = field(default_factory=list)

    def sentence_at(self, place: int) -> Sentence:
        """The sentence that holds the place."""
        return self.sentences[max(0, bisect_right(self._starts, place) - 1)]

    def left_edge(self, place: int) -> int:
        """The end of the last boundary at or before the place."""
        index = bisect_right(self.breaks, place) - 1
        return self.breaks[index] if index >= 0 else 0


def view_of(text: str) -> View:
    """The view of a text, in time linear in its length."""
    level = text.translate(_LEVEL)
    if '"' in level:
        level = _QUOTES.sub(lambda m: f"“{m[1]}”", level)
    masked = _protected_pattern().sub(lambda m: "〇" * len(m[0]), level)
    view = View(text, level, masked=masked)
    view.breaks = [match.end() for match in _break_pattern().finditer(masked)]
    for match in _SENTENCE.finditer(level):
        if match.end() > match.start():
            view.sentences.append(Sentence(match.start(), match.end(), len(view.sentences)))
    if not view.sentences:
        view.sentences.append(Sentence(0, len(level), 0))
    view.places = _places(masked)
    view.city = _city(view)
    view._starts = [sentence.start for sentence in view.sentences]
    return view
