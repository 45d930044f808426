"""Errors of rights, records, requests and accounts."""

from __future__ import annotations

from chanjiao.core.error_words.kinds import Kind
from chanjiao.engines.words import N_

WORDS: dict[str, tuple[Kind, str]] = {
    "record.not_found": (Kind.NOT_FOUND, N_("There is no such record, or it is not open to you")),
    "record.stale": (Kind.CONFLICT, N_("Somebody changed this record after you opened it; compare and send again")),
    "action.denied": (Kind.DENIED, N_("Your roles do not allow this action")),
    "login.required": (Kind.DENIED, N_("Log in to go on")),
    "state.refused": (Kind.CONFLICT, N_("This is not possible while the state is {state}")),
    "request.malformed": (Kind.INVALID, N_("The request cannot be read")),
    "form.expired": (Kind.DENIED, N_("This form is too old or was sent from another page; load it again")),
    "server.failed": (Kind.INVALID, N_("Something broke here; it has been recorded, and nothing was stored")),
    "field.invalid": (Kind.INVALID, N_("This value is not accepted: {reason}")),
    "field.required": (Kind.INVALID, N_("Fill this in")),
    "field.too_long": (Kind.INVALID, N_("At most {limit} characters fit here")),
    "rate.limited": (Kind.LIMIT, N_("Too many attempts; wait {seconds} seconds")),
    "secret.unreadable": (
        Kind.CONFLICT,
        N_("This secret was sealed under another key of the site; enter it again"),
    ),
    "person.username_malformed": (
        Kind.INVALID,
        N_("A log-in name has 3 to 30 lower-case letters, digits, dots, hyphens or underscores"),
    ),
    "person.username_taken": (Kind.CONFLICT, N_("Somebody has this log-in name already")),
    "person.email_taken": (Kind.CONFLICT, N_("Somebody has this e-mail address already")),
    "person.password_wrong": (Kind.INVALID, N_("This is not your present password")),
    "person.password_weak": (Kind.INVALID, N_("The password is not accepted: {reason}")),
    "person.password_differs": (Kind.INVALID, N_("The two entries of the new password differ")),
    "person.is_demo": (Kind.DENIED, N_("A demo person cannot be changed")),
    "person.closed": (Kind.DENIED, N_("This account is closed; ask the secretariat of your consortium")),
    "person.oneself": (Kind.DENIED, N_("You cannot close your own account")),
    "token.invalid": (Kind.DENIED, N_("This token is unknown or has expired")),
    "token.days": (Kind.INVALID, N_("The days are one of {expected}")),
    "token.too_many": (Kind.LIMIT, N_("At most {limit} tokens at a time; revoke one first")),
}
