"""The parts that organisations play in a story, by the words around their mentions."""

from __future__ import annotations

import re
from bisect import bisect_left

from chanjiao.engines.text.facts import Event
from chanjiao.engines.text.organisations import Mention
from chanjiao.engines.text.posts import PersonMention
from chanjiao.engines.text.resolve import Cluster
from chanjiao.engines.text.role_papers import approving, give_by_papers
from chanjiao.engines.text.role_words import BEFORE, BEHIND
from chanjiao.engines.text.view import View, last

_SCHOOLS = ("school_vocational", "university")
_LIST_GAP = re.compile(
    r"^(?:（[^（）]{2,24}）)?(?:、|和|与|及|以及|，|暨|等|共同|联合|携手|会同)+"
    r"(?:[德外台港国民央]资?(?:营|有)?(?:企业|院校)|(?:龙头|知名|本地|当地|骨干|区内|市属|省属)(?:企业|院校|高校))?$"
)
_ATTEND = re.compile(
    "(?<![向对])(?:出席|参加|参会|到会|列席|与会|齐聚|见证)(?![^，。]{0,6}的(?:各位|领导|嘉宾|代表|专家|全体))"
)
_DONE = re.compile("(?:牵头|主办|承办|协办|指导|加入|成立|揭牌|签约|担任[^，]{0,8}单位)[^，、；]{0,6}，")
_SAID = re.compile("(?:发言|致辞|讲话|介绍|汇报|通报|宣读|出席|参加|主持|见证)[^，；]{0,8}，")
_NO_SIGNERS = ("media", "other", "party")
_SIGN = re.compile("(?<![以此本次])签约(?!为)|签署|签订|续签")
_WE_TOO = re.compile("^[、和与及]我[校院]|^(?:[双两三四五六]方|[两三四五六七八九十]家(?:单位)?)(?=共同|联合|牵头|发起)")
_GONE_TO = re.compile(
    "(?:走进|前往|来到|赴|走访了?|(?:带队|率队|先后|一行|下午|上午)到)(?:[^，。；]{4,30}(?:、|和|与))?$"
)
_LOOKED_AT = re.compile("(?:参观|查看|考察)了?(?:[^，。；]{4,30}(?:、|和|与))?$|(?:^|[。\n])在$")
_FOUNDED_TYPES = re.compile("产业学院|研究院|专委会|专业委员会|分会|协会|学会|促进会|联合会|中心$")
_TO_COME = re.compile("要求|希望|要(?!素|点)")  # what is asked for has not been signed
_CONVENED = re.compile("(?:共同|联合)?(?:组织)?召开(?!的)")
_ZONE = re.compile("(?:开发区|高新区|经开区|新区|试验区)$")  # a district, not a house that something takes place in


def _is_signed(text: str, sign: re.Match[str]) -> bool:
    """Whether the sentence tells of something signed, not asked for, witnessed or named as a ceremony."""
    before = text[: sign.start()]
    ceremony = re.match("(?:签约|签署)?仪式(?!上)", text[sign.end() : sign.end() + 3])
    return not (_TO_COME.search(before) or before.endswith("见证") or ceremony)


def _lead(kind: str) -> str:
    if kind in _SCHOOLS:
        return "lead_school"
    return "lead_enterprise" if kind == "enterprise" else "lead"


def _is_committee(cluster: Cluster) -> bool:
    return cluster.type in ("consortium", "other") and "指导委员会" in cluster.name


