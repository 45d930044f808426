"""From a programme to the minor groups of occupations it leads to: official where the standard says so, else inferred.

Inference ranks every minor group by a linear model over the features of `programme_model`, and the first of them again
by small trees, trained by `tools/train_matching/train_programmes.py`, each programme judged without its own links.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.matching.items import Evidence
from chanjiao.engines.matching.knowledge import knowledge
from chanjiao.engines.matching.programme_model import Doubles, Programme, ProgrammeModel, level_of
from chanjiao.engines.matching.selection import best
from chanjiao.engines.matching.trees import Trees

LEVELS = ("secondary", "associate", "bachelor")
FIRST = 60  # groups that the trees rank again
TREES_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Destination:
    """A minor group that a programme leads to; `source` is official or inferred."""

    programme: str
    code: str
    name: str
    rank: int
    score: float
    source: str
    reasons: tuple[Evidence, ...]


def in_catalogue(level: str, name: str) -> str:
    """The code of a programme of that level and name, or nothing.

    >>> in_catalogue("associate", "数控技术")
    '460103'
    """
    return _catalogue().get((level, name.strip()), "")


@lru_cache(maxsize=1)
def _catalogue() -> dict[tuple[str, str], str]:
    names = knowledge().programme_names
    return {(level_of(code), name): code for code, name in names.items() if len(code) == 6}


@dataclass(frozen=True, slots=True)
class Line:
    """A linear model over features: mean, spread and weight of each."""

    mean: tuple[float, ...]
    spread: tuple[float, ...]
    weight: tuple[float, ...]

    def scores(self, features: Doubles) -> Doubles:
        """The score of every row."""
        found: Doubles = ((features - np.array(self.mean)) / np.array(self.spread)) @ np.array(self.weight)
        return found


def first_rows(features: Doubles, raw: Doubles) -> tuple[NDArray[np.int64], Doubles]:
    """Which rows the trees rank again, the best by the line's scores `raw` first; and what the trees are asked about
    each: its features and, as one more, how far it lies below the best.
    """
    first = np.argsort(-raw, kind="stable")[:FIRST]
    return first, np.column_stack([features, raw - raw.max()])[first]


@dataclass(frozen=True, slots=True)
class RankingWeights:
    """A linear model, and trees for the rows that it puts first."""

    line: Line
    trees: Trees

    def scores(self, features: Doubles) -> Doubles:
        """Chances that add up to 1 over all groups."""
        raw = self.line.scores(features)
        first, rows = first_rows(features, raw)
        odds = self.trees.scores(rows)
        raw = (1 - TREES_SHARE) * raw + TREES_SHARE * odds.min()
        raw[first] += TREES_SHARE * (odds - odds.min())
        risen = np.exp(raw - raw.max())
        chances: Doubles = risen / risen.sum()
        return chances


@lru_cache(maxsize=1)
def ranking_weights() -> dict[str, RankingWeights]:
    """The trained weights: for programmes with courses, and for a name alone."""
    try:
        text = resources.files("chanjiao.engines.matching").joinpath("model/programmes.json").read_text("utf-8")
        read = json.loads(text)
        return {name: _weights(read[name]) for name in ("courses", "name")}
    except (OSError, ValueError, KeyError) as error:
        raise ChanjiaoError("matching.model_damaged", reason=f"programmes.json: {error}") from None


def _weights(read: dict[str, list[float]]) -> RankingWeights:
    line = Line(*(tuple(map(float, read[part])) for part in ("mean", "spread", "weight")))
    feature, threshold, value = (np.array(read[part]) for part in ("feature", "threshold", "value"))
    return RankingWeights(line, Trees(feature, threshold, value))


@lru_cache(maxsize=1)
def programme_model() -> ProgrammeModel:
    """The model over all embedded official links."""
    known = knowledge()
    return ProgrammeModel(known, sorted(known.links))


def destinations(programme: Programme, top: int = 10, *, inferred_only: bool = False) -> tuple[Destination, ...]:
    """The minor groups that a programme leads to, likeliest first: the official ones, then those inferred.

    A programme is found in the catalogue by code, or by level and name. With `inferred_only` its own official links are
    neither shown nor used; those of other programmes are. Where neither name nor courses hold a letter nothing is
    inferred. Deterministic.

    >>> [(found.code, found.source) for found in destinations(Programme("p", "associate", "数控技术"), 2)]
    [('2-02-07', 'official'), ('2-02-29', 'official')]
    """
    if programme.level not in LEVELS:
        raise ChanjiaoError("option.unknown", name="level", value=programme.level, expected=", ".join(LEVELS))
    known = knowledge()
    code = programme.code or in_catalogue(programme.level, programme.name)
    courses = programme.courses or known.courses.get(code, ())
    full = Programme(programme.id, programme.level, programme.name, courses, code)
    official = () if inferred_only else _official(full)
    if len(official) >= top or not any(map(str.isalpha, full.name + "".join(full.courses))):
        return official[:top]
    taken = {one.code for one in official}
    inferred = _inferred(full, top + len(taken), len(official), taken)
    return (*official, *inferred)[:top]


def _official(programme: Programme) -> tuple[Destination, ...]:
    links = dict.fromkeys(link[:7] for link in knowledge().links.get(programme.code, ()))
    names = knowledge().name_of
    return tuple(
        Destination(programme.id, code, names(code), rank, 1.0, "official", (_printed(programme, code),))
        for rank, code in enumerate(links, start=1)
    )


def _printed(programme: Programme, group: str) -> Evidence:
    links = [link for link in knowledge().links[programme.code] if link.startswith(group)]
    named = "、".join(f"{knowledge().name_of(link)} {link}" for link in links)
    return Evidence("link", named, f"{programme.name} {programme.code}", 1.0)


def _inferred(programme: Programme, count: int, before: int, taken: set[str]) -> tuple[Destination, ...]:
    model = programme_model()
    scores = ranking_weights()["courses" if programme.courses else "name"].scores(model.features(programme))
    found: list[Destination] = []
    for place in best(scores.astype(np.float32), count):
        code = model.groups[place]
        if code not in taken:
            reasons = model.reasons(programme, place)
            rank = before + len(found) + 1
            found.append(
                Destination(programme.id, code, model.names[code], rank, float(scores[place]), "inferred", reasons)
            )
    return tuple(found)
