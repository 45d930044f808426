"""National codes proposed for the parts of a paper, ranked, each with the words it came from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from chanjiao.data import tables
from chanjiao.engines.matching.rank import Ranking, Text
from chanjiao.engines.text.facts import Span
from chanjiao.engines.text.papers.names import programme_codes
from chanjiao.engines.text.papers.values import Fact, Paper, PaperKind, Part, Proposal
from chanjiao.engines.text.places import regions

SHOWN = 3
_LEAST, _LEAST_BY_FIRM = 0.3, 0.6
_SURE, _LEAD = 0.8, 0.15
_REGION_END = re.compile(r"(?:特别行政区|(?:维吾尔|壮族|回族)?自治区|省|市|地区|县|区)$")
_TRAINEE = re.compile(r"(?:实习生?|学徒工?|助理|见习|储备|高级|初级|资深|急招)")
# Industries by what firms call themselves, where the word itself is no name of the classification.
_TRADES = re.compile(r"(?:股份|有限|责任|科技|技术|集团|公司|服务|发展|实业|工程|中心|（[^）]*）|\([^)]*\))")


def with_codes(paper: Paper) -> Paper:
    """The paper with codes proposed for each part: occupation, programme, industry, region.

    A proposal is sure where its name or another name of it stands in the text, or where it leads the others far;
    otherwise the choice is a person's. Costs some milliseconds a part, and a second when first asked.
    """
    if paper.kind is PaperKind.POLICY_NOTICE:
        return paper
    return replace(
        paper,
        parts=tuple(
            replace(part, proposals=_proposals(paper, paper.whole(number))) for number, part in enumerate(paper.parts)
        ),
    )


def _proposals(paper: Paper, whole: Part) -> tuple[Proposal, ...]:
    found: list[Proposal] = []
    title = whole.first("title")
    if paper.kind is PaperKind.JOB_ADVERTISEMENT and title:
        found += _ranked("occupation", _TRAINEE.sub("", str(title.value)) or str(title.value), title.span)
    found += _programmes(whole.all("programme"), whole.first("programme_code"))
    found += _industries(whole)
    place = whole.first("place")
    return (*found, *(_regions(paper.text, place.span) if place else ()))


def _programmes(told: Iterable[Fact], stated: Fact | None) -> list[Proposal]:
    codes = programme_codes()
    names = {code: name for name, code in codes.items()}
    if stated is not None and str(stated.value) in names:
        code = str(stated.value)
        return [Proposal("programme", code, names[code], 1, 1.0, stated.span, is_sure=True)]
    known = [fact for fact in told if str(fact.value) in codes]
    if known:
        return [
            Proposal("programme", codes[str(one.value)], str(one.value), rank, 1.0, one.span, is_sure=rank == 1)
            for rank, one in enumerate(known[:SHOWN], start=1)
        ]
    first = next(iter(told), None)
    return _ranked("programme", str(first.value), first.span) if first else []


def _industries(whole: Part) -> list[Proposal]:
    told, firm = whole.first("industry"), whole.first("employer")
    if told is not None:
        return _ranked("industry", str(told.value), told.span)
    if firm is None:
        return []
    trade = _TRADES.sub("", str(firm.value))
    listed = _ranked("industry", trade[2:] or trade, firm.span)
    return [replace(one, is_sure=False) for one in listed if one.score >= _LEAST_BY_FIRM]


def _regions(text: str, span: Span) -> list[Proposal]:
    """The regions that a place names, each name within the one before it where it can be; sure where only one fits."""
    chosen: list[str] = []
    where = span
    for one in regions().finditer(text, *span):
        codes = _region_codes().get(one.name, ())
        within = [code for code in codes if any(code.startswith(above.rstrip("0")) for above in chosen)]
        if within or not chosen:
            chosen, where = within or list(codes), (one.start(), one.end())
    return [
        Proposal("region", code, _region_names()[code], rank, 1.0, where, is_sure=len(chosen) == 1)
        for rank, code in enumerate(chosen[:SHOWN], start=1)
    ]


@cache
def _region_names() -> dict[str, str]:
    return {one.code: one.name for one in tables.regions()}


@cache
def _region_codes() -> dict[str, tuple[str, ...]]:
    """Full and short names of regions → their codes."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for code, name in _region_names().items():
        for form in {name, _REGION_END.sub("", name) if len(name) > 2 else name}:
            found[form].append(code)
    return {name: tuple(codes) for name, codes in found.items()}


def _ranked(system: str, words: str, span: Span) -> list[Proposal]:
    """The terms of a system most like some words, each by the one of its names that is likest."""
    best: dict[str, float] = {}
    for one in _ranking(system).rank(Text("", words), SHOWN * 4):
        code = one.candidate.partition(" ")[0]
        best.setdefault(code, min(1.0, one.score))
    listed = [(code, score) for code, score in best.items() if score >= _LEAST][:SHOWN]
    lead = listed[0][1] - (listed[1][1] if len(listed) > 1 else 0.0) if listed else 0.0
    return [
        Proposal(
            system, code, _names(system)[code][0], rank, score, span, rank == 1 and score >= _SURE and lead >= _LEAD
        )
        for rank, (code, score) in enumerate(listed, start=1)
    ]


@cache
def _names(system: str) -> dict[str, tuple[str, ...]]:
    match system:
        case "occupation":
            return {one.code: (one.name, *one.aliases) for one in tables.occupations()}
        case "industry":
            # A group with one class bears its name: the class is the code that people file.
            classes = {one.name: one.code for one in sorted(tables.industries(), key=lambda one: len(one.code))}
            return {code: (name,) for name, code in classes.items() if len(code) > 2}
    return {code: (name,) for name, code in programme_codes().items()}


@cache
def _ranking(system: str) -> Ranking:
    return Ranking(
        [Text(f"{code} {at}", name) for code, names in _names(system).items() for at, name in enumerate(names)]
    )
