"""What membership leaves to do: applications to decide, founding documents to check."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from chanjiao.apps.members import selectors
from chanjiao.apps.members.models import Founding, Membership
from chanjiao.core.commitments import Item, Source, Standing, register_source
from chanjiao.core.permissions import Actor
from chanjiao.engines.words import N_

DECISION_DAYS = 3
"""How long a secretariat has to decide on an application."""


def _runs(actor: Actor) -> bool:
    return actor.sees_all or bool(actor.secretariat_of)


def _application(one: Membership) -> Item:
    due = timezone.localtime(one.applied_at).date() + timedelta(days=DECISION_DAYS)
    under = f"{one.consortium} · {one.get_role_display()}"
    return Item(one.organisation.name, under, "members.membership", one.pk, due)


def _founding(one: Founding) -> Item:
    read = timezone.localtime(one.document.uploaded_at).date()
    return Item(str(one.document), _("Read on %s") % read.isoformat(), "members.founding", one.pk)


register_source(
    Source(
        "members.applications",
        Standing.WAITS,
        N_("Applications to join"),
        N_("Decide"),
        "user-plus",
        lambda actor, now: selectors.awaiting_review(actor) if _runs(actor) else [],
        _application,
    )
)
register_source(
    Source(
        "members.foundings",
        Standing.WAITS,
        N_("Founding documents to check"),
        N_("Check and accept"),
        "file-certificate",
        lambda actor, now: selectors.foundings(actor).filter(state="draft") if _runs(actor) else [],
        _founding,
    )
)
