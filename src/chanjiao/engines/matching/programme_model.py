"""Known programmes with their links, and every minor group seen through some thirty features for another programme.

What similar programmes lead to (by name, courses and class), and how name and courses compare with the group's
occupations, aliases and functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.matching.items import Evidence
from chanjiao.engines.matching.knowledge import Knowledge
from chanjiao.engines.matching.letters import Floats, Ints, grams, laid_out
from chanjiao.engines.matching.postings import Bags, Postings, Rarity, scaled_to_unit, summed, unit
from chanjiao.engines.matching.selection import best
from chanjiao.engines.matching.titles import raw_texts, reweighted, title_model
from chanjiao.engines.matching.tokens import hashed

_FIRST_DIGITS = {"secondary": "67", "associate": "45", "bachelor": "23"}
_COMMON = re.compile(r"技术人员|工程|技术|应用|管理|与|运营|服务|人员|智能|现代")
NEAREST = 4  # courses that count where the nearest few do
Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme to be placed; `code` is empty where it is not in the catalogue."""

    id: str
    level: str
    name: str
    courses: tuple[str, ...] = ()
    code: str = ""


def level_of(code: str) -> str:
    """The level of a programme code.

    >>> level_of("460103"), level_of("660101"), level_of("260101"), level_of("x")
    ('associate', 'secondary', 'bachelor', '')
    """
    return next((level for level, digits in _FIRST_DIGITS.items() if code[:1] and code[0] in digits), "")


def _class_of(code: str) -> str:
    """The class of a code, in one numbering for all levels."""
    return f"{(int(code[0]) - 2) % 2}{code[1:4]}" if len(code) == 6 else ""


class _Half:
    """One view of all known programmes, and the likeness of another to each of them."""

    def __init__(self, bags: Bags) -> None:
        self._rarity = Rarity(bags)
        self.unit = unit(bags, self._rarity)
        self._postings = Postings(self.unit)

    def likeness(self, bag: Bags) -> Doubles:
        return self._postings.scores(*unit(bag, self._rarity).of(0)).astype(np.float64)


