"""People in lists of a notice or of minutes: 组长：某某 党委书记, 副理事长：某某（市教育局副局长）."""

from __future__ import annotations

import re
from bisect import bisect_right

from chanjiao.engines.text.names import Frequencies, read_name
from chanjiao.engines.text.organisations import Mention
from chanjiao.engines.text.posts import PersonMention, Post, posts_within
from chanjiao.engines.text.view import View


def _spaced(words: str) -> str:
    """A pattern for each of the words, with gaps between the characters as lists have them: 理 事 长."""
    return "|".join(" {0,4}".join(word) for word in words.split())


_OFFICE = (
    f"(?:总|常务|执行|副|联席|轮值|名誉){{0,3}} {{0,4}}(?:{_spaced('理事长 秘书长 会长 监事长 主任委员 组长 主任')})"
    f"|{_spaced('常务理事 理事 监事 成员 委员 顾问 主持人')}"
    "|主持|到会(?:理事|人员|领导)?|出席(?:人员|领导)?|列席(?:人员)?|参[会加](?:人员|领导)?"
)
_LINE = re.compile(rf"(?m)^[ ]*(?:(?P<label>{_OFFICE})[ ]*[：:]?[ ]*|)(?=[\u4e00-\u9fff])")
_LABEL_ALONE = re.compile(
    rf"(?m)^[ ]*(?:（?[一二三四五六七八九十]）?[、.]?)?(?P<label>{_OFFICE})(?:（[^）]{{1,12}}）)?[ ]*[：:]?[ ]*$"
)
_ATTENDANCE = re.compile("到会|出席|列席|参会|参加|与会")
_COUNCIL = re.compile("理事|秘书长|会长|监事|主任委员")
_ELECTION = re.compile("选举|换届|聘任|当选|推选")


def rostered(view: View, orgs: list[Mention], counts: Frequencies) -> list[PersonMention]:
    """Persons whose posts stand behind their names, in brackets or after a gap."""
    level, found = view.level, []
    alone = [(m.start(), m["label"]) for m in _LABEL_ALONE.finditer(level)]
    labels = [place for place, _ in alone]
    roster = _Roster(view, orgs, counts)
    for line in _LINE.finditer(level):
        end = level.find("\n", line.end())
        label = line["label"] or ""
        if not label and labels and (index := bisect_right(labels, line.start()) - 1) >= 0:
            label = alone[index][1]
        found += roster.in_line(line.end(), len(level) if end < 0 else end, label.replace(" ", ""))
    if any(post.hint == "学校" for person in found for post in person.posts):
        for post in (post for person in found for post in person.posts):
            if post.org is None and not post.hint:
                post.hint = "学校"
    return found


_HEADING = re.compile("(?m)^[^\n]*姓 {0,6}名[^\n]*(?:职 {0,6}务|职 {0,6}称)[^\n]*$")
_CELL = re.compile("[^\t|]+")


def tabled(view: View, orgs: list[Mention]) -> list[PersonMention]:
    """Persons in the rows of a table under a heading with 姓名, 单位 and 职务."""
    found: list[PersonMention] = []
    for heading in _HEADING.finditer(view.level):
        columns = [cell[0].replace(" ", "") for cell in _cells(view, *heading.span())]
        who = next((n for n, column in enumerate(columns) if "姓名" in column), -1)
        post = next((n for n, column in enumerate(columns) if column.startswith(("职务", "职称"))), -1)
        if min(who, post) < 0:
            continue
        place = heading.end() + 1
        while place < len(view.level):
            end = view.level.find("\n", place)
            cells = _cells(view, place, end if end > 0 else len(view.level))
            if len(cells) != len(columns) or end < 0:
                break
            found += _of_row(view, orgs, cells, who, post)
            place = end + 1
    return found


def _cells(view: View, start: int, end: int) -> list[tuple[str, int, int]]:
    """The cells of a line: text, start, end, without outer spaces."""
    cells = []
    for match in _CELL.finditer(view.text, start, end):
        text = match[0].strip()
        if text:
            first = match.start() + match[0].index(text)
            cells.append((text, first, first + len(text)))
    return cells


def _of_row(
    view: View, orgs: list[Mention], cells: list[tuple[str, int, int]], who: int, post: int
) -> list[PersonMention]:
    name, start, end = cells[who]
    name = name.replace(" ", "").replace("\u3000", "")
    if not 2 <= len(name) <= 8:
        return []
    inside = [org for org in orgs if cells[0][1] <= org.start < cells[-1][2] and not cells[post][1] <= org.start]
    body = inside[0] if inside else None
    posts = [Post(title, body, cells[post][1], cells[post][2]) for title in re.split("[、，]", cells[post][0]) if title]
    return [PersonMention(name, start, end, posts, 0.98, {"attend"})]


class _Roster:
    """Reads the lines of one text as entries of a list."""

    def __init__(self, view: View, orgs: list[Mention], counts: Frequencies) -> None:
        self.view, self.orgs, self.counts = view, orgs, counts
        self.starts = [org.start for org in orgs]
        election = _ELECTION.search(view.level)
        self.elected_from = election.start() if election else len(view.level)

    def in_line(self, place: int, end: int, label: str) -> list[PersonMention]:
        """The persons of a line, as long as each name is followed by posts."""
        level, found = self.view.level, []
        while place < end and (name := read_name(level, place, self.counts)) is not None:
            stretch = _stretch(level, name.end, end)
            posts = posts_within(self.view, self.orgs, self.starts, stretch) if stretch else []
            bare = not stretch and _ATTENDANCE.match(label) and level[name.end : name.end + 1] in ("、", "\n", "", "，")
            if not posts and not bare:
                break
            person = PersonMention(name.name, name.start, name.end, posts, name.sure)
            if _ATTENDANCE.match(label):
                person.actions.add("attend")
            elif label.startswith("主持"):
                person.actions.add("host")
            if _COUNCIL.search(label) and not _ATTENDANCE.match(label):
                posts.append(Post(label, None, place, name.end, "成立的"))
                person.actions |= {"elected"} if place > self.elected_from else set()
            found.append(person)
            place = _next(level, stretch[1] if stretch else name.end, end)
        return found


_BRACKET = re.compile("（[^（）]*(?:（[^（）]*）[^（）]*){0,3}）")


def _stretch(level: str, place: int, end: int) -> tuple[int, int] | None:
    """Where the posts behind a name stand: in its bracket, or between a gap and the line's end."""
    if level[place : place + 1] == "（":
        inner = _BRACKET.match(level, place, end)
        return (place + 1, inner.end() - 1) if inner else None
    gap = re.compile(" +(?=[\u4e00-\u9fff])").match(level, place, end)
    if gap is None:
        return None
    stop = re.compile("[；。]").search(level, gap.end(), end)
    return gap.end(), stop.start() if stop else end


def _next(level: str, place: int, end: int) -> int:
    """Where the next name of the line would begin."""
    while place < end and level[place] in "）、；， ":
        place += 1
    return place
