"""Rule sets of early warning as text that people write: read, checked, and handed to the engine. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from chanjiao.apps.programmes.rules.measures import MEASURES
from chanjiao.engines.alignment import Exemption, Rule, RuleSet
from chanjiao.engines.errors import ChanjiaoError


@dataclass(frozen=True, slots=True)
class WarningSet:
    """A rule set with its words: title, source, note, and a label for each rule by its key."""

    key: str
    title: str
    source: str
    note: str
    rules: RuleSet
    text: str
    labels: dict[str, str] = field(default_factory=dict)
    is_shipped: bool = True


def read_warning_set(text: str, *, is_shipped: bool = False) -> WarningSet:
    """The rule set that the YAML tells; `warning.bad_rules` says what is wrong and in which rule."""
    try:
        told = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise _bad(str(error).splitlines()[0]) from None
    if not isinstance(told, dict) or not isinstance(told.get("rules"), list) or not told["rules"]:
        raise _bad("rules")
    if not str(told.get("key", "")).replace("-", "").isalnum() or len(str(told["key"])) > 40:
        raise _bad("key")
    if not told.get("title") or len(str(told["title"])) > 120:
        raise _bad("title")
    source = str(told.get("source", ""))
    rules = tuple(_rule(one, source) for one in told["rules"])
    if len({rule.key for rule in rules}) < len(rules):
        raise _bad("key")
    yellow, red = _whole(told, "yellow", 1), _whole(told, "red", 0)
    exemptions = tuple(map(_exemption, told.get("exemptions") or ()))
    return WarningSet(
        key=str(told["key"]),
        title=str(told["title"]),
        source=source,
        note=str(told.get("note", "")),
        text=text,
        rules=RuleSet(str(told["key"]), rules, yellow, red, exemptions),
        labels={str(one["key"]): str(one.get("label") or one["key"]) for one in told["rules"]},
        is_shipped=is_shipped,
    )


def _rule(told: Any, source: str) -> Rule:
    if not isinstance(told, dict) or not told.get("key"):
        raise _bad("key")
    key = str(told["key"])
    if told.get("measure") not in MEASURES:
        raise _bad(f"{key}: measure ({', '.join(MEASURES)})")
    if told.get("bad") not in ("below", "above"):
        raise _bad(f"{key}: bad (below, above)")
    threshold, last = _number(told, key, "threshold"), _number(told, key, "last_share")
    if (threshold is None) == (last is None) or (last is not None and not 0 < last < 1):
        raise _bad(f"{key}: threshold / last_share")
    years = _whole(told, "years", 1)
    if not 1 <= years <= 10:
        raise _bad(f"{key}: years")
    return Rule(key, told["measure"], told["bad"] == "below", years, threshold, last, str(told.get("source") or source))


def _exemption(told: Any) -> Exemption:
    if not isinstance(told, dict) or not told.get("key"):
        raise _bad("exemptions: key")
    codes = tuple(str(code) for code in told.get("codes") or ())
    return Exemption(str(told["key"])[:120], _whole(told, "younger_than", 0), codes)


def _whole(told: dict[str, Any], name: str, default: int) -> int:
    value = told.get(name, default)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _bad(name)
    return value


def _number(told: dict[str, Any], key: str, name: str) -> float | None:
    value = told.get(name)
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise _bad(f"{key}: {name}")
    return float(value)


def _bad(where: str) -> ChanjiaoError:
    return ChanjiaoError("warning.bad_rules", field="content", where=where[:120])
