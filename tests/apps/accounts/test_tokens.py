"""Tokens: made once, shown once, kept as a hash, ended by their owner or by time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chanjiao.apps.accounts.actions.make_token import make_token
from chanjiao.apps.accounts.actions.note_token_use import note_token_use
from chanjiao.apps.accounts.actions.revoke_token import revoke_token
from chanjiao.apps.accounts.models import ApiToken
from chanjiao.apps.accounts.selectors import live_token, tokens_of
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import AuditRecord
from chanjiao.core.permissions import NOBODY
from tests.cast import NOW, make_cast

pytestmark = pytest.mark.django_db


def test_a_token_lets_its_person_in_and_stands_in_the_database_as_a_hash() -> None:
    cast = make_cast()

    token, secret = make_token(actor=cast.dean, name="校历同步", days=30, now=NOW)

    assert secret.startswith("chj_")
    assert secret not in str(ApiToken.objects.values().get())
    found = live_token(secret, now=NOW)
    assert found is not None
    assert found.pk == token.pk
    assert found.organisation_id == cast.college.pk


def test_neither_the_secret_nor_its_hash_enters_the_record() -> None:
    cast = make_cast()

    token, secret = make_token(actor=cast.dean, name="校历同步", days=30, now=NOW)

    record = AuditRecord.objects.get(action="make_token")
    assert token.digest not in str(record.after)
    assert secret not in str(record.after)


def test_a_token_ends_when_its_days_are_over() -> None:
    cast = make_cast()

    _token, secret = make_token(actor=cast.dean, name="校历同步", days=30, now=NOW)

    assert live_token(secret, now=NOW + timedelta(days=29)) is not None
    assert live_token(secret, now=NOW + timedelta(days=30)) is None


def test_a_revoked_token_lets_nobody_in() -> None:
    cast = make_cast()
    token, secret = make_token(actor=cast.dean, name="校历同步", days=30, now=NOW)

    revoke_token(actor=cast.dean, token_id=token.pk, now=NOW)

    assert live_token(secret, now=NOW) is None
    assert list(tokens_of(cast.dean)) == []


def test_another_persons_token_cannot_be_revoked_and_is_not_found() -> None:
    cast = make_cast()
    token, secret = make_token(actor=cast.dean, name="校历同步", days=30, now=NOW)

    with pytest.raises(ChanjiaoError, match="record.not_found"):
        revoke_token(actor=cast.secretary, token_id=token.pk, now=NOW)

    assert live_token(secret, now=NOW) is not None


def test_a_token_cannot_live_for_a_time_that_is_not_offered() -> None:
    cast = make_cast()

    with pytest.raises(ChanjiaoError, match="token.days"):
        make_token(actor=cast.dean, name="校历同步", days=9999, now=NOW)

    assert ApiToken.objects.count() == 0


def test_the_eleventh_token_at_a_time_is_refused() -> None:
    cast = make_cast()
    for number in range(10):
        make_token(actor=cast.dean, name=f"程序{number}", days=30, now=NOW)

    with pytest.raises(ChanjiaoError, match="token.too_many"):
        make_token(actor=cast.dean, name="程序10", days=30, now=NOW)

    assert ApiToken.objects.count() == 10


def test_nobody_makes_no_token() -> None:
    with pytest.raises(ChanjiaoError, match="login.required"):
        make_token(actor=NOBODY, name="程序", days=30, now=NOW)


def test_the_last_use_is_written_at_most_once_an_hour() -> None:
    cast = make_cast()
    token, _secret = make_token(actor=cast.dean, name="校历同步", days=30, now=NOW)

    note_token_use(token=token, now=NOW)
    token.refresh_from_db()
    note_token_use(token=token, now=NOW + timedelta(minutes=59))

    token.refresh_from_db()
    assert token.last_used_at == NOW
