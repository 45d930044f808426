"""Into which minor groups of occupations those who complete a programme turn, and in which parts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from chanjiao.apps.programmes.rules.demand import group_of
from chanjiao.engines.errors import ChanjiaoError


@dataclass(frozen=True, slots=True)
class PlainLink:
    """A link as the reference tables hold it; `source` official, inferred or local, `state` as judged."""

    occupation: str
    source: str
    state: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Destination:
    """The part (0–1) of those who complete a programme that turns to a minor group, and who says so.

    `basis`: told (a share was entered), official, local, confirmed, or proposed (inferred, judged by nobody).
    """

    occupation: str
    share: float
    basis: str


def destinations(links: Iterable[PlainLink], told: Mapping[str, float]) -> tuple[Destination, ...]:
    """The parts of a programme, the largest first; they add up to 1, or to less where the shares told do.

    Shares told are taken as they are. Without them official and local links and confirmed inferred ones share equally;
    where there are none, inferred ones that wait for judgement share by their scores. Rejected ones never count.

    >>> links = [PlainLink("6-18-01-07", "official", "confirmed"), PlainLink("6-31-01", "local", "confirmed")]
    >>> [(one.occupation, one.share, one.basis) for one in destinations(links, {})]
    [('6-18-01', 0.5, 'official'), ('6-31-01', 0.5, 'local')]
    """
    if told:
        return tuple(Destination(code, share, "told") for code, share in sorted(told.items(), key=lambda one: -one[1]))
    kept = [link for link in links if link.state != "rejected" and group_of(link.occupation)]
    sure = {group_of(link.occupation): _basis(link) for link in reversed(kept) if _is_sure(link)}
    if sure:
        return tuple(Destination(group, 1 / len(sure), sure[group]) for group in sorted(sure))
    scores: dict[str, float] = {}
    for link in kept:
        group = group_of(link.occupation)
        scores[group] = scores.get(group, 0.0) + (link.score or 0.0)
    total = sum(scores.values())
    ordered = sorted(scores, key=lambda group: (-scores[group], group))
    return tuple(Destination(group, scores[group] / total, "proposed") for group in ordered) if total else ()


def _is_sure(link: PlainLink) -> bool:
    return link.source != "inferred" or link.state == "confirmed"


def _basis(link: PlainLink) -> str:
    return "confirmed" if link.source == "inferred" else link.source


def share_faults(shares: Mapping[str, Decimal]) -> Iterator[ChanjiaoError]:
    """Everything wrong with the shares of a programme: each above 0, and together at most 1."""
    for code, share in shares.items():
        if not 0 < share <= 1:
            yield ChanjiaoError("share.bounds", field="share", occupation=code)
    total = sum(shares.values(), Decimal(0))
    if total > 1:
        yield ChanjiaoError("share.total", field="share", total=f"{total:f}")
