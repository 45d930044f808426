"""What speakers hoped, required and promised: counted points, lists before 等五点希望, aspects, promises."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chanjiao.engines.text.facts import Requirement, Span
from chanjiao.engines.text.people import PersonMention
from chanjiao.engines.text.view import Sentence, View

_NUMERALS = "一二三四五六七八九十"
_MARKER = re.compile(
    r"(?<![\u4e00-\u9fff第])(?:(?P<shi>[一二三四五六七八九十])(?:是要|是|要|则|个是|需)|"
    r"第(?P<di>[一二三四五六七八九十])(?:，|是|、|点(?:是|，))?|(?P<order>首先|其次|再次|再者|最后)(?:要|是|，)"
    r"|（(?P<bracket>[一二三四五六七八九十1-9])）|(?P<figure>[1-9])[.．、](?![0-9])|(?P<dun>[一二三四五六七八九十])、)"
)
_ORDER = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 9}
_COUNTED_TAIL = re.compile(
    r"等?(?P<count>[0-9]{1,2}|[一二两三四五六七八九十]{1,2})?(?:个|点|项|条|方面|大)*(?P<word>希望要求|"
    r"希望和要求|希望|要求|意见建议|意见|建议|期望|倡议|任务|举措|措施|方面(?:的)?(?:工作|要求|举措|内容|意见|"
    r"希望|建议|任务|安排)?|方面|工作|承诺)"
)
_MOST = 80  # lists of one story; more is no story
_NUMBER = r"[0-9]{1,2}|[一二两三四五六七八九十]{1,2}"
_LIST_WORD = "希望要求|希望|要求|意见建议|意见|建议|期望|方面|任务|举措|措施|工作|承诺|维度|层面|环节"
_LIST_TAIL = re.compile(
    rf"等(?P<count>{_NUMBER})(?:个|点|项|条|大|方面)+(?:的)?(?P<word>{_LIST_WORD})?"
    rf"|(?<=[\u4e00-\u9fff”])(?P<number>{_NUMBER})(?:个|点|项|条|大)(?:的)?(?P<what>{_LIST_WORD})"
)
_LIST_HEAD = re.compile("提出了?|从|围绕|聚焦|就|在|将从|要从|做好|落实|明确了?|包括|即|：|实施")
_SPEECH = re.compile(
    r"(?:提出|强调|指出|要求|希望|表示|建议|号召|倡议|明确|部署|期望|承诺|认为|介绍|谈到|讲到|寄语)(?:了)?"
)
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


@dataclass(frozen=True, slots=True)
class _Item:
    number: int
    start: int
    end: int


def requirements_of(view: View, people: list[PersonMention]) -> tuple[Requirement, ...]:
    """Every set of points in the order of the text."""
    found: list[tuple[int, Requirement]] = []
    taken: list[Span] = []
    for run in _marked_runs(view):
        made = _from_run(view, people, run)
        if made is not None:
            found.append((run[0].start, made))
            taken.append((run[0].start, run[-1].end))
    for start, made in (
        *_lists(view, people),
        *_colon_lists(view, people),
        *_wishes(view, people),
        *_promises(view, people),
    ):
        if not any(a < made.spans[-1][1] and made.spans[0][0] < b for a, b in taken):
            found.append((start, made))
            taken.append((made.spans[0][0], made.spans[-1][1]))
    return tuple(made for _, made in sorted(found, key=lambda pair: pair[0]))


def _marked_runs(view: View) -> list[list[_Item]]:
    """Runs of counting words that count up from one."""
    runs: list[list[_Item]] = []
    current: list[tuple[int, int, int, str]] = []
    for match in _MARKER.finditer(view.level):
        number, style = _number_of(match)
        expected = current[-1][0] + 1 if current else 1
        if (
            current
            and style == current[-1][3]
            and number in (expected, 9)
            and number > current[-1][0]
            and match.start() - current[-1][2] < 900
        ):
            current.append((number, match.start(), match.end(), style))
        elif number == 1:
            runs.append(_closed(view, current))
            current = [(number, match.start(), match.end(), style)]
        elif number == expected and current and style != current[-1][3]:
            continue
    runs.append(_closed(view, current))
    return [run for run in runs if len(run) >= 2]


def _number_of(match: re.Match[str]) -> tuple[int, str]:
    for style in ("shi", "di", "bracket", "figure", "dun"):
        value = match[style]
        if value:
            return (int(value) if value.isdigit() else _NUMERALS.index(value) + 1), style
    return _ORDER[match["order"]], "order"


def _closed(view: View, marks: list[tuple[int, int, int, str]]) -> list[_Item]:
    """The items between the counting words; the last ends with its sentence."""
    items = []
    paragraphs = len(marks) > 1 and all(view.level[:place].rstrip(" ").endswith("\n") for _, place, _, _ in marks[1:])
    for index, (number, _, start, _) in enumerate(marks):
        limit = marks[index + 1][1] if index + 1 < len(marks) else _last_end(view, start, paragraphs=paragraphs)
        end = limit
        while end > start and view.level[end - 1] in "，。；、！ \n":
            end -= 1
        items.append(_Item(number, start, end))
    return items


def _last_end(view: View, start: int, *, paragraphs: bool) -> int:
    end = view.sentence_at(start).end
    if paragraphs:
        line = view.level.find("\n", start)
        end = line if line > 0 else len(view.level)
    text = view.level[start:end]
    tail = text.rfind("；")
    return start + tail if tail >= 4 and _leaves(text[tail + 1 :]) else end


def _leaves(rest: str) -> bool:
    """Whether what follows the last point is no longer part of it."""
    return re.match("(?:会议|大会|会上|最后|随后)", rest) is not None


def _from_run(view: View, people: list[PersonMention], run: list[_Item]) -> Requirement | None:
    head_start = view.sentence_at(max(0, run[0].start - 3)).start
    head = view.level[max(head_start, run[0].start - 120) : run[0].start]
    if head_start > 0 and len(head) < 8:
        head_start = view.sentence_at(head_start - 1).start
        head = view.level[head_start : run[0].start]
    if not re.search(
        "希望|要求|意见|建议|强调|指出|提出|表示|方面|要|倡议|期望|任务|举措|部署|认为|做到|工作|介绍|承诺|点|安排|"
        "聚焦",
        head[-60:],
    ):
        return None
    items, spans = [], []
    for item in run:
        end = view.sentence_at(item.start).end
        text = _clean(view.text[item.start : min(end, item.end)])
        if text:
            items.append(text)
            spans.append((item.start, item.end))
    if not items:
        return None
    return Requirement(_speaker(view, people, run[0].start), _kind(head, items), tuple(items), tuple(spans), 0.88)


def _clean(item: str) -> str:
    return re.sub(r"^(?:是|要|，|,|、|：|:|\s)+", "", item).strip(" ，。；、,.;\n\u3000")


_KIND_BY_COUNT = (
    ("hope", "希望|期望|期待|祝愿"),
    ("requirement", "要求|意见|建议|倡议"),
)
_KIND_BY_HEAD = (
    ("hope", "希望|期望"),
    ("requirement", "要求|强调|指出|提出|意见|建议|必须|要"),
    ("commitment", "将|承诺"),
)


def _kind(head: str, items: list[str]) -> str:
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


_COUNT_VALUE = {word: index + 1 for index, word in enumerate("一二三四五六七八九十")} | {"两": 2}


def _lists(view: View, people: list[PersonMention]) -> list[tuple[int, Requirement]]:
    """Points listed between a verb and 等五点希望 or 等四个方面."""
    found: list[tuple[int, Requirement]] = []
    for match in _LIST_TAIL.finditer(view.level):
        if len(found) > _MOST:
            break
        digits = match["count"] or match["number"]
        count = int(digits) if digits.isdigit() else _COUNT_VALUE.get(digits, 0)
        sentence = view.sentence_at(match.start())
        head = _list_head(view.level, max(sentence.start, match.start() - 600), match.start(), count)
        if head is None or count < 2:
            continue
        items = _split_list(view, head.end(), match.start(), count)
        if len(items) < 2:
            continue
        word = match["word"] or match["what"] or ""
        around = view.level[max(sentence.start, head.start() - 30) : match.end() + 6]
        kind = (
            "hope"
            if "希望" in word or "期望" in word
            else "requirement"
            if re.search("要求|意见|建议", word)
            else _list_kind(around)
        )
        texts = tuple(view.text[a:b].strip() for a, b in items)
        found.append((items[0][0], Requirement(_speaker(view, people, head.start()), kind, texts, tuple(items), 0.85)))
    return found


def _list_head(level: str, start: int, end: int, count: int) -> re.Match[str] | None:
    """The nearest verb before the list that leaves room for all its points."""
    heads = sorted(_LIST_HEAD.finditer(level, start, end), key=lambda m: (m[0] in ("提出", "提出了"), m.start()))
    for mark, slack in (("；", 2), ("、", 1), ("，", 1)):
        for head in reversed(heads):
            if level[head.end() : end].count(mark) >= max(1, count - slack):
                return head
    return None


def _list_kind(around: str) -> str:
    if "希望" in around:
        return "hope"
    if "要求" in around or "强调" in around:
        return "requirement" if "方面" not in around or "将从" not in around else "aspect"
    return "aspect"


def _split_list(view: View, start: int, end: int, count: int) -> list[Span]:
    """The points between two places, cut at ；, 、 or ，; a lost mark is restored by the points' parallel form."""
    level = view.level
    best: list[Span] = []
    for mark in "；、，":
        pieces = _cut(level, start, end, mark)
        if len(pieces) == count:
            return pieces
        if mark == "；" and 1 < len(pieces) < count:
            restored = _restored(level, pieces, count)
            if len(restored) == count:
                return restored
        if abs(len(pieces) - count) < abs(len(best) - count) or not best:
            best = pieces
    return best if len(best) > 1 else []


