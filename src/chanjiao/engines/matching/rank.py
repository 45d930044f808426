"""Texts ranked for texts: what `chanjiao rank` answers, and what the public sets judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.matching.encoders import Encoder
from chanjiao.engines.matching.forms import HEAD, LIKENESSES, SHARES, body, form, form_of_all, head
from chanjiao.engines.matching.items import KINDS, Evidence, Factor
from chanjiao.engines.matching.letters import Floats
from chanjiao.engines.matching.likeness import FAINT, evidence, related
from chanjiao.engines.matching.meaning import meaning_model
from chanjiao.engines.matching.postings import Bags, Postings, scaled_to_unit, summed
from chanjiao.engines.matching.selection import best
from chanjiao.engines.matching.titles import CHANNELS, raw_texts, title_model
from chanjiao.engines.matching.tokens import code_tokens, hashed, spoken

# What an encoder says of texts longer than a title: shares of the whole, the first line and the rest.
ENCODED = (0.48, 0.20, 0.32)
# A candidate that an encoder finds like all others is like a query by chance: this share of its mean likeness to all
# candidates is taken off, less among few.
COMMON, FEW = 0.6, 50
LEAST = 1e-6
CODES_SHARE = 0.25
SKILLS_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Text:
    """Something to be ranked, or ranked for: a text with optional kind, codes and skills."""

    id: str
    text: str
    kind: str = ""
    codes: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate's place for a query; the factors' values add up to the score."""

    query: str
    candidate: str
    rank: int
    score: float
    factors: tuple[Factor, ...]


