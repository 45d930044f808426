"""The rule sets of early warning that hold on this site: those shipped, and those loaded here in their place."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from chanjiao.apps.programmes.models import WarningRuleSet
from chanjiao.apps.programmes.rules.warning_sets import WarningSet, read_warning_set
from chanjiao.core.errors import ChanjiaoError


def warning_sets() -> list[WarningSet]:
    """Every rule set in force, by key."""
    kept = {one.key: read_warning_set(one.content) for one in WarningRuleSet.objects.all()}
    return [one for _, one in sorted({**_shipped(), **kept}.items())]


def warning_set(key: str) -> WarningSet:
    """The rule set of that key; `record.not_found`."""
    found = next((one for one in warning_sets() if one.key == key), None)
    if found is None:
        raise ChanjiaoError("record.not_found")
    return found


@cache
def _shipped() -> dict[str, WarningSet]:
    folder = files("chanjiao.data").joinpath("programmes/warnings")
    texts = [one.read_text(encoding="utf-8") for one in sorted(folder.iterdir(), key=lambda one: one.name)]
    return {one.key: one for one in (read_warning_set(text, is_shipped=True) for text in texts)}