def _cut(level: str, start: int, end: int, mark: str) -> list[Span]:
    pieces, place = [], start
    for stop in (*(m.start() for m in re.finditer(mark, level[start:end])), end - start):
        a, b = place, start + stop
        while a < b and level[a] in " ，；、“：":
            a += 1
        while b > a and level[b - 1] in " ，；、”":
            b -= 1
        if b > a:
            pieces.append((a, b))
        place = start + stop + 1
    return pieces


def _restored(level: str, pieces: list[Span], count: int) -> list[Span]:
    """The pieces with lost separators put back: every sound piece is "four characters, clause", so is each half."""
    shapes = [[len(part) for part in level[a:b].split("，")] for a, b in pieces]
    sound = [shape for shape in shapes if len(shape) == min(len(other) for other in shapes)]
    width = min(len(other) for other in shapes)
    heads = {shape[0] for shape in sound}
    if width < 2 or len(heads) != 1:
        return pieces
    head = heads.pop()
    made: list[Span] = []
    for piece, shape in zip(pieces, shapes, strict=True):
        made.extend(_halves(piece, shape, width, head))
    return made if len(made) == count else pieces


def _halves(piece: Span, shape: list[int], width: int, head: int) -> list[Span]:
    a, b = piece
    if len(shape) != 2 * width - 1 or shape[width - 1] <= head:
        return [(a, b)]
    cut = a + sum(shape[:width]) + width - 1 - head
    return [(a, cut), (cut, b)]


