"""The posts in front of a name: body and title of each, the body carried over, words that stand for a body."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache

from chanjiao.engines.text.lexicon import words
from chanjiao.engines.text.organisations import Mention
from chanjiao.engines.text.seats import OF_GOVERNMENT, head_seat, is_unit, seat_of
from chanjiao.engines.text.view import View, last

_CORES = words("title_cores.txt")
_MODIFIERS = words("title_modifiers.txt")
ROLE_ONLY = frozenset(
    "代表 专家 成员 教师 学生 同学 家长 负责人 负责同志 领导 秘书 大师 工匠 博士 导师 劳模 技师 企业代表 学生代表 "
    "教师代表 助理 设计师 院士".split()
)
_SEPARATORS = "、，兼和及与（）/ 暨；"


@dataclass(slots=True)
class Post:
    """A post: the organisation's mention (None where the text gives none), the title, a word such as 学校 for it."""

    title: str
    org: Mention | None
    start: int
    end: int
    hint: str = ""
    unit: Mention | None = None


@dataclass(slots=True)
class PersonMention:
    """A person named at a place with the posts that the place gives; `actions` fill later."""

    name: str
    start: int
    end: int
    posts: list[Post]
    sure: float
    actions: set[str] = field(default_factory=set)


@cache
def title_pattern() -> re.Pattern[str]:
    """A title's core with its modifiers."""
    cores = "|".join(sorted(set(_CORES), key=len, reverse=True))
    no_title = "会|处|大会|制|岗|级(?!）)|班子|办公会|台[就上]"
    return re.compile(f"(?:(?:{'|'.join(_MODIFIERS)}){{0,3}})(?:{cores})(?!{no_title})")


_REACH = 240  # characters in front of a name in which its posts may stand


def _limit(view: View, found: list[PersonMention], place: int) -> int:
    """How far left the posts of a person may reach: the sentence, or the person before."""
    start = max(view.sentence_at(place).start, place - _REACH)
    for mark in ("；", "："):
        at = view.level.rfind(mark, start, place)
        start = max(start, at + 1)
    return max(start, found[-1].end) if found and found[-1].end > start else start


def posts_before(
    view: View, orgs: list[Mention], starts: list[int], match: re.Match[str], found: list[PersonMention]
) -> list[Post]:
    """The posts that stand before a name, the organisation carried over 、 and ，."""
    limit = _limit(view, found, match.start())
    before = found[-1] if found and found[-1].end == limit else None
    return posts_within(view, orgs, starts, (limit, match.end()), before)


def posts_within(
    view: View,
    orgs: list[Mention],
    starts: list[int],
    stretch: tuple[int, int],
    before: PersonMention | None = None,
) -> list[Post]:
    """The posts at the end of a stretch, from the last leftward as far as every piece is a post."""
    posts: list[Post] = []
    for start, end in reversed(_pieces(view, orgs, *stretch)):
        post = _post(view, orgs, starts, start, end)
        if post is None or (posts and _GROUP_TITLE.search(post.title)):
            break
        posts.append(post)
    posts.reverse()
    _carry_over(posts, before)
    return posts


_OF_COUNCIL = re.compile(
    "(?:第[一二三四五六七八九十]{1,3}届)?理事会?(?=(?:副|常务|执行)*理事长)|首任理事长|第[一二三四五六七八九十]任理事长"
)
_GROUP_TITLE = re.compile("(?:负责人|负责同志|代表|领导|嘉宾|专家|教师|学生|人员|(?<!党组)成员|同学|家长|委员单位)$")
_NO_SCHOOLS = ("government", "party", "park", "park_admin", "union", "association")
_OF_SCHOOL = re.compile("(?:副|常务副|执行)*(?:校长|院长)$")


def _carry_over(posts: list[Post], before: PersonMention | None) -> None:
    """The organisation carries over to the posts behind it, but a mayor's post belongs to the government.

    The first post takes it from the person named before in the same sentence.
    """
    last = before.posts[-1] if before is not None and before.posts else None
    org = last.org if last else None
    hint = last.hint if last else ""
    if org is not None and org.type in _NO_SCHOOLS and any(_OF_SCHOOL.match(post.title) for post in posts):
        org, hint = None, "学校"
    for post in posts:
        if post.org is None and not post.hint:
            if _OF_ANY_COUNCIL.match(post.title) and org is not None and org.type in _HAVE_NO_COUNCIL:
                post.hint = "成立的"
                continue
            _belong(post, org, hint, before)
        org, hint = post.org, post.hint
    if all(post.org is None and not post.hint for post in posts) and any(_IN_SCHOOL.match(p.title) for p in posts):
        for post in posts:
            post.hint = "学校"


