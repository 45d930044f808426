"""Pure rules of membership: credit codes, comparable names, the states of a membership, terms."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from chanjiao.engines.errors import ChanjiaoError
from chanjiao.engines.words import N_

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_LENGTH = 18
_OF_SCHOOLS = ("school_vocational", "university", "institute", "park_admin", "media", "other")
CODED_KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "11": (N_("state organ"), ("government", "party", "park_admin")),
    "12": (N_("public institution"), _OF_SCHOOLS),
    "13": (N_("mass organisation"), ("association", "union", "other")),
    "51": (N_("social organisation"), ("association", "other")),
    "52": (N_("private non-enterprise body"), _OF_SCHOOLS),
    "53": (N_("foundation"), ("other",)),
    "81": (N_("trade union"), ("union",)),
    "89": (N_("trade union"), ("union",)),
    "91": (N_("enterprise"), ("enterprise", "media", "park")),
    "92": (N_("individual business"), ("enterprise",)),
    "93": (N_("farmers' cooperative"), ("enterprise",)),
}
"""The first two characters of a credit code (GB 32100-2015) → the kind of body, and the types it may have here."""
DEFAULT_TERM_YEARS = 5

OPEN_ROLES = frozenset({"member", "council_member"})
"""Roles that an organisation may apply for itself; the others are given by the secretariat."""

SINGLE_ROLES = frozenset({"lead_school", "lead_enterprise", "lead"})
"""Roles that must be handed over before their last holder may leave."""

NEXT_STATES: dict[tuple[str, str], str] = {
    ("applied", "approve"): "active",
    ("applied", "decline"): "declined",
    ("applied", "leave"): "left",
    ("active", "renew"): "active",
    ("active", "expire"): "expired",
    ("active", "leave"): "left",
    ("expired", "renew"): "active",
    ("expired", "leave"): "left",
}
"""(state, deed) → state; what is absent is refused."""


def name_key(name: str) -> str:
    """The comparable form of a name: half-width, lower case, letters, digits and characters only.

    >>> name_key("安徽环宇（集团）有限公司 ") == name_key("安徽环宇(集团)有限公司")
    True
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in folded if char.isalnum())


def plain_text(text: str) -> str:
    """`text` on one line, without control characters and doubled blanks."""
    kept = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in text)
    return " ".join(kept.split())


def credit_check_character(body: str) -> str:
    """The check character of the first 17 characters of a unified social credit code (GB 32100-2015).

    >>> credit_check_character("91350100M000100Y4")
    '3'
    """
    total = sum(CREDIT_ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(body))
    return CREDIT_ALPHABET[-total % 31]


def credit_code_of(typed: str) -> str | None:
    """The code as stored, None for nothing typed; `credit_code.malformed` or `credit_code.wrong_check` otherwise."""
    code = "".join(unicodedata.normalize("NFKC", typed).upper().split())
    if not code:
        return None
    if len(code) != CREDIT_LENGTH or any(char not in CREDIT_ALPHABET for char in code):
        raise ChanjiaoError("credit_code.malformed", field="credit_code", value=typed.strip()[:40])
    if credit_check_character(code[:-1]) != code[-1]:
        raise ChanjiaoError("credit_code.wrong_check", field="credit_code", value=code)
    return code


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What a credit code says: the kind of body (English; empty for a rare one), its possible types with the likeliest
    first, and the codes of the region where it is registered, the smallest first.
    """

    kind: str
    types: tuple[str, ...]
    regions: tuple[str, ...]


def told_by_code(code: str) -> CodeFacts:
    """What the characters of a valid credit code say.

    >>> told_by_code("91350100M000100Y43")
    CodeFacts(kind='enterprise', types=('enterprise', 'media', 'park'), regions=('350100', '350000'))
    """
    kind, types = CODED_KINDS.get(code[:2], ("", ()))
    region = code[2:8]
    wider = (region, f"{region[:4]}00", f"{region[:2]}0000")
    return CodeFacts(kind, types, tuple(dict.fromkeys(wider)))


def next_state(state: str, deed: str, *, label: str = "") -> str:
    """The state of a membership after `deed`; `state.refused` (naming `label`) where it is not possible."""
    if (state, deed) not in NEXT_STATES:
        raise ChanjiaoError("state.refused", state=label or state)
    return NEXT_STATES[state, deed]


def default_end(starts_on: date, years: int = DEFAULT_TERM_YEARS) -> date:
    """The last day of a term of whole years.

    >>> default_end(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 27)
    """
    last_day = 28 if (starts_on.month, starts_on.day) == (2, 29) else starts_on.day
    return date(starts_on.year + years, starts_on.month, last_day) - timedelta(days=1)


def check_term(starts_on: date | None, ends_on: date | None) -> None:
    """`term.reversed` where a term ends before it starts."""
    if starts_on and ends_on and ends_on < starts_on:
        raise ChanjiaoError("term.reversed", field="ends_on")


def check_application(*, type_: str, role: str, held: Collection[str], may_give_roles: bool) -> None:
    """The preconditions of joining: a body that can join, a role one may ask for, and not held or asked for yet."""
    if type_ in ("consortium", "park"):
        raise ChanjiaoError("membership.not_for_type", field="organisation")
    if role not in OPEN_ROLES and not may_give_roles:
        raise ChanjiaoError("membership.role_given", field="role")
    if role in held or (role == "member" and held):
        raise ChanjiaoError("membership.exists", field="role")


def check_leaving(*, role: str, others_in_role: int) -> None:
    """`membership.lead_stays` where the last lead would leave a consortium without one."""
    if role in SINGLE_ROLES and not others_in_role:
        raise ChanjiaoError("membership.lead_stays")


def check_staff_role(*, role: str, is_consortium: bool, roles_held: Collection[str]) -> None:
    """`staff.role_unfit` where the organisation has no such work.

    A secretariat's people work for a consortium or its lead; guidance officers for a department on the committee.
    """
    leads = bool({"lead_school", "lead"} & set(roles_held))
    fits = {"secretariat": is_consortium or leads, "guidance": "guidance_committee" in roles_held}
    if not fits.get(role, True):
        raise ChanjiaoError("staff.role_unfit", field="role")


def required(value: str, field: str) -> str:
    """`value` on one line; `field.required` where nothing is left."""
    text = plain_text(value)
    if not text:
        raise ChanjiaoError("field.required", field=field)
    return text