def _promises(view: View, people: list[PersonMention]) -> list[tuple[int, Requirement]]:
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
        speaker = _speaker(view, people, start)
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
    for a, b in _cut(level, start, end, "，"):
        stop = b
        while stop > a and level[stop - 1] in "。；！”\n ":
            stop -= 1
        clause = level[a:stop]
        if items and _WRAP_UP.match(clause):
            break
        if items and not _PROMISE_VERBS.match(clause):
            break
        for c, d in _cut(level, a, stop, "；"):
            items.append((c, d))
    return items


_CLAUSE_WISH = re.compile(
    r"(?:^|[，；：])([\u4e00-\u9fff“”]{0,12}?)(希望|要(?![求素点件闻职])|必须|应当)(?=[^，。；：]{3,})"
)
_ASKING = re.compile("表示|强调|指出|要求|希望|提出|建议|说|部署|他|她")


def _wishes(view: View, people: list[PersonMention]) -> list[tuple[int, Requirement]]:
    """Uncounted wishes: 希望… or …要… in the parallel clauses of one sentence."""
    found = []
    for sentence in view.sentences:
        text = view.level[sentence.start : sentence.end]
        wishes = list(_CLAUSE_WISH.finditer(text))
        clauses = _by_semicolon(wishes, text) or _parallel(wishes)
        if len(clauses) < 2 or not _asked(view, sentence, text[: clauses[0].start(2) + 2]):
            continue
        spans = []
        for index, clause in enumerate(clauses):
            limit = clauses[index + 1].start() if index + 1 < len(clauses) else len(text)
            spans.append(_trimmed(view, sentence.start + clause.start(1), sentence.start + limit))
        word = clauses[0][2]
        items = tuple(re.sub("^(?:希望|要)", "", view.text[a:b]) for a, b in spans)
        kind = "hope" if word == "希望" or re.search("希望(?:：|，)$", text[: clauses[0].start(1)]) else "requirement"
        found.append((spans[0][0], Requirement(_speaker(view, people, spans[0][0]), kind, items, tuple(spans), 0.75)))
    return found


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
        first = bare[0][2]
        return [m for m in bare if m[2] == first]
    named = [
        m
        for m in clauses
        if m[2] != "希望" and re.search("各|单位|部门|学校|院校|企业|成员|学院|联合体|集团|政府|教师|双方|校企", m[1])
    ]
    return [m for m in named if not _SPEECH.search(m[1])]


