"""Precision, recall and F1 per field over papers with known facts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from chanjiao.engines.text.evaluation.score import Score
from chanjiao.engines.text.papers.evaluation.documents import Document, Facts
from chanjiao.engines.text.papers.values import Paper, Value

KIND_FIELD = "kind of document"


def score_documents(documents: Iterable[Document], read: Callable[[str], Paper]) -> dict[str, Score]:
    """The score of each field, and of the kind; a fact is right where field and value are those of its own part.

    Parts are paired by what they share, so that a post's pay at another post is wrong.
    """
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for document in documents:
        paper = read(document.text)
        right[KIND_FIELD] += paper.kind.value == document.kind
        found[KIND_FIELD] += 1
        wanted[KIND_FIELD] += 1
        for ours, truth in paired(_parts(paper), list(document.parts)):
            found.update(field for field, _ in ours)
            wanted.update(field for field, _ in truth)
            common = Counter(ours) & Counter(truth)
            right.update(field for field, _ in common.elements())
    return {field: Score(right[field], found[field], wanted[field]) for field in sorted({*found, *wanted})}


def paired(ours: list[Facts], truth: list[Facts]) -> list[tuple[Facts, Facts]]:
    """Parts read beside true parts, those that share most first; what is left stands alone."""
    shared = sorted(
        ((len(set(a) & set(b)), -i, -j) for i, a in enumerate(ours) for j, b in enumerate(truth)), reverse=True
    )
    pairs: dict[int, int] = {}
    for _, i, j in shared:
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    left = [one for i, one in enumerate(ours) if i not in pairs]
    missed = [one for j, one in enumerate(truth) if j not in pairs.values()]
    return [
        *((ours[i], truth[j]) for i, j in pairs.items()),
        *((one, ()) for one in left),
        *(((), one) for one in missed),
    ]


def _parts(paper: Paper) -> list[Facts]:
    gathered: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for number in range(len(paper.parts)):
        for fact in paper.whole(number).facts:
            gathered[number].append((fact.field, written(fact.value)))
    return [tuple(gathered[number]) for number in range(len(paper.parts))]


def written(value: Value) -> str:
    """A value as the documents' notation writes it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
