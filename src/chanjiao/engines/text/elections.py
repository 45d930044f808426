"""Posts to which people are elected in the story itself."""

from __future__ import annotations

import re

from chanjiao.engines.text.organisations import Mention
from chanjiao.engines.text.posts import ELECTED_AS, FRONT_TITLE, PersonMention, Post, org_in, title_pattern
from chanjiao.engines.text.view import View, last


def add_elected_posts(view: View, orgs: list[Mention], found: list[PersonMention]) -> None:
    """Adds the posts to which people were elected: 甲当选为共同体理事长，乙、丙当选为副理事长."""
    level = view.level
    starts = [org.start for org in orgs]
    for index, person in enumerate(found):
        behind = FRONT_TITLE.match(level, person.end)
        verb = ELECTED_AS.match(level, behind.end() if behind else person.end)
        if verb is None or not _in_election(view, person, verb):
            continue
        stop = re.compile("[，。；、！（\n]").search(level, verb.end())
        end = stop.start() if stop else len(level)
        title = last(title_pattern(), level, verb.end(), end)
        if title is None or title.end() != end or end - verb.end() > 40:
            continue
        org = org_in(orgs, starts, verb.end(), end)
        hint = "" if org else "成立的"
        titles = [m for m in title_pattern().finditer(level, verb.end(), end) if level[m.end() : m.end() + 1] == "兼"]
        for who in _listed_before(level, found, index):
            who.posts.extend(Post(one[0], org, one.start(), one.end(), hint) for one in (*titles, title))
            who.actions.add("elected")
    _add_held_posts(view, orgs, starts, found)


_HELD_BY = re.compile(
    r"((?:总|常务|执行|副|轮值|名誉|首任){0,3}(?:理事长|秘书长|会长|主任委员|主任|院长))(?:单位)?由([^，。；\n]{2,60}?)(?:兼任|担任)"
)


def _add_held_posts(view: View, orgs: list[Mention], starts: list[int], found: list[PersonMention]) -> None:
    """The posts of 理事长由县人民政府副县长某某担任."""
    for match in _HELD_BY.finditer(view.level):
        org = org_in(orgs, starts, view.sentence_at(match.start()).start, match.start())
        fits = org is not None and org.end == match.start()
        for person in found:
            if match.start(2) <= person.start < match.end(2) and person.posts:
                post = Post(match[1], org if fits else None, match.start(1), match.end(1), "" if fits else "成立的")
                person.posts.append(post)


def _in_election(view: View, person: PersonMention, verb: re.Match[str]) -> bool:
    if "选" in verb[0] or "聘" in verb[0]:
        return True
    sentence = view.sentence_at(person.start)
    return (
        re.search(
            "选举|当选|产生|推选|推举|选出|聘任|增选|增补|任命|调整|表决|通过",
            view.level[sentence.start : person.start],
        )
        is not None
    )


_LISTED = re.compile("[、和与](?:[\u4e00-\u9fff]{4,30}(?:长|主任|经理|书记|教授|总监|总裁))?")


def _listed_before(level: str, found: list[PersonMention], index: int) -> list[PersonMention]:
    """The person, and those who stand before in the same list of bare names."""
    group = [found[index]]
    while index > 0 and _LISTED.fullmatch(level, found[index - 1].end, group[0].start):
        index -= 1
        group.insert(0, found[index])
    return group
