"""Documents of a story: what stands in 《》, what was done with it, and who read it out."""

from __future__ import annotations

import re

from chanjiao.engines.text.facts import Document
from chanjiao.engines.text.posts import PersonMention
from chanjiao.engines.text.view import View

_TITLE = re.compile(r"《([^《》\n]{2,120}(?:《[^《》\n]{2,60}》[^《》\n]{0,60})?)》")
OWN_TITLE = re.compile(
    r"(?m)^[ ]*([\u4e00-\u9fff（）“”、]{0,40}?关于[^，。；：\n《》]{4,70}的?"
    r"(?:通知|决定|批复|意见|公告|公示|通报|通告|函|方案))[ ]*$"
)
IS_NOTICE = re.compile(
    r"(?m)^[^。\n]{2,60}[：:][ ]*$|^[ ]*(?:20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日|二[〇○零][^\n]{5,10}日)[ ]*$"
)
_READ = re.compile("宣读|宣布了?(?=$|[^，。]{0,20}《)|领学")
_ADOPTED = re.compile("通过|审定|表决|审议并|审议了|审议|原则同意")
_ANNOUNCED = re.compile("发布|公布|通报|印发|出台|下发|颁布|首发|推出|解读|启用|宣布")
_NOT_DOCUMENT = re.compile("日报$|晚报$|时报$|周刊$|杂志$|商报$|栏目$|电视台$")
_NOT_DOCUMENT_AFTER = re.compile(
    "(?:(?:、|和|与)?《[^《》\n]{2,60}》){0,6}(?:为题|的?主旨|的?专题)|"
    "栏目|杂志|报道|期刊|专题片|宣传片|歌曲|节目|视频|短片|纪录片|舞蹈|合唱"
)
_AFTER_CUE = re.compile(r"^[^，。；《]{0,12}(审议通过|表决通过|获得通过|获通过|正式发布|发布)")


def documents_of(view: View, people: list[PersonMention]) -> tuple[Document, ...]:
    """Every document once, in the order of the text, with the strongest thing that was done with it."""
    found: dict[str, Document] = {}
    if (own := OWN_TITLE.search(view.level[:800])) and IS_NOTICE.search(view.level):
        title = view.text[own.start(1) : own.end(1)].strip()
        found[title] = Document(title, "announced", "", (own.span(1),), 0.9)
    for match in _TITLE.finditer(view.level):
        title = view.text[match.start(1) : match.end(1)].strip()
        before = view.level[max(0, match.start() - 3) : match.start()]
        if (
            before.endswith(("题为", "题目为", "以"))
            or _NOT_DOCUMENT.search(title)
            or _NOT_DOCUMENT_AFTER.match(view.level, match.end())
        ):
            continue
        action = _action(view, match)
        reader = _reader(view, people, match.start()) if action == "read" else ""
        known = found.get(title)
        if known is None or (known.action == "cited" and action != "cited"):
            spans = (*(known.spans if known else ()), (match.start(), match.end()))
            found[title] = Document(title, action, reader, spans, 0.85 if action == "cited" else 0.92)
    return tuple(found.values())


def _action(view: View, match: re.Match[str]) -> str:
    sentence = view.sentence_at(match.start())
    before = view.level[max(sentence.start, match.start() - 160) : match.start()]
    before = _TITLE.sub("", before)
    clause = re.split("；|。", before)[-1]
    after = view.level[match.end() : min(sentence.end, match.end() + 30)]
    found = [(m.start(), name) for name, pattern in _CUES for m in pattern.finditer(clause)]
    passive = _AFTER_CUE.match(after)
    if passive:
        return "announced" if "发布" in passive[1] else "adopted"
    if not found:
        return "cited"
    place, name = max(found)
    if _CITING.search(clause[place:]):
        return "cited"
    return name


_CUES = (("cited", re.compile("签署|签订|签约")), ("read", _READ), ("adopted", _ADOPTED), ("announced", _ANNOUNCED))
_CITING = re.compile(
    "根据|按照|依据|落实|贯彻|依照|为深入|按|对照|印发的$|发布的$|出台的$|下发的$|颁布的$|精神|遵照|学习"
)


def _reader(view: View, people: list[PersonMention], place: int) -> str:
    """The last person named before 宣读 in the sentence; behind 由 too."""
    sentence = view.sentence_at(place)
    verb = view.level.rfind("宣读", sentence.start, place)
    if verb < 0:
        verb = place
    names = [person.name for person in people if sentence.start <= person.start and person.end <= verb]
    return names[-1] if names else ""
