"""Who says a set of points, and what kind of points they are."""

from __future__ import annotations

import re

from chanjiao.engines.text.posts import PersonMention
from chanjiao.engines.text.view import View

_KIND_BY_COUNT = (
    ("hope", "希望|期望|期待|祝愿"),
    ("requirement", "要求|意见|建议|倡议"),
)


_KIND_BY_HEAD = (
    ("hope", "希望|期望"),
    ("requirement", "要求|强调|指出|提出|意见|建议|必须|要"),
    ("commitment", "将|承诺"),
)


def kind_of_points(head: str, items: list[str]) -> str:
    """By the counted word of the head (三点希望); by its nearest verb, or the items' first words, where it has none."""
    near = head[-45:]
    counted = re.search(r"[一二两三四五六七八九十0-9]+(?:个|点|项|条|大|方面)+(?:的)?([^，。：；]{0,10})", near)
    word = counted[0] if counted else near
    for kind, sign in _KIND_BY_COUNT:
        if re.search(sign, word):
            return kind
    if all(item.startswith("希望") for item in items):
        return "hope"
    if re.search("方面|举措|任务|重点", word) and re.search("将|会从|下一步|今后", head[-60:]):
        return "aspect"
    default = "aspect" if "方面" in near else "requirement"
    return next((kind for kind, sign in _KIND_BY_HEAD if re.search(sign, near)), default)


def speaker_of(view: View, people: list[PersonMention], place: int) -> str:
    """Who says what stands at the place; nothing where a meeting does, or nobody was named."""
    for find in (_behind_quote, _meant_by_pronoun, _meeting):
        if (found := find(view, people, place)) is not None:
            return found
    return _last_subject(view, people, place)


_MEETING = re.compile(
    r"(?:会议|大会|论坛|与会[^，。]{1,6}|[双各]方|专家组|调研组)(?:一致)?(?:表示|约定|商定|同意|指出|强调|要求|认为|明确|提出|决定|[^。]{0,80}?议定)",
)


def _meeting(view: View, people: list[PersonMention], place: int) -> str | None:
    """Nobody's name, where the sentence, or a paragraph that names nobody, says that a meeting or experts ask."""
    head = max(0, place - _FAR)
    start = max(head, view.level.rfind("\n", head, place) + 1)
    if any(start <= person.start < place for person in people):
        start = view.sentence_at(place).start
    return "" if _MEETING.search(view.level, start, place + 4) else None


_FAR = 400  # characters looked back to for a meeting
_MOST = 50  # persons looked back to for a speaker


def _last_subject(view: View, people: list[PersonMention], place: int) -> str:
    """The last person before the place who speaks: in its sentence, its paragraph, the story."""
    sentence = view.sentence_at(place).start
    paragraph = view.level.rfind("\n", 0, place)
    earlier = [person for person in people if person.start < place][-_MOST:]
    for person in reversed(earlier):
        if person.start >= sentence and _is_subject(view, person, place):
            return person.name
    for limit in (paragraph, 0):
        for person in reversed(earlier):
            if person.start >= limit and _is_subject(view, person, view.sentence_at(person.start).end):
                return person.name
    return earlier[-1].name if earlier else ""


_PRONOUN = re.compile("”?(?:他|她)(?!们)")


def _meant_by_pronoun(view: View, people: list[PersonMention], place: int) -> str | None:
    """The subject of the sentence in front, where 他 or 她 begins this one: the first person named in it."""
    sentence = view.sentence_at(place)
    if not _PRONOUN.match(view.level, sentence.start) or sentence.number == 0:
        return None
    before = view.sentences[sentence.number - 1]
    if view.level[before.end - 1] == "\n":
        return None
    return next((person.name for person in people if before.start <= person.start < before.end), None)


_SAID_SO = re.compile("[^“”。]{0,12}(?:说|表示|介绍|认为|坦言|告诉|谈到|回应|回答|答道|透露)(?!，|：)")


def _behind_quote(view: View, people: list[PersonMention], place: int) -> str | None:
    """Who is named behind the quotation that the place lies in: “…。”某校校长某某说。"""
    level = view.level
    close = level.find("”", place, place + 400)
    line = level.rfind("\n", 0, place) + 1
    opened = level.rfind("“", line, place)
    if close < 0 or opened < 0 or level.rfind("”", opened, place) >= 0 or level[line:opened].strip():
        return None
    named = [person for person in people if close < person.start < close + 50]
    return named[0].name if named and _SAID_SO.match(level, named[0].end) else None


def _is_subject(view: View, person: PersonMention, limit: int) -> bool:
    """Whether a verb of speech follows the person before the next comma but one."""
    stretch = view.level[person.end : min(limit, person.end + 90)]
    if view.level[max(0, person.start - 2) : person.start].endswith(("与", "向", "对")):
        return False
    return (
        re.search(
            "提出|强调|指出|要求|希望|期[盼待望]|表示|建议|号召|肯定|听取|祝贺|致[^，。]{0,3}辞|寄予|讲话|发言|介绍|认为|部署|承诺|总结|寄语|表态|坦言|宣布|透露|(?<![简名职])称|布置|安排|提议|答应|勉励|叮嘱|说|谈|讲|代表|主持",
            stretch,
        )
        is not None
    )
