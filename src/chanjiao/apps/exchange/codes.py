"""Which national codes a listing may carry."""

from __future__ import annotations

from functools import cache

from chanjiao.apps.reference.selectors import names_of
from chanjiao.core.permissions import SYSTEM
from chanjiao.data import tables


def is_known(system: str, code: str) -> bool:
    """Whether the code stands in its system; undergraduate majors count as programmes.

    The embedded tables answer without a query; codes of a later edition are looked up in the database.
    """
    return code in _codes(system) or bool(names_of(SYSTEM, [(system, code)]))


def is_major(code: str) -> bool:
    """Whether the code is one of the catalogue of undergraduate majors and not of the vocational one."""
    return code not in _codes("vocational") and is_known("programme", code)


@cache
def _codes(system: str) -> frozenset[str]:
    match system:
        case "occupation":
            return frozenset(
                [one.code for one in tables.occupations()] + [one.code for one in tables.occupation_groups()]
            )
        case "programme":
            return frozenset([one.code for one in tables.programmes()] + [one.code for one in tables.majors()])
        case "vocational":
            return frozenset(one.code for one in tables.programmes())
        case "industry":
            return frozenset(one.code for one in tables.industries())
    return frozenset(one.code for one in tables.regions())
