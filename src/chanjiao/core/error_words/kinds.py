"""What kinds of errors there are."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What an error means to whoever called; each interface maps it once (HTTP status, exit code)."""

    INVALID = "invalid"
    DENIED = "denied"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    LIMIT = "limit"
