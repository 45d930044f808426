"""The audit record and the events: what they hold, and that nobody changes them."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from chanjiao.core.audit import emit, record_change, state_of
from chanjiao.core.models import AuditRecord, Event
from tests.cast import NOW, Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def test_a_change_keeps_only_what_changed_with_who_and_for_whom(cast: Cast) -> None:
    before = state_of(cast.enterprise)
    cast.enterprise.staff_count = 431

    record = record_change(
        actor=cast.personnel_officer, action="edit_organisation", instance=cast.enterprise, now=NOW, before=before
    )

    assert record is not None
    assert (record.before, record.after) == ({"staff_count": 420}, {"staff_count": 431})
    assert (record.actor_name, record.organisation_name) == ("罗佩瑶", "青浦川恒锐机械有限公司")


def test_nothing_changed_leaves_no_record(cast: Cast) -> None:
    record = record_change(
        actor=cast.dean, action="edit_organisation", instance=cast.college, now=NOW, before=state_of(cast.college)
    )

    assert record is None
    assert AuditRecord.objects.count() == 0


def test_an_event_is_credited_to_the_organisation_named(cast: Cast) -> None:
    event = emit(
        actor=cast.secretary,
        name="visit.made",
        instance=cast.enterprise,
        now=NOW,
        organisation=(cast.college.pk, cast.college.name),
        amount=2,
        unit="人",
    )

    assert (event.organisation_name, event.amount, event.unit) == ("青浦川职业技术学院", 2, "人")


@pytest.mark.parametrize("statement", ["UPDATE core_event SET name = 'x'", "DELETE FROM core_event"])
def test_the_database_itself_refuses_to_change_an_event(cast: Cast, statement: str) -> None:
    from chanjiao.core import clock

    emit(actor=cast.dean, name="visit.made", instance=cast.enterprise, now=clock.now())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert [event.name for event in Event.objects.all()] == ["visit.made"]


def test_the_model_refuses_to_change_a_record(cast: Cast) -> None:
    event = emit(actor=cast.dean, name="visit.made", instance=cast.enterprise, now=NOW)

    with pytest.raises(TypeError, match="append-only"):
        event.save()
    with pytest.raises(TypeError, match="append-only"):
        Event.objects.all().delete()
