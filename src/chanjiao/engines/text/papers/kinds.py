"""Which kind of document a text is, with the words that say so."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from chanjiao.engines.text.papers.values import Evidence, PaperKind

_READ = 6000
_LEAST = 4.0
_HEAD, _HEAD_FACTOR = 60, 1.5


@cache
def _cues() -> tuple[tuple[PaperKind, float, re.Pattern[str]], ...]:
    text = files("chanjiao.engines.text.papers").joinpath("cues.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((PaperKind(kind), float(weight), re.compile(words)) for kind, weight, words in rows)


def kind_of(text: str) -> tuple[PaperKind, float, tuple[Evidence, ...]]:
    """The kind, how sure it is in [0, 1], and the words that speak for it; `OTHER` where little speaks for any.

    Each cue counts once however often it stands; a cue at the head of a text counts half as much again.

    >>> kind, confidence, evidence = kind_of("招聘启事：焊工5名，月薪6000元，包住")
    >>> kind.value, [one.words for one in evidence]
    ('job_advertisement', ['招聘', '招聘启事', '招聘启事：焊工5名', '5名，', '月薪', '包住'])
    """
    sums: dict[PaperKind, float] = {}
    told: dict[PaperKind, dict[str, Evidence]] = {}
    for kind, weight, pattern in _cues():
        for found in pattern.finditer(text, 0, _READ):
            words = told.setdefault(kind, {})
            if found[0] not in words:
                words[found[0]] = Evidence(found[0], found.span())
                sums[kind] = sums.get(kind, 0.0) + weight * (_HEAD_FACTOR if found.start() < _HEAD else 1.0)
    if not sums or max(sums.values()) < _LEAST:
        return PaperKind.OTHER, 0.5, ()
    best = max(sums, key=lambda kind: sums[kind])
    evidence = tuple(sorted(told[best].values(), key=lambda one: one.span))
    return best, sums[best] / sum(sums.values()), evidence
