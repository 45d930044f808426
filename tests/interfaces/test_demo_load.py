"""Loading the demo late, and loading it in vain."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import transaction

from chanjiao.apps.exchange.models import Need
from chanjiao.apps.reference.actions.load_reference import load_reference
from chanjiao.core.models import AuditRecord, Event
from chanjiao.core.permissions import SYSTEM
from chanjiao.interfaces.demo.load import is_loaded, load_demo
from chanjiao.interfaces.web.administration.action_words import ACTION_WORDS
from chanjiao.interfaces.web.deed_words import EVENT_WORDS

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
MUCH_LATER = datetime(2029, 3, 1, 9, tzinfo=UTC)


def test_the_demo_does_not_age_and_whatever_it_records_has_words() -> None:
    load_reference(actor=SYSTEM, now=MUCH_LATER)

    load_demo(now=MUCH_LATER, report=lambda *_: None)

    assert set(AuditRecord.objects.values_list("action", flat=True)) - set(ACTION_WORDS) == set()
    assert set(Event.objects.values_list("name", flat=True)) - set(EVENT_WORDS) == set()
    assert Need.objects.filter(state="open").count() > 60
    assert not Need.objects.filter(state="open", expires_on__lt=MUCH_LATER.date()).exists()


def test_a_demo_that_fails_halfway_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    load_reference(actor=SYSTEM, now=NOW)
    monkeypatch.setattr("chanjiao.interfaces.demo.load.expire_due", lambda **_: 1 / 0)

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        load_demo(now=NOW, report=lambda *_: None)

    assert not is_loaded()
    assert Event.objects.count() <= 7
