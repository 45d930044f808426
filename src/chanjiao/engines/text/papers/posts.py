"""Job advertisements: one part a post, told in a table, by labels, under headings or in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest

from chanjiao.engines.text.facts import Span
from chanjiao.engines.text.papers import amounts, names, skills
from chanjiao.engines.text.papers.common import COMMON, common_facts
from chanjiao.engines.text.papers.fields import SEEN, first_facts, pay_facts, read_field
from chanjiao.engines.text.papers.labels import Labelled, between, labelled
from chanjiao.engines.text.papers.level import lines, trimmed
from chanjiao.engines.text.papers.tables import Cell, Row, rows_of, without_tables
from chanjiao.engines.text.papers.values import Fact, PaperKind, Part

KIND = PaperKind.JOB_ADVERTISEMENT
MANY = ("skill", "programme")
_SHARED = frozenset({*COMMON, "place", "lodging"})
_CONCLUDED = 0.6

_HEADING = re.compile(
    r"(?m)^[ \t◆■●【]*+(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[.、])?[ \t]*+([^\n，。；：:\d（(◆■●【】]{2,20}?)"
    r"[ \t]*+[（(]?(\d{1,4})[ \t]*[名人][）)]?[ \t◆■●】]*$"
)
_BARRED = re.compile(
    r"(?m)^[^\w\n]*([^\s\d｜|，。：:\n][^｜|，。：:\n]{1,20}?)[ ]*[｜|](?=[^\n]*\d[^\n]*(?:[kK千元薪万]|[名人]))"
)
_LISTED = re.compile(r"(?m)^[ \t]*([^\s\d，。：:（(【】]{2,14})\s+(?:招)?(\d{1,4})[ \t]*[名人](?=\s)")
_ENTRY = re.compile(
    r"(?m)^[ \t]*(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、．][ \t]*([^，。：:\n\d]{2,16})"
    r"[，,：: \t]+(?:需要?|招|拟招)?(\d{1,4})[ \t]*[名人]"
)
_SOUGHT = re.compile(r"(?m)(?:诚招|诚聘|急聘|招聘|急招)[：: ]?([\u4e00-\u9fffA-Za-z]{2,10})$")
_NO_TITLE = re.compile(r"启事|公告|简章|信息|岗位|通知|计划|公示|表$")
_ASKED_FOR = re.compile(
    r"(?:需要?(?:掌握|会)|要有|要求(?:熟悉|会|持有)|(?<![机不社协])会(?=[^议员计])|持有|熟悉|掌握)"
    r"(?:[^；;。\s]|[ ](?!\d))+"
)
_WORK = re.compile(r"(?:做|担任|从事)([\u4e00-\u9fffA-Za-z]{2,10}?)(?=实习|工作|岗位|，|。)")
_NUMBERED = re.compile(r"(?:岗位|职位)[一二三四五六七八九十\d]+[：:]\s*([^，。；：:\n]{2,20})")
_CALL = re.compile(r"(?:招聘|急聘|诚聘|急招|招募|聘请|现招|招)[\s】\]:：]*(?=[^\s\d，。])")
_COUNTED = re.compile(r"([^\s\d，。、；：:（()）]{2,16}?)\s*[（(]?(\d{1,4}|若干)\s*[名人][）)]?")


@dataclass(frozen=True, slots=True)
class _Post:
    """A post by the words of its title, with the stretches that tell of it."""

    title: Span
    stretches: tuple[Span, ...]


def posts_of(text: str) -> tuple[tuple[Fact, ...], tuple[Part, ...]]:
    """What holds for all posts of an advertisement, and each post."""
    rows = [row for row in rows_of(text, KIND) if any(cell.field == "title" for cell in row.cells)]
    if rows:
        return _of_table(text, rows)
    labels = labelled(text, KIND)
    posts = _posts(text, labels)
    common = common_facts(text, labels)
    if not posts:
        return common, ()
    parts = [_part(text, post, labels, alone=len(posts) == 1) for post in posts]
    if len(posts) > 1:
        common, parts = _lifted(text, posts, common, parts, labels)
    return common, tuple(parts)


def _of_table(text: str, rows: list[Row]) -> tuple[tuple[Fact, ...], tuple[Part, ...]]:
    blanked = without_tables(text, rows)
    outside = labelled(blanked, KIND)
    common = [
        fact for one in outside if one.field in _SHARED for fact in read_field(one.field, text, one.first, one.last)
    ]
    common += common_facts(blanked, outside)
    common += list(read_field("lodging", blanked, 0, len(blanked), SEEN))
    parts = []
    for row in rows:
        facts = [fact for cell in row.cells for fact in _of_cell(text, cell)]
        title = next((fact for fact in facts if fact.field == "title"), None)
        if title is not None:
            parts.append(Part(_with_engagement(text, first_facts(facts, many=MANY), row.span, text[: rows[0].head[0]])))
    return first_facts(common), tuple(parts)


def _of_label(text: str, one: Labelled, end: int) -> Iterable[Fact]:
    if one.field == "pay":
        return pay_facts(text, one.first, min(one.last, end), label=one.label)
    return read_field(one.field, text, one.first, min(one.last, end))


def _of_cell(text: str, cell: Cell) -> Iterable[Fact]:
    if cell.field == "pay":
        return pay_facts(text, *cell.span, label=cell.label, unit=cell.unit)
    return read_field(cell.field, text, *cell.span)


def _posts(text: str, labels: list[Labelled]) -> list[_Post]:
    ways = ([one.span(1) for one in way.finditer(text)] for way in (_NUMBERED, _BARRED, _HEADING, _LISTED, _ENTRY))
    titled = next((spans for spans in ways if spans), [])
    if not titled:
        titled = [(one.first, one.last) for one in labels if one.field == "title" and one.first < one.last]
        titled = [fact.span for span in titled for fact in read_field("title", text, *span)]
    if titled:
        stops = [start for start, _ in titled[1:]] + [len(text)]
        # A sole post may be told of before its title too.
        starts = [0] if len(titled) == 1 else [start for start, _ in titled]
        return [_Post(span, ((start, stop),)) for span, start, stop in zip(titled, starts, stops, strict=True)]
    sought = [one.span(1) for one in _SOUGHT.finditer(text) if not _NO_TITLE.search(one[1])]
    sole = sought[:1] or [one.span(1) for one in _WORK.finditer(text)][:1] or _headline(text)
    return _called(text) or [_Post(span, ((0, len(text)),)) for span in sole]


def _headline(text: str) -> list[Span]:
    """The first line, where it is short and pay stands under it, as job sites print a post."""
    first, *more = [*lines(text)][:2] or [(0, 0)]
    short = first[1] - first[0] <= 20 and not re.search(r"[，。：:]", text[slice(*first)])
    return [trimmed(text, *first)] if short and any(amounts.pay_in(text, *one) for one in more) else []


_MOST = 200  # posts in one sentence


def _called(text: str) -> list[_Post]:
    """Posts called for in a sentence (招聘焊工5名、钳工2名), each with the clauses that come back to it."""
    found: list[Span] = []
    for call in _CALL.finditer(text):
        stop = re.compile(r"[。；;\n]").search(text, call.end())
        end = stop.start() if stop else len(text)
        listed = [one.span(1) for one in _COUNTED.finditer(text, call.end(), end)]
        named = {text[slice(*span)]: span for span in reversed(listed[:_MOST])}
        found = sorted(span for title, span in named.items() if title not in ("计划", "人员"))
        if found:
            break
    if len(found) < 2:
        return [_Post(span, ((0, len(text)),)) for span in found]
    words = "|".join(re.escape(text[slice(*span)]) for span in found)
    own = {text[slice(*span)]: [(span[0], _stop(text, span[1]))] for span in found}
    clauses = list(re.compile(words).finditer(text, found[-1][1]))
    for one, following in zip_longest(clauses, clauses[1:]):
        own[one[0]].append((one.start(), _clause_end(text, one.end(), following)))
    return [_Post(span, tuple(own[text[slice(*span)]])) for span in found]


def _stop(text: str, place: int) -> int:
    stop = re.compile(r"[、，。；;\n]").search(text, place)
    return stop.start() if stop else len(text)


def _clause_end(text: str, place: int, following: re.Match[str] | None) -> int:
    stop = re.compile(r"[。；;\n]").search(text, place)
    return min(stop.start() if stop else len(text), following.start() if following else len(text))


def _part(text: str, post: _Post, labels: list[Labelled], *, alone: bool) -> Part:
    facts = [Fact("title", text[slice(*post.title)], post.title, 0.9)]
    for start, end in post.stretches:
        inside = [one for one in between(labels, start, end) if one.field not in COMMON]
        for one in inside:
            if one.field not in ("title", "ignored"):
                facts += _of_label(text, one, end)
            if one.field == "skill":
                facts += _asked(text, one.first, min(one.last, end))
    for start, end in post.stretches:
        facts += _seen(text, start, end, labels, {fact.field for fact in facts})
    whole = first_facts(facts, many=MANY)
    return Part(_with_engagement(text, whole, *post.stretches, text[:200] if alone else ""))


def _after_count(text: str, start: int, end: int) -> Span:
    """What stands behind the number of people on a post's own line (叉车司机 3人 6000左右), or a line of pay alone."""
    counted = re.compile(
        r"\d{1,4}\s*[名人]([^\n]*)|\n[ \t]*(\d[\d.,]*[kK]?\s*[-~—–]\s*\d[\d.,]*[kK]?\s*元?[^\n]*)"
    ).search(text, start, end)
    return counted.span(1 if counted[1] is not None else 2) if counted else (start, start)


