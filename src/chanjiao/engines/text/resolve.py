"""Which mentions are the same organisation: short and full forms, inherited places, defined abbreviations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from chanjiao.engines.text.endings import park_pattern
from chanjiao.engines.text.lexicon import departments, institution_of_short
from chanjiao.engines.text.organisations import Mention
from chanjiao.engines.text.sameness import in_order, key_of, same_place, shortens, split_place
from chanjiao.engines.text.view import View

_PLACED = frozenset({"government", "party", "union", "park", "park_admin", "association"})
_DEFINED = re.compile(r"^(?:（|\()(?:以下简称|下称|简称|以下称)?[：:]?[“\"]?([^（）“”\"，。]{2,16})[”\"]?(?:）|\))")


@dataclass(slots=True)
class Cluster:
    """One organisation with all its mentions; `name` is its fullest form."""

    mentions: list[Mention]
    type: str
    place: str
    body: str
    forms: list[str] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    inherited: str = ""
    aliases: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The fullest form in the text."""
        return max(self.forms, key=len)


def clusters_of(view: View, mentions: list[Mention]) -> tuple[list[Cluster], dict[int, Cluster]]:
    """The organisations in the order of the text, and the organisation of each mention by its start."""
    clusters: list[Cluster] = []
    of_start: dict[int, Cluster] = {}
    previous: Mention | None = None
    defined = _definitions(view, mentions)
    for found in mentions:
        name = view.level[found.start : found.end]
        name = defined.get(name, name)
        mention = found
        if name == "管委会":
            name = _restored_park(previous, found) + name
            mention = Mention(found.start, found.end, name, found.type, 0.8)
        place, body = split_place(view, name)
        place = _of_neighbour(view, previous, mention, place)
        inherited = _inherited(view, previous, mention, place, of_start)
        cluster = _find(view, clusters, mention, place or inherited, body)
        if cluster is None:
            cluster = Cluster([], mention.type, place or inherited, body)
            cluster.inherited = inherited if not place else ""
            clusters.append(cluster)
        _add(cluster, mention, place, inherited, body)
        of_start[mention.start] = cluster
        previous = mention
    _merge_companies(clusters, of_start)
    for cluster in clusters:
        cluster.aliases = _aliases(view, cluster)
    for short, full in defined.items():
        _add_alias(clusters, full, short)
    return clusters, of_start


def _add(cluster: Cluster, mention: Mention, place: str, inherited: str, body: str) -> None:
    cluster.mentions.append(mention)
    if mention.name not in cluster.forms:
        cluster.forms.append(mention.name)
    if len(place) > len(cluster.place):
        cluster.place = place
    if len(body) > len(cluster.body):
        cluster.body = body
    cluster.inherited = cluster.inherited or (inherited if not place else "")


def _definitions(view: View, mentions: list[Mention]) -> dict[str, str]:
    """Abbreviation → full name, where a bracket behind a name defines one."""
    found: dict[str, str] = {}
    for mention in mentions:
        match = _DEFINED.match(view.level[mention.end : mention.end + 40])
        if match and ("简称" in match[0] or "下称" in match[0] or _abbreviates(match[1], mention.name)):
            found[match[1]] = view.level[mention.start : mention.end]
    return found


def _abbreviates(short: str, full: str) -> bool:
    """Whether the characters of the short form stand in the full form in the same order."""
    places = iter(full)
    return len(short) >= 3 and len(short) < len(full) and all(char in places for char in short)


def _add_alias(clusters: list[Cluster], full: str, short: str) -> None:
    for cluster in clusters:
        if full in cluster.forms and short not in cluster.aliases:
            cluster.aliases.append(short)


def _restored_park(previous: Mention | None, mention: Mention) -> str:
    """The park in front of a bare 管委会: 某新区党工委委员、管委会副主任."""
    if previous is None or mention.start - previous.end > 40:
        return ""
    match = park_pattern().match(previous.name)
    return match[0] if match else ""


def _inherited(view: View, previous: Mention | None, mention: Mention, place: str, of_start: dict[int, Cluster]) -> str:
    """The place that a bare department takes from its neighbour in a list."""
    if place or previous is None or mention.type not in _PLACED:
        return ""
    between = view.level[previous.end : mention.start]
    if between not in ("、", "和", "及", "与", "以及", "，"):
        return ""
    before = of_start.get(previous.start)
    if before is None or before.type not in _PLACED:
        return ""
    own, _ = split_place(view, view.level[previous.start : previous.end])
    park = park_pattern().match(previous.name)
    if not own and before.inherited:
        return before.inherited
    return park[0] if park and park[0] != own and mention.type != "park" else own


def _of_neighbour(view: View, previous: Mention | None, mention: Mention, place: str) -> str:
    """The place itself where a bare level (市政府) stands in one list behind a body of such a place (义乌市委)."""
    if previous is None or place not in ("市", "区", "县", "州", "旗"):
        return place
    if view.level[previous.end : mention.start] not in ("、", "和", ""):
        return place
    before, _ = split_place(view, view.level[previous.start : previous.end])
    return before if len(before) > 2 and before.endswith(place) else place


