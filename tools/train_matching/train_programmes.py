"""Train the ranking of minor groups for programmes (`engines/matching/model/programmes.json`) and judge it.

    python tools/train_matching/train_programmes.py [--judge]

Each programme with official links is looked at without its own links; a linear model with a softmax over all groups
learns to put the linked ones first, and small trees (`boosting.py`) learn to tell them from the sixty put first.
`--judge` prints recall by ten-fold cross-validation instead (`--names` without courses): the programmes of a fold take
part neither as neighbours nor in training, and programmes of one name (at two levels) stand in one fold. Beside it the
plain baseline: votes of the ten nearest programmes and the likeness of a group's names, summed. Deterministic.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from boosting import boosted

from chanjiao.engines.matching.baselines import TfIdf
from chanjiao.engines.matching.knowledge import knowledge
from chanjiao.engines.matching.measures import estimate
from chanjiao.engines.matching.programme_model import Programme, ProgrammeModel, level_of, whole_text
from chanjiao.engines.matching.programmes import Line, RankingWeights, first_rows

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


def train(features: np.ndarray, links: np.ndarray) -> RankingWeights:
    """The linear model, and trees over the rows that it puts first."""
    line = fitted_line(features, links)
    asked = [first_rows(one, line.scores(one)) for one in features]
    rows = np.concatenate([one for _, one in asked])
    answers = np.concatenate([one[places] for one, (places, _) in zip(links, asked, strict=True)])
    return RankingWeights(line, boosted(rows, answers, trees=150, depth=3, rate=0.08))


def fitted_line(features: np.ndarray, links: np.ndarray, steps: int = 150, rate: float = 0.05) -> Line:
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
    return Line(tuple(mean.tolist()), tuple(spread.tolist()), tuple(weight.tolist()))


def judge(courses: bool) -> None:
    """Print recall at 5 and 10 over programmes kept aside."""
    known = knowledge()
    codes = np.array(sorted(known.links))
    fold = folds([known.programme_names[code] for code in codes.tolist()])
    reached: dict[str, list[tuple[float, ...]]] = {"inference": [], "neighbours and TF-IDF": []}
    for number in range(FOLDS):
        model = ProgrammeModel(known, codes[fold != number].tolist())
        weights, baseline = train(*examples(model, courses)), Plain(model, courses)
        for code in codes[fold == number].tolist():
            programme, true = as_programme(code, courses), {link[:7] for link in known.links[code]}
            scores = {
                "inference": weights.scores(model.features(programme)),
                "neighbours and TF-IDF": baseline.scores(programme),
            }
            for method, one in scores.items():
                reached[method].append(recalls(model.groups, one, true))
        print(
            number,
            {method: np.round(np.mean(rows, axis=0), 4).tolist() for method, rows in reached.items()},
            flush=True,
        )
    for method, rows in reached.items():
        for name, values in zip(("recall@5", "recall@10", "any@5", "any@10"), zip(*rows, strict=True), strict=True):
            found = estimate(values)
            print(f"{method:<24} {name:<10} {found.mean:.3f} [{found.low:.3f}, {found.high:.3f}]")


class Plain:
    """The baseline: what the nearest programmes by wording vote for, and how alike the groups' names are."""

    def __init__(self, model: ProgrammeModel, courses: bool) -> None:
        taught = model.courses if courses else [()] * len(model.codes)
        self._links = model.links
        self._programmes = TfIdf(list(map(whole_text, model.programme_names, taught)))
        self._groups = TfIdf(model.group_texts)

    def scores(self, programme: Programme, count: int = 10) -> np.ndarray:
        """The score of every group."""
        text = whole_text(programme.name, programme.courses)
        near = self._programmes.scores(text)
        near[np.argsort(-near)[count:]] = 0
        return near @ self._links / max(near.sum(), 1e-9) + self._groups.scores(text)


def folds(names: list[str]) -> np.ndarray:
    """The fold of each programme; those of one name share it."""
    distinct = sorted(set(names))
    drawn = np.random.default_rng(SEED).permutation(len(distinct)) % FOLDS
    return np.array([drawn[distinct.index(name)] for name in names])


def recalls(groups: list[str], scores: np.ndarray, true: set[str]) -> tuple[float, ...]:
    """The share of the true groups among the first 5 and 10, and whether there is any."""
    order = [groups[place] for place in np.argsort(-scores, kind="stable")[:10]]
    found = [true & set(order[:count]) for count in (5, 10)]
    return (*(len(one) / len(true) for one in found), *(float(bool(one)) for one in found))


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
    written = {name: as_lists(weights) for name, weights in found.items()}
    TARGET.write_text(json.dumps(written, separators=(",", ":")) + "\n", "utf-8")


def as_lists(weights: RankingWeights) -> dict[str, list[object]]:
    """Every number of the weights, to seven digits."""
    parts = {part: getattr(weights.line, part) for part in ("mean", "spread", "weight")}
    parts |= {part: getattr(weights.trees, part).tolist() for part in ("feature", "threshold", "value")}
    return {part: [_short(value) for value in values] for part, values in parts.items()}


def _short(value: object) -> object:
    if isinstance(value, list):
        return [_short(one) for one in value]
    return float(f"{value:.7g}") if isinstance(value, float) else value


if __name__ == "__main__":
    main()
