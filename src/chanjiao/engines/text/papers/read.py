"""A paper read: its kind told, its facts gathered."""

from __future__ import annotations

from collections.abc import Callable

from chanjiao.engines.text.papers.courses import courses_of
from chanjiao.engines.text.papers.kinds import kind_of
from chanjiao.engines.text.papers.level import level
from chanjiao.engines.text.papers.policies import policies_of
from chanjiao.engines.text.papers.posts import posts_of
from chanjiao.engines.text.papers.problems import problems_of
from chanjiao.engines.text.papers.values import Fact, Paper, PaperKind, Part
from chanjiao.engines.text.papers.visits import visits_of

Reading = tuple[tuple[Fact, ...], tuple[Part, ...]]

_READERS: dict[PaperKind, Callable[[str], Reading]] = {
    PaperKind.JOB_ADVERTISEMENT: posts_of,
    PaperKind.VISIT_REPORT: visits_of,
    PaperKind.TECHNICAL_PROBLEM: problems_of,
    PaperKind.COURSE_OUTLINE: courses_of,
    PaperKind.POLICY_NOTICE: policies_of,
}


def read_paper(text: str, kind: PaperKind | None = None) -> Paper:
    """What a repaired text says, read as `kind`, or as the kind it is by its own words.

    A given kind that its words speak against keeps a low confidence, so that the reader can be warned. Stories and
    what is of no known kind have no parts. Deterministic; time grows with the length of the text.

    >>> paper = read_paper("招聘启事\\n岗位名称：焊工\\n人数：5人\\n月薪：6-8K")
    >>> paper.kind.value, [(fact.field, fact.value) for fact in paper.parts[0].facts][:3]
    ('job_advertisement', [('title', '焊工'), ('quantity', 5), ('pay_low', 6000)])
    """
    seen, confidence, evidence = kind_of(text)
    if kind is not None and kind is not seen:
        seen, confidence, evidence = kind, 0.3, ()
    reader = _READERS.get(seen)
    common, parts = reader(level(text)) if reader else ((), ())
    return Paper(text, seen, confidence, evidence, common, parts)