class RoleFinder:
    """Roles found over one story; each rule adds to the clusters it is given."""

    def __init__(self, view: View, mentions: list[Mention], of_start: dict[int, Cluster]) -> None:
        self.view = view
        self.mentions = mentions
        self.of_start = of_start
        self.starts = [mention.start for mention in mentions]

    def assign(self, people: list[PersonMention], event: Event) -> None:
        """All roles, from the words beside each list of organisations, from people's deeds, from the event."""
        for group in self._lists():
            self._by_context(group)
        self._by_people(people)
        self._signatures(people)
        self._participants(people)
        self._founded()
        self._venue(event)
        self._visited()
        self._committee(event)
        give_by_papers(self.view, self.mentions, self.of_start)

    def _cluster(self, mention: Mention) -> Cluster:
        return self.of_start[mention.start]

    def _lists(self) -> list[list[Mention]]:
        """Mentions that stand in one list, joined by 、 和 与."""
        groups: list[list[Mention]] = []
        for mention in self.mentions:
            gap = self.view.level[groups[-1][-1].end : mention.start] if groups else ""
            if groups and _LIST_GAP.match(gap):
                groups[-1].append(mention)
            else:
                groups.append([mention])
        return groups

    def _by_context(self, group: list[Mention]) -> None:
        level = self.view.level
        behind = _WE_TOO.sub("", level[group[-1].end : group[-1].end + 60].partition("\n")[0])
        before = level[max(0, group[0].start - 24) : group[0].start]
        self._by_what_follows(group, behind, before)
        for pattern, role in BEFORE:
            if pattern.search(before):
                self._by_what_leads(group, role, behind)
        if re.search(r"(?:由|在)$", before) and re.match(r"[^，。]{0,4}(?:的)?指导下?", behind):
            self._give(group, "guidance")

    def _by_what_follows(self, group: list[Mention], behind: str, before: str) -> None:
        for pattern, role in BEHIND:
            if pattern.match(behind):
                self._give(group if role != "issuer" else group[-1:], approving(role, behind))
        if _CONVENED.match(behind) and not before.endswith("在"):
            self._give([mention for mention in group if mention.type != "consortium"], "host")
        if "指导委员会" in group[-1].name and re.match("(?:成员)?(?:单位|部门)", behind):
            self._give(group[:-1], "guidance_committee")

    def _by_what_leads(self, group: list[Mention], role: str, behind: str) -> None:
        if role == "approver?":
            if re.match("[^，。]{0,14}?(?:批准|同意|批复|审批|研究|审核|备案|审议)", behind):
                self._give(group, "approver")
        elif role == "park":
            self._give([m for m in group if m.type in ("park", "park_admin")], "park")
        else:
            self._give(group, role)

    def _give(self, group: list[Mention], role: str) -> None:
        for mention in group:
            cluster = self._cluster(mention)
            if cluster.type == "consortium" and (role == "{lead}" or role.startswith("council")):
                continue  # whose council it is
            if role == "guidance_committee" and _is_committee(cluster):
                continue
            cluster.roles.add(_lead(cluster.type) if role == "{lead}" else role)

    def _by_people(self, people: list[PersonMention]) -> None:
        spoke = {person.name for person in people if "speak" in person.actions}
        for person in people:
            for post in person.posts:
                if post.org is None or post.org.start not in self.of_start:
                    continue
                cluster = self._cluster(post.org)
                if cluster.type == "consortium":
                    continue
                cluster.roles.add("represented")
                if person.name in spoke:
                    cluster.roles.add("speaker")
                if "host" in person.actions and "host" not in cluster.roles:
                    cluster.roles.add("represented")
        for match in re.finditer(
            "(?<!分别)代表(?:联合体|共同体)?(牵头院校|牵头学校|牵头高校|牵头企业)", self.view.level
        ):
            self._spoke_for(people, match)
        for match in re.finditer(r"分别代表([^，。]{4,60}?)(?:致辞|致词|发言|讲话|作|做|表态)", self.view.level):
            self._spoke_for(people, match)

    def _spoke_for(self, people: list[PersonMention], match: re.Match[str]) -> None:
        """A，B，C 分别代表 x、y、z: the n-th person's body is the n-th part named."""
        sentence = self.view.sentence_at(match.start())
        speakers = [p.name for p in people if sentence.start <= p.start < match.start()]
        parts = re.split("、|和|与", match[1])
        for name, part in zip(speakers[-len(parts) :], parts, strict=False):
            enterprise, school = "牵头企业" in part, re.search("牵头(?:院校|学校|高校)", part)
            if not enterprise and not school:
                continue
            for post in (post for p in people if p.name == name for post in p.posts[:1]):
                if post.org is not None and post.org.start in self.of_start:
                    self._cluster(post.org).roles.add("lead_enterprise" if enterprise else "lead_school")

    def _signatures(self, people: list[PersonMention]) -> None:
        for sentence in self.view.sentences:
            text = self.view.level[sentence.start : sentence.end]
            sign = _SIGN.search(text)
            if sign is None or not _is_signed(text, sign):
                continue
            said = last(_SAID, self.view.level, sentence.start, sentence.start + sign.start())
            begin = max(sentence.start + max(0, text.rfind("；", 0, sign.start())), said.end() if said else 0)
            for signed in _SIGN.finditer(self.view.level, begin, sentence.end):
                self._signed_by(people, begin, signed.start())
                begin = signed.end()
            if re.search("分别|与|和|共同|双方|代表", text):
                inside = self._between(said.end() if said else sentence.start, sentence.end)
                near = [one for one in inside if one.end <= sentence.start + sign.end() + 80]
                self._signed_together([one for one in people if one.start < sentence.start], near)

    def _signed_together(self, before: list[PersonMention], mentions: list[Mention]) -> None:
        """The bodies that stand beside 签署, where there are several, but for those of people named before."""
        signers = [one for one in mentions if one.type not in _NO_SIGNERS]
        for mention in signers if len(signers) > 1 else ():
            if not any(post.org is mention for person in before for post in person.posts):
                self._cluster(mention).roles.add("signatory")

    def _signed_by(self, people: list[PersonMention], start: int, end: int) -> None:
        """Those whom the persons named before 签署 represent."""
        names = {person.name for person in people if start <= person.start < end}
        for person in people:
            known = [post.org for post in person.posts if post.org is not None and post.org.start in self.of_start]
            if person.name in names and known:
                signing = min(known, key=lambda org: org.type == "party")  # a mayor signs as such
                self._cluster(signing).roles.add("signatory")

    def _between(self, start: int, end: int) -> list[Mention]:
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def _participants(self, people: list[PersonMention]) -> None:
        posts = {post.org.start for person in people for post in person.posts if post.org is not None}
        for sentence in self.view.sentences:
            verb = last(_ATTEND, self.view.level, sentence.start, sentence.end)
            if verb is None:
                continue
            begun = last(_DONE, self.view.level, sentence.start, verb.start())
            for mention in self._between(begun.end() if begun else sentence.start, verb.start()):
                if mention.start in posts or mention.type in ("consortium", "media") or self._is_setting(mention):
                    continue
                if "指导委员会" in mention.name:
                    continue  # its members came, who are named before it
                self._cluster(mention).roles.add("participant")

    def _is_setting(self, mention: Mention) -> bool:
        """Whether the mention is where or under whom the meeting was held, not who came."""
        before = self.view.level[max(0, mention.start - 2) : mention.start]
        behind = self.view.level[mention.end : mention.end + 14]
        return (
            before.endswith(("在", "由", "于"))
            or re.match(r"[^，。、]{0,8}(?:召开|举行|举办|主办|承办|成立|揭牌|指导下|牵头)", behind) is not None
        )

    def _founded(self) -> None:
        for mention in self.mentions:
            cluster = self._cluster(mention)
            if cluster.type != "consortium" and not _FOUNDED_TYPES.search(mention.name):
                continue
            before = self.view.level[max(0, mention.start - 60) : mention.start].rstrip("“")
            behind = self.view.level[mention.end : mention.end + 30].lstrip("”")
            if re.match(
                r"(?:[^，。、]{0,6}|在[^，。、]{2,24}?|(?:和|与)[^，。、]{4,22}?)(?:正式|隆重)?(?:成立(?!于)|揭牌|组建)",
                behind,
            ) or (
                re.search(r"(?:组建|成立|筹建|共建|揭牌成立|为)(?:了)?(?:[^，。]{2,26}(?:和|、|与))?$", before)
                and re.search("组建|成立|揭牌|筹建", before + behind)
            ):
                cluster.roles.add("founded")

    def _committee(self, event: Event) -> None:
        """The bodies listed at the meeting of a guidance committee as its N members."""
        if "指导委员会" not in event.name:
            return
        for group in self._lists():
            if re.match(
                "等?[0-9]{1,3}[个家](?:成员)?(?:单位|部门)|等(?:成员)?(?:单位|部门)",
                self.view.level[group[-1].end :][:20],
            ):
                self._give(group, "guidance_committee")

    def _visited(self) -> None:
        """The companies and schools that visitors went to see; the only one that they went to received them."""
        gone: dict[str, Cluster] = {}
        for mention in self.mentions:
            if mention.type not in ("enterprise", "school_vocational", "university", "association", "institute"):
                continue
            before, cluster = self.view.level[max(0, mention.start - 40) : mention.start], self._cluster(mention)
            if _GONE_TO.search(before):
                gone[cluster.name] = cluster
            elif _LOOKED_AT.search(before) and (
                not before.endswith("在") or self.view.level.startswith("，", mention.end)
            ):
                cluster.roles.add("venue")
        for cluster in gone.values():
            received = len(gone) == 1 and "represented" in cluster.roles
            cluster.roles |= {"venue", "host"} if received else {"venue"}

    def _venue(self, event: Event) -> None:
        if not event.place:
            return
        for cluster in {id(c): c for c in self.of_start.values()}.values():
            if cluster.type == "park_admin" and "管" not in event.place:
                continue
            if cluster.type == "party" or (_ZONE.search(cluster.name) and event.place not in cluster.forms):
                continue
            if any(form in event.place for form in cluster.forms) or (
                len(event.place) > 4 and cluster.type != "government" and cluster.name.startswith(event.place)
            ):
                cluster.roles.add("venue")