class ProgrammeModel:
    """Known programmes with their links, ready to infer the links of others."""

    def __init__(self, known: Knowledge, codes: Sequence[str]) -> None:
        self.codes = list(codes)
        self.groups = sorted({code[:7] for code in known.occupation_names if len(code) >= 7})
        self.names = known.occupation_names
        place = {group: number for number, group in enumerate(self.groups)}
        self._place = {code: number for number, code in enumerate(self.codes)}
        self.links = np.zeros((len(self.codes), len(self.groups)))
        for row, code in enumerate(self.codes):
            columns = [place[link[:7]] for link in known.links[code] if link[:7] in place]
            self.links[row, columns] = 1
        self.programme_names = [known.programme_names.get(code, "") for code in self.codes]
        self.courses = [known.courses.get(code, ()) for code in self.codes]
        self._classes = np.array([_class_of(code) for code in self.codes])
        self._levels = np.array([level_of(code) for code in self.codes])
        self._lay_out_programmes()
        self._lay_out_groups(known, place)
        self._solve()

    def _lay_out_programmes(self) -> None:
        self._name = _Half(_letters(self.programme_names))
        self._concept = _Half(_concepts(self.programme_names))
        self._course = _Half(_whole(self.courses))
        self._wording = _Half(_letters([" ".join(courses) for courses in self.courses]))

    def _lay_out_groups(self, known: Knowledge, place: dict[str, int]) -> None:
        entries = [(name, code[:7]) for code, name in known.occupation_names.items() if len(code) >= 7]
        entries += [(alias, code[:7]) for code, names in known.aliases.items() for alias in names]
        texts = [text for text, _ in entries]
        self._owner = np.array([place[group] for _, group in entries])
        model = title_model()
        raw = raw_texts(texts)
        self._occupations = {
            "letters": Postings(scaled_to_unit(reweighted(raw.letters, model.letter_rarity))),
            "synonyms": Postings(scaled_to_unit(reweighted(raw.synonyms, model.concept_rarity))),
        }
        self._cores = Postings(_rare([core(text) for text in texts]))
        named: list[list[str]] = [[] for _ in self.groups]
        for text, group in entries:
            named[place[group]].append(text)
        spoken = [" ".join(said) for said in named]
        for code, headings in known.functions.items():
            if code[:7] in place:
                spoken[place[code[:7]]] += " " + " ".join(headings)
        self._lay_out_wholes([" ".join(said) for said in named])
        self._work = _Half(_letters(spoken))
        self._projection = np.array([place.get(group, -1) for group in model.groups])
        self._major = np.array([int(group[0]) for group in self.groups])

    def _lay_out_wholes(self, groups: list[str]) -> None:
        """Groups with all their names, beside whole programmes that decide with them what is rare."""
        self.group_texts = groups
        wholes = list(map(whole_text, self.programme_names, self.courses))
        self._rarity = Rarity(_letters([*wholes, *groups]))
        self._groups = Postings(unit(_letters(groups), self._rarity))
        self._pulls: dict[str, Doubles] = {}

    def _solve(self) -> None:
        """Kernel ridge regressions from programmes to groups: as shipped where the tables are the same, else anew."""
        shipped = _shipped_ridges(self.mark())
        solved = self.ridges() if shipped is None else shipped
        self._ridges = [(kernel, *solved[number]) for number, (kernel, _) in enumerate(_KERNELS)]
        together = self.links.T @ self.links
        np.fill_diagonal(together, 0)
        self._together = together / (self.links.sum(0)[:, None] + 2)

    def mark(self) -> str:
        """A hash of the tables that the regressions were solved from."""
        parts = (self.codes, self.groups, self.programme_names, self.courses)
        return blake2b(repr(parts).encode() + self.links.tobytes(), digest_size=16).hexdigest()

    def ridges(self) -> list[tuple[Doubles, Doubles]]:
        """For each kernel the weights (programmes × groups), and what leaving a programme out divides by."""
        count = len(self.codes)
        views = [
            self._views(Programme(code, level_of(code), self.programme_names[row], self.courses[row], code))
            for row, code in enumerate(self.codes)
        ]
        found: list[tuple[Doubles, Doubles]] = []
        for kernel, penalty in _KERNELS:
            gram = np.array([kernel(view) for view in views]).reshape(count, count)
            inverse = np.linalg.inv((gram + gram.T) / 2 + penalty * np.eye(count))
            found.append((inverse @ self.links, np.diag(inverse).copy()))
        return found

    def _views(self, programme: Programme) -> dict[str, Doubles]:
        mine = _class_of(programme.code)
        same = (self._classes == mine) * 1.0 if mine else np.zeros(len(self.codes))
        near = np.array([other[:2] == mine[:2] for other in self._classes.tolist()]) * 0.4 if mine else same
        return {
            "name": self._name.likeness(_letters([programme.name])),
            "concept": self._concept.likeness(_concepts([programme.name])),
            "course": self._course.likeness(_whole([programme.courses])),
            "wording": self._wording.likeness(_letters([" ".join(programme.courses)])),
            "class": np.maximum(same, near),
        }

    def features(self, programme: Programme, *, without_itself: bool = True) -> Doubles:
        """Features of every minor group (groups × features) for one programme, its own links left out if asked."""
        views = self._views(programme)
        own = self._place.get(programme.code, -1) if without_itself else -1
        links = self.links
        if own >= 0:
            views = {name: np.where(np.arange(len(self.codes)) == own, 0.0, view) for name, view in views.items()}
        found = [self._ridge(number, views, own) for number in range(len(self._ridges))]
        name, wording = views["name"], views["wording"]
        both = name + wording
        for view, count, power in (
            (wording, 5, 2), (wording, 20, 2), (name, 8, 2), (views["course"], 10, 1), (views["concept"], 10, 2),
            (both + 0.3 * views["class"], 8, 3),
        ):  # fmt: skip
            found.append(_votes(view, links, count, power))
        found += [_nearest(view, links) for view in (name, wording, both)]
        total = links.sum(0) - (links[own] if own >= 0 else 0)
        for least in (1.0, 0.4):
            among = (views["class"] >= least) * 1.0
            found.append((among @ links + 0.02 * total / len(links)) / (among.sum() + 1))
        found.append(np.log1p(total))
        found.append(self._by_level(programme.level))
        found.append(np.maximum(found[0], 0) @ self._together)
        compared = self._compared(programme)
        found += compared
        found += [_ranks(compared[number]) / -50 for number in (0, 3, 4, 5)]
        found += [-np.log1p(_ranks(found[number])) for number in (0, 5, 7)]
        named = self._named(programme)
        found += [*named, *(-np.log1p(_ranks(one)) for one in named)]
        return np.stack(found, axis=-1)

    def _ridge(self, number: int, views: dict[str, Doubles], own: int) -> Doubles:
        kernel, weights, diagonal = self._ridges[number]
        if own >= 0:
            left: Doubles = self.links[own] - weights[own] / diagonal[own]
            return left
        found: Doubles = kernel(views) @ weights
        return found

    def _by_level(self, level: str) -> Doubles:
        among = self.links[self._levels == level]
        share = np.array([among[:, self._major == digit].sum() for digit in range(9)])
        found: Doubles = np.log(share[self._major] / max(1.0, share.sum()) + 1e-3)
        return found

    def _compared(self, programme: Programme) -> list[Doubles]:
        """The name and courses of a programme against the occupations, aliases and functions of each group."""
        model = title_model()
        encoded = model.encode([programme.name])
        by_name = [self._strongest(self._occupations["letters"].scores(*encoded.letters.of(0)))]
        by_name.append(self._strongest(self._cores.scores(*_rare([core(programme.name)]).of(0))))
        by_name.append(self._strongest(self._occupations["synonyms"].scores(*encoded.synonyms.of(0))))
        fields = [self._fields(programme.name), self._fields(" ".join(programme.courses))]
        whole = " ".join((programme.name,) * 3 + programme.courses)
        return [*by_name, *fields, self._work.likeness(_letters([whole]))]

    def _named(self, programme: Programme) -> list[Doubles]:
        """Name and courses together against all names of a group; then each course, the nearest and the nearest few."""
        whole = unit(_letters([whole_text(programme.name, programme.courses)]), self._rarity)
        found = self._groups.scores(*whole.of(0)).astype(np.float64)
        pulls = -np.sort(-np.array([self._pull(course) for course in dict.fromkeys(programme.courses)]), axis=0)
        if not len(pulls):
            pulls = np.zeros((1, len(self.groups)))
        return [found, pulls[0], pulls[:NEAREST].mean(axis=0)]

    def _pull(self, course: str) -> Doubles:
        if course not in self._pulls:
            bag = title_model().letters_of([course])
            self._pulls[course] = self._strongest(self._occupations["letters"].scores(*bag.of(0)))
        return self._pulls[course]

    def _strongest(self, scores: Floats) -> Doubles:
        found = np.zeros(len(self.groups))
        np.maximum.at(found, self._owner, scores.astype(np.float64))
        return found

    def _fields(self, text: str) -> Doubles:
        scores = title_model().projected(raw_texts([text]))[0]
        found = np.zeros(len(self.groups))
        found[self._projection[self._projection >= 0]] = scores[self._projection >= 0]
        return found

    def reasons(self, programme: Programme, group: int, *, without_itself: bool = True) -> tuple[Evidence, ...]:
        """The programmes alike that officially lead to a group, then the occupation that its name or courses recall."""
        views = self._views(programme)
        alike = np.where(self.links[:, group] > 0, views["name"] + views["wording"], 0.0)
        if without_itself and programme.code in self._place:
            alike[self._place[programme.code]] = 0
        found = []
        for place in best(alike.astype(np.float32), 3):
            if alike[place] > 0.15:
                found.append(self._neighbour(programme, place, float(alike[place]) / 2))
        scores = self._occupations["letters"].scores(*title_model().encode([programme.name]).letters.of(0))
        named = np.where(self._owner == group, scores, 0)
        if named.max() > 0.1:
            found.append(
                Evidence("word", programme.name, self._entry(int(named.argmax())), round(float(named.max()), 4))
            )
        return tuple(found)

    def _neighbour(self, programme: Programme, place: int, strength: float) -> Evidence:
        shared = sorted(set(programme.courses) & set(self.courses[place]))[:3]
        name = f"{self.programme_names[place]} {self.codes[place]}"
        return Evidence("neighbour", "、".join(shared), name, round(min(1.0, strength), 4))

    def _entry(self, number: int) -> str:
        return self.names[self.groups[int(self._owner[number])]]


