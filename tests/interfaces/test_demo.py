"""The demo stands whole, through the actions that people use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import pytest_django
from django.db import transaction

from chanjiao.apps.exchange.models import Need, Offer
from chanjiao.apps.matching.models import Match
from chanjiao.apps.members.models import Consortium, Goal, Membership, Organisation
from chanjiao.apps.programmes.models import ProgrammePoint
from chanjiao.apps.reference.actions.load_reference import load_reference
from chanjiao.core.models import AuditRecord, Event
from chanjiao.core.permissions import SYSTEM
from chanjiao.interfaces.demo.load import is_loaded, load_demo

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """The demo, loaded once for the tests that only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference(actor=SYSTEM, now=NOW)
        load_demo(now=NOW, report=lambda *_: None)
        yield
        transaction.set_rollback(True)


def test_the_demo_has_its_city_and_every_deed_is_recorded(demo: None) -> None:
    assert is_loaded()
    assert Counter(Consortium.objects.values_list("kind", flat=True)) == {"municipal": 2, "group": 1}
    assert (Need.objects.count(), Offer.objects.count(), ProgrammePoint.objects.count()) == (80, 80, 60)
    assert Organisation.objects.filter(type="enterprise").count() >= 40
    guiding = Membership.objects.filter(role="guidance_committee").values("organisation").distinct()
    assert guiding.count() == 10
    assert Event.objects.filter(name="need.posted").count() == Need.objects.exclude(state="draft").count()
    assert AuditRecord.objects.filter(action="post_listing").count() == 160


def test_the_hopes_of_the_notice_are_goals_with_the_five_measures(demo: None) -> None:
    hopes = Goal.objects.filter(kind="hope", consortium__kind="municipal").order_by("consortium_id", "position")

    assert [hope.measure for hope in hopes][:5] == ["depth", "breadth", "speed", "precision", "strength"]


def test_matches_are_proposed_and_some_are_accepted(demo: None) -> None:
    states = Counter(Match.objects.values_list("state", flat=True))

    assert states["accepted"] >= 1
    assert states["proposed"] > 30
