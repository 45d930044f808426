"""Hard conditions: each a named predicate over a need and an offer, silent where a side says nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from chanjiao.engines.matching.items import LEVELS, Failure, Item

Keyed = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A predicate by name. `reads` picks the values that decide, so that equal values are judged once."""

    name: str
    reads: Callable[[Item], Keyed]
    clash: Callable[[Keyed, Keyed], tuple[str, str] | None]

    def failure(self, need: Item, offer: Item) -> Failure | None:
        """What clashes between the two, or None where the condition is kept."""
        clash = self.clash(self.reads(need), self.reads(offer))
        return None if clash is None else Failure(self.name, *clash)


def _kind(need: Keyed, offer: Keyed) -> tuple[str, str] | None:
    return None if need == offer else (str(need[0]), str(offer[0]))


def _consent(need: Keyed, offer: Keyed) -> tuple[str, str] | None:
    return None if need[0] and offer[0] else ("" if need[0] else "refused", "" if offer[0] else "refused")


def _own(need: Keyed, offer: Keyed) -> tuple[str, str] | None:
    return (str(need[0]), str(offer[0])) if need[0] and need == offer else None


def _open_to(need: Keyed, offer: Keyed) -> tuple[str, str] | None:
    (need_org, need_only), (offer_org, offer_only) = need, offer
    hidden = _closed(need_only, offer_org) or _closed(offer_only, need_org)
    return (str(need_org), str(offer_org)) if hidden else None


def _closed(only_to: object, organisation: object) -> bool:
    return isinstance(only_to, tuple) and bool(only_to) and organisation not in only_to


def _partner(need: Keyed, offer: Keyed) -> tuple[str, str] | None:
    (need_org, need_refuses), (offer_org, offer_refuses) = need, offer
    refused = _within(need_org, offer_refuses) or _within(offer_org, need_refuses)
    return (str(need_org), str(offer_org)) if refused else None


def _within(organisation: object, names: object) -> bool:
    return bool(organisation) and isinstance(names, tuple) and organisation in names


def _region(need: Keyed, offer: Keyed) -> tuple[str, str] | None:
    (need_at, need_accepts), (offer_at, offer_accepts) = need, offer
    refused = _outside(str(offer_at), need_accepts) or _outside(str(need_at), offer_accepts)
    return (str(need_at), str(offer_at)) if refused else None


def _outside(region: str, accepted: object) -> bool:
    if not region or not isinstance(accepted, tuple) or not accepted:
        return False
    return not any(region.startswith(stem(prefix)) for prefix in accepted)


def stem(region: str) -> str:
    """The digits of a region code that its parts share: two for a province, four for a city.

    >>> stem("340000"), stem("341000"), stem("340803"), stem("34")
    ('34', '3410', '340803', '34')
    """
    if region.endswith("0000"):
        return region[:2]
    return region[:4] if len(region) == 6 and region.endswith("00") else region


def _level(need: Keyed, offer: Keyed) -> tuple[str, str] | None:
    asked, held = str(need[1]), str(offer[1])
    if need[0] not in ("post", "expert") or asked not in LEVELS or held not in LEVELS:
        return None
    return (asked, held) if LEVELS.index(held) < LEVELS.index(asked) else None


def _term(need: Keyed, offer: Keyed) -> tuple[str, str] | None:
    (need_from, need_until), (offer_from, offer_until) = need, offer
    if _after(need_from, offer_until) or _after(offer_from, need_until):
        return _span(need_from, need_until), _span(offer_from, offer_until)
    return None


def _after(start: object, end: object) -> bool:
    return isinstance(start, date) and isinstance(end, date) and start > end


def _span(start: object, end: object) -> str:
    return f"{start or '…'}/{end or '…'}"


def _capacity(need: Keyed, offer: Keyed) -> tuple[str, str] | None:
    return (str(need[0]), str(offer[0])) if need[0] == 0 or offer[0] == 0 else None


# Choices that clash when both sides state them; a blended training fits either mode.
_CHOICES = {"post": "engagement", "expert": "direction", "training": "mode"}


def _terms(item: Item) -> Keyed:
    name = _CHOICES.get(item.kind, "")
    return (name, item.stated(name) or "")


def _engagement(need: Keyed, offer: Keyed) -> tuple[str, str] | None:
    asked, given = str(need[1]), str(offer[1])
    if not asked or not given or asked == given or "blended" in (asked, given):
        return None
    return asked, given


def _licence_reads(item: Item) -> Keyed:
    wanted = item.stated("licence") if item.kind == "equipment" and item.side == "offer" else None
    return (str(wanted or ""), item.licences)


def _licence(need: Keyed, offer: Keyed) -> tuple[str, str] | None:
    wanted, held = str(offer[0]), need[1]
    if not wanted or not isinstance(held, tuple) or wanted in held:
        return None
    return "、".join(held), wanted


CONDITIONS: tuple[Condition, ...] = (
    Condition("kind", lambda item: (item.kind,), _kind),
    Condition("consent", lambda item: (item.consent,), _consent),
    Condition("own", lambda item: (item.organisation,), _own),
    Condition("confidentiality", lambda item: (item.organisation, item.only_to), _open_to),
    Condition("partner", lambda item: (item.organisation, item.refuses), _partner),
    Condition("region", lambda item: (item.region, item.regions), _region),
    Condition("level", lambda item: (item.kind, item.level), _level),
    Condition("term", lambda item: (item.starts, item.ends), _term),
    Condition("capacity", lambda item: (item.quantity,), _capacity),
    Condition("engagement", _terms, _engagement),
    Condition("licence", _licence_reads, _licence),
)


def failures(need: Item, offer: Item, conditions: tuple[Condition, ...] = CONDITIONS) -> tuple[Failure, ...]:
    """Every hard condition that the pair does not keep, in the order of the conditions.

    >>> need = Item("n", "need", "post", "焊工", level="associate", extras=(("engagement", "employment"),))
    >>> offer = Item("o", "offer", "post", "焊接专业毕业生", level="secondary", extras=(("engagement", "internship"),))
    >>> [(one.condition, one.need, one.offer) for one in failures(need, offer)]
    [('level', 'associate', 'secondary'), ('engagement', 'employment', 'internship')]
    """
    found = (condition.failure(need, offer) for condition in conditions)
    return tuple(one for one in found if one is not None)
