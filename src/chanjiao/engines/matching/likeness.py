"""How alike two texts are: by letters, concepts, occupational field and meaning; with the words behind it.

Each likeness is a cosine. Rarity comes from the model, so that the likeness of a pair does not depend on what else is
compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import fsum

from chanjiao.engines.matching.items import Evidence
from chanjiao.engines.matching.knowledge import knowledge
from chanjiao.engines.matching.letters import Floats, normalised
from chanjiao.engines.matching.lexicon import Term, lexicon
from chanjiao.engines.matching.meaning import meaning_model
from chanjiao.engines.matching.postings import Bags
from chanjiao.engines.matching.titles import CHANNELS, NARROW_SHARES, WIDE_SHARES, Encoded, title_model

Parts = tuple[float, float, float, float]
Shares = Mapping[bool, Parts]

TITLE = 40  # characters; a longer text is a description
PARTICLES = "与和及或的等在为以对"
_SAYS_NOTHING = re.compile(
    r"(?:[\d ]|[每两半上下各约共]|[年月周日天次]|小时|分钟|个|午|可以?|以[上下内]|左右|需要?|带)+"
)
CLEAR = 0.6  # a synonym's strength from which it stands for what is asked
NEAR = 0.75  # a likeness in meaning from which one text stands for the other
FAINT = 0.1  # a likeness in meaning that chance explains
# Shares of letters, synonyms, domain and meaning by whether a text is in ideographs, chosen on tuning sets.
SHARES: Shares = {True: (0.27, 0.32, 0.08, 0.33), False: (0.26, 0.34, 0.06, 0.34)}
# Descriptions: the mean of many terms means little.
LONG_SHARES: Shares = {True: (*WIDE_SHARES, 0.0), False: (*NARROW_SHARES, 0.0)}


@dataclass(frozen=True, slots=True)
class Similarity:
    """A likeness in [0, 1] and what stands behind it."""

    value: float
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Vectors:
    letters: dict[int, float]
    synonyms: dict[int, float]
    domain: dict[int, float]
    meaning: Floats
    wide: bool


_KEPT = 50_000
_known: dict[str, _Vectors] = {}


def encode_ahead(texts: Iterable[str]) -> None:
    """The vectors of all these texts are at hand; encoding many at once costs a tenth of one by one."""
    new = [text for text in dict.fromkeys(texts) if text not in _known]
    if not new:
        return
    encoded, meant = title_model().encode(new), meaning_model().encode(new)
    for place, text in enumerate(new):
        remember(text, encoded, meant, place)


def remember(text: str, encoded: Encoded, meant: Floats, place: int) -> None:
    """The vectors of a text are at hand, taken from its place among texts encoded before."""
    if text not in _known:
        if len(_known) >= _KEPT:
            _known.clear()
        found = [_as_dict(encoded.channel(name), place) for name in CHANNELS]
        _known[text] = _Vectors(found[0], found[1], found[2], meant[place].copy(), bool(encoded.wide[place]))


def _as_dict(bags: Bags, place: int) -> dict[int, float]:
    features, weights = bags.of(place)
    return dict(zip(features.tolist(), weights.tolist(), strict=True))


def _vectors(text: str) -> _Vectors:
    found = _known.get(text)
    if found is None:
        encode_ahead([text])
        found = _known[text]
    return found


def parts(one: str, other: str) -> Parts:
    """The likeness of two texts in letters, synonyms, domain and meaning, unweighted."""
    left, right = _vectors(one), _vectors(other)
    meant = min(1.0, float(left.meaning @ right.meaning))
    return (
        _dot(left.letters, right.letters),
        _dot(left.synonyms, right.synonyms),
        _dot(left.domain, right.domain),
        meant if meant > FAINT else 0.0,
    )


def _dot(left: dict[int, float], right: dict[int, float]) -> float:
    return min(1.0, fsum([weight * right[feature] for feature, weight in left.items() if feature in right]))


def similarity(one: str, other: str, explain: bool = True, *, shares: Shares = SHARES) -> Similarity:
    """The likeness of two texts: 1 for equal ones, 0 where nothing is shared; without evidence where none is asked for.

    >>> [(line.how, line.need, line.offer) for line in similarity("挖机司机", "工程机械操作员").evidence][:1]
    [('synonym', '挖机', '工程机械操作')]
    """
    if not one or not other:
        return Similarity(0.0)
    chosen, found = shares[_vectors(one).wide], parts(one, other)
    if not chosen[3]:
        found = (*found[:3], 0.0)
    value = sum(share * part for share, part in zip(chosen, found, strict=True))
    return Similarity(min(1.0, value), _behind(one, other, found) if explain and value > 0 else ())


def _behind(one: str, other: str, found: Parts) -> tuple[Evidence, ...]:
    """The words, synonyms and field behind a likeness, then terms near in meaning that none of these names."""
    lines = evidence(one, other, found[:3])
    named = {(line.need, line.offer) for line in lines}
    near = related(one, other) if found[3] else ()
    return (*lines, *(line for line in near if (line.need, line.offer) not in named))


def related(one: str, other: str) -> tuple[Evidence, ...]:
    """Terms of the two texts that are near in meaning, as they are written there."""
    near = meaning_model().near(one, other)
    return tuple(replace(line, need=_written(line.need, one), offer=_written(line.offer, other)) for line in near)


def _written(term: str, text: str) -> str:
    """A term as a text writes it: GMP, not gmp."""
    at = text.casefold().find(term)
    return text[at : at + len(term)] if at >= 0 else term


def evidence(one: str, other: str, found: tuple[float, float, float]) -> tuple[Evidence, ...]:
    """The words, synonyms and occupational field behind a likeness."""
    words = [_written(word, one) for word in shared_words(one, other)] if found[0] else []
    lines = [Evidence("word", word, word, round(found[0], 4)) for word in words]
    for here, there, weight in synonyms(one, other) if found[1] else ():
        if min(len(here), len(there)) == 1:  # 厂, 法: alone they say too little to be told
            continue
        how = "synonym" if weight >= CLEAR else "related"
        lines.append(Evidence(how, _written(here, one), _written(there, other), round(weight, 4)))
    if found[2] > 0.3:
        lines += _inferred(one, other, found[2], bool(lines))
    return tuple(lines)


def _inferred(one: str, other: str, strength: float, beside: bool) -> list[Evidence]:
    left, right = _vectors(one).domain, _vectors(other).domain
    both = max((weight * right[group], -group) for group, weight in left.items() if group in right)
    if both[0] < (0.25 if beside else 0.1):
        return []
    code = title_model().groups[-both[1]]
    name = f"{knowledge().name_of(code)} {code}"
    return [Evidence("inferred", name, name, round(strength, 4))]


@lru_cache(maxsize=20_000)
def _terms(text: str) -> tuple[tuple[Term, dict[str, float]], ...]:
    words = lexicon()
    return tuple((term, words.spread(term.concepts)) for term in words.terms_in(text[:2000]))


def synonyms(one: str, other: str, most: int = 3) -> tuple[tuple[str, str, float], ...]:
    """Terms of the two texts that are written differently and stand for the same or a close concept, each told once.

    In descriptions a whole field in common (车间, 质检) says too little to be told.

    >>> [(left, right) for left, right, _ in synonyms("挖机司机", "挖掘机维修")]
    [('挖机', '挖掘机')]
    """
    above, long = lexicon().parents, len(one) > TITLE or len(other) > TITLE
    found: dict[tuple[str, str], float] = {}
    for left, mine in _terms(one):
        for right, theirs in _terms(other):
            if left.written != right.written:
                both = [name for name in mine if name in theirs and (above[name] or not long)]
                shared = max((mine[name] * theirs[name] for name in both), default=0.0)
                if shared >= 0.3:
                    found[left.written, right.written] = shared
    told: list[tuple[str, str, float]] = []
    for (here, there), strength in sorted(found.items(), key=lambda entry: (-entry[1], entry[0])):
        if not any(here == named or there == other_named for named, other_named, _ in told):
            told.append((here, there, strength))
    return tuple(told[:most])


def covers(asked: str, given: str) -> bool:
    """Whether more than half of what is asked stands in a text, in words or synonyms, or both mean nearly the same.

    >>> covers("模具装配", "模具装配与调试"), covers("设备维护", "设备维修与保养"), covers("模具装配", "绿色制造与模具")
    (True, True, False)
    """
    plain = normalised(asked)
    told = [*shared_words(asked, given), *(term for term, _, strength in synonyms(asked, given) if strength >= CLEAR)]
    within = {place for term in told for start in [plain.find(term)] for place in range(start, start + len(term))}
    return 2 * len(within) > len(plain) or parts(asked, given)[3] >= NEAR


@lru_cache(maxsize=50_000)
def shared_words(one: str, other: str, most: int = 4) -> tuple[str, ...]:
    """The longest stretches of at least two characters that stand in both texts, none within another, longest first.

    >>> shared_words("新能源汽车维修工", "汽车维修（新能源方向）")
    ('汽车维修', '新能源')
    >>> shared_words("强力与热收缩检测、作业许可", "纤维强力与热收缩，作业许可")
    ('强力与热收缩', '作业许可')
    """
    left, right = normalised(one)[:300], normalised(other)[:2000]
    found: list[str] = []
    taken = [False] * len(left)
    for size in range(min(len(left), 12), 1, -1):
        for start in range(len(left) - size + 1):
            piece = left[start : start + size]
            if piece not in right or any(taken[start : start + size]) or any(piece in longer for longer in found):
                continue
            if not _whole(piece, left, right):
                continue
            found.append(piece)
            taken[start : start + size] = [True] * size
            if len(found) == most:
                return tuple(found)
    return tuple(found)


def _whole(piece: str, left: str, right: str) -> bool:
    """Whether a stretch reads as words: whole ones in letters; ideographs without a loose edge or half a term.

    >>> _whole("业指导", "职业指导", "就业指导"), _whole("指导", "职业指导", "就业指导")
    (False, True)
    >>> _whole("每周", "每周两天", "每周三次"), _whole("120 100", "120 100 60", "120 100 80")
    (False, False)
    """
    if piece != piece.strip() or _SAYS_NOTHING.fullmatch(piece):
        return False
    if piece.isascii():
        return f" {piece} " in f" {right} " and f" {piece} " in f" {left} "
    loose = " " in piece or piece[0] in PARTICLES or piece[-1] in PARTICLES
    return not (loose or _cuts(piece, left) or _cuts(piece, right))


def _cuts(piece: str, text: str) -> bool:
    """Whether a stretch begins or ends in the middle of a term of two characters, and with none of its own."""
    start = text.find(piece)
    end = start + len(piece)
    before, after = text[max(0, start - 1) : start + 1], text[end - 1 : end + 1]
    return (_is_term(before) and not _is_term(piece[:2])) or (_is_term(after) and not _is_term(piece[-2:]))


def _is_term(text: str) -> bool:
    return len(text) == 2 and (text in lexicon().terms or meaning_model().knows(text))
