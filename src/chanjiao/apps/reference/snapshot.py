"""From the database to the look-up engine: the index of every term, one for each process."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from chanjiao.apps.reference.models import Alias, CodeSystem, FormerCode, Term
from chanjiao.apps.reference.rules import HEADING, level_words, spellings
from chanjiao.data import tables
from chanjiao.engines.lookup import Entry, Index, Readings


@dataclass(slots=True)
class _Held:
    """The index of this process, and the editions that it was built from."""

    digest: str = ""
    index: Index | None = None


_held = _Held()
_lock = threading.Lock()


def index() -> Index:
    """The index over the terms as they stand, built when their editions have changed.

    Costs one small query where it stands, and about a third of a second where it must be built.
    """
    digest = _digest()
    with _lock:
        if _held.index is None or _held.digest != digest:
            _held.digest, _held.index = digest, Index(_entries(), _readings())
        return _held.index


def drop_index() -> None:
    """The next look-up builds the index anew."""
    with _lock:
        _held.index = None


def _digest() -> str:
    return " ".join(CodeSystem.objects.order_by("code").values_list("digest", flat=True))


@cache
def _readings() -> Readings:
    return Readings.of_table(tables.readings())


def _entries() -> list[Entry]:
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    for term_id, name in Alias.objects.values_list("term_id", "name"):
        aliases[term_id].append(name)
    former: defaultdict[int, list[str]] = defaultdict(list)
    for term_id, code in FormerCode.objects.values_list("term_id", "code"):
        former[term_id].append(code)
    rows = list(Term.objects.values_list("pk", "system__code", "code", "name", "level", "parent_code", "in_force"))
    above = {(system, code): (name, parent) for _, system, code, name, _, parent, _ in rows}
    return [
        Entry(
            system=system,
            code=code,
            name=name,
            aliases=tuple(aliases.get(pk, ())),
            former_codes=tuple(former.get(pk, ())),
            spellings=spellings(system, code),
            context=" ".join(names := _names_above(system, code, parent, above)),
            in_force=in_force,
            depth=len(names),
        )
        for pk, system, code, name, level, parent, in_force in rows
        if level != HEADING
    ]


def _names_above(system: str, code: str, parent: str, above: dict[tuple[str, str], tuple[str, str]]) -> list[str]:
    names: list[str] = []
    while parent and (system, parent) in above and len(names) < 6:
        name, parent = above[system, parent]
        names.insert(0, name)
    catalogue = level_words(system, code)
    return [catalogue, *names] if catalogue else names