def _asked(text: str, start: int, end: int) -> list[Fact]:
    """Education and programmes that stand among what is asked for."""
    told = [Fact("programme", text[slice(*span)], span, SEEN) for span in names.programmes_told(text, start, end)]
    return [*read_field("education", text, start, end, SEEN), *told]


def _seen(text: str, start: int, end: int, labels: list[Labelled], known: set[str]) -> list[Fact]:
    """What running text tells without a label, of the fields that are not known yet."""
    found: list[Fact] = []
    if not known & {"pay_low", "pay_negotiable"}:
        told = [f for span in amounts.pay_mentions(text, start, end) for f in pay_facts(text, *span, SEEN)]
        found += told or pay_facts(text, *_after_count(text, start, end), SEEN)
    for field in ("quantity", "education", "shift", "lodging"):
        if field not in known:
            found += read_field(field, text, start, end, SEEN)
    if "programme" not in known:
        found += [Fact("programme", text[slice(*span)], span, SEEN) for span in names.programmes_told(text, start, end)]
    if "skill" not in known:
        for one in _ASKED_FOR.finditer(text, start, end):
            found += list(skills.skills_in(text, one.start(), one.end(), SEEN))
    if "months" not in known:
        month = re.compile(r"实习期?[^，。；\n]{0,4}?\d{1,2}\s*个月").search(text, start, end)
        found += read_field("months", text, *month.span(), SEEN) if month else ()
    return found


