"""Dossiers that tests start from: the college asks for fewer seats in one of its programmes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.utils import timezone

from chanjiao.apps.dossiers.actions.ask_opinions import ask_opinions
from chanjiao.apps.dossiers.actions.carry_out_change import carry_out_change
from chanjiao.apps.dossiers.actions.cite_evidence import cite_rows
from chanjiao.apps.dossiers.actions.complete_dossier import complete_dossier
from chanjiao.apps.dossiers.actions.decide_dossier import decide_dossier
from chanjiao.apps.dossiers.actions.give_opinion import give_opinion
from chanjiao.apps.dossiers.actions.put_to_vote import put_to_vote
from chanjiao.apps.dossiers.actions.start_dossier import start_dossier
from chanjiao.apps.dossiers.facts import ChangeFacts
from chanjiao.apps.dossiers.models import Dossier
from chanjiao.apps.programmes.models import ProgrammePoint
from tests.cast import NOW, Cast


def point(cast: Cast, code: str = "530302", **changes: object) -> ProgrammePoint:
    """A programme that the college teaches."""
    told = {"level": "associate", "years": 3, "intake": 200, "enrolled": 603, "teachers": 22, "dual_qualified": 12}
    return ProgrammePoint.objects.create(**{"college": cast.college, "programme_code": code, **told, **changes})


def facts(point: ProgrammePoint, **changes: object) -> ChangeFacts:
    """Forty seats fewer from the next year on."""
    told = ChangeFacts(
        change="reduce", point_id=point.pk, seats_planned=160, from_year=timezone.localdate().year + 1,
        case="毕业生连续两年超出本市需求",
    )  # fmt: skip
    return replace(told, **changes)  # type: ignore[arg-type]


def drafted(cast: Cast, told: ChangeFacts | None = None, now: datetime = NOW, code: str = "530302") -> Dossier:
    """A draft by the college."""
    return start_dossier(
        actor=cast.dean, college_id=cast.college.pk, consortium_id=cast.consortium.pk,
        facts=told or facts(point(cast, code)), now=now,
    )  # fmt: skip


def figure_keys(dossier: Dossier) -> list[str]:
    """The keys of two figures of its programme point."""
    return [f"figure:programmes.programmepoint:{dossier.point_id}:{name}" for name in ("intake", "enrolled")]


def complete(cast: Cast, now: datetime = NOW, code: str = "530302") -> Dossier:
    """A dossier that the college has handed in."""
    made = drafted(cast, now=now, code=code)
    cite_rows(actor=cast.dean, pk=made.pk, keys=figure_keys(made), now=now)
    return complete_dossier(actor=cast.dean, pk=made.pk, version=made.version, now=now)


def asked(cast: Cast, now: datetime = NOW, code: str = "530302") -> Dossier:
    """A dossier on which college, bureau and enterprise are asked."""
    made = complete(cast, now, code)
    return ask_opinions(
        actor=cast.secretary, pk=made.pk, version=made.version, organisations=[cast.bureau.pk, cast.enterprise.pk],
        due_on=timezone.localdate(now) + timedelta(days=20), now=now,
    )  # fmt: skip


def ready(cast: Cast, now: datetime = NOW, code: str = "530302") -> Dossier:
    """A dossier that the council can vote on."""
    made = asked(cast, now, code)
    for actor in (cast.dean, cast.bureau_officer):
        give_opinion(actor=actor, pk=made.pk, verdict="for", words="", now=now)
    made.refresh_from_db()
    return put_to_vote(actor=cast.secretary, pk=made.pk, version=made.version, now=now)


def decided(cast: Cast, now: datetime = NOW, code: str = "530302", **told: object) -> Dossier:
    """A dossier that the council has approved, unless told otherwise."""
    made = ready(cast, now, code)
    told = {"decision": "approved", "resolution": "理事会决议〔2026〕3号"} | told
    return decide_dossier(
        actor=cast.secretary, pk=made.pk, version=made.version, decided_on=timezone.localdate(now), now=now,
        **told,  # type: ignore[arg-type]
    )  # fmt: skip


def carried_out(cast: Cast, now: datetime = NOW, code: str = "530302") -> Dossier:
    """An approved change that was carried out on the day of the decision."""
    made = decided(cast, now, code)
    return carry_out_change(
        actor=cast.dean, pk=made.pk, version=made.version, carried_out_on=timezone.localdate(now), seats_done=160,
        now=now,
    )  # fmt: skip
