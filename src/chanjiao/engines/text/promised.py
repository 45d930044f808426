"""What a speaker says will be done: the clauses behind 将."""

from __future__ import annotations

import re

from chanjiao.engines.text.facts import Requirement, Span
from chanjiao.engines.text.listed import cut_at
from chanjiao.engines.text.posts import PersonMention
from chanjiao.engines.text.speakers import speaker_of
from chanjiao.engines.text.view import Sentence, View

_PROMISE = re.compile(
    r"(?:将|会)(?=搭建|加强|建立|健全|完善|优化|强化|深化|打造|加大|落实|持续|提供|开展|重点|发挥|做好|拓展)|(?:将|"
    r"会)(?:进一步|继续|始终|坚持|积极|切实|全力|不断|充分|持续|从|以|加强|加大|坚定不移|主动|认真|尽快|共同|大力|"
    r"深入|着力|努力|在|为)"
)


_PROMISE_VERBS = re.compile(
    r"(?:进一步|继续|持续|不断|积极|切实|大力|深入|着力|主动)?(?:加强|搭建|强化|完善|建立|健全|出台|提供|推动|"
    r"推进|落实|加大|优化|打造|深化|构建|拓展|扩大|创新|促进|提升|改善|保障|支持|开展|建好|做好|做优|做强|制定|"
    r"统筹|聚焦|整合|发挥|培育|建设|探索|改进|增强|提高|开放|共建|选派|设立|投入|引导|实施|协调|组织|解决|营造|"
    r"汇聚|引进|吸引|当好|履行|落细|细化|加快|牵头|配合|深耕|扎实|完成|严格|开发|举办|培养|承担|倒排|挂图|压实|紧扣|坚持|立足|用好|育好|攻克)"
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
        verb = _PROMISE_VERBS.search(view.level, match.start() + 1, min(match.end() + 8, sentence.end))
        if verb is None:
            continue
        items = _promised(view, verb.start(), sentence.end)
        if len(items) < 2 or (found and items[0][0] < found[-1][1].spans[-1][1]):
            continue
        texts = tuple(re.sub("^(?:进一步|并|和)", "", view.text[a:b]) for a, b in items)
        speaker = speaker_of(view, people, start)
        found.append((items[0][0], Requirement(speaker, "commitment", texts, tuple(items), 0.7)))
    return found


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
        if items and not _PROMISE_VERBS.match(clause):
            break
        for c, d in cut_at(level, a, stop, "；"):
            items.append((c, d))
    return items
