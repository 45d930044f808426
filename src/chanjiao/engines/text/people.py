"""People of a story: who holds which post in which body, and what each did."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache

from chanjiao.engines.text.lexicon import words
from chanjiao.engines.text.names import Name, read_name
from chanjiao.engines.text.organisations import Mention
from chanjiao.engines.text.view import View, last

_CORES = words("title_cores.txt")
_MODIFIERS = words("title_modifiers.txt")
_ROLE_ONLY = frozenset(
    "代表 专家 成员 教师 学生 同学 家长 负责人 负责同志 领导 秘书 大师 工匠 博士 导师 劳模 技师 企业代表 学生代表 "
    "教师代表 助理 设计师 院士".split()
)
_SEPARATORS = "、，兼和及与（）/ 暨；"
_VERBS = {
    "host": re.compile("主持"),
    "unveil": re.compile("揭牌|揭幕"),
    "read_document": re.compile("宣读"),
    "speak": re.compile(
        "致辞|致词|致欢迎|致开幕|致答谢|讲话|发言|指出|强调|表示|要求|希望|介绍|说[，：“]|认为|提出|总结|解读|"
        "宣布|阐述|寄语|分享|交流|演讲|作了?[^，。]{0,12}报告|主旨报告|部署|祝贺|提出|谈到|建议|号召"
    ),
    "report": re.compile("汇报|通报|作了?[^，。]{0,16}(?:工作报告|报告|情况介绍|情况说明|说明)|报告了"),
    "attend": re.compile("出席|参加|参会|到会|莅临|列席|见证|应邀|与会|亲临|陪同"),
    "elected": re.compile("当选|选举|推选|推举|增选|聘任|聘为|被聘|任命"),
}


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
    return re.compile(f"(?:(?:{'|'.join(_MODIFIERS)}){{0,3}})(?:{cores})(?!会|处|大会|制|岗|级(?!）)|班子|办公会)")


def people_mentions(view: View, orgs: list[Mention]) -> list[PersonMention]:
    """Every person in the order of the text: behind a title, in front of one, in a list, or named again."""
    counts = Counts(view.level)
    found = _behind_titles(view, orgs, counts)
    found += _in_front_of_titles(view, orgs, found, counts)
    found = _disjoint(found)
    found += _sentence_subjects(view, orgs, found, counts)
    found = _disjoint(found)
    found = _disjoint(found + _named_again(view, found))
    _elected(view, orgs, found)
    return found


class Counts:
    """How often a stretch stands in the first part of a text, counted when asked for."""

    __slots__ = ("_head", "_known")

    def __init__(self, level: str) -> None:
        self._head = level[:6000]
        self._known: dict[str, int] = {}

    def get(self, gram: str, _default: int = 0) -> int:
        """The count of the stretch."""
        found = self._known.get(gram)
        if found is None:
            found = self._known[gram] = self._head.count(gram)
        return found


def _behind_titles(view: View, orgs: list[Mention], counts: Counts) -> list[PersonMention]:
    level = view.level
    found: list[PersonMention] = []
    starts = [org.start for org in orgs]
    for match in title_pattern().finditer(level):
        place = match.end()
        if place < len(level) and level[place] == "（":  # a bracket with the level may stand between
            close = level.find("）", place, place + 14)
            if close > 0 and not read_name(level, place + 1, counts, strict=True):
                place = close + 1
        while place < len(level) and level[place] == " ":
            place += 1
        if place >= len(level) or (found and place < found[-1].end):
            continue
        if len(found) > _MOST:
            break
        name = read_name(level, place, counts) or _odd_name(level, place, match, orgs)
        if name is None or _is_known_org(orgs, starts, name) or not _title_fits(level, match, name):
            continue
        posts = _posts_before(view, orgs, starts, match, found)
        found.append(PersonMention(name.name, name.start, name.end, posts, name.sure))
        found.extend(_listed_after(view, found[-1], orgs, starts, counts))
    return found


_MOST = 1500  # persons of one story; more is no story
_ODD = re.compile(r"[\u3400-\u9fff]{2,3}(?=[，、；。]|等|出席|主持|致辞|讲话)")
_NO_NAME = re.compile(
    "出席|参加|主持|致辞|讲话|表示|指出|强调|介绍|宣读|以及|分别|共同|代表|单位|部门|企业|学校|会议|等|的|和|与|"
    "一行|在|对|就|为|向|作|分管|相关|负责"
)


def _odd_name(level: str, place: int, title: re.Match[str], orgs: list[Mention]) -> Name | None:
    """A name whose surname is in no list, where a body and its post stand right before it."""
    match = _ODD.match(level, place)
    if match is None or title[0] in _ROLE_ONLY or _NO_NAME.search(match[0]) or title_pattern().search(match[0]):
        return None
    near = [org for org in orgs if title.start() - 12 <= org.end <= title.start()]
    return Name(place, match.end(), match[0], 0.6) if near else None


def _title_fits(level: str, match: re.Match[str], name: Name) -> bool:
    """A weak title (代表, 专家) needs a name that ends for certain."""
    if match[0] in _ROLE_ONLY:
        return name.sure > 0.9
    return not (match[0].endswith("长") and level[name.end : name.end + 1] == "市")


def _is_known_org(orgs: list[Mention], starts: list[int], name: Name) -> bool:
    """Whether an organisation begins where the name would."""
    index = bisect_left(starts, name.start)
    return index < len(orgs) and orgs[index].start == name.start and orgs[index].end >= name.end


_REACH = 240  # characters in front of a name in which its posts may stand


def _limit(view: View, found: list[PersonMention], place: int) -> int:
    """How far left the posts of a person may reach: the sentence, or the person before."""
    start = max(view.sentence_at(place).start, place - _REACH)
    for mark in ("；", "："):
        at = view.level.rfind(mark, start, place)
        start = max(start, at + 1)
    return max(start, found[-1].end) if found and found[-1].end > start else start


def _posts_before(
    view: View, orgs: list[Mention], starts: list[int], match: re.Match[str], found: list[PersonMention]
) -> list[Post]:
    """The posts that stand before a name, the organisation carried over 、 and ，."""
    limit = _limit(view, found, match.start())
    before = found[-1] if found and found[-1].end == limit else None
    pieces = _pieces(view, orgs, limit, match.end())
    posts: list[Post] = []
    for start, end in reversed(pieces):
        post = _post(view, orgs, starts, start, end)
        if post is None or (posts and _GROUP_TITLE.search(post.title)):
            break
        posts.append(post)
    posts.reverse()
    _carry_over(posts, before)
    return posts


_GROUP_TITLE = re.compile("(?:负责人|负责同志|代表|领导|嘉宾|专家|教师|学生|人员|(?<!党组)成员|同学|家长|委员单位)$")
_OF_GOVERNMENT = re.compile("(?:副|代|常务副)*(?:省|市|州|区|县|镇|乡)长$")
_OF_SCHOOL = re.compile("(?:副|常务副|执行)*(?:校长|院长)$")


def _carry_over(posts: list[Post], before: PersonMention | None) -> None:
    """The organisation carries over to the posts behind it, but a mayor's post belongs to the government.

    The first post takes it from the person named before in the same sentence.
    """
    last = before.posts[-1] if before is not None and before.posts else None
    org = last.org if last else None
    hint = last.hint if last else ""
    for post in posts:
        if post.org is None and not post.hint:
            if _OF_GOVERNMENT.match(post.title):
                post.hint = "政府" + _seat(org)
            elif post.unit is not None and org is None and not hint:
                post.org, post.title = post.unit, post.title.removeprefix(post.unit.name)
            elif _OF_SCHOOL.match(post.title) and (
                hint or (org is not None and org.type in ("consortium", "enterprise"))
            ):
                post.hint = "学校"
            else:
                post.org, post.hint = org, hint
        org, hint = post.org, post.hint
    if all(post.org is None and not post.hint for post in posts) and any(_IN_SCHOOL.match(p.title) for p in posts):
        for post in posts:
            post.hint = "学校"


_IN_SCHOOL = re.compile("(?:副|常务副|执行)*(?:校长|院长)$|党委|纪委|工会|教务|校长助理|院长助理")


def _seat(org: Mention | None) -> str:
    """The place whose party committee the organisation is: 某市某区委 → 某市某区."""
    return org.name[:-1] if org is not None and re.search("[省市州区县]委$", org.name) else ""


def _pieces(view: View, orgs: list[Mention], limit: int, end: int) -> list[tuple[int, int]]:
    """The stretch cut at separators that stand outside every organisation."""
    level = view.level
    inside = [(org.start, org.end) for org in orgs if org.end > limit and org.start < end]
    pieces, start = [], limit
    defined_to = limit
    for place in range(limit, end):
        char = level[place]
        if char == "（" and "简称" in level[place : place + 6]:
            defined_to = level.find("）", place, end) + 1
        if place < defined_to:
            continue
        if char in _SEPARATORS and not any(a < place < b for a, b in inside) and view.masked[place] == char:
            if char in "和及与" and not _title_end(level, place):
                continue
            if place > start:
                pieces.append((start, place))
            start = place + 1
    if end > start:
        pieces.append((start, end))
    return pieces[-6:]


def _title_end(level: str, place: int) -> bool:
    """Whether a title ends at the place."""
    return any(level.endswith(core, max(0, place - 6), place) for core in _CORES)


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
    if match is None or match.end() != end or _ELECTED_AS.match(level, start):
        return None
    org = _org_in(orgs, starts, start, end)
    title_start = _past_definition(level, org.end, end) if org else start
    lead = _LEADING_WORDS.match(level, title_start, end) if org is None else None
    if lead and lead.end() < match.end() - 1:
        title_start = lead.end()
    hint, unit = "", None
    if org is None:
        hint = _anaphor(level, title_start, end)
        title_start += len(hint)
        hint = hint.removeprefix("党") if hint == "党校" else hint
    elif org.type == "other" and not view.places.match(org.name) and org.name.endswith(_SUBUNITS):
        title_start, org, unit = org.start, None, org  # perhaps inside the body that the post before names
    title = level[title_start:end].strip(" 的“”")
    if org is not None and title == "长" and org.name[-1] in "局院校部厅处":
        title = org.name[-1] + title
    if org is None and not hint:
        org, hint, title = _seat_of(view, title_start, title)
    if not title or len(title) > 24 or _BAD_TITLE.search(title):
        return Post(match[0], org, match.start(), end, hint) if org or len(match[0]) > 1 else None
    return Post(title, org, title_start, end, hint, unit)


_TOWN = re.compile(r"([\u4e00-\u9fff]{2,4}(?:镇|乡|街道))(?=党委|党工委|副?[镇乡]长|办事处|人大)")


def _seat_of(view: View, start: int, title: str) -> tuple[Mention | None, str, str]:
    """A post that names its place but no body: 廊坊市副市长, 薛埠镇党委书记."""
    place = view.places.match(view.level, start)
    if place is not None and _OF_GOVERNMENT.match(title[len(place.name) :]):
        return None, "政府" + place.name, title[len(place.name) :]
    town = _TOWN.match(title)
    if town:
        end = start + town.end()
        return Mention(start, end, town[1], "government", 0.7), "", title[town.end() :]
    return None, "", title


_SUBUNITS = ("办公室", "中心", "委员会", "基地", "工作室", "分会")


def _past_definition(level: str, place: int, end: int) -> int:
    """The place past a bracket that defines a short form."""
    if level[place : place + 1] == "（" and (close := level.find("）", place, end)) > 0:
        return close + 1
    return place


_ELECTED_AS = re.compile(r"(?:同志)?(?:当选为?|担任|任|为|受聘为|被(?:聘|推选|推举|选举|任命)为|兼任)")


def _elected(view: View, orgs: list[Mention], found: list[PersonMention]) -> None:
    """Adds the posts to which people were elected: 甲当选为共同体理事长，乙、丙当选为副理事长."""
    level = view.level
    starts = [org.start for org in orgs]
    for index, person in enumerate(found):
        behind = _FRONT_TITLE.match(level, person.end)
        verb = _ELECTED_AS.match(level, behind.end() if behind else person.end)
        if verb is None or not _in_election(view, person, verb):
            continue
        stop = re.compile("[，。；、！（\n]").search(level, verb.end())
        end = stop.start() if stop else len(level)
        title = last(title_pattern(), level, verb.end(), end)
        if title is None or title.end() != end or end - verb.end() > 40:
            continue
        org = _org_in(orgs, starts, verb.end(), end)
        hint = "" if org else "成立的"
        post = Post(title[0], org, title.start(), end, hint)
        for who in _listed_before(level, found, index):
            who.posts.append(post)
            who.actions.add("elected")


def _in_election(view: View, person: PersonMention, verb: re.Match[str]) -> bool:
    if "选" in verb[0] or "聘" in verb[0]:
        return True
    sentence = view.sentence_at(person.start)
    return re.search("选举|推选|推举|选出|聘任|增选|表决|通过", view.level[sentence.start : person.start]) is not None


def _listed_before(level: str, found: list[PersonMention], index: int) -> list[PersonMention]:
    """The person, and those who stand before in the same list of bare names."""
    group = [found[index]]
    while index > 0 and level[found[index - 1].end : group[0].start] in ("、", "和", "与"):
        index -= 1
        group.insert(0, found[index])
    return group


_BAD_TITLE = re.compile("出席|参加|召开|举行|表示|指出|强调|宣读|主持|致辞|成立|选举|[在由]|以来|工作中|的[^，]{4,}")
_ANAPHOR = re.compile(
    r"(?:我|本|该)?(?:学校|学院|职教集团|产教联合体|联合体|共同体|集团|联盟|公司|协会|学会|商会|管委会|分会)"
    r"(?=(?:[^，、]{0,8}?)(?:党委|党组|副|常务|执行|理事|秘书|书记|主任|校长|院长|董事|总|会长|纪委|工会|团委|"
    r"领导|教师|教授|监事))|"
    r"(?:我|本|该)(?:校|院)|校(?=党委|纪委|团委|工会|领导|长助理)|院(?=党委|纪委|团委|工会|领导)"
)


def _anaphor(level: str, start: int, end: int) -> str:
    """The word that stands for a body named elsewhere: 我校, 集团, 协会."""
    match = _ANAPHOR.match(level, start, end)
    return match[0] if match and match.end() < end else ""


def _org_in(orgs: list[Mention], starts: list[int], start: int, end: int) -> Mention | None:
    """The last organisation that lies within the stretch and leaves room for a title."""
    index = bisect_left(starts, end) - 1
    while index >= 0 and orgs[index].start >= start:
        if orgs[index].end < end:
            return orgs[index]
        index -= 1
    return None


_LIST_MARK = re.compile("、|和|与|，")


def _listed_after(
    view: View, first: PersonMention, orgs: list[Mention], starts: list[int], counts: Counts
) -> list[PersonMention]:
    """Further names that share the title: 副主任甲、乙、丙."""
    level, found, place = view.level, [], first.end
    while level[place : place + 1] in ("、", "和", "与"):
        name = read_name(level, place + 1, counts, strict=True)
        if name is None or _is_known_org(orgs, starts, name) or title_pattern().match(level, name.start):
            break
        if title_pattern().match(level, name.end) or name.sure < 0.78:
            break
        posts = [Post(post.title, post.org, post.start, post.end) for post in first.posts[-1:]]
        found.append(PersonMention(name.name, name.start, name.end, posts, name.sure * 0.95))
        place = name.end
    return found


_FRONT_TITLE = re.compile(
    r"(?:常务副|第一副|执行副|副)?(?:书记|主任|局长|市长|区长|县长|校长|院长|董事长|总经理|秘书长|理事长|会长|"
    r"处长|部长|主席|厅长|司长|总裁|总监|教授|经理|所长|行长|社长|厂长|总工程师|院士|博士|老师|"
    r"总)(?:助理)?(?!长|办)"
)


def _in_front_of_titles(
    view: View, orgs: list[Mention], found: list[PersonMention], counts: Counts
) -> list[PersonMention]:
    """Names with the title behind: 李某某校长致辞. A post that the text gives elsewhere wins over this one."""
    level = view.level
    taken = {place for person in found for place in range(person.start, person.end)}
    known = {person.name for person in found if person.posts}
    added = []
    for match in _FRONT_TITLE.finditer(level):
        for length in (3, 2):
            start = match.start() - length
            if start < 0 or start in taken:
                continue
            name = read_name(level, start, counts, strict=True)
            if name is None or name.end != match.start():
                continue
            place = view.places.match(level, start)
            if place is not None and place.end() >= name.end:
                continue
            before = _before_name(view, orgs, start)
            if before is None:
                continue
            org, hint, unit = before
            posts = [Post(unit + match[0], org, match.start(), match.end(), hint)]
            if name.name in known or match[0] in ("老师", "总", "博士"):
                posts = []
            added.append(PersonMention(name.name, name.start, name.end, posts, name.sure * 0.9))
            break
    return added


_UNIT_BEFORE = re.compile(r"[\u4e00-\u9fff]{0,8}(?:处|科|室|部|中心|工会|系|办)$")
_ANAPHOR_BEFORE = re.compile("(?:我|本|该)(?:校|院)$|(?:学校|学院|集团|公司|协会|联合体|共同体|联盟|校|院)$")
_WORD_BEFORE = re.compile("(?:上|由|请|向|和|与|后|对|中|代表|为)$")


def _before_name(view: View, orgs: list[Mention], start: int) -> tuple[Mention | None, str, str] | None:
    """What stands in front of a name with its title behind: body, word for a body, unit; None where no name begins."""
    level = view.level
    near = [org for org in orgs if start - 9 <= org.end <= start]
    if near and near[-1].end == start:
        return near[-1], "", ""
    edge = view.left_edge(start)
    if near and (unit := _UNIT_BEFORE.fullmatch(level, near[-1].end, start)):
        return near[-1], "", unit[0]
    anaphor = _ANAPHOR_BEFORE.search(level[max(0, start - 4) : start])
    if anaphor:
        return None, anaphor[0], ""
    if edge == start or _WORD_BEFORE.search(level[max(0, start - 2) : start]):
        return None, "", ""
    unit = _UNIT_BEFORE.fullmatch(level, edge, start)
    if unit and level[edge - 1 : edge] in ("、", "，"):
        return _org_of_piece(orgs, edge), "", unit[0]
    return None


def _org_of_piece(orgs: list[Mention], place: int) -> Mention | None:
    """The organisation named shortly in front of a list mark."""
    near = [org for org in orgs if place - 16 <= org.end < place]
    return near[-1] if near else None


_SUBJECT_VERB = re.compile(
    r"(?:在[^，。]{2,20}(?:上|中|时|后))?(?:分别|先后|共同|首先|最后|也|还|就|围绕|代表|主持|宣读|致辞|致词|"
    r"致欢迎|表示|指出|强调|介绍|认为|要求|希望|作[了]?|做[了]?|当选|出席|参加|为[^，。]{2,20}(?:揭牌|授牌)|"
    r"汇报|宣布|发表|谈到|说|提出|总结|从[^，。]{2,12}(?:方面|角度)|对[^，。]{2,24}(?:表示|提出|作|给予)|"
    r"向[^，。]{2,20}(?:表示|介绍|颁发)|结合|回顾|充分|高度|勉励|寄语)"
)


def _sentence_subjects(
    view: View, orgs: list[Mention], found: list[PersonMention], counts: Counts
) -> list[PersonMention]:
    """Names without a title at the head of a clause, with a verb of meetings behind, or between 由 and 主持."""
    level = view.level
    added: list[PersonMention] = []
    starts = [org.start for org in orgs]
    taken = {place for person in found for place in range(person.start, person.end)}
    for match in _CLAUSE_HEAD.finditer(level):
        place = match.end()
        if place in taken:
            continue
        group = _name_list(level, place, counts)
        if not group or _is_known_org(orgs, starts, group[0]):
            continue
        after = group[-1].end
        verb = _SUBJECT_VERB.match(level, after)
        sure = verb is not None or (match[0] == "由" and level.startswith("主持", after))
        if sure and all(_plausible(counts, name) for name in group):
            added.extend(PersonMention(name.name, name.start, name.end, [], name.sure * 0.8) for name in group)
    return added


_CLAUSE_HEAD = re.compile(r"(?:^|[。！？\n，；：”]|由|会上，|随后，|仪式上，)(?=[\u4e00-\u9fff])")


def _plausible(counts: Counts, name: Name) -> bool:
    return name.sure >= 0.78 and (len(name.name) > 2 or counts.get(name.name, 0) > 1 or name.sure > 0.9)


def _name_list(level: str, place: int, counts: Counts) -> list[Name]:
    names = []
    while (name := read_name(level, place, counts, strict=True)) is not None:
        names.append(name)
        if level[name.end : name.end + 1] not in ("、", "和", "与"):
            break
        place = name.end + 1
    return names


def _named_again(view: View, found: list[PersonMention]) -> list[PersonMention]:
    """Every further place of the names that were found."""
    names = sorted({person.name for person in found}, key=len, reverse=True)
    if not names:
        return []
    taken = {person.start for person in found}
    pattern = re.compile("|".join(map(re.escape, names)))
    return [
        PersonMention(m[0], m.start(), m.end(), [], 0.9) for m in pattern.finditer(view.level) if m.start() not in taken
    ]


def _disjoint(found: list[PersonMention]) -> list[PersonMention]:
    chosen: list[PersonMention] = []
    for person in sorted(found, key=lambda one: (one.start, -one.sure)):
        if not chosen or person.start >= chosen[-1].end:
            chosen.append(person)
    return chosen