def _with_engagement(text: str, facts: tuple[Fact, ...], *places: Span | str) -> tuple[Fact, ...]:
    """The facts with the form of engagement: from the title, else from the words around it, else employment."""
    if any(fact.field == "engagement" for fact in facts):
        return facts
    title = next(fact for fact in facts if fact.field == "title")
    spans = [title.span, *(place for place in places if isinstance(place, tuple))]
    spans += [(0, len(place)) for place in places if isinstance(place, str) and place]
    for span in spans:
        found = read_field("engagement", text, *span, SEEN)
        if found:
            return (*facts, *found)
    return (*facts, Fact("engagement", "employment", (0, 0), _CONCLUDED))


def _lifted(
    text: str, posts: list[_Post], common: tuple[Fact, ...], parts: list[Part], labels: list[Labelled]
) -> tuple[tuple[Fact, ...], list[Part]]:
    """Place and lodging that only one of several posts tells hold for all: they stand behind the last."""
    lifted: list[Fact] = list(common)
    for field in ("place", "lodging"):
        holders = [part for part in parts if part.first(field)]
        if not holders:
            lifted += [
                fact for one in labels if one.field == field for fact in read_field(field, text, one.first, one.last)
            ]
            lifted += read_field(field, text, 0, len(text), SEEN) if field == "lodging" else ()
        elif len(holders) == 1 and holders[0] is parts[-1]:
            fact = holders[0].first(field)
            assert fact is not None
            lifted.append(fact)
            rest: Iterable[Fact] = (one for one in parts[-1].facts if one is not fact)
            parts = [*parts[:-1], replace(parts[-1], facts=tuple(rest))]
    return first_facts(lifted), parts
