"""A check of a finished match by code of its own: nothing here is used by conditions, retrieval or ranking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import isclose

from chanjiao.engines.matching.items import Item, MatchResult, Pair


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in an answer: its code, the pair, and what was seen."""

    code: str
    need: str = ""
    offer: str = ""
    seen: str = ""


def verify(result: MatchResult, needs: Iterable[Item], offers: Iterable[Item], *, top: int = 10) -> tuple[Fault, ...]:
    """Every fault of a match: hard conditions broken, factors that do not add up, wrong order, unknown or repeated ids.

    >>> from chanjiao.engines.matching.engine import match
    >>> needs, offers = [Item("n", "need", "post", "焊工")], [Item("o", "offer", "post", "焊工培养")]
    >>> verify(match(needs, offers), needs, offers)
    ()
    """
    asked = {item.id: item for item in needs}
    given = {item.id: item for item in offers}
    faults: list[Fault] = []
    by_need: dict[str, list[Pair]] = defaultdict(list)
    for pair in result.pairs:
        by_need[pair.need].append(pair)
        need, offer = asked.get(pair.need), given.get(pair.offer)
        if need is None or offer is None:
            faults.append(Fault("unknown_id", pair.need, pair.offer))
            continue
        faults += [Fault("condition", pair.need, pair.offer, broken) for broken in _broken(need, offer)]
        faults += _sums(pair)
        faults += _closed(result, need, offer)
    for pairs in by_need.values():
        faults += _order(pairs, top)
    return tuple(faults)


def _closed(result: MatchResult, *items: Item) -> list[Fault]:
    today = result.options.today
    late = [one.id for one in items if today is not None and one.open_until is not None and one.open_until < today]
    return [Fault("condition", items[0].id, items[1].id, "expired")] if late else []


def _sums(pair: Pair) -> list[Fault]:
    faults: list[Fault] = []
    total = 0.0
    for factor in pair.factors:
        total += factor.value
        product = factor.weight * factor.strength
        if not 0.0 <= factor.strength <= 1.0 or not isclose(factor.value, product, abs_tol=1e-9):
            faults.append(Fault("factor", pair.need, pair.offer, factor.code))
    if not isclose(total, pair.score, abs_tol=1e-9):
        faults.append(Fault("sum", pair.need, pair.offer, f"{total} != {pair.score}"))
    if len({factor.code for factor in pair.factors}) != len(pair.factors):
        faults.append(Fault("factor_twice", pair.need, pair.offer))
    return faults


def _order(pairs: list[Pair], top: int) -> list[Fault]:
    faults = [Fault("too_many", pairs[0].need, "", str(len(pairs)))] if len(pairs) > top else []
    if len({pair.offer for pair in pairs}) != len(pairs):
        faults.append(Fault("offer_twice", pairs[0].need))
    for place, pair in enumerate(pairs):
        if pair.rank != place + 1:
            faults.append(Fault("rank", pair.need, pair.offer, str(pair.rank)))
        if place and (pairs[place - 1].score, pair.offer) < (pair.score, pairs[place - 1].offer):
            faults.append(Fault("order", pair.need, pair.offer))
    return faults


def _broken(need: Item, offer: Item) -> list[str]:
    """The names of the conditions that a pair breaks, worked out from the wording of the rules."""
    rules = {
        "side": need.side == "need" and offer.side == "offer",
        "kind": need.kind == offer.kind,
        "consent": need.consent and offer.consent,
        "own": need.organisation == "" or need.organisation != offer.organisation,
        "confidentiality": _sees(need, offer) and _sees(offer, need),
        "partner": not _unwanted(need, offer) and not _unwanted(offer, need),
        "region": _reaches(need, offer) and _reaches(offer, need),
        "level": need.kind not in {"post", "expert"} or not 0 <= _grade(offer) < _grade(need),
        "term": not _apart(need, offer) and not _apart(offer, need),
        "capacity": need.quantity != 0 and offer.quantity != 0,
        "engagement": _agree(need, offer),
        "licence": _may_operate(need, offer),
    }
    return [name for name, kept in rules.items() if not kept]


def _sees(viewer: Item, shown: Item) -> bool:
    return len(shown.only_to) == 0 or viewer.organisation in shown.only_to


def _unwanted(one: Item, other: Item) -> bool:
    return other.organisation != "" and other.organisation in one.refuses


def _reaches(one: Item, other: Item) -> bool:
    if other.region == "" or not one.regions:
        return True
    for accepted in one.regions:
        whole = accepted
        while len(whole) in (4, 6) and len(accepted) == 6 and whole.endswith("00"):
            whole = whole[:-2]
        if other.region[: len(whole)] == whole:
            return True
    return False


def _grade(item: Item) -> int:
    return {"secondary": 1, "associate": 2, "bachelor": 3, "master": 4, "doctor": 5}.get(item.level, -1)


def _apart(one: Item, other: Item) -> bool:
    return one.ends is not None and other.starts is not None and one.ends < other.starts


def _agree(need: Item, offer: Item) -> bool:
    field = {"post": "engagement", "expert": "direction", "training": "mode"}.get(need.kind)
    if field is None:
        return True
    choices = {str(dict(item.extras).get(field) or "") for item in (need, offer)}
    return len(choices) == 1 or "" in choices or "blended" in choices


def _may_operate(need: Item, offer: Item) -> bool:
    licence = str(dict(offer.extras).get("licence") or "")
    return need.kind != "equipment" or licence == "" or need.licences is None or licence in need.licences
