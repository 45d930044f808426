"""How strongly each factor holds between a need and an offer, and what stands behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

from chanjiao.engines.matching.conditions import stem
from chanjiao.engines.matching.items import LEVELS, Evidence, Item
from chanjiao.engines.matching.knowledge import industry_closeness, knowledge, occupation_closeness
from chanjiao.engines.matching.likeness import LONG_SHARES, Similarity, covers, similarity

Unsaid = Literal["", "need", "offer", "both"]


@dataclass(frozen=True, slots=True)
class Strength:
    """A factor before it is weighted: strength in [0, 1], evidence, the side that says nothing, and what is not met."""

    value: float
    evidence: tuple[Evidence, ...] = ()
    unsaid: Unsaid = ""
    unmet: tuple[str, ...] = ()


Measure = Callable[[Item, Item, bool], Strength]


def _unsaid(need: object, offer: object) -> Unsaid:
    if need and offer:
        return ""
    return "both" if not need and not offer else "offer" if need else "need"


_SILENT = {side: Strength(0.0, (), side) for side in get_args(Unsaid) if side}


def _silent(need: object, offer: object) -> Strength | None:
    """The strength of a factor of which a side says nothing; None where both say something."""
    return _SILENT.get(_unsaid(need, offer))


def _from_texts(found: Similarity, need: str, offer: str) -> Strength:
    return Strength(found.value, found.evidence, _unsaid(need.strip(), offer.strip()))


def title(need: Item, offer: Item, explain: bool = True) -> Strength:
    """Whether the titles name the same kind of thing: by wording, by synonyms, by occupational field."""
    return _from_texts(similarity(need.title, offer.title, explain), need.title, offer.title)


def text(need: Item, offer: Item, explain: bool = True) -> Strength:
    """Whether the descriptions (and the texts of the kind's own fields) agree."""
    left, right = described(need), described(offer)
    return _from_texts(similarity(left, right, explain, shares=LONG_SHARES), left, right)


def described(item: Item) -> str:
    """All that may be read of an item beside its title."""
    extras = " ".join(value for _, value in item.extras if isinstance(value, str) and not value.isascii())
    parts = (item.summary, extras, " ".join(item.skills), " ".join(item.courses))
    return "\n".join(part for part in (*parts, "" if item.confidential else item.detail) if part)


def skills(need: Item, offer: Item, explain: bool = True) -> Strength:
    """The share of the skills asked for that is offered as a skill or taught as a course."""
    taught = (*offer.courses, *programme_courses(offer))
    if silent := _silent(need.skills, (*offer.skills, *taught)):
        return silent
    best = [_best_skill(skill, offer.skills, taught) for skill in need.skills]
    met = tuple(one for one in best if one.strength >= SKILL_MET)
    unmet = tuple(one.need for one in best if one.strength < SKILL_MET)
    return Strength(sum(one.strength for one in met) / len(best), met, "", unmet)


SKILL_MET = 0.4
SKILL_WHOLE = 0.8  # from here on one skill stands for another; below it is said that it counts in part


def programme_courses(item: Item) -> tuple[str, ...]:
    """The courses of an item's programmes by the official standards."""
    found = knowledge().courses
    return tuple(course for code in item.programmes for course in found.get(code, ()))


def _best_skill(asked: str, skills: tuple[str, ...], courses: tuple[str, ...]) -> Evidence:
    """What comes nearest to a skill: one that is offered, or a course where none is as near."""
    offered = [(_nearness(asked, one), "skill", one) for one in skills]
    taught = [(_taught(asked, one), "course", one) for one in courses]
    strength, how, one = max((*offered, *taught), key=lambda found: found[0])
    return Evidence("skill_in_part" if how == "skill" and strength < SKILL_WHOLE else how, asked, one, strength)


def _nearness(asked: str, one: str) -> float:
    return 1.0 if one == asked else similarity(asked, one, False).value


def _taught(asked: str, course: str) -> float:
    """How near a course comes; 0 where it shares no more than a part of a skill that it would have to teach."""
    value = _nearness(asked, course)
    return value if value < SKILL_MET or covers(asked, course) else 0.0


def texts_of(item: Item) -> tuple[str, ...]:
    """Every text of an item that a measure reads, so that many can be encoded at once."""
    return (item.title, described(item), *item.skills, *item.courses, *programme_courses(item))


def occupation(need: Item, offer: Item, explain: bool = True) -> Strength:
    """The nearest of the two sides' occupations, a programme standing for the occupations it officially leads to."""
    asked, given = _occupations(need), _occupations(offer)
    if silent := _silent(asked, given):
        return silent
    pairs = ((occupation_closeness(a, g), -i, a, g) for a in asked for i, g in enumerate(given))
    closeness, _, code, other = max(pairs)
    if not closeness:
        return Strength(0.0)
    led, leads = asked[code], given[other]
    if led and leads:
        return Strength(closeness, (Evidence("programme", _coded(led), _coded(leads), closeness),))
    if led or leads:
        return Strength(
            closeness, (Evidence("link", _coded(other if leads else code), _coded(led or leads), closeness),)
        )
    return Strength(closeness, (Evidence("occupation", _coded(code), _coded(other), closeness),))


def _coded(code: str) -> str:
    name = knowledge().name_of(code)
    return code if name == code else f"{name} {code}"


def _occupations(item: Item) -> dict[str, str]:
    """Code → the programme that leads to it (empty when the code was stated)."""
    found = dict.fromkeys((code for code in item.occupations if code), "")
    for programme in item.programmes:
        for code in knowledge().links.get(programme, ()):
            found.setdefault(code, programme)
    return found


def programme(need: Item, offer: Item, explain: bool = True) -> Strength:
    """Whether both sides name the same or neighbouring programmes."""
    if silent := _silent(need.programmes, offer.programmes):
        return silent
    value, code, other = max((_programme_closeness(a, b), a, b) for a in need.programmes for b in offer.programmes)
    return Strength(value, (Evidence("programme", _coded(code), _coded(other), value),) if value else ())


def _programme_closeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    names = knowledge().programme_names
    if names.get(one) and names.get(one) == names.get(other):
        return 0.9
    return 0.6 if one[:4] == other[:4] else 0.3 if one[:2] == other[:2] else 0.0


def industry(need: Item, offer: Item, explain: bool = True) -> Strength:
    """The nearest of the two sides' branches in the industry tree."""
    if silent := _silent(need.industries, offer.industries):
        return silent
    value, code, other = max((industry_closeness(a, b), a, b) for a in need.industries for b in offer.industries)
    return Strength(value, (Evidence("industry", _coded(code), _coded(other), value),) if value > 0.1 else ())


def place(need: Item, offer: Item, explain: bool = True) -> Strength:
    """1 in the same county, .9 in the same city, .5 in the same province, .1 elsewhere."""
    if silent := _silent(need.region, offer.region):
        return silent
    left, right = stem(need.region), stem(offer.region)
    value = 0.1
    for length, near in ((2, 0.5), (4, 0.9), (6, 1.0)):
        if left[:length] == right[:length]:
            value = max(value, near)
    return Strength(value, (Evidence("place", need.region, offer.region, value),))


def level(need: Item, offer: Item, explain: bool = True) -> Strength:
    """1 at the level asked for, less for each level above it (who is over-qualified tends to leave)."""
    if silent := _silent(need.level in LEVELS, offer.level in LEVELS):
        return silent
    above = LEVELS.index(offer.level) - LEVELS.index(need.level)
    value = 1.0 if above == 0 else 0.8 if above == 1 else 0.5 if above > 1 else 0.0
    return Strength(value, (Evidence("level", need.level, offer.level, value),) if value else ())


def dates(need: Item, offer: Item, explain: bool = True) -> Strength:
    """The share of the time asked for that the offer covers; an open end covers what follows."""
    if silent := _silent(need.starts or need.ends, offer.starts or offer.ends):
        return silent
    asked = (need.starts or offer.starts, need.ends or offer.ends)
    given = (offer.starts or need.starts, offer.ends or need.ends)
    value = _covered(asked, given)
    return Strength(value, (Evidence("date", _span(need), _span(offer), value),) if value else ())


def _covered(asked: tuple[object, object], given: tuple[object, object]) -> float:
    from datetime import date

    first, last, opens, closes = *asked, *given
    if not isinstance(first, date) or not isinstance(opens, date):
        return 1.0
    if not isinstance(last, date) or not isinstance(closes, date):
        return 1.0 if opens <= first else 0.7
    wanted = (last - first).days + 1
    shared = (min(last, closes) - max(first, opens)).days + 1
    return max(0.0, min(1.0, shared / max(1, wanted)))


def _span(item: Item) -> str:
    return f"{item.starts or '…'}–{item.ends or '…'}"


def quantity(need: Item, offer: Item, explain: bool = True) -> Strength:
    """How much of the number needed is there (persons; hours a week for equipment, days a month for experts)."""
    name = {"equipment": "hours_week", "expert": "days_month"}.get(need.kind)
    asked = _number(need.stated(name) if name else need.quantity)
    given = _number(offer.stated(name) if name else offer.quantity)
    if silent := _silent(asked, given):
        return silent
    value = min(1.0, given / asked)
    return Strength(value, (Evidence("number", f"{asked:g}", f"{given:g}", value),))


def _number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0 else 0.0


# Kind → names of the most that is paid and of the least that is asked.
_MONEY = {
    "post": ("pay_high", "pay_low", "pay_expected"),
    "technical_problem": ("budget", "budget", "price"),
    "expert": ("fee", "fee", "fee"),
    "product": ("price_limit", "price_limit", "price"),
}


def money(need: Item, offer: Item, explain: bool = True) -> Strength:
    """1 where the pay or budget reaches what is asked, falling to 0 at half of it."""
    if need.kind not in _MONEY:
        return Strength(0.0)
    high, low, asked_name = _MONEY[need.kind]
    pays = _number(need.stated(high)) or _number(need.stated(low))
    asks = _number(offer.stated(asked_name))
    if silent := _silent(pays, asks):
        return silent
    value = 1.0 if pays >= asks else max(0.0, 2 * pays / asks - 1)
    return Strength(value, (Evidence("money", f"{pays:.10g}", f"{asks:.10g}", value),) if value else ())


# Kind → fields in which both sides choose.
_TERMS = {
    "technical_problem": ("cooperation_mode", "research_type"),
    "training": ("mode", "certificate"),
}


def terms(need: Item, offer: Item, explain: bool = True) -> Strength:
    """The share of the conditions stated by both sides on which they agree."""
    names = _TERMS.get(need.kind, ())
    stated = [(str(need.stated(n) or ""), str(offer.stated(n) or "")) for n in names]
    both = [(a, b) for a, b in stated if a and b]
    if not both:
        return Strength(0.0, (), _unsaid(any(a for a, _ in stated), any(b for _, b in stated)) or "both")
    kept = [(a, b, _same_choice(a, b)) for a, b in both]
    value = sum(fit for _, _, fit in kept) / len(kept)
    return Strength(value, tuple(Evidence("choice", a, b, fit) for a, b, fit in kept if fit))


def _same_choice(asked: str, given: str) -> float:
    if asked == given:
        return 1.0
    if "blended" in (asked, given):
        return 0.8
    return 0.0 if asked.isascii() or given.isascii() else similarity(asked, given, False).value


def wishes(need: Item, offer: Item, explain: bool = True) -> Strength:
    """Half for each side that asked for the other by name."""
    if not need.wishes and not offer.wishes:
        return _SILENT["both"]
    by_need, by_offer = offer.organisation in need.wishes, need.organisation in offer.wishes
    value = 0.5 * by_need + 0.5 * by_offer
    how = "wish" if by_need and by_offer else "wish_of_need" if by_need else "wish_of_offer"
    return Strength(value, (Evidence(how, need.organisation, offer.organisation, value),) if value else ())


def replies(need: Item, offer: Item, explain: bool = True) -> Strength:
    """How many of the matches put to them both sides answered, steadied by one answer of two: silence counts little."""
    if need.replies is None and offer.replies is None:
        return _SILENT["both"]
    (asked, answered), (offered, taken) = need.replies or (0, 0), offer.replies or (0, 0)
    value = ((answered + 1) / (asked + 2) + (taken + 1) / (offered + 2)) / 2
    known = [("replies_of_need", asked, answered), ("replies_of_offer", offered, taken)]
    told = tuple(Evidence(how, str(of), str(told), value) for how, of, told in known if of)
    return Strength(value, told or (Evidence("replies_of_none", "", "", value),))


MEASURES: dict[str, Measure] = {
    "title": title,
    "text": text,
    "skills": skills,
    "occupation": occupation,
    "programme": programme,
    "industry": industry,
    "place": place,
    "level": level,
    "dates": dates,
    "quantity": quantity,
    "money": money,
    "terms": terms,
    "wishes": wishes,
    "replies": replies,
}