def _belong(post: Post, org: Mention | None, hint: str, before: PersonMention | None) -> None:
    """Gives a post without a body the one carried over to it, or the one that such a post belongs to."""
    if OF_GOVERNMENT.match(post.title):
        seat = head_seat(org, post.title)
        post.hint = hint if hint.startswith("政府") and org is None else "政府" + seat
    elif post.unit is not None and not _may_hold(org, hint, post.unit):
        if post.unit.name.endswith("学院"):
            post.hint = "学校"  # the story's school, where it has one
        else:
            post.org, post.title = post.unit, post.title.removeprefix(post.unit.name)
    elif _OF_SCHOOL.match(post.title) and (hint or (org is not None and org.type in ("consortium", "enterprise"))):
        post.hint = "学校"
    elif post.title.startswith("党工委") and org and org.type == "park_admin" and (park := _park_of(before)):
        post.org = park
    else:
        post.org, post.hint = org, hint


def _park_of(before: PersonMention | None) -> Mention | None:
    """The park whose party committee the person before belongs to."""
    posts = before.posts if before else []
    return next((post.org for post in posts if post.org is not None and post.org.type == "park"), None)


def _may_hold(org: Mention | None, hint: str, unit: Mention) -> bool:
    """Whether the unit may lie inside the body named before it: a college only in a school."""
    if unit.name.endswith("学院"):
        return hint == "学校" or (org is not None and org.type in ("school_vocational", "university"))
    return org is not None or bool(hint)


_OF_ANY_COUNCIL = re.compile(
    "(?:第[一二三四五六七八九十]{1,3}届)?(?:理事会)?(?:副|常务|执行|轮值|联席|名誉|首任|首届)*(?:理事长|监事长)$"
)
_HAVE_NO_COUNCIL = ("school_vocational", "university", "enterprise", "government", "park_admin")
_IN_SCHOOL = re.compile("(?:副|常务副|执行)*(?:校长|院长)$|党委|纪委|工会|教务|校长助理|院长助理")


def _pieces(view: View, orgs: list[Mention], limit: int, end: int) -> list[tuple[int, int]]:
    """The stretch cut at separators that stand outside every organisation."""
    level = view.level
    inside = [(org.start, org.end) for org in orgs if org.end > limit and org.start < end]
    pieces, start = [], limit
    defined_to = limit
    for place in range(limit, end):
        char = level[place]
        if char == "（" and ("简称" in level[place : place + 6] or _UNIT_IN_BRACKETS.match(level, place)):
            defined_to = level.find("）", place, end) + 1
        if place < defined_to:
            continue
        if char in _SEPARATORS and not any(a < place < b for a, b in inside) and view.masked[place] == char:
            if char in "和及与" and not _title_end(level, place):
                continue
            if char == " " and level[start:place].strip() and any(a <= start and b == place for a, b in inside):
                continue  # a gap between a body and its post
            if place > start:
                pieces.append((start, place))
            start = place + 1
    if end > start:
        pieces.append((start, end))
    return pieces[-6:]


def _title_end(level: str, place: int) -> bool:
    """Whether a title ends at the place."""
    return any(level.endswith(core, max(0, place - 6), place) for core in _CORES)


FRONT_TITLE = re.compile(
    r"(?:常务副|第一副|执行副|副)?(?:书记|主任|局长|市长|区长|县长|校长|院长|董事长|总经理|秘书长|理事长|会长|"
    r"处长|部长|主席|厅长|司长|总裁|总监|教授|经理|所长|行长|社长|厂长|总工程师|院士|博士|老师|"
    r"总)(?:助理)?(?!长|办)"
)
_LEADING_WORDS = re.compile(
    r"(?:由|和|与|及|以及|随后|会上|最后|接着|首先|同时|其中|来自|邀请|特邀|邀请了|在|经|向|对|为|时任|会议|"
    r"大会|仪式|活动|论坛|签约仪式|揭牌仪式|会议由|大会由|仪式由|活动由|会议特邀|选举|推选|聘任|聘请|同意|"
    r"上午|下午|[0-9]+日|当选|代表|欢迎|感谢|我们|各位|有|另有|还有|包括|增选|增补|任命|决定|通过|会见了|陪同|"
    r"以|请|是|陪同的有|出席的有|出席会议的有|参加会议的有|出席会议的领导有|等)+"
)


