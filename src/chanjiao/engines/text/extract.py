"""All facts of a story in one pass over its repaired text."""

from __future__ import annotations

import re

from chanjiao.engines.text.anaphora import AnaphorResolver
from chanjiao.engines.text.bare import listed_companies
from chanjiao.engines.text.cited import documents_of
from chanjiao.engines.text.credits import credits_of
from chanjiao.engines.text.deeds import add_speakers, assign_actions
from chanjiao.engines.text.endings import is_subunit, park_pattern
from chanjiao.engines.text.events import event_of
from chanjiao.engines.text.facts import Consortium, Credit, Document, Extraction, Organisation, Person
from chanjiao.engines.text.organisations import Mention, organisation_mentions
from chanjiao.engines.text.people import people_mentions
from chanjiao.engines.text.posts import PersonMention, Post
from chanjiao.engines.text.repair import repair
from chanjiao.engines.text.requirements import requirements_of
from chanjiao.engines.text.resolve import Cluster, clusters_of
from chanjiao.engines.text.roles import RoleFinder
from chanjiao.engines.text.sameness import key_of
from chanjiao.engines.text.view import View, view_of

_KINDS = (("联合体", "municipal"), ("共同体", "industry"), ("集团", "group"), ("联盟", "alliance"))
_WINDOW = 60_000


def extract(text: str) -> Extraction:
    """The facts of a story, damaged or clean; spans are places in the repaired text, which the result carries.

    >>> story = "会议由安庆职业技术学院院长王小明主持。"
    >>> [(p.name, p.org, p.title, p.actions) for p in extract(story).people]
    [('王小明', '安庆职业技术学院', '院长', ('host',))]
    """
    return extract_repaired(repair(text).text)


def extract_repaired(text: str) -> Extraction:
    """The facts of a text that needs no repair; of a text beyond 60,000 characters, those of its beginning."""
    view = view_of(text[:_WINDOW])
    mentions = _with_parks(view, organisation_mentions(view))
    mentions = sorted([*mentions, *listed_companies(view, mentions)], key=lambda one: (one.start, one.end))
    people = people_mentions(view, mentions)
    mentions = _with_bare(view, _without_people(mentions, people), people)
    clusters, of_start = clusters_of(view, mentions)
    assign_actions(view, people)
    event = event_of(view)
    credits = credits_of(view)
    requirements = requirements_of(view, people, [(m.start, of_start[m.start].name) for m in mentions])
    add_speakers(people, {one.by for one in requirements})
    RoleFinder(view, mentions, of_start).assign(people, event)
    _sources(view, clusters, credits)
    anaphors = AnaphorResolver(view, clusters)
    _represented_by_anaphor(people, clusters, anaphors)
    documents = documents_of(view, people)
    found = _people(people, of_start, anaphors)
    units = tuple(person.title for person in found)
    clusters = [c for c in clusters if not _is_noise(c, event.name) and not _is_unit(c, units)]
    return Extraction(
        text=text,
        consortia=_consortia(view, clusters, of_start, documents),
        organisations=tuple(_organisation(cluster) for cluster in clusters),
        people=found,
        event=event,
        documents=documents,
        requirements=requirements,
        credits=credits,
    )


def _represented_by_anaphor(people: list[PersonMention], clusters: list[Cluster], anaphors: AnaphorResolver) -> None:
    """An organisation that a post only means (我校校长, 市长) is represented too."""
    spoke = {person.name for person in people if "speak" in person.actions}
    by_name = {cluster.name: cluster for cluster in clusters}
    for person in people:
        for post in person.posts:
            cluster = by_name.get(anaphors.name_of(post.hint, post.start)) if post.org is None else None
            if cluster is not None and cluster.type != "consortium":
                cluster.roles |= {"represented", "speaker"} if person.name in spoke else {"represented"}


