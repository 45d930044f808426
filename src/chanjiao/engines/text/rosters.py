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
)
_LINE = re.compile(rf"(?m)^[ ]*(?:(?P<label>{_OFFICE})[ ]*[：:]?[ ]*|)(?=[\u4e00-\u9fff])")
_LABEL_ALONE = re.compile(
    rf"(?m)^[ ]*(?:（?[一二三四五六七八九十]）?[、.]?)?(?P<label>{_OFFICE})(?:（[^）]{{1,12}}）)?[ ]*[：:]?[ ]*$"
)
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
            if not stretch or not posts:
                break
            person = PersonMention(name.name, name.start, name.end, posts, name.sure)
            if _COUNCIL.search(label):
                posts.append(Post(label, None, place, name.end, "成立的"))
                person.actions |= {"elected"} if place > self.elected_from else set()
            found.append(person)
            place = _next(level, stretch[1], end)
        return found


def _stretch(level: str, place: int, end: int) -> tuple[int, int] | None:
    """Where the posts behind a name stand: in its bracket, or between a gap and the line's end."""
    if level[place : place + 1] == "（":
        close = level.find("）", place, end)
        return (place + 1, close) if close > 0 else None
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