class _Layer:
    """One text of each candidate in every likeness, rarity as in the candidates."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._model = title_model()
        raw = raw_texts(texts)
        self._rarity = self._model.blended(raw.counts)
        encoded = self._model.weighted(raw, self._rarity)
        self._postings = {name: Postings(encoded.channel(name)) for name in CHANNELS}
        self._meant = meaning_model().encode(texts)

    def scores(self, text: str) -> dict[str, Floats]:
        """The likeness of a text with every candidate in each way."""
        encoded = self._model.weighted(raw_texts([text]), self._rarity)
        found = {name: self._postings[name].scores(*encoded.channel(name).of(0)) for name in CHANNELS}
        meant = self._meant @ meaning_model().encode([text])[0]
        found["meaning"] = np.where(meant > FAINT, meant, 0)
        return found


class _Encoded:
    """Candidates as a sentence encoder reads them: whole, and where some are long their heads and bodies as well."""

    def __init__(self, encoder: Encoder, texts: Sequence[str], parted: bool) -> None:
        self._encoder = encoder
        views: tuple[Callable[[str], str], ...] = (str, head, body) if parted else (str,)
        shares = ENCODED if parted else (1.0,)
        read = [encoder.encode([view(text) for text in texts]) for view in views]
        self._views = list(zip(shares, views, read, strict=True))
        self._common = COMMON * len(texts) / (len(texts) + FEW) * (read[0] @ read[0].mean(axis=0))

    def scores(self, text: str) -> Floats:
        """The likeness of a text with every candidate."""
        near = [
            share * np.maximum(rows @ self._encoder.encode([view(text)])[0], 0) for share, view, rows in self._views
        ]
        found: Floats = np.maximum(np.sum(near, axis=0) - self._common, 0).astype(np.float32)
        return found


class Ranking:
    """Candidates laid out once for any number of queries.

    Rarity is that of the candidates, steadied by the model's. Repeated ids are a `matching.duplicate_id` error. Memory
    grows with the candidates.

    >>> ranking = Ranking([Text("a", "工程机械操作员"), Text("b", "会计"), Text("c", "外贸业务员")])
    >>> [found.candidate for found in ranking.rank(Text("q", "挖机司机"), 2)]
    ['a']
    """

    def __init__(
        self, candidates: Sequence[Text], *, encoder: Encoder | None = None, encoder_share: float | None = None
    ) -> None:
        seen: set[str] = set()
        for candidate in candidates:
            if candidate.id in seen:
                raise ChanjiaoError("matching.duplicate_id", id=candidate.id)
            seen.add(candidate.id)
        self.candidates = candidates
        texts = [candidate.text for candidate in candidates]
        self._form = form_of_all(texts)
        self._whole = _Layer(texts)
        parted = self._form == "long"
        self._head = _Layer(list(map(head, texts))) if parted else None
        self._encoder_share = encoder_share
        # Where no query gives it a share, it needs not read the candidates.
        heard = encoder_share or not self._form or SHARES[self._form][1][-1]
        self._encoded = _Encoded(encoder, texts, parted) if encoder and candidates and heard else None
        self._codes = Postings(_coded(candidates))
        self._skills = Postings(_skilled(candidates))
        self._kinds = np.array([KINDS.index(c.kind) if c.kind in KINDS else -1 for c in candidates], np.int8)

    def rank(self, query: Text, top: int) -> tuple[Ranked, ...]:
        """The best candidates of one query, best first, ties in the order given; nothing where nothing is alike."""
        if not self.candidates:
            return ()
        weights, scores = self._scored(query)
        total = self._total(query, weights, scores)
        places = [place for place in best(total, top) if total[place] > LEAST]
        found = [self._explained(query, place, weights, scores) for place in places]
        return tuple(Ranked(query.id, c, rank, score, f) for rank, (c, score, f) in enumerate(found, start=1))

    def scores(self, query: Text) -> Floats:
        """The score of every candidate for one query."""
        return self._total(query, *self._scored(query))

    def _total(self, query: Text, weights: dict[str, float], scores: dict[str, Floats]) -> Floats:
        total = np.zeros(len(self.candidates), np.float32)
        for code, weight in weights.items():
            total += np.float32(weight) * scores[code]
        if query.kind in KINDS:
            total[(self._kinds >= 0) & (self._kinds != KINDS.index(query.kind))] = 0
        return total

    def _scored(self, query: Text) -> tuple[dict[str, float], dict[str, Floats]]:
        rest = 1.0 - CODES_SHARE * bool(query.codes) - SKILLS_SHARE * bool(query.skills)
        scores, kind = self._whole.scores(query.text), self._form or form(query.text)
        if self._head is not None:
            headed = self._head.scores(head(query.text))
            first = HEAD[self._encoded is not None]
            scores = {name: (1 - first[name]) * scores[name] + first[name] * headed[name] for name in LIKENESSES}
        shares = self._shares(kind)
        if self._encoded is not None and shares["encoder"]:
            scores["encoder"] = self._encoded.scores(query.text)
        weights = {name: rest * share for name, share in shares.items() if share and name in scores}
        if query.codes:
            weights["codes"] = CODES_SHARE
            scores["codes"] = self._codes.scores(*_coded([query]).of(0))
        if query.skills:
            weights["skills"] = SKILLS_SHARE
            scores["skills"] = self._skills.scores(*_skilled([query]).of(0))
        return weights, scores

    def _shares(self, kind: str) -> dict[str, float]:
        """The shares for a form of text; a share given for the encoder leaves the others in proportion."""
        shares = dict(zip((*LIKENESSES, "encoder"), SHARES[kind][self._encoded is not None], strict=True))
        if self._encoded is None or self._encoder_share is None:
            return shares
        rest = (1 - self._encoder_share) / (1 - shares.pop("encoder"))
        return {name: share * rest for name, share in shares.items()} | {"encoder": self._encoder_share}

    def _explained(
        self, query: Text, place: int, weights: dict[str, float], scores: dict[str, Floats]
    ) -> tuple[str, float, tuple[Factor, ...]]:
        candidate = self.candidates[place]
        strength = {code: min(1.0, float(score[place])) for code, score in scores.items()}
        lines = evidence(query.text, candidate.text, tuple(strength[name] for name in CHANNELS))  # type: ignore[arg-type]
        found = [
            Factor(code, weight * strength[code], weight, strength[code], _behind(code, lines, query, candidate))
            for code, weight in weights.items()
            if strength[code] > 0
        ]
        found.sort(key=lambda factor: -factor.value)
        return candidate.id, fsum(factor.value for factor in found), tuple(found)


_HOW = {"letters": ("word",), "synonyms": ("synonym", "related"), "domain": ("inferred",)}


def _behind(code: str, lines: tuple[Evidence, ...], query: Text, candidate: Text) -> tuple[Evidence, ...]:
    if code in _HOW:
        return tuple(line for line in lines if line.how in _HOW[code])
    if code == "meaning":
        return related(query.text, candidate.text)
    if code == "encoder":
        return ()
    if code == "codes":
        common = [code for code in query.codes if code in candidate.codes]
        return tuple(Evidence("occupation", spoken(one), spoken(one), 1.0) for one in common)
    return tuple(Evidence("skill", one, one, 1.0) for one in query.skills if one in candidate.skills)


def rank(queries: Sequence[Text], candidates: Sequence[Text], top: int = 10) -> Iterator[tuple[Ranked, ...]]:
    """The ranked candidates of each query in turn.

    >>> [[found.candidate for found in ranked] for ranked in rank([Text("q", "")], [Text("a", "焊工")])]
    [[]]
    """
    ranking = Ranking(candidates)
    for query in queries:
        yield ranking.rank(query, top)


def _coded(texts: Sequence[Text]) -> Bags:
    found = [
        (place, hashed(token), share) for place, text in enumerate(texts) for token, share in code_tokens(text.codes)
    ]
    return scaled_to_unit(_bags(found, len(texts)))


def _skilled(texts: Sequence[Text]) -> Bags:
    found = [(place, hashed(f"s{skill.casefold()}"), 1.0) for place, text in enumerate(texts) for skill in text.skills]
    return scaled_to_unit(_bags(found, len(texts)))


def _bags(found: list[tuple[int, int, float]], documents: int) -> Bags:
    owner = np.array([place for place, _, _ in found], np.int64)
    feature = np.array([number for _, number, _ in found], np.int64)
    return summed(owner, feature, np.array([share for _, _, share in found], np.float32), documents)