def _broad(views: dict[str, Doubles]) -> Doubles:
    return views["name"] + 0.3 * views["concept"] + 0.5 * views["course"] + views["wording"] + 0.5 * views["class"]


def _by_courses(views: dict[str, Doubles]) -> Doubles:
    return views["wording"] + 0.2 * views["name"]


_KERNELS: tuple[tuple[Callable[[dict[str, Doubles]], Doubles], float], ...] = ((_broad, 1.0), (_by_courses, 0.3))


def _shipped_ridges(mark: str) -> list[tuple[Doubles, Doubles]] | None:
    path = resources.files("chanjiao.engines.matching").joinpath("model/programmes.npz")
    if not path.is_file():
        return None
    try:
        with path.open("rb") as source, np.load(source, allow_pickle=False) as arrays:
            if str(arrays["mark"]) != mark:
                return None
            pairs = [(arrays[f"weights{n}"], arrays[f"diagonal{n}"]) for n in range(len(_KERNELS))]
            return [(weights.astype(np.float64), diagonal.astype(np.float64)) for weights, diagonal in pairs]
    except Exception as error:  # a broken archive raises many kinds
        raise ChanjiaoError("matching.model_damaged", reason=f"programmes.npz: {type(error).__name__}") from None


def _votes(view: Doubles, links: Doubles, count: int, power: int) -> Doubles:
    cut = np.partition(view, len(view) - count - 1)[len(view) - count - 1] if count < len(view) else -1.0
    weight = np.where(view > cut, view, 0.0) ** power
    found: Doubles = (weight @ links) / (weight.sum() + 1e-6)
    return found