def _with_parks(view: View, mentions: list[Mention]) -> list[Mention]:
    """The mentions, and inside the name of a consortium or of a committee the park it stands on."""
    found = list(mentions)
    for mention in mentions:
        if mention.type not in ("consortium",):
            continue
        match = park_pattern().match(view.level[mention.start : mention.end - 2])
        if match and match.end() > 3:
            end = mention.start + match.end()
            found.append(Mention(mention.start, end, view.text[mention.start : end], "park", 0.9))
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _without_people(mentions: list[Mention], people: list[PersonMention]) -> list[Mention]:
    taken = {place for person in people for place in range(person.start, person.end)}
    return [mention for mention in mentions if mention.start not in taken]


def _with_bare(view: View, mentions: list[Mention], people: list[PersonMention]) -> list[Mention]:
    """The mentions with those that only a post in front of a name shows to be bodies, wherever the text has them."""
    known = {mention.start for mention in mentions}
    bare = [post.org for person in people for post in person.posts if post.org and post.org.start not in known]
    if not bare:
        return mentions
    taken = {place for mention in mentions for place in range(mention.start, mention.end)}
    found = list({mention.start: mention for mention in bare}.values())
    for name, kind in {mention.name: mention.type for mention in bare}.items():
        for match in re.finditer(re.escape(name), view.text):
            if match.start() not in taken and all(match.start() != mention.start for mention in found):
                found.append(Mention(match.start(), match.end(), name, kind, 0.6))
    return sorted([*mentions, *found], key=lambda mention: (mention.start, mention.end))


def _is_noise(cluster: Cluster, event_name: str) -> bool:
    """Bodies that are part of another (a council), or pieces of the event's name."""
    name = cluster.name
    if cluster.type == "other" and (name.endswith(("理事会", "年会", "秘书处")) or name[0] in "年届次"):
        return True
    if is_subunit(name) and "represented" not in cluster.roles:
        return True
    return cluster.type == "other" and not cluster.roles and name in event_name


def _is_unit(cluster: Cluster, titles: tuple[str, ...]) -> bool:
    """Whether the body is a department of another, by the title of who leads it: 管委会 | 人社局局长."""
    return not cluster.roles and any(
        len(title) > len(cluster.name) and title.startswith(cluster.name) for title in titles
    )


def _sources(view: View, clusters: list[Cluster], credits: tuple[Credit, ...]) -> None:
    for cluster in clusters:
        if any(a <= m.start < b for m in cluster.mentions for credit in credits for a, b in credit.spans):
            cluster.roles.add("source")
    for credit in credits:
        if "来源" in credit.role or "稿源" in credit.role:
            for cluster in clusters:
                if any(form in credit.names for form in cluster.forms):
                    cluster.roles.add("source")


def _organisation(cluster: Cluster) -> Organisation:
    spans = tuple((mention.start, mention.end) for mention in cluster.mentions)
    sure = max(mention.sure for mention in cluster.mentions)
    return Organisation(
        cluster.name, cluster.type, tuple(sorted(cluster.roles)), tuple(cluster.aliases), spans, round(sure, 2)
    )


def _consortia(
    view: View, clusters: list[Cluster], of_start: dict[int, Cluster], documents: tuple[Document, ...]
) -> tuple[Consortium, ...]:
    own = [cluster for cluster in clusters if cluster.type == "consortium"]
    parked = [cluster for cluster in own if _park(view, cluster, clusters)]
    found = []
    for cluster in own:
        kind = next((kind for ending, kind in _KINDS if cluster.name.endswith(ending)), "alliance")
        if kind == "municipal" and len(parked) >= 2 and cluster not in parked:
            continue  # the common name of several consortia is none of its own
        spans = tuple((mention.start, mention.end) for mention in cluster.mentions)
        found.append(
            Consortium(cluster.name, kind, _park(view, cluster, clusters), _founding(cluster, documents), spans, 0.9)
        )
    return tuple(found)


