"""Import and export as a secretary uses them: a file is checked, stored, and taken back; rows come out as files."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chanjiao.apps.accounts.models import User
from chanjiao.apps.exchange.models import Need
from chanjiao.apps.imports.models import ImportBatch
from chanjiao.core.jobs import run_next
from chanjiao.core.sheets import sheets_of
from tests.apps.imports.files import NEEDS, csv_of, need
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(User.objects.get(username="personnel"))
    return client


def upload(client: Client, content: bytes, name: str = "清单.csv") -> object:
    """The answer to a file that is sent."""
    return client.post("/imports/", {"kind": "needs", "file": SimpleUploadedFile(name, content)})


def test_a_file_is_checked_then_stored_and_its_rejected_rows_come_back_ready_to_be_mended(client: Client) -> None:
    upload(client, csv_of(NEEDS, [need(1), need(2, 人数="很多")]))
    batch = ImportBatch.objects.get()
    while run_next():
        pass
    assert "写入通过的行" in client.get(f"/imports/{batch.pk}/").content.decode()
    assert Need.objects.count() == 0

    client.post(f"/imports/{batch.pk}/confirm/")
    while run_next():
        pass

    assert Need.objects.get().title == "数控车工第1批"
    sent = b"".join(client.get(f"/imports/{batch.pk}/rejected/"))  # type: ignore[arg-type]
    rows = [cells for _number, cells in sheets_of(sent)[0].rows()]
    assert rows[0][:3] == ("行号", "错误", "单位名称")
    assert rows[1][:2] == ("3", "数量: “很多”不是不小于0的数")


def test_a_file_that_is_no_table_is_refused_beside_its_field(client: Client) -> None:
    answer = upload(client, b"\x00\x01\x02\xff" * 50)

    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert "id_file_error" in answer.content.decode()  # type: ignore[attr-defined]
    assert not ImportBatch.objects.exists()


def test_the_visit_form_goes_out_with_the_standards_headings(client: Client, cast: Cast) -> None:
    sent = b"".join(client.get("/imports/export/needs/?layout=visit&format=csv"))  # type: ignore[arg-type]

    assert sent.decode("utf-8-sig").splitlines()[0].startswith("企业名称,统一社会信用代码,岗位名称,需求专业代码")


def test_an_unknown_kind_or_form_is_not_there(client: Client) -> None:
    assert client.get("/imports/export/planets/").status_code == 422
    assert client.get("/imports/export/needs/?layout=planets").status_code == 422
