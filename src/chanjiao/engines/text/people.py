"""People of a story: who holds which post in which body, and what each did."""

from __future__ import annotations

import re
from bisect import bisect_left

from chanjiao.engines.text.elections import add_elected_posts
from chanjiao.engines.text.names import Name, read_name
from chanjiao.engines.text.organisations import Mention
from chanjiao.engines.text.posts import FRONT_TITLE, ROLE_ONLY, PersonMention, Post, posts_before, title_pattern
from chanjiao.engines.text.rosters import rostered, tabled
from chanjiao.engines.text.view import View


def people_mentions(view: View, orgs: list[Mention]) -> list[PersonMention]:
    """Every person in the order of the text: behind a title, in front of one, in a list, or named again."""
    counts = Counts(view.level)
    found = _behind_titles(view, orgs, counts)
    found = _disjoint(tabled(view, orgs) + rostered(view, orgs, counts) + found)
    found = _disjoint(found + _in_front_of_titles(view, orgs, found, counts))
    found += _sentence_subjects(view, orgs, found, counts)
    found = _disjoint(found)
    found = _disjoint(found + _named_again(view, found))
    add_elected_posts(view, orgs, found)
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
        name = read_name(level, place, counts) or _odd_name(level, place, match, orgs, found)
        if name is None or _is_known_org(orgs, starts, name) or not _title_fits(level, match, name):
            continue
        posts = posts_before(view, orgs, starts, match, found)
        if posts and (acting := _ACTING.match(level, match.end())):
            posts[-1].title += acting[0]
        found.append(PersonMention(name.name, name.start, name.end, posts, name.sure))
        found.extend(_listed_after(view, found[-1], orgs, starts, counts))
    return found


_ACTING = re.compile("（主持(?:日常|全面|行政)?工作）")
_MOST = 1500  # persons of one story; more is no story


_ODD_END = (
    "(?=[，、；。（]|等|出席|参加|参会|陪同|到会|列席|应邀|主持|致辞|讲话|作|致|分别|先后|共同|强调|指出|介绍|一行)"
)
_ODD = re.compile(rf"[\u3400-\u9fff]{{2,4}}?{_ODD_END}")
# Characters by which names of other languages are written; a longer name consists of them.
_TRANSCRIBED = re.compile(
    "[雅朝鲁毛吐敖鄂包陶查韩阿艾爱安奥巴白班宝毕布才仓曹策昌次措达丹当德地迪丁东多额尔恩法高戈格根古贵果哈海罕呼吉加嘉江金卡凯康柯科克库拉来赖兰郎朗勒雷里力丽利林龙洛马玛"
    "麦曼毛蒙米莫姆木穆那纳娜尼努诺帕朋平坡普齐其恰钦琴青屈仁日萨赛桑森沙山史石斯松苏索塔泰特提铁图土托娃瓦旺维卫乌西希牙亚央依伊音尤余玉泽扎者珠子"
    "祖佐热孜买合曲呷牛火且伍嘎各俄沃夫什拜肉孙坎占散披差猜颂冯]{4,8}?" + _ODD_END
)


_NO_NAME = re.compile(
    "出席|参加|主持|致辞|讲话|表示|指出|强调|介绍|宣读|以及|分别|共同|代表|单位|部门|企业|学校|会议|等|的|和|与|"
    "一行|致|余人|人$|在|对|就|为|向|作|分管|相关|负责|协议|服务|合同"
)


def _odd_name(
    level: str, place: int, title: re.Match[str], orgs: list[Mention], found: list[PersonMention]
) -> Name | None:
    """A name whose surname is in no list, behind a body and its post, or a post that follows another's name."""
    match = _TRANSCRIBED.match(level, place) or _ODD.match(level, place)
    if match is None or title[0] in ROLE_ONLY or _NO_NAME.search(match[0]) or title_pattern().search(match[0]):
        return None
    near = [org for org in orgs if title.start() - 12 <= org.end <= title.start()]
    listed = found and found[-1].posts and _NEXT.fullmatch(level, found[-1].end, title.start())
    return Name(place, match.end(), match[0], 0.6) if near or listed else None


_NEXT = re.compile("[，、][\u4e00-\u9fff]{2,14}")  # a unit in front of the next person's title


def _title_fits(level: str, match: re.Match[str], name: Name) -> bool:
    """A weak title (代表, 专家) needs a name that ends for certain."""
    if match[0] in ROLE_ONLY:
        return name.sure > 0.9 and name.name[0] not in "和与"
    return not (match[0].endswith("长") and level[name.end : name.end + 1] == "市")


def _is_known_org(orgs: list[Mention], starts: list[int], name: Name) -> bool:
    """Whether an organisation begins where the name would."""
    index = bisect_left(starts, name.start)
    return index < len(orgs) and orgs[index].start == name.start and orgs[index].end >= name.end


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
        posts = [Post(post.title, post.org, post.start, post.end, post.hint) for post in first.posts[-1:]]
        found.append(PersonMention(name.name, name.start, name.end, posts, name.sure * 0.95))
        place = name.end
    return found


def _in_front_of_titles(
    view: View, orgs: list[Mention], found: list[PersonMention], counts: Counts
) -> list[PersonMention]:
    """Names with the title behind: 李某某校长致辞. A post that the text gives elsewhere wins over this one."""
    level = view.level
    taken = {place for person in found for place in range(person.start, person.end)}
    known = {person.name for person in found if person.posts}
    added = []
    for match in FRONT_TITLE.finditer(level):
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
    r"汇报|宣布|发表|谈到|说|提出|总结|从[^，。]{2,40}?(?:方面|角度)|对[^，。]{2,24}(?:表示|提出|作|给予)|"
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