def _nearest(view: Doubles, links: Doubles) -> Doubles:
    found: Doubles = (links * view[:, None]).max(axis=0)
    return found


def whole_text(name: str, courses: Sequence[str]) -> str:
    """A programme's name and courses in one."""
    return f"{name} {' '.join(courses)}"


def _ranks(scores: Doubles) -> Doubles:
    found = np.empty(len(scores))
    found[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    return found


def core(name: str) -> str:
    """A name without the words that most names have.

    >>> core("智能焊接技术"), core("焊接工程技术人员")
    ('焊接', '焊接')
    """
    return _COMMON.sub("", name) or name


def _rare(texts: Sequence[str]) -> Bags:
    found = _letters(texts)
    damped = Bags(found.starts, found.feature, np.sqrt(found.weight))
    return scaled_to_unit(reweighted(damped, title_model().letter_rarity))


def _letters(texts: Sequence[str]) -> Bags:
    return summed(*grams(laid_out(texts)), len(texts))


def _concepts(texts: Sequence[str]) -> Bags:
    return raw_texts(texts).synonyms


def _whole(courses: Sequence[Sequence[str]]) -> Bags:
    found = [(row, hashed(course)) for row, names in enumerate(courses) for course in sorted(set(names))]
    owner: Ints = np.array([row for row, _ in found], np.int64)
    return summed(owner, np.array([mark for _, mark in found], np.int64), np.ones(len(found), np.float32), len(courses))
