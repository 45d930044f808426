"""What a college asks for, checked against the kind of change and the code tables, as columns of a dossier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from chanjiao.apps.dossiers.book import ChangeKind, change_of
from chanjiao.apps.dossiers.rules import seat_faults, text_faults, year_faults
from chanjiao.apps.exchange.codes import is_known, is_major
from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.programmes.models import ProgrammePoint
from chanjiao.apps.programmes.rules.points import COLLEGES, level_of
from chanjiao.core.errors import ChanjiaoError, Rejected


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """A change as its writer states it; `point_id` for a programme that is taught, `level` and `code` for a new one."""

    change: str
    point_id: int | None = None
    level: str = ""
    code: str = ""
    into_code: str = ""
    partner_id: int | None = None
    chain: str = ""
    seats_planned: int | None = None
    from_year: int | None = None
    case: str = ""


def checked(facts: ChangeFacts, *, college_id: int, now: datetime) -> dict[str, object]:
    """The columns of a dossier with these facts; `Rejected` with every fault where there is one."""
    kind = change_of(facts.change)
    point, errors = (None, _new_faults(facts, college_id)) if kind.is_new else _point(facts, college_id)
    seats_now = point.intake if point is not None else 0
    case, chain = clean_text(facts.case), clean_text(facts.chain) if "chain" in kind.asks else ""
    errors += _asked_faults(kind, facts, chain, college_id)
    errors += [*text_faults(case=case), *year_faults(facts.from_year, this_year=timezone.localdate(now).year)]
    if facts.seats_planned is None:
        errors.append(ChanjiaoError("listing.required", field="seats_planned"))
    else:
        errors += seat_faults(kind.seats, seats_now, facts.seats_planned)
    if errors:
        raise Rejected(errors)
    code, level = (point.code, point.level) if point is not None else (facts.code, facts.level)
    column, other = ("major_code", "programme_code") if is_major(code) else ("programme_code", "major_code")
    return {
        "change": kind.code,
        "point": point,
        "level": level,
        column: code,
        other: "",
        "into_code": facts.into_code if "into" in kind.asks else "",
        "partner_id": facts.partner_id if "partner" in kind.asks else None,
        "chain": chain,
        "seats_now": seats_now,
        "seats_planned": facts.seats_planned,
        "from_year": facts.from_year,
        "case": case,
    }


def _point(facts: ChangeFacts, college_id: int) -> tuple[ProgrammePoint | None, list[ChanjiaoError]]:
    found = ProgrammePoint.objects.filter(pk=facts.point_id or 0, college_id=college_id).first()
    return found, [] if found is not None else [ChanjiaoError("listing.required", field="point")]


def _new_faults(facts: ChangeFacts, college_id: int) -> list[ChanjiaoError]:
    if not (facts.code and is_known("programme", facts.code) and level_of(facts.code) == facts.level):
        return [ChanjiaoError("programme.unknown_code", field="code", value=facts.code)]
    column = "major_code" if is_major(facts.code) else "programme_code"
    taught = ProgrammePoint.objects.filter(college_id=college_id, level=facts.level, **{column: facts.code})
    return [ChanjiaoError("programme.exists", field="code")] if taught.exists() else []


def _asked_faults(kind: ChangeKind, facts: ChangeFacts, chain: str, college_id: int) -> list[ChanjiaoError]:
    errors = [*text_faults(chain=chain)] if "chain" in kind.asks else []
    if "into" in kind.asks and not (facts.into_code and is_known("programme", facts.into_code)):
        errors.append(ChanjiaoError("programme.unknown_code", field="into_code", value=facts.into_code))
    if "partner" in kind.asks:
        others = Organisation.objects.filter(type__in=COLLEGES).exclude(pk=college_id)
        if not others.filter(pk=facts.partner_id or 0).exists():
            errors.append(ChanjiaoError("listing.required", field="partner"))
    return errors
