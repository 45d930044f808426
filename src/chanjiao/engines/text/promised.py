"""What a speaker says will be done: the clauses behind 将."""

from __future__ import annotations

import re

from chanjiao.engines.text.facts import Requirement, Span
from chanjiao.engines.text.lexicon import words
from chanjiao.engines.text.listed import cut_at
from chanjiao.engines.text.posts import PersonMention
from chanjiao.engines.text.speakers import speaker_of, without_edges
from chanjiao.engines.text.view import Sentence, View

PROMISE_VERBS = re.compile(
    rf"(?:进一步|继续|持续|不断|积极|切实|大力|深入|着力|主动|全面|充分|扎实|逐条|坚决)?(?:{'|'.join(words('deeds.txt'))})"
)
# 将 or 会 in front of what will be done.
_PROMISE = re.compile(
    rf"(?<!即)将(?=(?:为|向|对)[^，。]{{2,12}}(?:提供|配备|搭建|给予)|对照[^，。]{{2,10}}调整|{PROMISE_VERBS.pattern})|"
    r"(?<![协学商大年工事员议])会(?=搭建|加强|建立|健全|完善|优化|强化|深化|打造|加大|落实|持续|提供|开展|重点|发挥|做好|拓展)|"
    r"(?:将|(?<![协学商大年工事员议])会)(?:进一步|继续|始终|坚持|积极|切实|全力|不断|充分|持续|从|以|加强|加大|坚定不移|"
    r"主动|认真|尽快|共同|大力|深入|着力|努力|在|为|把|根据|按照|严格|高标准|高质量|整合|拿出|投入|选派|设立|新增|每年|未来|立足|"
    r"依托|结合|紧密|紧扣|围绕|聚焦|推进|推动|携手|与|向|严|履行|倾力|倾情|进|抢抓|抓住|牢记|秉持|秉承|当好|服务|支持|配合|"
    r"全方位|最大)|"
    r"(?<=表示)(?:，)?(?:愿意?|计划)|(?<=[\u4e00-\u9fff，])愿意?(?=携手|与|为|同|继续|积极|共同)"
)


# A clause that says a deed of its own: by a verb of work, by the day it is due, or by what it does with something.
_ACT = re.compile(
    rf"(?:同时|并且?|再|还|也|均|都|尽快|尽早|及时|认真|努力|全力|带头|率先|共同|主动|优先|定期|按月|按期|全程|动态|"
    rf"最大限度地?)*(?:{PROMISE_VERBS.pattern}|"
    r"(?:每年|每月|每季度|每学期|年内|年底|月底|今年|明年|本月|下月|本学期|下学期|近期|会后|未来[一二三四五0-9]+年|"
    r"[0-9一二两三四五六七八九十]+(?:年|个月|月|天|周)(?:之?内|底)?|"
    r"[0-9]{1,2}月(?:[0-9]{1,2}日|底|初|中旬|上旬|下旬)|力争[今明本到年0-9])[^，。；]{4,}|(?:把|将|为|向|对)[^，。；]{4,}|"
    r"并(?:与|同|和)[^，。；]{2,12}(?:共同|联合|一起|共[建育享研商]|开展|合作)[^，。；]*|与[^，。；]{2,12}共(?:同|建)[^，。；]+)"
)
_ADJUNCT = re.compile(
    "围绕|聚焦|立足|紧扣|紧盯|以|通过|依托|结合|根据|按照|针对|坚持|在|从|借助|抢抓|抓住|随着|作为|就|本着|秉持"
)


_WRAP_UP = re.compile(
    r"(?:不断|全力以赴|全力|努力(?!提升)|共同|确保|为[^，。]{2,}|让|使|从而|推动[^，。]{2,}(?:高质量发展|再上新台阶|"
    r"创新发展|迈上)|以[^，。]{2,}|助力|携手|力争(?![今明本到年0-9])|争取|奋力)"
)


def promised_points(view: View, people: list[PersonMention]) -> list[tuple[int, Requirement]]:
    """What a speaker says will be done: the clauses behind 表示，…将进一步 … up to the wrap-up."""
    found: list[tuple[int, Requirement]] = []
    for match in _PROMISE.finditer(view.level):
        sentence = view.sentence_at(match.start())
        front = _introduction(view, match.start()) + view.level[sentence.start : match.start()]
        if not re.search("表示|强调|承诺|指出|介绍|提出|下一步|今后|说", front) and not re.search(
            "下一步|表示|承诺", _sentence_before(view, sentence)
        ):
            continue
        start = match.end()
        if found and start < found[-1][1].spans[-1][1]:
            continue
        first = match.end() if match[0].endswith(("愿", "愿意", "计划")) else match.start() + 1
        handled = view.level.startswith(("把", "为", "向", "对"), match.start() + 1)
        verb = (
            None if handled else PROMISE_VERBS.search(view.level, match.start() + 1, min(match.end() + 8, sentence.end))
        )
        begin = verb.start() if verb else first
        colon = view.level.find("：", begin, min(sentence.end, begin + _HEAD))
        items = _promised(view, colon + 1 if colon > 0 else begin, sentence.end)
        if len(items) < 2:
            items = points_within(view, first, sentence.end)
        if not items:
            continue
        texts = tuple(re.sub("^(?:进一步|并|和)", "", view.text[a:b]) for a, b in items)
        speaker = speaker_of(view, people, start)
        found.append((items[0][0], Requirement(speaker, "commitment", texts, tuple(items), 0.7)))
    return found


