"""The fields of a line of JSON: read as what they must be, or refused with their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chanjiao.core.errors import ChanjiaoError
from chanjiao.engines.table_faults import bad_value
from chanjiao.engines.words import N_
from chanjiao.interfaces.cli.files import read_jsonl

Row = Mapping[str, object]


def read_identified(path: str) -> Iterator[tuple[str, str, Row]]:
    """(place, id, row) for each line of a JSON Lines file; an id that stands twice is a `table.duplicate` error."""
    first: dict[str, str] = {}
    for place, row in read_jsonl(path):
        identity = row.get("id")
        if isinstance(identity, bool) or not isinstance(identity, str | int) or identity == "":
            raise wrong(place, "id", None if identity == "" else identity, N_("a string"))
        if first.setdefault(str(identity), place) != place:
            raise ChanjiaoError("table.duplicate", place=place, value=identity, first=first[str(identity)])
        yield place, str(identity), row


def string(place: str, row: Row, name: str) -> str:
    """A field that holds a text, which may be empty but not absent."""
    value = row.get(name)
    if not isinstance(value, str):
        raise wrong(place, name, value, N_("a string"))
    return value


def strings(place: str, row: Row, name: str) -> tuple[str, ...]:
    """A field that holds a list of texts; none where it is absent."""
    value = row.get(name)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise wrong(place, name, value, N_("a list of strings"))
    return tuple(value)


def wrong(place: str, name: str, value: object, expected: str) -> ChanjiaoError:
    """What is to be raised for a field that is absent or holds something else."""
    if value is None:
        return ChanjiaoError("input.missing", place=place, name=name)
    return bad_value(place, name, value, expected)
