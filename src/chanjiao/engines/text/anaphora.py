"""Words that stand for an organisation named elsewhere: 我校, 集团, 协会, and posts that belong to a government."""

from __future__ import annotations

import re
from collections.abc import Callable

from chanjiao.engines.text.endings import is_subunit
from chanjiao.engines.text.posts import title_pattern
from chanjiao.engines.text.resolve import Cluster
from chanjiao.engines.text.view import View

_SCHOOL_TYPES = ("school_vocational", "university")


_Test = Callable[[Cluster], bool]
_GROUP: tuple[_Test, ...] = (
    lambda c: c.name.endswith("集团") and c.type == "consortium",
    lambda c: c.type == "enterprise" and "集团" in c.name,
)
_MEANING: dict[str, tuple[_Test, ...]] = {
    "集团": _GROUP,
    "职教集团": _GROUP,
    "公司": (lambda c: c.type == "enterprise",),
    "成立的": (lambda c: c.type == "consortium", lambda c: c.type == "association"),
}


_WE = re.compile("我[校院]")
_AND_WE = re.compile("[、和与及]我[校院]")
_WE_AND = ("我校、", "我校和", "我校与", "我院、", "我院和", "我院与")
_POST_BEHIND = re.compile(rf"[\u4e00-\u9fff]{{0,8}}?(?:{title_pattern().pattern})[\u4e00-\u9fff]{{2,4}}")


class AnaphorResolver:
    """Finds, for one story, the organisation that such a word means."""

    def __init__(self, view: View, clusters: list[Cluster]) -> None:
        self.view = view
        self.clusters = clusters

    def name_of(self, hint: str, place: int) -> str:
        """The organisation's name, or nothing where the story does not decide."""
        word = hint.lstrip("我本该")
        if word.startswith("政府"):
            return self._government(word[2:])
        if hint.startswith("该") and word in ("校", "院"):
            return self._nearest(place, lambda cluster: cluster.type in _SCHOOL_TYPES)
        if word in ("学校", "校", "院", "学院"):
            return self._school("院" if word.endswith("院") else "", place)
        for fits in _MEANING.get(word, (lambda cluster: bool(word) and cluster.name.endswith(word),)):
            name = self._nearest(place, fits)
            if name:
                return name
        return ""

    def _nearest(self, place: int, fits: Callable[[Cluster], bool]) -> str:
        """The fitting organisation mentioned last before the place, else first behind it."""
        found = [(m.start, c) for c in self.clusters if fits(c) for m in c.mentions]
        before = [pair for pair in found if pair[0] < place]
        if before:
            return max(before, key=lambda pair: pair[0])[1].name
        return min(found, key=lambda pair: pair[0])[1].name if found else ""

    def _school(self, ending: str, place: int) -> str:
        """The school that the story is about, of the ending: the leading one, the one named most, or the nearest."""
        schools = [
            c
            for c in self.clusters
            if c.name.endswith(ending)
            and c.type in _SCHOOL_TYPES
            and not is_subunit(c.name)
            and len(c.name) > 4
            and not self._is_guest(c)
        ]
        leading = [c for c in schools if "lead_school" in c.roles]
        if len(leading) == 1:
            return leading[0].name
        ranked = sorted(schools, key=lambda c: -len(c.mentions))
        if len(ranked) == 1 or (len(ranked) > 1 and len(ranked[0].mentions) > len(ranked[1].mentions)):
            return ranked[0].name
        most = [c for c in ranked if len(c.mentions) == len(ranked[0].mentions)]
        before = [(m.start, c.name) for c in most for m in c.mentions if m.start < place]
        return max(before)[1] if before and self.view.level.rfind("\n", 0, place) < max(before)[0] else ""

    def _is_guest(self, school: Cluster) -> bool:
        """Whether a story told by 我校 names the school beside itself, or only by the post of a visitor."""
        level = self.view.level
        we = _WE.search(level)
        if we is None:
            return False
        beside = any(
            _AND_WE.match(level, m.end) or level[max(0, m.start - 3) : m.start].endswith(_WE_AND)
            for m in school.mentions
        )
        late = min(m.start for m in school.mentions) > max(300, self.view.sentence_at(we.start()).end)
        return beside or late or all(_POST_BEHIND.match(level, m.end) for m in school.mentions)

    def _government(self, seat: str) -> str:
        """The government of the seat, or of the story's city, by the name that the text gives it."""
        wanted = (seat,) if len(seat) > 1 else ("市", self.view.city, self.view.city.removesuffix("市"))
        for cluster in self.clusters:
            if cluster.type != "government" or not cluster.name.endswith("政府"):
                continue
            place = cluster.place.removeprefix("我")
            if place in wanted or (seat not in ("", "市") and place.endswith(seat)):
                return cluster.name
        full = seat if len(seat) > 1 else self.view.city if seat in ("", "市") else self._district(seat)
        return f"{full}人民政府" if full else ""

    def _district(self, level: str) -> str:
        """The district or county that the story names most."""
        names = [m.name for m in self.view.places.finditer(self.view.level) if m.name.endswith(level)]
        return max(set(names), key=lambda name: (names.count(name), name), default="")