def _introduction(view: View, place: int) -> str:
    """What stands in front of the quotation that the place lies in: 某某说：“…"""
    opened = view.level.rfind("“", max(0, place - 400), place)
    if opened < 1 or view.level.rfind("”", opened, place) >= 0 or view.level[opened - 1] != "：":
        return ""
    return view.level[max(0, opened - 8) : opened]


_HEAD = 20  # characters in front of a colon that only say that points follow
_LEAST = 8  # characters; 将继续努力 says nothing that could be followed up
_CLAUSE = 16  # characters that a clause may have to be one of several like it


_ACTOR = re.compile(
    "(?:企业|学院|学校|院校|高校|政府|园区|部门|各[^，。；]{1,5}|双方|联合体|集团|协会|教师|学生|银行|乡镇|街道)[^，。；]{3,}"
)


def points_within(view: View, start: int, end: int, *, wished: bool = False) -> list[Span]:
    """The points of an uncounted promise or wish: its clauses where they run parallel, else the whole."""
    level = view.level
    start, end = without_edges(view, start, end)
    stop = level.find("；", start, end)
    end = stop if stop > 0 else end
    if end - start < _LEAST:
        return []
    clauses = _led(level, cut_at(level, start, end, "，"))
    if len(clauses) > 2 and all(b - a <= _CLAUSE and not _WRAP_UP.match(level, a) for a, b in clauses[1:]):
        return clauses
    bare = _ADJUNCT.match(level, *clauses[0]) and not PROMISE_VERBS.search(level, clauses[0][0] + 2, clauses[0][1])
    deeds = len(clauses) > (2 if wished else 1) and not bare
    if (deeds and _are_deeds(level, clauses[1:])) or (
        len(clauses) > 1 and all(_ACTOR.match(level, a, b) for a, b in clauses)
    ):
        return clauses
    parts = cut_at(level, start, end, "、") if len(clauses) == 1 else []
    if len(parts) > 2 and all(b - a > 3 and PROMISE_VERBS.match(level, a, b) for a, b in parts):
        return parts
    return [(start, end)]


_LEADS = re.compile(
    "(?:紧紧)?围绕[^，]+$|以[^，]+为(?:契机|新?起点|目标|抓手|引领|牵引)$|(?:充分)?发挥[^，]+优势$|"
    "(?:立足|依托|结合|针对|抢抓)[^，]+$"
)


def _led(level: str, clauses: list[Span]) -> list[Span]:
    """The clauses, an opening phrase (以…为契机, 围绕…) as one with the clause that it leads."""
    if len(clauses) > 1 and _LEADS.match(level, *clauses[0]):
        return [(clauses[0][0], clauses[1][1]), *clauses[2:]]
    return clauses


def _are_deeds(level: str, clauses: list[Span]) -> bool:
    """Whether each of the clauses says a deed of its own and none only wraps up."""
    return all(
        _ACT.match(level, a, b) and (not _WRAP_UP.match(level, a, b) or _GIVES.match(level, a, b)) for a, b in clauses
    )


_GIVES = re.compile("为[^，。]{2,20}(?:提供|发放|配备|输送|培训|安排|减免|定制|培养|开放|预留)")
_DECLARED = re.compile(
    "(?:表态|承诺|表示|说|答应|提议|透露|宣布|介绍|称)(?:说|道)?[，：]“?(?:对此，)?"
    "(?:(?:学校|学院|公司|企业|集团|卫健部门|我们|医院|集团|协会|我校|我院|双方|两地|两校|校企|各方|园区|银行|下一步|今后)，?)?(?:马上|立即|愿意?|随即|计划|准备|已经)*"
)
_CONCRETE = re.compile(
    "[0-9一二两三四五六七八九十]+(?:名|个|家|项|万|台|套|间|年|天|月|人|次|门)|把|[年月]底|下月|马上|对[^，]{2,}"
)


def _declared_kind(verb: str) -> str:
    return "requirement" if verb.startswith("提议") else "commitment"


def declared_points(view: View, people: list[PersonMention]) -> list[tuple[int, Requirement]]:
    """What a speaker declares without 将: two clauses or more that each say a deed, with a number or a day in them."""
    found = []
    for match in _DECLARED.finditer(view.level):
        sentence = view.sentence_at(match.start())
        colon = view.level.find("：", match.end(), min(sentence.end, match.end() + _HEAD))
        start = colon + 1 if colon > 0 else match.end()
        spans = cut_at(view.level, *without_edges(view, start, sentence.end), "，")
        if len(spans) > 1 and _are_deeds(view.level, spans) and _CONCRETE.search(view.level, match.end(), sentence.end):
            items = tuple(re.sub("^(?:并|和|同时)", "", view.text[a:b]) for a, b in spans)
            speaker = speaker_of(view, people, match.end())
            found.append((spans[0][0], Requirement(speaker, _declared_kind(match[0]), items, tuple(spans), 0.65)))
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
    for a, b in _led(level, cut_at(level, start, end, "，")):
        stop = b
        while stop > a and level[stop - 1] in "。；！”\n ":
            stop -= 1
        clause = level[a:stop]
        if items and _WRAP_UP.match(clause) and not _GIVES.match(clause):
            break
        if items and not _ACT.match(clause):
            break
        for c, d in cut_at(level, a, stop, "；"):
            items.append((c, d))
    return items
