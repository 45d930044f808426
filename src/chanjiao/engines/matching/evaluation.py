"""The engine judged on sets with known answers, beside its baselines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Protocol

import numpy as np

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.matching.baselines import Bm25, TfIdf
from chanjiao.engines.matching.encoders import Encoder
from chanjiao.engines.matching.engine import match
from chanjiao.engines.matching.items import Item, Options, Side
from chanjiao.engines.matching.letters import Floats
from chanjiao.engines.matching.meaning import meaning_model
from chanjiao.engines.matching.measures import Estimate, judged
from chanjiao.engines.matching.rank import Ranking, Text
from chanjiao.engines.matching.titles import title_model
from chanjiao.engines.table_faults import bad_value

Relevance = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Queries, candidates and which candidate is how relevant to which query."""

    name: str
    queries: tuple[Text, ...]
    candidates: tuple[Text, ...]
    relevance: Relevance


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one method reached on one set."""

    set: str
    method: str
    queries: int
    candidates: int
    reached: dict[str, Estimate]


class Scorer(Protocol):
    """Anything that scores every candidate for a query."""

    def scores(self, query: str) -> Floats:
        """One score a candidate."""


def overlap(judged_set: JudgedSet) -> tuple[str, ...]:
    """The queries that the title model was trained on; must be empty for a judgement to count."""
    model = title_model()
    return tuple(query.text for query in judged_set.queries if model.knows(query.text))


def glossed(judged_set: JudgedSet) -> int:
    """How many queries are, as a whole, terms of the glossary behind the meaning model: words, never pairs."""
    return sum(meaning_model().knows(query.text) for query in judged_set.queries)


def evaluated(judged_set: JudgedSet, *, baselines: bool = True, encoder: Encoder | None = None) -> list[Judgement]:
    """The engine on a set, with a sentence encoder where one is given, and the baselines beside it where asked."""
    texts = [candidate.text for candidate in judged_set.candidates]
    found = [_judgement(judged_set, "chanjiao", _by_engine(judged_set))]
    if encoder is not None:
        found.append(_judgement(judged_set, "with encoder", _by_engine(judged_set, encoder)))
    if baselines:
        plain: tuple[tuple[str, Scorer], ...] = (("char TF-IDF", TfIdf(texts)), ("BM25 words", Bm25(texts)))
        found += [_judgement(judged_set, name, _by_scorer(judged_set, scorer)) for name, scorer in plain]
    return found


def _judgement(judged_set: JudgedSet, method: str, orders: Mapping[str, Sequence[str]]) -> Judgement:
    reached = judged(orders, judged_set.relevance)
    return Judgement(judged_set.name, method, len(judged_set.relevance), len(judged_set.candidates), reached)


def _by_engine(judged_set: JudgedSet, encoder: Encoder | None = None) -> dict[str, list[str]]:
    ranking = Ranking(judged_set.candidates, encoder=encoder)
    ids = [candidate.id for candidate in judged_set.candidates]
    return {query.id: _ordered(ranking.scores(query), ids) for query in judged_set.queries}


def _by_scorer(judged_set: JudgedSet, scorer: Scorer) -> dict[str, list[str]]:
    ids = [candidate.id for candidate in judged_set.candidates]
    return {query.id: _ordered(scorer.scores(query.text), ids) for query in judged_set.queries}


def _ordered(scores: Floats, ids: Sequence[str]) -> list[str]:
    return [ids[place] for place in np.argsort(-scores, kind="stable").tolist() if scores[place] > 0]


def read_titles(folder: Path) -> JudgedSet:
    """A set of job titles: queries.tsv and corpus_documents.tsv (id, text), annotations.tsv (query, 0, document, 1)."""
    relevance: Relevance = {}
    for query, _, document, grade in _rows(folder / "annotations.tsv", 4):
        relevance.setdefault(query, {})[document] = float(grade)
    queries = tuple(Text(row[0], row[1]) for row in _rows(folder / "queries.tsv", 2))
    candidates = tuple(Text(row[0], row[1]) for row in _rows(folder / "corpus_documents.tsv", 2))
    return JudgedSet(f"titles {folder.name}", queries, candidates, relevance)


def read_crosswalk(folder: Path) -> tuple[JudgedSet, JudgedSet]:
    """Programmes to occupations and back: programmes.tsv, occupations.tsv (code, name, text), annotations.tsv."""
    programmes = tuple(Text(row[0], f"{row[1]}\n{row[2]}") for row in _rows(folder / "programmes.tsv", 3))
    occupations = tuple(Text(row[0], f"{row[1]}\n{row[2]}") for row in _rows(folder / "occupations.tsv", 3))
    forward: Relevance = {}
    back: Relevance = {}
    for programme, occupation in _rows(folder / "annotations.tsv", 2):
        forward.setdefault(programme, {})[occupation] = 1.0
        back.setdefault(occupation, {})[programme] = 1.0
    return (
        JudgedSet("CIP → SOC", programmes, occupations, forward),
        JudgedSet("SOC → CIP", occupations, programmes, back),
    )


def _rows(path: Path, columns: int) -> list[list[str]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError:
        raise ChanjiaoError("file.missing", path=str(path)) from None
    found = [line.split("\t") for line in lines if line]
    for number, row in enumerate(found, start=1):
        if len(row) < columns:
            raise bad_value(f"{path}:{number}", "row", len(row), str(columns))
    return [row[:columns] for row in found]


@dataclass(frozen=True, slots=True)
class OwnSet:
    """The set that ships: needs and offers of six kinds, every pair of a kind judged."""

    needs: tuple[Item, ...]
    offers: tuple[Item, ...]
    grades: Relevance

    @property
    def pairs(self) -> int:
        """How many pairs have been judged."""
        return sum(need.kind == offer.kind for need in self.needs for offer in self.offers)


def own_set() -> OwnSet:
    """The judged pairs that ship with the engine; the rule of judgement stands at the head of the file.

    >>> own_set().pairs
    360
    """
    text = resources.files("chanjiao.engines.matching").joinpath("judged/own.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    items = {side: tuple(_item(row, side) for row in rows if row[0] == side) for side in ("need", "offer")}
    grades = {
        row[1]: {k: float(v) for k, v in (g.split("=") for g in row[2].split())} for row in rows if row[0] == "judge"
    }
    return OwnSet(items["need"], items["offer"], grades)


def _item(row: list[str], side: str) -> Item:
    sides: dict[str, Side] = {"need": "need", "offer": "offer"}
    return Item(row[2], sides[side], row[1], row[3], row[4], skills=tuple(row[5].split("、")))


def evaluated_own() -> list[Judgement]:
    """The whole engine on the own set, kind by kind and together, beside the baselines on the same texts."""
    own = own_set()
    result = match(own.needs, own.offers, top=1000, options=Options(candidates=1000, least_score=0.0))
    orders: dict[str, list[str]] = {need.id: [] for need in own.needs}
    for pair in result.pairs:
        orders[pair.need].append(pair.offer)
    found = [_own_judgement("own, all kinds", "chanjiao", orders, own.grades, len(own.offers))]
    for kind in dict.fromkeys(need.kind for need in own.needs):
        grades = {need.id: own.grades[need.id] for need in own.needs if need.kind == kind}
        found.append(_own_judgement(f"own, {kind}", "chanjiao", orders, grades, 10))
    for name, scorer in (("char TF-IDF", TfIdf), ("BM25 words", Bm25)):
        found.append(_own_judgement("own, all kinds", name, _own_baseline(own, scorer), own.grades, len(own.offers)))
    return found


def _own_judgement(
    name: str, method: str, orders: Mapping[str, Sequence[str]], grades: Relevance, candidates: int
) -> Judgement:
    return Judgement(name, method, len(grades), candidates, judged(orders, grades))


def _own_baseline(own: OwnSet, scorer: type[TfIdf] | type[Bm25]) -> dict[str, list[str]]:
    orders: dict[str, list[str]] = {}
    for kind in dict.fromkeys(need.kind for need in own.needs):
        offers = [offer for offer in own.offers if offer.kind == kind]
        fitted = scorer([offer.public_text for offer in offers])
        ids = [offer.id for offer in offers]
        for need in own.needs:
            if need.kind == kind:
                orders[need.id] = _ordered(fitted.scores(need.public_text), ids)
    return orders
