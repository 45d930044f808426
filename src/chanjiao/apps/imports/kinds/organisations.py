"""Organisations from and to files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from chanjiao.apps.imports.kinds.base import ImportKind, Options, Planned, RowByRow, Stored
from chanjiao.apps.imports.layouts import Column, Layout, Record
from chanjiao.apps.imports.models import RowOutcome
from chanjiao.apps.imports.parsing import choice_of, code_of, count_of, list_of, msgids_of
from chanjiao.apps.members.actions.edit_organisation import edit_organisation
from chanjiao.apps.members.actions.register_organisation import register_organisations
from chanjiao.apps.members.actions.remove_organisation import remove_organisation
from chanjiao.apps.members.models import Organisation, OrganisationType, Scale
from chanjiao.apps.members.registry import checked, facts_of, organisation_book
from chanjiao.apps.members.rights import may_edit, may_register
from chanjiao.apps.members.rules import name_key
from chanjiao.apps.members.selectors import organisations_kept
from chanjiao.apps.members.values import OrganisationFacts
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require
from chanjiao.core.words import translate
from chanjiao.engines.words import N_

TABLE = "members.organisation"
TYPES = msgids_of(OrganisationType)
SCALES = msgids_of(Scale)
TEXTS = ("name", "short_name", "credit_code", "address", "website", "introduction", "contact_name", "contact_phone")
COUNTS = ("staff_count", "founded_year")

OWN = Layout(
    "own",
    N_("Our own columns"),
    (
        Column("name", N_("Name"), ("单位名称", "企业名称", "单位", "学校名称"), required=True),
        Column("short_name", N_("Short name"), ("简称",)),
        Column("type", N_("Type"), ("单位类型", "类别"), required=True),
        Column("credit_code", N_("Unified social credit code"), ("信用代码", "企业统一社会信用代码")),
        Column("region", N_("Region"), ("地区代码", "所在地区")),
        Column("industry", N_("Industry"), ("行业代码", "所属行业", "行业名称")),
        Column("zone", N_("Zone"), ("所在园区",)),
        Column("address", N_("Address"), ("单位地址",)),
        Column("scale", N_("Size"), ("企业规模",)),
        Column("staff_count", N_("Staff"), ("职工人数", "从业人数")),
        Column("founded_year", N_("Founded in"), ("成立年份",)),
        Column("website", N_("Website"), ("官网",)),
        Column("introduction", N_("Introduction"), ("单位简介",)),
        Column("contact_name", N_("Contact person")),
        Column("contact_phone", N_("Telephone"), ("联系电话", "手机")),
        Column("aliases", N_("Other names"), ("别名", "曾用名")),
    ),
)


class OrganisationReading(RowByRow):
    """Rows read for one actor, beside the organisations that stand already."""

    def __init__(self, actor: Actor, layout: Layout, options: Options, now: datetime) -> None:
        self._actor, self._now = actor, now
        self._book = organisation_book()
        self._met: set[str] = set()

    def read(self, record: Record) -> Planned:
        """The row as a new organisation, a change of one known by its code or name, or one that is as told."""
        name, code = record.get("name", ""), record.get("credit_code", "").upper()
        self._refuse_twice(name, code)
        known = self._book.find(name, credit_code=code)
        if known is None:
            require(may_register(self._actor))
            return Planned(RowOutcome.CREATED, checked(_facts(record, None)))
        organisation = Organisation.objects.get(pk=known)
        require(may_edit(self._actor, organisation) or self._actor.sees_all)
        before = facts_of(organisation)
        told = checked(_facts(record, before), organisation)
        if told == before:
            return Planned(RowOutcome.UNCHANGED, Stored(TABLE, organisation.pk, organisation.version))
        return Planned(RowOutcome.UPDATED, (organisation, before, told))

    def store(self, planned: Sequence[Planned]) -> list[Stored]:
        """New organisations registered together, changed ones edited one by one."""
        new = [one.payload for one in planned if one.outcome == RowOutcome.CREATED]
        registered = iter(register_organisations(actor=self._actor, told=new, now=self._now) if new else [])
        return [self._stored(one, registered) for one in planned]

    def _stored(self, planned: Planned, registered: Iterator[Organisation]) -> Stored:
        if planned.outcome == RowOutcome.CREATED:
            organisation = next(registered)
            return Stored(TABLE, organisation.pk, organisation.version)
        organisation, before, told = planned.payload
        edited = edit_organisation(
            actor=self._actor,
            organisation_id=organisation.pk,
            version=organisation.version,
            told=told,
            now=self._now,
        )
        return Stored(TABLE, edited.pk, edited.version, asdict(before))

    def _refuse_twice(self, name: str, code: str) -> None:
        keys = {key for key in (name_key(name), code) if key}
        if keys & self._met:
            raise ChanjiaoError("import.twice_in_file", field="name")
        self._met |= keys


def _facts(record: Record, known: OrganisationFacts | None) -> OrganisationFacts:
    """What the row tells; what its file has no column for stays as known."""
    told: dict[str, Any] = {name: record[name] for name in TEXTS if name in record}
    if "type" in record:
        told["type"] = choice_of(record["type"], TYPES, "type")
    if "scale" in record:
        told["scale"] = choice_of(record["scale"], SCALES, "scale")
    told |= {name: count_of(record[name], name) for name in COUNTS if name in record}
    told |= {f"{name}_code": code_of(record[name], name, name) for name in ("region", "industry") if name in record}
    if "aliases" in record:
        told["aliases"] = list_of(record["aliases"])
    if "zone" in record:
        told["zone_name"] = record["zone"]
    if not told.get("type") and known is None:
        raise ChanjiaoError("import.required", field="type")
    if known is None:
        return OrganisationFacts(**told)
    # Other names are only ever added, and a zone is moved by hand, so neither makes a row a change.
    told.pop("aliases", None)
    told.pop("zone_name", None)
    return replace(known, **{name: value for name, value in told.items() if value not in ("", None)})


def _undo(actor: Actor, stored: Stored, now: datetime) -> None:
    if stored.before is None:
        remove_organisation(actor=actor, organisation_id=stored.object_id, version=stored.version, now=now)
        return
    told = OrganisationFacts(**{**stored.before, "aliases": tuple(stored.before["aliases"])})
    edit_organisation(actor=actor, organisation_id=stored.object_id, version=stored.version, told=told, now=now)


def _records(actor: Actor, layout: Layout) -> Iterator[Record]:
    for organisation in organisations_kept(actor):
        told = facts_of(organisation)
        yield {
            **{name: str(getattr(told, name) or "") for name in (*TEXTS, *COUNTS)},
            "type": translate(TYPES[told.type], "zh-hans"),
            "scale": translate(SCALES.get(told.scale, ""), "zh-hans"),
            "region": told.region_code,
            "industry": told.industry_code,
            "zone": organisation.zone.name if organisation.zone else "",
            "aliases": "、".join(alias.name for alias in organisation.aliases.all()),
        }


ORGANISATIONS = ImportKind("organisations", N_("Organisations"), (OWN,), OrganisationReading, _undo, _records)
