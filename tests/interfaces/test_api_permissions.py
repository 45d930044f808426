"""Every operation of the API with every kind of person, against the table; and the table against the description."""

from __future__ import annotations

import json

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from chanjiao.interfaces.api import api
from tests.interfaces.api_permission_table import OPERATIONS, Operation
from tests.interfaces.permission_table import ALL
from tests.interfaces.test_permissions import OUTSIDERS, clients, words_of, world  # noqa: F401  (fixtures)
from tests.interfaces.world import PHONE, SECRET, World

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


def test_every_operation_stands_in_the_table_and_every_row_is_an_operation() -> None:
    described = {
        f"{method.upper()} {path.removeprefix(ROOT)}"
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
    }

    assert described == set(OPERATIONS)


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_an_operation_answers_whom_the_table_names_and_nobody_else(
    name: str,
    world: World,  # noqa: F811
    clients: dict[str, Client],  # noqa: F811
) -> None:
    answers = {person: ask(clients[person], name, OPERATIONS[name], world) for person in ALL}

    admitted = {person for person, answer in answers.items() if answer.status_code not in (401, 403, 404)}
    assert admitted == set(OPERATIONS[name].may)
    assert all("error" in answers[person].json() for person in ALL - admitted)


@pytest.mark.parametrize("name", sorted(name for name in OPERATIONS if name.startswith("GET")))
def test_no_answer_holds_confidential_words_for_strangers(
    name: str,
    world: World,  # noqa: F811
    clients: dict[str, Client],  # noqa: F811
) -> None:
    answers = {person: ask(clients[person], name, OPERATIONS[name], world) for person in OUTSIDERS}
    texts = {person: words_of(answer) for person, answer in answers.items()}

    assert {person for person, answer in texts.items() if SECRET in answer or PHONE in answer} == set()


def test_every_schema_of_the_description_has_a_name_of_its_own() -> None:
    """Two classes of one name would describe one operation by the other's fields."""
    from ninja import Schema

    names = [schema.__name__ for schema in _below(Schema) if schema.__module__.startswith("chanjiao.")]

    assert sorted(names) == sorted(set(names))


def ask(client: Client, name: str, operation: Operation, world: World) -> HttpResponse:  # noqa: F811
    """The answer to one call, whose changes are rolled back; a fault of the server fails the test."""
    method, path = name.split(" ")
    address = ROOT + path.format(**operation.path(world)) + operation.query
    with transaction.atomic():
        body, headers = operation.body(world), {"Accept-Language": "en"}
        answer = (
            client.post(address, body, headers=headers)
            if operation.is_form
            else client.generic(method, address, json.dumps(body), "application/json", headers=headers)
        )
        transaction.set_rollback(True)
    assert answer.status_code < 500, f"{name}: {answer.status_code}"
    return answer


def _below(cls: type) -> set[type]:
    return {found for sub in cls.__subclasses__() for found in {sub, *_below(sub)}}


LISTS = "/members/organisations /matches /programmes /exchange/needs /record/events /reference/occupation/terms".split()


@pytest.mark.parametrize("path", LISTS)
def test_an_offset_that_no_database_takes_is_refused_at_its_field(
    path: str,
    clients: dict[str, Client],  # noqa: F811
) -> None:
    answer = clients["administrator"].get(f"{ROOT}{path}?offset={10**20}")

    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "offset")
