"""Rules of code systems: how codes are built, and what changes from one edition to the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

SYSTEMS = ("industry", "occupation", "programme", "major", "region", "institution", "zone")
HEADING = "heading"
"""The level of a row that only orders others in a tree; it is no code of the system."""

_CATALOGUES = {"2": "职业本科", "3": "职业本科", "4": "高职专科", "5": "高职专科", "6": "中职", "7": "中职"}
_SECTIONS = "ABCDEFGHIJKLMNOPQRST"

Attributes = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Row:
    """A term as an edition gives it; None: the edition says nothing about it."""

    code: str
    name: str
    level: str | None = None
    parent: str | None = None
    aliases: tuple[str, ...] | None = None
    former: tuple[str, ...] = ()
    inferred_former: tuple[str, ...] = ()
    attributes: Attributes | None = None
    in_force: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """A term as it stands."""

    code: str
    name: str
    parent: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class Renamed:
    """A code whose name changes."""

    code: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A term that gets another code."""

    before: str
    after: str
    name: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A term that stands under another parent."""

    code: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Abolished:
    """A code that is no longer in force."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What an edition changes. `added` holds new codes that no term had before; a moved term is not among them."""

    added: tuple[Row, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    moved: tuple[Moved, ...] = ()
    placed: tuple[Placed, ...] = ()
    abolished: tuple[Abolished, ...] = ()
    restored: tuple[Row, ...] = ()

    @property
    def count(self) -> int:
        """How many terms change."""
        parts = (self.added, self.renamed, self.moved, self.placed, self.abolished, self.restored)
        return sum(len(part) for part in parts)

    @property
    def touching(self) -> frozenset[str]:
        """Codes whose records somebody should look at: renamed, moved or abolished."""
        renamed = {one.code for one in self.renamed}
        abolished = {one.code for one in self.abolished}
        return frozenset(renamed | abolished | {one.before for one in self.moved})


@dataclass(frozen=True, slots=True)
class Edition:
    """A whole code system as one edition gives it."""

    system: str
    title: str
    edition: str
    source: str
    licence: str
    note: str
    rows: tuple[Row, ...] = field(repr=False)
    digest: str = ""


def spellings(system: str, code: str) -> tuple[str, ...]:
    """Other ways in which a code in force is written: industries often come without the letter of their section."""
    return (code[1:],) if system == "industry" and len(code) > 1 else ()


def possible_codes(system: str, written: str) -> tuple[str, ...]:
    """The codes that something written may stand for: itself, and for an industry's digits each section's letter.

    >>> possible_codes("region", "340800"), possible_codes("industry", "3484")[:4]
    (('340800',), ('3484', 'A3484', 'B3484', 'C3484'))
    """
    if system == "industry" and written[:1].isdigit():
        return (written, *(f"{letter}{written}" for letter in _SECTIONS))
    return (written,)


def level_words(system: str, code: str) -> str:
    """The catalogue that a vocational programme stands in, which tells programmes of one name apart.

    >>> level_words("programme", "570102"), level_words("region", "340800")
    ('高职专科', '')
    """
    return _CATALOGUES.get(code[:1], "") if system == "programme" else ""


def held_in(system: str) -> tuple[str, ...]:
    """The systems whose codes a field of `system` may hold: universities teach majors, colleges programmes."""
    return ("programme", "major") if system == "programme" else (system,)


def parent_of(system: str, code: str, known: Collection[str]) -> str:
    """The code above `code` among `known` codes; empty at the top."""
    candidates: list[str] = []
    if system == "industry":
        candidates = [code[: {3: 1, 4: 3, 5: 4}.get(len(code), 0)]]
    elif system == "occupation":
        candidates = [code.rpartition("-")[0]]
    elif system in ("programme", "major"):
        candidates = [code[:4], code[:2]]
    elif system == "region":
        candidates = [f"{code[:4]}00", f"{code[:2]}0000"]
    elif system == "zone":
        candidates = [code[:1]]
    elif system == "institution":
        candidates = [code[:4]]
    return next((one for one in candidates if one and one != code and one in known), "")


def level_of(system: str, code: str) -> str:
    """The level that the form of a code says."""
    if system == "industry":
        return {1: "section", 3: "division", 4: "group"}.get(len(code), "class")
    if system == "occupation":
        return ("major", "middle", "minor", "occupation")[min(code.count("-"), 3)]
    if system in ("programme", "major"):
        return {2: "category", 4: "class"}.get(len(code), system)
    if system == "region":
        return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"
    return system


def compare(known: Iterable[Known], rows: Sequence[Row], *, whole: bool) -> Changes:
    """What `rows` change in what is `known`.

    With `whole`, a code in force that `rows` lack is abolished, or moved where a row names it as its former code or
    where exactly one code that goes and one that comes bear the same name. Without it, what `rows` lack stays.
    """
    before = {term.code: term for term in known}
    after = {row.code: row for row in rows}
    gone = {code: term for code, term in before.items() if whole and term.in_force and code not in after}
    named = {former for row in rows for former in row.former}
    gone |= {code: before[code] for code in named if code in before and before[code].in_force and code not in after}
    fresh = [row for row in rows if row.in_force and row.code not in before]
    moved = _moves(gone, fresh)
    arrived = {move.after for move in moved}
    left = {move.before for move in moved}
    kept = [(before[code], row) for code, row in after.items() if code in before]
    return Changes(
        added=tuple(row for row in fresh if row.code not in arrived),
        renamed=tuple(Renamed(row.code, term.name, row.name) for term, row in kept if term.name != row.name),
        moved=moved,
        placed=tuple(
            Placed(row.code, row.name, term.parent, row.parent)
            for term, row in kept
            if row.parent is not None and row.parent != term.parent
        ),
        abolished=tuple(Abolished(code, term.name) for code, term in gone.items() if code not in left)
        + tuple(Abolished(row.code, row.name) for term, row in kept if term.in_force and not row.in_force),
        restored=tuple(row for term, row in kept if row.in_force and not term.in_force),
    )


def _moves(gone: Mapping[str, Known], fresh: Sequence[Row]) -> tuple[Moved, ...]:
    told = [Moved(former, row.code, row.name) for row in fresh for former in row.former if former in gone]
    taken = {move.before for move in told}
    settled = {move.after for move in told}
    leaving = Counter(term.name for code, term in gone.items() if code not in taken)
    coming = Counter(row.name for row in fresh if row.code not in settled)
    codes = {term.name: code for code, term in gone.items() if code not in taken}
    by_name = [
        Moved(codes[row.name], row.code, row.name)
        for row in fresh
        if row.code not in settled and leaving[row.name] == 1 and coming[row.name] == 1
    ]
    return tuple(told + by_name)
