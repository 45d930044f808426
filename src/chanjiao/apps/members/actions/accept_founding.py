"""Accepting a founding: everything that the facts found, in one transaction."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from chanjiao.apps.members.facts import FactSheet
from chanjiao.apps.members.models import Founding, FoundingState
from chanjiao.apps.members.plan import Plan, plan
from chanjiao.apps.members.rights import may_found
from chanjiao.apps.members.rules import DEFAULT_TERM_YEARS, default_end
from chanjiao.apps.members.selectors import founding as founding_seen
from chanjiao.apps.members.values import MembershipFacts, PostFacts
from chanjiao.apps.members.versions import claim
from chanjiao.apps.members.writing import Writer
from chanjiao.core.audit import emit, record_change, state_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor, require


def accept_founding(
    *, actor: Actor, founding_id: int, version: int, term_years: int = DEFAULT_TERM_YEARS, now: datetime
) -> Founding:
    """The founding accepted; its `outcome` names what was made and what was there already.

    Bodies known by code, name, alias or short form are completed, never doubled. Memberships run for `term_years`
    from the founding, or from today where the document gives no date.
    """
    founding = founding_seen(actor, founding_id)
    require(may_found(actor))
    if founding.state != FoundingState.DRAFT:
        raise ChanjiaoError("state.refused", state=founding.get_state_display())
    before, planned = state_of(founding, ["state", "decided_at", "version", "outcome"]), plan(_sheet(founding))
    try:
        return _accepted(actor=actor, founding=founding, version=version, planned=planned, years=term_years,
                         before=before, now=now)  # fmt: skip
    except IntegrityError:
        # Another founding or registration made one of the bodies at the same moment; a second try finds it.
        raise ChanjiaoError("record.stale") from None


@transaction.atomic
def _accepted(
    *,
    actor: Actor,
    founding: Founding,
    version: int,
    planned: Plan,
    years: int,
    before: dict[str, Any],
    now: datetime,
) -> Founding:
    claim(founding, version)
    founding.outcome = _written(actor=actor, founding=founding, planned=planned, years=years, now=now)
    founding.state, founding.decided_at = FoundingState.ACCEPTED, now
    founding.save(update_fields=["state", "decided_at", "outcome"])
    record_change(
        actor=actor, action="accept_founding", instance=founding, now=now, before={**state_of(founding), **before}
    )
    emit(actor=actor, name="document.accepted", instance=founding.document, now=now)
    return founding


def _sheet(founding: Founding) -> FactSheet:
    return FactSheet.from_json(founding.facts)


def _written(
    *, actor: Actor, founding: Founding, planned: Plan, years: int, now: datetime
) -> dict[str, dict[str, list[str]]]:
    writer, document = Writer(actor=actor, now=now), founding.document
    for body in planned.organisations:
        writer.organisation(body)
    for one in sorted(planned.consortia, key=lambda one: one.kind != "group"):
        writer.consortium(one)
    started = {one.name: one.founded_on for one in planned.consortia}
    for held in planned.memberships:
        first_day = started[held.consortium] or _council_day(planned) or localdate(now)
        writer.membership(
            MembershipFacts(
                consortium=held.consortium,
                organisation=held.organisation,
                role=held.role,
                office=held.office,
                starts_on=first_day,
                ends_on=default_end(first_day, years),
            ),
            is_assumed=True,
        )
    for post in planned.posts:
        writer.post(PostFacts(person=post.person, organisation=post.organisation, title=post.title), document)
    writer.goals(planned.goals, document)
    return writer.tally.to_json()


def _council_day(planned: Plan) -> date | None:
    """The day of the event, from which offices in the group run too."""
    return next((one.founded_on for one in planned.consortia if one.founded_on), None)
