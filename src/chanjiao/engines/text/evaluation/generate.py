"""Stories of the genre made from a seed, with the facts that they state. Names and places are made up.

A story is put together from a scene (founding, council, signing, review meeting), guests, points and credits, each in
several wordings; what is written is recorded as truth while it is written.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from chanjiao.engines.text.evaluation.stories import Story
from chanjiao.engines.text.evaluation.wordings import (
    BUREAU_POSTS,
    BUREAUS,
    CITY_FIRST,
    CITY_LAST,
    CREDITS,
    FIRM_POSTS,
    GIVEN,
    POINTS,
    ROLE_WORDS,
    SCHOOL_POSTS,
    SURNAMES,
    TRADES,
)
from chanjiao.engines.text.facts import (
    Consortium,
    Credit,
    Document,
    Event,
    Extraction,
    Organisation,
    Person,
    Requirement,
)


@dataclass(slots=True)
class _Draft:
    """What is written so far, and what it says."""

    source: random.Random
    parts: list[str] = field(default_factory=list)
    orgs: dict[str, Organisation] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    requirements: list[Requirement] = field(default_factory=list)
    consortia: list[Consortium] = field(default_factory=list)
    credits: dict[str, list[str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def org(self, name: str, kind: str, *roles: str, aliases: tuple[str, ...] = ()) -> str:
        """Records an organisation and gives its name back."""
        known = self.orgs.get(name, Organisation(name, kind))
        both = tuple(dict.fromkeys((*known.roles, *roles)))
        self.orgs[name] = Organisation(name, kind, both, tuple(dict.fromkeys((*known.aliases, *aliases))))
        return name

    def person(self) -> str:
        """A new name."""
        while True:
            given = "".join(self.source.sample(GIVEN, self.source.choice((1, 2, 2))))
            name = self.source.choice(SURNAMES) + given
            if name not in self.used:
                self.used.add(name)
                return name

    def guest(self, name: str, posts: list[tuple[str, str]], *actions: str) -> None:
        """Records a person with posts as (title, organisation)."""
        self.people.extend(Person(name, org, title, actions) for title, org in posts)

    def add(self, *actions: str, name: str) -> None:
        """Records further deeds of a person."""
        self.people = [
            Person(p.name, p.org, p.title, tuple(dict.fromkeys((*p.actions, *actions)))) if p.name == name else p
            for p in self.people
        ]
        for person in self.people:
            if person.name == name and "speak" in actions and person.org in self.orgs:
                self.org(person.org, self.orgs[person.org].type, "speaker")


def generated_story(seed: int) -> Story:
    """The story of a seed; the same seed gives the same story.

    >>> generated_story(1).text == generated_story(1).text
    True
    """
    draft = _Draft(random.Random(seed))  # noqa: S311 (not a secret)
    pick = draft.source.choice
    city = pick(CITY_FIRST) + pick(CITY_LAST)
    school, firm, park = _actors(draft, city)
    name, kind = _consortium(draft, city, park)
    event = _opening(draft, city, name, school)
    speaker = _guests(draft, city, school, firm, park)
    _middle(draft, city, name, school, firm)
    _points(draft, speaker)
    _credit_line(draft)
    draft.consortia.append(Consortium(name, kind, park if park in name else ""))
    text = "".join(draft.parts)
    truth = Extraction(
        text,
        tuple(draft.consortia),
        tuple(draft.orgs.values()),
        tuple(draft.people),
        event,
        tuple(draft.documents),
        tuple(draft.requirements),
        tuple(Credit(role, tuple(names)) for role, names in draft.credits.items()),
    )
    return Story(f"g{seed}", "generated", text, truth)


def _actors(draft: _Draft, city: str) -> tuple[str, str, str]:
    pick = draft.source.choice
    school = city + pick(("职业技术学院", "职业学院", "工程职业学院", "交通职业技术学院", "职业技术大学"))
    firm = (
        city
        + pick("华宏远恒锐海天正")
        + pick("鼎达川通锋泰源诚")
        + pick(("科技有限公司", "重工集团有限公司", "新材料股份有限公司", "汽车部件有限公司", "智能装备股份有限公司"))
    )
    park = city + pick(("经济技术开发区", "高新技术产业开发区", "经济开发区", "临港新区"))
    return school, firm, park


def _consortium(draft: _Draft, city: str, park: str) -> tuple[str, str]:
    pick = draft.source.choice
    trade = pick(TRADES)
    name, kind = pick(
        (
            (f"{city}市域产教联合体", "municipal"),
            (f"{park}产教联合体", "municipal"),
            (f"{city}市{trade}产教联合体", "municipal"),
            (f"全国{trade}行业产教融合共同体", "industry"),
            (f"{city}职业教育集团", "group"),
        )
    )
    draft.org(name, "consortium")
    if park in name:
        draft.org(park, "park")
    return name, kind


def _opening(draft: _Draft, city: str, name: str, school: str) -> Event:
    source = draft.source
    month, day = source.randint(1, 12), source.randint(1, 28)
    year = source.choice((0, 0, 2023, 2024, 2025))
    meeting = name + source.choice(
        ("成立大会", "揭牌仪式", "理事会", f"{year or 2024}年年会", "工作推进会", "第一次全体会议")
    )
    place = source.choice((school + "学术报告厅", f"{city}宾馆", f"{city}国际会展中心", school))
    if place.startswith(school):
        draft.org(school, "school_vocational", "venue")
    else:
        draft.org(place, "other", "venue")
    when = (f"{year}年" if year else "") + f"{month}月{day}日" + source.choice(("", "上午", "下午"))
    held = source.choice(("召开", "举行", "隆重举行", "顺利召开"))
    lead = source.choice(("", "为深化产教融合、校企合作，", "为贯彻落实全国教育大会精神，"))
    draft.parts.append(f"{lead}{when}，{meeting}在{place}{held}。")
    if meeting.endswith(("成立大会", "揭牌仪式")):
        draft.org(name, "consortium", "founded")
    date = f"{year}-{month:02d}-{day:02d}" if year else f"--{month:02d}-{day:02d}"
    attendance = source.choice((0, 80, 120, 150, 200))
    if attendance:
        tail = source.choice(("{n}余名代表参加会议。", "共{n}余人参加会议。", "各成员单位代表{n}余人参加了会议。"))
        draft.parts.append(tail.format(n=attendance))
    return Event(meeting, date, place, attendance)


def _guests(draft: _Draft, city: str, school: str, firm: str, park: str) -> str:
    source = draft.source
    lines, names = [], []
    mayor = draft.person()
    government = draft.org(f"{city}市人民政府", "government", "represented")
    lines.append(f"{government}副市长{mayor}")
    draft.guest(mayor, [("副市长", government)], "attend")
    names.append(mayor)
    for short, full in source.sample(BUREAUS, 2):
        bureau = draft.org(f"{city}市{full}", "government" if short != "总工会" else "union", "represented")
        posts: tuple[str, ...] = source.choice(BUREAU_POSTS) if short != "总工会" else ("副主席",)
        if full.endswith(("会", "委")):
            posts = tuple(post.replace("局长", "主任") for post in posts)
        who = draft.person()
        lines.append(bureau + "、".join(posts) + who)
        draft.guest(who, [(post, bureau) for post in posts], "attend")
        names.append(who)
    who = draft.person()
    committee = draft.org(f"{park}管委会", "park_admin", "represented")
    lines.append(f"{committee}副主任{who}")
    draft.guest(who, [("副主任", committee)], "attend")
    for body, kind, choices in ((school, "school_vocational", SCHOOL_POSTS), (firm, "enterprise", FIRM_POSTS)):
        who, posts = draft.person(), tuple(source.choice(choices))
        draft.org(body, kind, "represented")
        lines.append(body + "、".join(posts) + who)
        draft.guest(who, [(post, body) for post in posts], "attend")
        names.append(who)
    host = draft.person()
    draft.parts.append("，".join(lines) + source.choice(("出席会议。", "等领导出席会议。", "参加会议。", "出席大会。")))
    post = source.choice(("副院长", "党委副书记"))
    draft.parts.append(source.choice((f"会议由{school}{post}{host}主持。\n", f"{school}{post}{host}主持会议。\n")))
    draft.guest(host, [(post, school)], "host")
    return source.choice(names)


def _middle(draft: _Draft, city: str, name: str, school: str, firm: str) -> None:
    source = draft.source
    if source.random() < 0.5:
        shorts = [short for short, _ in source.sample(BUREAUS, 4)]
        for short in shorts:
            taken = any(full for s, full in BUREAUS if s == short and f"{city}市{full}" in draft.orgs)
            owner = next((f"{city}市{full}" for s, full in BUREAUS if s == short and taken), f"市{short}")
            kind = "union" if short == "总工会" else "government"
            draft.org(owner, kind, "participant", aliases=(f"{city}市{short}", short, f"市{short}"))
        draft.parts.append("市" + "、".join(shorts) + "等部门负责人参加会议。\n")
    if source.random() < 0.6:
        verb = source.choice(("共同牵头", "牵头发起", "牵头组建"))
        draft.parts.append(f"{_short(name)}由{school}、{firm}{verb}。")
        draft.org(school, "school_vocational", "lead_school")
        draft.org(firm, "enterprise", "lead_enterprise")
    title = f"{name}" + source.choice(("章程", "三年行动计划", "议事规则", "工作要点"))
    word = source.choice(
        ("会议审议通过了《{t}》。", "会上审议并通过《{t}》。", "会议表决通过了《{t}》。", "会上发布了《{t}》。")
    )
    draft.parts.append(word.format(t=title) + "\n")
    draft.documents.append(Document(title, "announced" if "发布" in word else "adopted"))


def _points(draft: _Draft, speaker: str) -> None:
    source = draft.source
    count = source.randint(2, 4)
    items = source.sample(POINTS, count)
    numeral = "零一二三四"[count]
    kind, word = source.choice((("hope", "希望"), ("requirement", "要求"), ("requirement", "意见")))
    marks = source.choice(
        (
            ["一是", "二是", "三是", "四是"],
            ["一要", "二要", "三要", "四要"],
            ["第一，", "第二，", "第三，", "第四，"],
            ["（一）", "（二）", "（三）", "（四）"],
        )
    )
    head = source.choice((f"{speaker}在讲话中提出{numeral}点{word}：", f"{speaker}就下一步工作提出{numeral}点{word}。"))
    joined = "；".join(mark + item for mark, item in zip(marks, items, strict=False))
    if source.random() < 0.25:
        head, joined = f"{speaker}提出了", "；".join(items) + f"等{count}点{word}"
    draft.parts.append(head + joined + "。\n")
    draft.add("speak", name=speaker)
    draft.requirements.append(Requirement(speaker, kind, tuple(items)))


def _credit_line(draft: _Draft) -> None:
    form = draft.source.choice(CREDITS)
    names = {key: draft.person() for key in "abcd"}
    line = form.format(**names)
    draft.parts.append(line)
    for part in form.strip("（）").replace("　", " ").split():
        label = part.split("{")[0].strip("：/ ")
        roles = label.split("/") if label else []
        keys = [key for key in "abcd" if f"{{{key}}}" in part]
        for role in roles:
            if role in ROLE_WORDS:
                draft.credits.setdefault(role, []).extend(names[key] for key in keys)
    if form.startswith("（记者"):
        draft.credits = {"记者": [names["a"]], "通讯员": [names["b"]]}


def _short(name: str) -> str:
    return next(word for word in ("联合体", "共同体", "集团") if name.endswith(word))
