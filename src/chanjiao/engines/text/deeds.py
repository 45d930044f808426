"""What people did at the meeting: each verb of a sentence goes to those named as its subject."""

from __future__ import annotations

import re

from chanjiao.engines.text.posts import PersonMention
from chanjiao.engines.text.view import Sentence, View

_SPEAK = re.compile(
    "致辞|致词|致[欢开贺答祝闭感][^，。]{0,3}[辞词]|致贺|致欢迎|致开幕|致答谢|为题[作做]|宣讲|讲话|发言|指出|强调|表示|要求(?=[，：])|介绍|认为|提出|总结|表态|解读|阐述|寄语|"
    "分享|演讲|[作做]了?[^，。]{0,40}(?:主旨|专题|主题|学术|交流)(?:报告|发言|演讲|分享)|部署|建议|号召|希望|"
    "谈到|讲了|讲到|提(?:出)?了?[两三四五六七八九十0-9]+[点条]|宣布|说[，：]|交流"
)
_REPORT = re.compile(
    "(?<!听取)(?<!听取了)汇报(?!会)|通报|(?<![工合协操运])[作做]了?[^，。]{0,20}(?:工作报告|情况介绍|情况说明|说明|"
    "(?<!主旨)(?<!专题)(?<!主题)(?<!学术)报告)|报告了"
)
_ATTEND = re.compile(
    "出席|参加|参会|到会|到场|到现场|陪同|莅临|列席|见证|应邀|与会(?!人员|代表|嘉宾|领导|专家|同志)|亲临|齐聚|就[座坐]"
)
_UNVEIL = re.compile("揭牌|揭幕")
_READ = re.compile("宣读")
_ELECTED = re.compile("当选|连任|选举[^，。]{0,30}为|推选[^，。]{0,30}为|推举|聘任|聘为|增选|增补(?!的)")
_ALL = re.compile("分别|先后|共同|依次|一起|等")


def assign_actions(view: View, people: list[PersonMention]) -> None:
    """Adds to each mention the deeds of its sentence."""
    index = 0
    for sentence in view.sentences:
        inside = []
        while index < len(people) and people[index].start < sentence.end:
            inside.append(people[index])
            index += 1
        text = view.level[sentence.start : sentence.end]
        if inside:
            _in_sentence(view, sentence, text, inside)


def add_speakers(people: list[PersonMention], names: set[str]) -> None:
    """Those whose points the story gives have spoken, by whatever verb."""
    for person in people:
        if person.name in names:
            person.actions.add("speak")


def _in_sentence(view: View, sentence: Sentence, text: str, inside: list[PersonMention]) -> None:
    hosts = _hosts(view, sentence, inside)
    for person in hosts:
        person.actions.add("host")
    rest = [person for person in inside if person not in hosts]
    _predicates(sentence, text, rest)
    for pattern, action in ((_READ, "read_document"), (_REPORT, "report"), (_SPEAK, "speak")):
        for match in pattern.finditer(text):
            for person in _subjects(view, sentence, inside, sentence.start + match.start()):
                person.actions.add(action)
    chosen = _ELECTED.search(text)
    if chosen:
        for person in inside:
            if view.level[person.end : person.end + 12].startswith(
                ("当选", "连任", "为", "任", "担任", "同志为", "等")
            ) or (person.start > sentence.start + chosen.start() and text[chosen.start()] in "选推聘增"):
                person.actions.add("elected")


_PREDICATE = re.compile(
    f"(?P<attend>{_ATTEND.pattern})|(?P<unveil>{_UNVEIL.pattern})|(?P<speak>并(?:分别|先后)?[^，。]{{0,6}}?(?:致辞|"
    f"致词|讲话|发言))|(?P<other>签署|签约|签订|致辞|主持|宣读|介绍|发言|授牌|颁发)"
)


def _predicates(sentence: Sentence, text: str, people: list[PersonMention]) -> None:
    """Attendance and unveiling go to all who stand between the predicate before and this one."""
    group: list[PersonMention] = []
    last = sentence.start
    for match in _PREDICATE.finditer(text):
        place = sentence.start + match.start()
        if match["unveil"] and "；" in text[: match.start()]:
            last = max(last, sentence.start + text.rindex("；", 0, match.start()))
        fresh = [person for person in people if last <= person.start < place]
        group = fresh or group
        if match["attend"] and re.match("[^，。]{0,8}的(?:还|领导|嘉宾)?[^，。]{0,8}(?:有|包括)", text[match.end() :]):
            group = [person for person in people if person.start > place]
        action = match.lastgroup or ""
        for person in group if action != "other" else ():
            person.actions.add(action)
        last = place


def _hosts(view: View, sentence: Sentence, inside: list[PersonMention]) -> list[PersonMention]:
    """Who chairs: the person right before 主持, or all of a list before it."""
    at = view.level.find("主持", sentence.start, sentence.end)
    if at < 0 or view.level.startswith(("主持人", "主持行政", "主持工作", "主持学校"), at):
        return []
    before = [person for person in inside if person.end <= at]
    if not before or re.search("[。；]|出席|参加", view.level[before[-1].end : at]) or at - before[-1].end > 24:
        return []
    found = [before[-1]]
    for person in reversed(before[:-1]):
        if view.level[person.end : found[0].start] not in ("、", "和", "与"):
            break
        found.insert(0, person)
    return found


def _before(people: list[PersonMention], place: int) -> list[PersonMention]:
    return [person for person in people if person.end <= place]


_LISTED = re.compile("[、和与](?:[\u4e00-\u9fff（）]{4,40}(?:长|主任|经理|书记|教授|总监|总裁|主席|工程师))?")


def _subjects(view: View, sentence: Sentence, inside: list[PersonMention], place: int) -> list[PersonMention]:
    """The nearest person before the verb; with 分别 or 先后 between, everybody of the list."""
    before = _before(inside, place)
    if not before:
        return []
    last = before[-1]
    between = view.level[last.end : place]
    if len(between) > 70 or "；" in between:
        return []
    if _ALL.match(between.lstrip("，")) or _ALL.search(between[:12]):
        return _group(view, before)
    found = [last]
    for person in reversed(before[:-1]):
        if not _LISTED.fullmatch(view.level, person.end, found[0].start):
            break
        found.insert(0, person)
    return found


def _group(view: View, before: list[PersonMention]) -> list[PersonMention]:
    """The persons of one list that ends with the last of them: no verb stands between."""
    found = [before[-1]]
    for person in reversed(before[:-1]):
        if re.search(
            "出席|主持|表示|指出|强调|致辞|参加|介绍|宣读|代表[^，]*，", view.level[person.end : found[0].start]
        ):
            break
        found.insert(0, person)
    return found
