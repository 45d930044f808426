"""The kinds of change and what each needs, read from data (`data/dossiers/changes.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from chanjiao.apps.cooperation.kinds import Words
from chanjiao.apps.dossiers.rules import OPINION_SIDES, Requirement, Seats
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.rule_files import read_book


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """A kind of change: whether it is of a programme that is taught, what it asks for, and what makes it complete."""

    code: str
    label: Words
    about: Words
    is_new: bool
    asks: frozenset[str]
    seats: Seats
    requirements: tuple[Requirement, ...]
    labels: tuple[Words, ...]
    """What each requirement is called, in their order."""
    opinions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DossierBook:
    """Every kind of change and every reason of refusal that a site works by."""

    changes: Mapping[str, ChangeKind]
    refusals: Mapping[str, Words]
    effect_months: int


def book() -> DossierBook:
    """The kinds and reasons in force on this site."""
    return _read(settings.DOSSIERS_FILE)


def change_of(code: str) -> ChangeKind:
    """The kind of that code; `dossier.unknown_change` where there is none."""
    found = book().changes.get(code)
    if found is None:
        raise ChanjiaoError("dossier.unknown_change", field="change", value=code)
    return found


@cache
def _read(path: Path | None) -> DossierBook:
    return read_book(path, "dossiers/changes.yaml", _book)


def _book(told: Mapping[str, Any]) -> DossierBook:
    return DossierBook(
        changes={code: _change(code, values) for code, values in told["changes"].items()},
        refusals={code: Words(**words) for code, words in told["refusals"].items()},
        effect_months=int(told["effect"]["months"]),
    )


def _change(code: str, told: Mapping[str, Any]) -> ChangeKind:
    opinions = {side: int(told["opinions"][side]) for side in OPINION_SIDES}
    return ChangeKind(
        code=code,
        label=Words(**told["label"]),
        about=Words(**told["about"]),
        is_new={"new": True, "point": False}[told["of"]],
        asks=frozenset(told.get("asks", ())),
        seats=Seats(told["seats"]),
        requirements=tuple(
            Requirement(frozenset(one["kinds"]), int(one["least"]), one["source"]) for one in told["evidence"]
        ),
        labels=tuple(Words(**one["label"]) for one in told["evidence"]),
        opinions=opinions,
    )