def _park(view: View, cluster: Cluster, clusters: list[Cluster]) -> str:
    """The park whose name begins the consortium's, or the only park it is said to rest on."""
    for other in clusters:
        if other.type == "park" and any(
            a.start == b.start and a.end < b.end for a in other.mentions for b in cluster.mentions
        ):
            return other.name
    resting = [other for other in clusters if other.type in ("park", "park_admin") and "park" in other.roles]
    if not cluster.name.endswith("联合体") or sum(c.name.endswith("联合体") for c in clusters) > 1:
        return ""
    if len(resting) == 1:
        return resting[0].name
    leading = [other for other in clusters if other.type in ("park", "park_admin") and "lead" in other.roles]
    return _park_itself(leading[0], clusters) if len(leading) == 1 else ""


def _park_itself(cluster: Cluster, clusters: list[Cluster]) -> str:
    """The park whose committee the organisation is, by the park's fullest name."""
    name = re.sub("管委会$|管理委员会$", "", cluster.name)
    key = key_of(name, "park")
    return next((c.name for c in clusters if c.type == "park" and key_of(c.place + c.body, "park") == key), name)


def _founding(cluster: Cluster, documents: tuple[Document, ...]) -> str:
    for document in documents:
        if _FOUNDS.search(document.title) and any(_speaks_of(document.title, form) for form in cluster.forms):
            return document.title
    unnamed = [d.title for d in documents if _FOUNDS_SOME.search(d.title) and "founded" in cluster.roles]
    return unnamed[0] if len(unnamed) == 1 and cluster.name.endswith("联合体") else ""


def _speaks_of(title: str, name: str) -> bool:
    """Whether the title names the consortium itself and not one of its organs."""
    place = title.find(name)
    return place >= 0 and not title.startswith(_ORGANS, place + len(name))


_ORGANS = ("工作专班", "理事会", "领导小组", "办公室", "专家", "指导委员会", "秘书处", "第")
_FOUNDS = re.compile("组建|成立|设立|批复")
_FOUNDS_SOME = re.compile("关于(?:同意)?(?:组建|成立|设立)(?:市域)?产教联合体的(?:通知|批复|决定)$")


def _people(people: list[PersonMention], of_start: dict[int, Cluster], anaphors: AnaphorResolver) -> tuple[Person, ...]:
    """One entry for each (person, title, organisation), in the order of first mention."""
    entries: dict[tuple[str, str, str], Person] = {}
    order: dict[str, list[PersonMention]] = {}
    for mention in people:
        order.setdefault(mention.name, []).append(mention)
    for name, mentions in order.items():
        actions = tuple(action for action in _ACTIONS if any(action in mention.actions for mention in mentions))
        spans = tuple((mention.start, mention.end) for mention in mentions)
        sure = round(max(mention.sure for mention in mentions), 2)
        posts = [post for mention in mentions for post in mention.posts]
        for org, title in _distinct(posts, of_start, anaphors):
            entries[(name, org, title)] = Person(name, org, title, actions, spans, sure)
        if not posts:
            entries[(name, "", "")] = Person(name, "", "", actions, spans, sure)
    return tuple(entries.values())


_ACTIONS = ("attend", "host", "speak", "unveil", "read_document", "report", "elected")


def _distinct(posts: list[Post], of_start: dict[int, Cluster], anaphors: AnaphorResolver) -> list[tuple[str, str]]:
    """The posts without repetition; a post without its organisation yields to the same one with it."""
    found: list[tuple[str, str]] = []
    for post in posts:
        cluster = of_start.get(post.org.start) if post.org is not None else None
        org = cluster.name if cluster is not None else post.org.name if post.org is not None else ""
        org = org or anaphors.name_of(post.hint, post.start)
        if not org and post.unit is not None:
            org, post.title = post.unit.name, post.title.removeprefix(post.unit.name)
        if (org, post.title) not in found:
            found.append((org, post.title))
    exact = [(org, title) for org, title in found if not _LOOSE.search(title)]
    found = exact or [(org, re.sub("^.*(?=[省市区县校]领导)", "", title)) for org, title in found]
    return [(org, title) for org, title in found if org or not any(o and t == title for o, t in found)]


_LOOSE = re.compile("领导$|领导同志$|^代表$|^负责人$|^专家$")
