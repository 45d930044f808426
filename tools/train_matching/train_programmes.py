"""Train the ranking of minor groups for programmes (`engines/matching/model/programmes.json`) and judge it.

    python tools/train_matching/train_programmes.py [--judge]

Each programme with official links is looked at without its own links; a linear model with a softmax over all groups
learns to put the linked ones first. `--judge` prints recall by ten-fold cross-validation over programmes instead: the
programmes of a fold take part neither as neighbours nor in training. Deterministic.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from chanjiao.engines.matching.knowledge import knowledge
from chanjiao.engines.matching.programmes import Programme, ProgrammeModel, RankingWeights, level_of

TARGET = Path(__file__).parents[2] / "src/chanjiao/engines/matching/model/programmes.json"
RIDGES = TARGET.with_suffix(".npz")
FOLDS = 10
SEED = 0


def as_programme(code: str, courses: bool) -> Programme:
    """A programme of the catalogue, with or without its courses."""
    known = knowledge()
    return Programme(
        code, level_of(code), known.programme_names[code], known.courses.get(code, ()) if courses else (), code
    )


def examples(model: ProgrammeModel, courses: bool) -> tuple[np.ndarray, np.ndarray]:
    """Features and links of the model's own programmes, each without its own links."""
    features = [model.features(as_programme(code, courses)) for code in model.codes]
    return np.array(features, np.float32), model.links.astype(np.float32)


def train(features: np.ndarray, links: np.ndarray, steps: int = 150, rate: float = 0.05) -> RankingWeights:
    """Weights that make the linked groups likely (Adam on the softmax cross-entropy)."""
    mean, spread = features.mean((0, 1)), np.maximum(features.std((0, 1)), 1e-3)
    scaled = (features - mean) / spread
    aims = links / np.maximum(links.sum(1, keepdims=True), 1)
    weight = np.zeros(features.shape[-1])
    first, second = np.zeros_like(weight), np.zeros_like(weight)
    for step in range(1, steps + 1):
        raw = scaled @ weight.astype(np.float32)
        risen = np.exp(raw - raw.max(1, keepdims=True))
        error = (risen / risen.sum(1, keepdims=True) - aims) / len(features)
        slope = np.tensordot(scaled, error, ([0, 1], [0, 1])) + 1e-4 * weight
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weight -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return RankingWeights(tuple(mean.tolist()), tuple(spread.tolist()), tuple(weight.tolist()))


def judge(courses: bool) -> None:
    """Print recall at 5 and 10 over programmes kept aside, fold by fold."""
    known = knowledge()
    codes = np.array(sorted(known.links))
    fold = np.random.default_rng(SEED).integers(FOLDS, size=len(codes))
    recalls: list[tuple[float, ...]] = []
    for number in range(FOLDS):
        model = ProgrammeModel(known, codes[fold != number].tolist())
        weights = train(*examples(model, courses))
        for code in codes[fold == number].tolist():
            scores = weights.scores(model.features(as_programme(code, courses)))
            order = [model.groups[place] for place in np.argsort(-scores, kind="stable")[:10]]
            true = {link[:7] for link in known.links[code]}
            recalls.append(
                (
                    *(len(true & set(order[:k])) / len(true) for k in (5, 10)),
                    *(float(bool(true & set(order[:k]))) for k in (5, 10)),
                )
            )
        print(number, np.round(np.mean(recalls, axis=0), 4).tolist(), flush=True)


def main() -> None:
    """Train on all official links, or judge."""
    if "--judge" in sys.argv:
        judge("--names" not in sys.argv)
        return
    RIDGES.unlink(missing_ok=True)
    model = ProgrammeModel(knowledge(), sorted(knowledge().links))
    solved = {
        f"{part}{number}": array.astype(np.float32)
        for number, ridge in enumerate(model.ridges())
        for part, array in zip(("weights", "diagonal"), ridge, strict=True)
    }
    np.savez_compressed(RIDGES, mark=np.array(model.mark()), **solved)
    found = {name: train(*examples(model, name == "courses")) for name in ("courses", "name")}
    rounded = {
        name: {part: [round(value, 5) for value in getattr(weights, part)] for part in ("mean", "spread", "weight")}
        for name, weights in found.items()
    }
    TARGET.write_text(json.dumps(rounded, separators=(",", ":")) + "\n", "utf-8")


if __name__ == "__main__":
    main()