def _trimmed(view: View, a: int, b: int) -> Span:
    while b > a and view.level[b - 1] in "，。；、！\n ":
        b -= 1
    if view.level[b - 1] == "”" and "“" not in view.level[a:b]:
        b -= 1
    return a, b


_COLON_HEAD = re.compile(
    r"(?:要求|希望|强调|提出|指出|承诺|意见|建议|做到|做好|抓好|做文章|任务|工作|举措|措施|倡议|要点|方面|部署|"
    r"期望|表示|“[^”]{1,6}”)[^，。；：]{0,14}：(?!“)"
)
_COUNT_BEFORE = re.compile(r"([0-9]{1,2}|[二两三四五六七八九十])(?:个|点|项|条|大|件|方面)")


def _colon_lists(view: View, people: list[PersonMention]) -> list[tuple[int, Requirement]]:
    """Points behind a colon: 他要求：…；…；…, 做好五件事：…，…, parallel clauses without a count."""
    found = []
    for sentence in view.sentences:
        head = _COLON_HEAD.search(view.level, sentence.start, sentence.end)
        if head is None or _MARKER.match(view.level, head.end()):
            continue
        front = view.level[sentence.start : head.end()]
        if not re.search("要求|希望|强调|提出|指出|说|表示|承诺|讲话|建议|要|倡议|部署", front):
            continue
        counted = _COUNT_BEFORE.search(front[-24:])
        count = (int(counted[1]) if counted[1].isdigit() else _COUNT_VALUE[counted[1]]) if counted else 0
        spans = _colon_items(view, head.end(), sentence.end, count)
        if len(spans) < 2:
            continue
        items = tuple(re.sub("^(?:希望|要|将)", "", view.text[a:b]) for a, b in spans)
        kind = (
            "commitment"
            if re.search("承诺", front[-24:]) or _does_itself(front, items, view, spans)
            else _kind(front, list(items))
        )
        found.append((spans[0][0], Requirement(_speaker(view, people, head.start()), kind, items, tuple(spans), 0.75)))
    return found


def _does_itself(front: str, items: tuple[str, ...], view: View, spans: list[Span]) -> bool:
    return re.search("将[^：]{0,14}：$", front) is not None or all(view.level[a] == "将" for a, _ in spans)


def _colon_items(view: View, start: int, end: int, count: int) -> list[Span]:
    a, b = _trimmed(view, start, end)
    by_semicolon = _cut(view.level, a, b, "；")
    if len(by_semicolon) >= 2:
        return by_semicolon
    by_comma = _cut(view.level, a, b, "，")
    if count and len(by_comma) == count:
        return by_comma
    firsts = {view.level[c] for c, _ in by_comma}
    return by_comma if len(by_comma) >= 3 and len(firsts) == 1 else []


def _speaker(view: View, people: list[PersonMention], place: int) -> str:
    """The last person named as subject before the place; 他 stands for the one before it."""
    sentence = view.sentence_at(place)
    if re.search(
        r"(?:会议|大会|论坛|与会[^，。]{1,6})(?:指出|强调|要求|认为|明确|提出|决定)",
        view.level[sentence.start : place + 4],
    ):
        return ""
    near = [person for person in people if sentence.start <= person.start < place]
    subjects = [person for person in near if _is_subject(view, person, place)]
    if subjects:
        return subjects[-1].name
    earlier = [person for person in people if person.start < place]
    paragraph = view.level.rfind("\n", 0, place)
    for person in reversed(earlier):
        if person.start >= paragraph and _is_subject(view, person, view.sentence_at(person.start).end):
            return person.name
    for person in reversed(earlier):
        if _is_subject(view, person, view.sentence_at(person.start).end):
            return person.name
    return earlier[-1].name if earlier else ""


def _is_subject(view: View, person: PersonMention, limit: int) -> bool:
    """Whether a verb of speech follows the person before the next comma but one."""
    stretch = view.level[person.end : min(limit, person.end + 90)]
    if view.level[max(0, person.start - 2) : person.start].endswith(("与", "向", "对")):
        return False
    return (
        re.search(
            "提出|强调|指出|要求|希望|表示|建议|号召|致辞|讲话|发言|介绍|认为|部署|承诺|总结|寄语|说|讲|代表|主持",
            stretch,
        )
        is not None
    )