_SHORT_PARK = re.compile("(?:园区|开发区|新区|(经开区|高新区))?(?:管委会|管理委员会)?")


def _last_of(clusters: list[Cluster], kind: str, park: str) -> Cluster | None:
    """The park or committee named last, of the kind of park that a bare 管委会 or 经开区 says."""
    fits = (cluster for cluster in reversed(clusters) if cluster.type == kind)
    return next((cluster for cluster in fits if park in key_of(cluster.name, kind)), None)


def _find(view: View, clusters: list[Cluster], mention: Mention, place: str, body: str) -> Cluster | None:
    name, key = view.level[mention.start : mention.end], key_of(body, mention.type)
    if (short := _SHORT_PARK.fullmatch(mention.name)) and (meant := _last_of(clusters, mention.type, short[1] or "")):
        return meant
    for cluster in clusters:
        if mention.name in cluster.forms and (len(body) > 4 or same_place(view, cluster.place, place)):
            return cluster
    full = institution_of_short().get(name)
    for cluster in clusters:
        if full and full in cluster.forms:
            return cluster
        if cluster.type != mention.type or key_of(cluster.body, cluster.type) != key:
            continue
        if same_place(view, cluster.place, place) and not (mention.type == "enterprise" and len(key) < 2):
            return cluster
    return _same_consortium(clusters, mention) or _same_school(clusters, mention)


def _same_school(clusters: list[Cluster], mention: Mention) -> Cluster | None:
    """The one school whose full name holds the characters of a short form such as 合工大 in order."""
    if mention.type not in ("university", "school_vocational") or len(mention.name) > 6:
        return None
    if mention.name.endswith(("学院", "大学")):
        # A city's 某某学院 is another school than its 某某职业技术学院, which shortens to 某某职院.
        return None
    found = [
        cluster
        for cluster in clusters
        if cluster.type in ("university", "school_vocational")
        and len(cluster.name) > len(mention.name) + 1
        and (cluster.name[0] == mention.name[0] or (len(mention.name) > 2 and mention.name.endswith(("职院", "职大"))))
        and in_order(mention.name, cluster.name)
    ]
    return found[0] if len(found) == 1 else None


def _same_consortium(clusters: list[Cluster], mention: Mention) -> Cluster | None:
    """The one consortium of which the name is a shorter or a longer form."""
    if mention.type != "consortium":
        return None
    name = key_of(mention.name, mention.type)
    found = [
        cluster
        for cluster in clusters
        if cluster.type == "consortium"
        and shortens(name, key_of(cluster.name, cluster.type))
        and not (
            ("市域" in mention.name + cluster.name)
            and bool(park_pattern().match(mention.name)) != bool(park_pattern().match(cluster.name))
        )
    ]
    return found[0] if len(found) == 1 else None


def _merge_companies(clusters: list[Cluster], of_start: dict[int, Cluster]) -> None:
    """A short form of a company joins the one company whose name holds its core."""
    for short in list(clusters):
        if short.type != "enterprise" or re.search("公司$", short.name):
            continue
        core = key_of(short.body, "enterprise")
        fuller = [
            c
            for c in clusters
            if c is not short
            and c.type == "enterprise"
            and len(core) >= 2
            and core in c.body
            and c.body.endswith("公司")
            and c.body.find(core) <= 2
        ]
        if len(fuller) == 1:
            target = fuller[0]
            target.mentions.extend(short.mentions)
            target.forms.extend(form for form in short.forms if form not in target.forms)
            for mention in short.mentions:
                of_start[mention.start] = target
            clusters.remove(short)


def _aliases(view: View, cluster: Cluster) -> list[str]:
    """The other forms, and the form with the place restored."""
    name = cluster.name
    found = [form for form in cluster.forms if form != name]
    place, body = split_place(view, name)
    if cluster.type in _PLACED | {"enterprise", "institute", "school_vocational", "other"}:
        level = place.removeprefix("我")
        if level and len(cluster.place) > len(place) and cluster.place.endswith(level):
            found.append(cluster.place + body)
        elif level == "市" and view.city:
            found.append(view.city + body)
        elif level in ("区", "县", "州", "盟", "旗", "自治区") and (district := _district(view, cluster, level)):
            found.append(district + body)
        elif not place and cluster.inherited and cluster.inherited not in ("市", "我市"):
            found.append(cluster.inherited + body)
        elif (
            view.city
            and not place
            and cluster.type in _PLACED
            and (cluster.inherited or name in departments())
            and name[-1] != "部"
        ):
            found += [f"市{body}", view.city + body]
    return list(dict.fromkeys(form for form in found if form != name))


def _district(view: View, cluster: Cluster, level: str) -> str:
    """The district or county named nearest in front of the organisation."""
    head = view.level[: cluster.mentions[0].start]
    names = [m.name for m in view.places.finditer(head) if m.name.endswith(level) and len(m.name) > 2]
    return names[-1] if names else ""
