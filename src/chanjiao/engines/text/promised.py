"""What a speaker says will be done: the clauses behind 将."""

from __future__ import annotations

import re

from chanjiao.engines.text.facts import Requirement, Span
from chanjiao.engines.text.listed import cut_at
from chanjiao.engines.text.posts import PersonMention
from chanjiao.engines.text.speakers import speaker_of, without_edges
from chanjiao.engines.text.view import Sentence, View

_PROMISE = re.compile(
    r"(?<!即)将(?=开放|共享|组建|成立|举办|启动|出资|捐赠|接收|吸纳|优先|安排|招收|招聘|派出|新建|扩建|创建|争创|申报|实现|实行|推行|配备|"
    r"为[^，。]{2,12}(?:提供|配备|搭建))|"
    r"(?:将|(?<![协学商大年工事员议])会)(?=搭建|加强|建立|健全|完善|优化|强化|深化|打造|加大|落实|持续|提供|开展|重点|发挥|做好|拓展)|(?:将|"
    r"(?<![协学商大年工事员议])会)(?:进一步|继续|始终|坚持|积极|切实|全力|不断|充分|持续|从|以|加强|加大|坚定不移|主动|认真|尽快|共同|大力|"
    r"深入|着力|努力|在|为|把|根据|按照|严格|高标准|高质量|整合|拿出|投入|选派|设立|新增|每年|未来|立足|依托|结合|紧密|紧扣|"
    r"围绕|聚焦|推进|推动|携手|与|向|严|履行|倾力|倾情|进|抢抓|抓住|牢记|秉持|秉承|当好|服务|支持|配合|全方位|最大)|"
    r"(?<=表示)(?:，)?(?:愿意?|计划)|(?<=[\u4e00-\u9fff])愿意?(?=携手|与|为|同|继续|积极|共同)"
)


PROMISE_VERBS = re.compile(
    r"(?:进一步|继续|持续|不断|积极|切实|大力|深入|着力|主动)?(?:加强|搭建|强化|完善|建立|健全|出台|提供|推动|"
    r"推进|落实|加大|优化|打造|深化|构建|拓展|扩大|创新|促进|提升|改善|保障|支持|开展|建好|做好|做优|做强|制定|"
    r"统筹|聚焦|整合|发挥|培育|建设|探索|改进|增强|提高|开放|共建|选派|设立|投入|引导|实施|协调|组织|解决|营造|"
    r"汇聚|引进|吸引|当好|履行|落细|细化|加快|牵头|配合|深耕|扎实|完成|严格|开发|举办|培养|承担|服务|擦亮|录用|发放|配备|派出|接收|吸纳|招收|安排|共享|共育|共研|搭好|送好|争创|壮大|补齐|倒排|挂图|压实|紧扣|坚持|立足|用好|育好|攻克)"
)


_WRAP_UP = re.compile(
    r"(?:不断|全力以赴|全力|努力|共同|确保|为[^，。]{2,}|让|使|从而|推动[^，。]{2,}(?:高质量发展|再上新台阶|"
    r"创新发展|迈上)|以[^，。]{2,}|助力|携手|力争|争取|奋力)"
)


def promised_points(view: View, people: list[PersonMention]) -> list[tuple[int, Requirement]]:
    """What a speaker says will be done: the clauses behind 表示，…将进一步 … up to the wrap-up."""
    found: list[tuple[int, Requirement]] = []
    for match in _PROMISE.finditer(view.level):
        sentence = view.sentence_at(match.start())
        front = view.level[sentence.start : match.start()]
        if not re.search("表示|强调|承诺|指出|介绍|提出|下一步|今后|说", front) and not re.search(
            "下一步|表示|承诺", _sentence_before(view, sentence)
        ):
            continue
        start = match.end()
        if found and start < found[-1][1].spans[-1][1]:
            continue
        first = match.end() if match[0].endswith(("愿", "愿意", "计划")) else match.start() + 1
        handled = view.level.startswith("把", match.start() + 1)
        verb = (
            None if handled else PROMISE_VERBS.search(view.level, match.start() + 1, min(match.end() + 8, sentence.end))
        )
        items = _promised(view, verb.start() if verb else first, sentence.end)
        if len(items) < 2:
            items = points_within(view, first, sentence.end)
        if not items:
            continue
        texts = tuple(re.sub("^(?:进一步|并|和)", "", view.text[a:b]) for a, b in items)
        speaker = speaker_of(view, people, start)
        found.append((items[0][0], Requirement(speaker, "commitment", texts, tuple(items), 0.7)))
    return found


_LEAST = 8  # characters; 将继续努力 says nothing that could be followed up
_CLAUSE = 16  # characters that a clause may have to be one of several like it


def points_within(view: View, start: int, end: int) -> list[Span]:
    """The points of an uncounted promise or wish: its clauses where they run parallel, else the whole."""
    level = view.level
    start, end = without_edges(view, start, end)
    stop = level.find("；", start, end)
    end = stop if stop > 0 else end
    if end - start < _LEAST:
        return []
    clauses = cut_at(level, start, end, "，")
    if len(clauses) > 2 and all(b - a <= _CLAUSE and not _WRAP_UP.match(level, a) for a, b in clauses[1:]):
        return clauses
    parts = cut_at(level, start, end, "、") if len(clauses) == 1 else []
    if len(parts) > 2 and all(b - a > 3 and PROMISE_VERBS.match(level, a, b) for a, b in parts):
        return parts
    return [(start, end)]


def _sentence_before(view: View, sentence: Sentence) -> str:
    """The sentence in front, where it stands in the same paragraph."""
    if sentence.number == 0:
        return ""
    before = view.sentences[sentence.number - 1]
    text = view.level[before.start : before.end]
    return "" if text.endswith("\n") else text


def _promised(view: View, start: int, end: int) -> list[Span]:
    level = view.level
    items: list[Span] = []
    for a, b in cut_at(level, start, end, "，"):
        stop = b
        while stop > a and level[stop - 1] in "。；！”\n ":
            stop -= 1
        clause = level[a:stop]
        if items and _WRAP_UP.match(clause):
            break
        if items and not PROMISE_VERBS.match(clause):
            break
        for c, d in cut_at(level, a, stop, "；"):
            items.append((c, d))
    return items
