"""The organisations as stored, found by any of their names, and the writing of their rows."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace
from datetime import datetime
from functools import cache

from chanjiao.apps.members.models import Organisation, OrganisationAlias
from chanjiao.apps.members.naming import NameBook, short_forms
from chanjiao.apps.members.rules import credit_code_of, name_key, plain_text, required
from chanjiao.apps.members.values import OrganisationFacts
from chanjiao.apps.members.versions import check_fields
from chanjiao.core.audit import emit, record_change
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.data import tables

TEXTS = ("short_name", "region_code", "industry_code", "address", "scale", "website", "contact_name", "contact_phone")
PLAIN_FIELDS = (*TEXTS, "introduction", "staff_count", "founded_year", "zone_id")


def organisation_book() -> NameBook[int]:
    """Every organisation's id by credit code, name, short name, alias and short form; two queries."""
    aliases: dict[int, list[str]] = {}
    for owner, name in OrganisationAlias.objects.values_list("organisation_id", "name"):
        aliases.setdefault(owner, []).append(name)
    book: NameBook[int] = NameBook()
    for row in Organisation.objects.values_list("pk", "name", "type", "short_name", "credit_code"):
        pk, name, type_, short_name, credit_code = row
        others = [*aliases.get(pk, ()), *([short_name] if short_name else [])]
        book.add(pk, name, type_=type_, aliases=others, credit_code=credit_code or "")
    return book


def named(organisation: Organisation, name: str) -> None:
    """The organisation has this name, and the keys by which it is compared, sorted and found."""
    # The dictionary takes a quarter of a second to load, and most starts of the program name nobody.
    from pypinyin import lazy_pinyin

    organisation.name = required(name, "name")
    organisation.name_key = required(name_key(organisation.name)[:120], "name")
    syllables = lazy_pinyin(organisation.name)
    organisation.pinyin = " ".join(syllables)[:300].lower()
    organisation.initials = "".join(part[0] for part in syllables if part[:1].isalnum())[:120].lower()


def filled(organisation: Organisation, told: OrganisationFacts) -> None:
    """The organisation's columns hold what is told, checked against the model's bounds."""
    named(organisation, told.name)
    organisation.type = told.type
    organisation.credit_code = credit_code_of(told.credit_code)
    for name, known in (("industry_code", _industries), ("region_code", _regions)):
        _check_code(getattr(organisation, name), getattr(told, name).strip(), name, known)
    for name in PLAIN_FIELDS:
        value = getattr(told, name)
        setattr(organisation, name, plain_text(value) if name in TEXTS else value)
    organisation.introduction = told.introduction.replace("\x00", "").strip()
    check_fields(organisation)


def checked(told: OrganisationFacts, known: Organisation | None = None) -> OrganisationFacts:
    """What is told, its code in the stored form, once every column takes it; nothing is stored or changed."""
    scratch = copy(known) if known is not None else Organisation()
    filled(scratch, told)
    return replace(told, credit_code=scratch.credit_code or "")


def _check_code(before: str, code: str, field: str, known: Callable[[], frozenset[str]]) -> None:
    """A code that is new to the organisation stands in its table; one it bears already may be of an older edition."""
    if code and code != before and code not in known():
        raise ChanjiaoError("organisation.unknown_code", field=field, value=code[:40])


@cache
def _industries() -> frozenset[str]:
    return frozenset(one.code for one in tables.industries())


@cache
def _regions() -> frozenset[str]:
    return frozenset(one.code for one in tables.regions())


def completed(organisation: Organisation, told: OrganisationFacts) -> bool:
    """Whether what is told fills blanks of the organisation or gives its fuller name; what it holds else stays."""
    missing = [name for name in PLAIN_FIELDS if getattr(organisation, name) in ("", None) and getattr(told, name)]
    for name in missing:
        setattr(organisation, name, getattr(told, name))
    if not organisation.credit_code and is_fuller(told, organisation.name):
        named(organisation, told.name)
        missing.append("name")
    code = credit_code_of(told.credit_code)
    if code and not organisation.credit_code:
        organisation.credit_code = code
        missing.append("credit_code")
    if organisation.type == "other" != told.type:
        organisation.type = told.type
        missing.append("type")
    if missing:
        check_fields(organisation)
    return bool(missing)


def is_fuller(told: OrganisationFacts, known: str) -> bool:
    """Whether `known` is a short form of the name told, or one of the aliases told."""
    return name_key(known) in {*short_forms(told.name), *map(name_key, told.aliases)}


def stored_new(*, actor: Actor, organisation: Organisation, now: datetime) -> Organisation:
    """The organisation as a new row, recorded and told of."""
    organisation.created_at = now
    organisation.save(force_insert=True)
    record_change(actor=actor, action="register_organisation", instance=organisation, now=now)
    told = (organisation.pk, organisation.name)
    emit(actor=actor, name="organisation.registered", instance=organisation, now=now, organisation=told)
    return organisation


def add_aliases(*, actor: Actor, organisation: Organisation, names: tuple[str, ...], now: datetime) -> int:
    """How many of the names were new to the organisation; they are its aliases now."""
    known, added = {organisation.name_key}, 0
    if any(name_key(name) not in known for name in names):
        known |= set(organisation.aliases.values_list("name_key", flat=True))
    for name in names:
        key = name_key(name)
        if key and key not in known and len(name) <= 120:
            known.add(key)
            alias = OrganisationAlias.objects.create(organisation=organisation, name=plain_text(name), name_key=key)
            record_change(actor=actor, action="add_alias", instance=alias, now=now)
            added += 1
    return added


def facts_of(organisation: Organisation) -> OrganisationFacts:
    """The organisation's columns as they would be told."""
    values = {name: getattr(organisation, name) for name in ("name", "type", *PLAIN_FIELDS)}
    return OrganisationFacts(credit_code=organisation.credit_code or "", **values)
