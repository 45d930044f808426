"""Every error code with its kind and its English words; Chinese stands in the message catalogue.

The words are `str.format` templates over the error's parameters.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What an error means to whoever called; each interface maps it once (HTTP status, exit code)."""

    INVALID = "invalid"
    DENIED = "denied"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    LIMIT = "limit"


def N_(words: str) -> str:  # noqa: N802  (the usual name of a marker for message extraction)
    return words


ERROR_WORDS: dict[str, tuple[Kind, str]] = {
    # files and tables (command line, uploads)
    "file.missing": (Kind.INVALID, N_("The file {path} does not exist")),
    "file.unreadable": (Kind.INVALID, N_("The file {path} cannot be read: {reason}")),
    "file.unwritable": (Kind.INVALID, N_("{path} cannot be written: {reason}")),
    "file.empty": (Kind.INVALID, N_("The file {path} is empty")),
    "file.too_large": (Kind.LIMIT, N_("The file is {size} bytes; at most {limit} bytes are read")),
    "file.not_text": (Kind.INVALID, N_("This is not text: {reason}")),
    "table.missing_column": (Kind.INVALID, N_("The column {column} is missing; columns found: {found}")),
    "table.bad_value": (Kind.INVALID, N_("{column} is {value!r}; expected {expected}")),
    "table.duplicate": (Kind.INVALID, N_("{value} stands here a second time; first at {first}")),
    "table.unknown_reference": (Kind.INVALID, N_("{what} {value} is not in {where}")),
    "json.malformed": (Kind.INVALID, N_("This line is not a JSON object: {reason}")),
    "input.missing": (Kind.INVALID, N_("{name} is required")),
    "option.unknown": (Kind.INVALID, N_("{name} is {value!r}; expected one of {expected}")),
    "port.taken": (Kind.LIMIT, N_("{host}:{port} is in use; choose another with --port")),
    # rights and records
    "record.not_found": (Kind.NOT_FOUND, N_("There is no such record, or it is not open to you")),
    "action.denied": (Kind.DENIED, N_("Your roles do not allow this action")),
    "login.required": (Kind.DENIED, N_("Log in to go on")),
    "record.stale": (Kind.CONFLICT, N_("Somebody changed this record after you opened it; compare and send again")),
    "state.refused": (Kind.CONFLICT, N_("This is not possible while the state is {state}")),
    "request.malformed": (Kind.INVALID, N_("The request cannot be read")),
    "form.expired": (Kind.DENIED, N_("This form is too old or was sent from another page; load it again")),
    "server.failed": (Kind.INVALID, N_("Something broke here; it has been recorded, and nothing was stored")),
    "field.invalid": (Kind.INVALID, N_("This value is not accepted: {reason}")),
    "token.invalid": (Kind.DENIED, N_("This token is unknown or has expired")),
    # matching
    "matching.duplicate_id": (Kind.INVALID, N_("The id {id} stands twice among the items to be matched")),
    "rate.limited": (Kind.LIMIT, N_("Too many attempts; wait {seconds} seconds")),
    # exports
    "export.too_long": (Kind.LIMIT, N_("A worksheet holds {limit} rows; narrow the filters or take CSV")),
}