def _post(view: View, orgs: list[Mention], starts: list[int], start: int, end: int) -> Post | None:
    level = view.level
    while start < end and level[start] in " “”":
        start += 1
    match = last(title_pattern(), level, start, end)
    if match is None or match.end() != end or ELECTED_AS.match(level, start) or _ELECTION_IN.search(level, start, end):
        return None
    org = org_in(orgs, starts, start, end)
    title_start = _past_definition(level, org.end, end) if org else start
    lead = _LEADING_WORDS.match(level, title_start, end) if org is None else None
    if lead and lead.end() < match.end() - 1:
        title_start = lead.end()
    hint, unit = "", None
    if org is None:
        hint = _anaphor(level, title_start, end)
        title_start += len(hint)
        hint = hint.removeprefix("党") if hint == "党校" else hint
    elif is_unit(view, org):
        title_start, org, unit = org.start, None, org  # perhaps inside the body that the post before names
    title = level[title_start:end].strip(" 的“”").removeprefix("新任").removeprefix("现任")
    if org is not None and title == "长" and org.name[-1] in "局院校部厅处":
        title = org.name[-1] + title
    if org is None and not hint:
        org, hint, title = seat_of(view, title_start, title)
    if org is None and not hint and _OF_COUNCIL.match(title):
        hint = "成立的"
    if not title or len(title) > 24 or _BAD_TITLE.search(title):
        return Post(match[0], org, match.start(), end, hint) if org or len(match[0]) > 1 else None
    return Post(title, org, title_start, end, hint, unit)


_UNIT_IN_BRACKETS = re.compile("（[^（）]{2,12}(?:部|处|办|室|科|局)）")


def _past_definition(level: str, place: int, end: int) -> int:
    """The place past a bracket that defines a short form."""
    if level[place : place + 1] == "（" and (close := level.find("）", place, end)) > 0:
        return close + 1
    return place


ELECTED_AS = re.compile(
    r"(?:同志)?(?:等[0-9]{1,3}[人名位](?:同志)?)?(?:当选为?|担任|任|为|受聘为|被(?:聘|推选|推举|选举|任命)为|兼任)"
)
_ELECTION_IN = re.compile("当选|受聘|选为|(?<=[\u4e00-\u9fff]{2})为(?=(?:副|常务|执行)*(?:理事|秘书长|会长|主任))")
_BAD_TITLE = re.compile("出席|参加|召开|举行|表示|指出|强调|宣读|主持|致辞|成立|选举|[在由]|以来|工作中|的[^，]{4,}")
_ANAPHOR = re.compile(
    r"(?:我|本|该)?(?:学校|学院|职教集团|产教联合体|联合体|共同体|集团|联盟|公司|协会|学会|商会|管委会|分会|指导委员会|产业学院|专委会|专业委员会|促进会|研究会|联合会|职教社)"
    r"(?=(?:[^，、]{0,8}?)(?:党委|党组|副|常务|执行|理事|秘书|书记|主任|校长|院长|董事|总|会长|纪委|工会|团委|"
    r"领导|教师|教授|监事|[^，、]{0,10}(?:处|部|系|办公室|中心)(?:副?处长|副?部长|副?主任)))|"
    r"(?:我|本|该)(?:校|院)|校(?=党委|党总支|党支部|纪委|团委|工会|领导|长助理)|院(?=党委|纪委|团委|工会|领导)"
)


def _anaphor(level: str, start: int, end: int) -> str:
    """The word that stands for a body named elsewhere: 我校, 集团, 协会."""
    match = _ANAPHOR.match(level, start, end)
    return match[0] if match and match.end() < end else ""


def org_in(orgs: list[Mention], starts: list[int], start: int, end: int) -> Mention | None:
    """The last organisation that lies within the stretch and leaves room for a title."""
    index = bisect_left(starts, end) - 1
    while index >= 0 and orgs[index].start >= start:
        if orgs[index].end < end:
            return orgs[index]
        index -= 1
    return None
