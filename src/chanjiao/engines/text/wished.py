"""Uncounted wishes: parallel clauses with 希望 or 要."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chanjiao.engines.text.facts import Requirement, Span
from chanjiao.engines.text.posts import PersonMention
from chanjiao.engines.text.promised import points_within
from chanjiao.engines.text.speakers import SPEECH, speaker_of, without_edges
from chanjiao.engines.text.view import Sentence, View

_CLAUSE_WISH = re.compile(
    r"(?:^|[，；：])(?:[^，。；：]{0,6}(?:强调|指出|表示|提出))?([\u4e00-\u9fff“”、]{0,14}?)(希望|(?<![需只主重首])(?<![\u4e00-\u9fff]{2}更)要(?![素点件闻职]|求(?![真新实变同]))|必须|应当)(?=[^，。；：]{3,})"
)


_ASKING = re.compile("表示|强调|指出|要求|希望|提出|建议|说|部署|他|她")


def wished_points(view: View, people: list[PersonMention]) -> list[tuple[int, Requirement]]:
    """Uncounted wishes: 希望… or …要… in the parallel clauses of one sentence."""
    found = []
    for sentence in view.sentences:
        text = view.level[sentence.start : sentence.end]
        wishes = list(_CLAUSE_WISH.finditer(text))
        clauses = _by_semicolon(wishes, text) or _parallel(wishes)
        if len(clauses) < 2:
            found += _single_wish(view, people, sentence, text)
            continue
        if not _asked(view, sentence, text[: clauses[0].start(2) + 2]):
            continue
        spans = []
        for index, clause in enumerate(clauses):
            limit = clauses[index + 1].start() if index + 1 < len(clauses) else len(text)
            start = clause.start(2) if index == 0 and not clauses[-1][1] else clause.start(1)
            spans.append(without_edges(view, sentence.start + start, sentence.start + limit))
        word = clauses[0][2]
        items = tuple(re.sub("^(?:希望|要)", "", view.text[a:b]) for a, b in spans)
        kind = "hope" if word == "希望" or re.search("希望(?:：|，)$", text[: clauses[0].start(1)]) else "requirement"
        found.append((spans[0][0], Requirement(speaker_of(view, people, spans[0][0]), kind, items, tuple(spans), 0.75)))
    return found


_ONE_WISH = re.compile(
    r"(?<!殷切)(?<!的)希望(?!(?:的|与|和|之|小学|工程|要求))[，：]?(?=[^，。；：]{4,})|"
    r"(?<=提出，|建议，|表示，|提议，|呼吁，)(?:恳|还|也)?请(?=[^，。；：]{4,})|"
    r"(?:强调|要求|指出|提出|表示|认为)，(?:[^，。；]{2,24}，)?(?P<who>[^，。；]{0,16}?)(?<![需重主只首必紧纪摘概])要(?![求素点件闻职])(?=[^，。；：]{4,})"
)


_GOES_ON = re.compile(r"(?:同时|此外|最后|另外|其次|再次)?，?(?:希望|要(?![求素点件闻职])|必须)(?=[^，。；：]{3,})")


def spread_wishes(view: View, people: list[PersonMention]) -> list[tuple[int, Requirement]]:
    """Wishes over several sentences, of which the first names the speaker: 他强调，要…。要…。要…。"""
    found = []
    for index, sentence in enumerate(view.sentences):
        text = view.level[sentence.start : sentence.end]
        first = _ONE_WISH.search(text)
        if first is None or first["who"] or "：" in text[first.end() :]:
            continue
        following = list(_following(view, index))
        speaker = speaker_of(view, people, sentence.start + first.end())
        if not following or not (speaker or "会议" in text[: first.end()]):
            continue
        spans = [without_edges(view, sentence.start + first.end(), sentence.end), *following]
        kind = "hope" if first[0].startswith("希望") else "requirement"
        items = tuple(view.text[a:b] for a, b in spans)
        found.append((spans[0][0], Requirement(speaker, kind, items, tuple(spans), 0.75)))
    return found


def _following(view: View, index: int) -> Iterator[Span]:
    """The sentences of the paragraph that go on with 要 or 希望."""
    for sentence in view.sentences[index + 1 : index + 8]:
        if view.level[sentence.start - 1] == "\n":
            return
        wish = _GOES_ON.match(view.level, sentence.start)
        if wish is None:
            return
        yield without_edges(view, wish.end(), sentence.end)


def _single_wish(
    view: View, people: list[PersonMention], sentence: Sentence, text: str
) -> list[tuple[int, Requirement]]:
    """One wish with all its clauses, as several points where every clause begins with a verb of work."""
    match = _ONE_WISH.search(text)
    if match is None or "：" in text[match.end() :]:
        return []
    who = match["who"] or ""
    start = sentence.start + (match.start("who") if who else match.end())
    speaker = speaker_of(view, people, start)
    spans = points_within(view, start, sentence.end, wished=True)
    if who and len(points := points_within(view, sentence.start + match.end(), sentence.end, wished=True)) > 2:
        spans = points
    if not spans or not (speaker or "会议" in text[: match.end()]):
        return []
    kind = "hope" if match[0].startswith(("希望", "请", "恳请", "还请", "也请")) else "requirement"
    items = tuple(view.text[a:b] for a, b in spans)
    return [(start, Requirement(speaker, kind, items, tuple(spans), 0.65))]


def _asked(view: View, sentence: Sentence, head: str) -> bool:
    """Whether a verb of asking stands before the clauses, or in the sentence before."""
    if _ASKING.search(head):
        return True
    if sentence.number == 0 or len(head) > 3:
        return False
    before = view.sentences[sentence.number - 1]
    return re.search("指出|强调|表示|要求|提出", view.level[before.start : before.end]) is not None


def _by_semicolon(clauses: list[re.Match[str]], text: str) -> list[re.Match[str]]:
    """One clause for each part between semicolons, where every part begins with a wish."""
    starts = [0, *(m.end() for m in re.finditer("；", text))]
    if len(starts) < 2:
        return []
    last = text.rfind("，", 0, clauses[0].start(1)) + 1 if clauses else 0
    heads = [
        next((m for m in clauses if 0 <= m.start(1) - max(start, last if start == 0 else 0) <= 1), None)
        for start in starts
    ]
    return [m for m in heads if m is not None] if all(heads) else []


def _parallel(clauses: list[re.Match[str]]) -> list[re.Match[str]]:
    """The clauses that begin with the same word, or that all name who is to act."""
    bare = [m for m in clauses if not m[1]]
    if len(bare) >= 2:
        first, place = bare[0][2], clauses.index(bare[0])
        led = [clauses[place - 1]] if place > 0 and first == "要" == clauses[place - 1][2] else []
        led = [m for m in led if not SPEECH.search(m[1])]
        return [*led, *(m for m in bare if m[2] == first)]
    named = [
        m
        for m in clauses
        if m[2] != "希望"
        and re.search(
            "各|单位|部门|学校|院校|企业|成员|学院|联合体|集团|政府|教师|双方|校企|局|委|厅|公司|园区|高新区|开发区",
            m[1],
        )
    ]
    return [m for m in named if not SPEECH.search(m[1])]
