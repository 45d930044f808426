"""Every page with every kind of person, against the table; and the table against the list of routes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
import pytest_django
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from chanjiao.apps.accounts.models import User
from chanjiao.core.models import Event
from chanjiao.core.sheets import sheets_of
from chanjiao.interfaces.web.home.news import news_of
from chanjiao.interfaces.web.links import SEEN, links_for
from chanjiao.interfaces.web.places import PAGES as PLACES
from tests.cast import NOW
from tests.interfaces.permission_table import ALL, PAGES, Route
from tests.interfaces.world import PHONE, SECRET, World, make_world

OUTSIDERS = ("nobody", "stranger", "student", "bureau_officer", "dean")
"""People who are no staff of the enterprise whose confidential words the world holds."""

ADDRESSED = {"placement.answer", "placement.wish", "placement.appeals"}
"""Steps of a round, told to those alone who are to take them; a link asks only whether the round is seen."""

LISTS = [name for name, route in PAGES.items() if route.method == "GET" and route.arguments is Route(ALL).arguments]
"""Pages without a record in their address: what is no list among them has no table, or stands below."""
NO_LISTS = {
    "account_sessions", "administration:index", "home", "matching:weights", "programmes:flow", "programmes:rules",
    "stand", "wall",
}  # fmt: skip
"""Pages whose tables are settings, or stand under a chart or a figure."""

pytestmark = pytest.mark.django_db


def page_routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[str]:
    """The names of all routes but the API's, whose own table stands in `test_api_permissions.py`."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"
        elif entry.namespace != "api":
            yield from page_routes(entry, f"{entry.namespace}:" if entry.namespace else space)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[World]:
    """One world for the whole walk; each request is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def clients(world: World) -> dict[str, Client]:
    """A browser for each kind of person, logged in."""
    made = {name: Client(raise_request_exception=False) for name in ALL}
    for name, client in made.items():
        if name != "nobody":
            client.force_login(User.objects.get(pk=world.cast.people[name].user_id))
    return made


def test_every_route_stands_in_the_table_and_every_row_is_a_route() -> None:
    assert set(page_routes()) == set(PAGES)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_opens_to_whom_the_table_names_and_to_nobody_else(
    name: str, world: World, clients: dict[str, Client]
) -> None:
    admitted = {person for person in ALL if is_admitted(ask(clients[person], name, PAGES[name], world))}

    assert admitted == set(PAGES[name].may)


@pytest.mark.parametrize("name", sorted(name for name, route in PAGES.items() if route.method == "GET"))
def test_no_page_shows_confidential_words_to_strangers(name: str, world: World, clients: dict[str, Client]) -> None:
    pages = {person: words_of(ask(clients[person], name, PAGES[name], world)) for person in OUTSIDERS}

    assert {person for person, page in pages.items() if SECRET in page or PHONE in page} == set()


@pytest.mark.parametrize("name", sorted(set(LISTS) - NO_LISTS))
def test_every_list_can_be_taken_along_as_a_file(name: str, world: World, clients: dict[str, Client]) -> None:
    route = PAGES[name]
    reader = next(iter(sorted(route.may - {"nobody"})), "nobody")
    page = words_of(ask(clients[reader], name, route, world))
    if '<table class="list' not in page:
        return

    link = re.search(r'href="([^"]*format=xlsx[^"]*)"', page)

    assert link, "a list without an export"
    file = clients[reader].get(urljoin(reverse(name), html.unescape(link[1])))
    assert "spreadsheet" in file["Content-Type"]


def words_of(answer: HttpResponse) -> str:
    """What an answer says, be it a page or a file."""
    if not answer.streaming:
        return answer.content.decode(errors="replace")
    sent = b"".join(answer)  # type: ignore[arg-type]
    if "spreadsheet" not in answer["Content-Type"]:
        return sent.decode(errors="replace")
    return "\n".join(cell for sheet in sheets_of(sent) for _number, cells in sheet.rows() for cell in cells)


def ask(client: Client, name: str, route: Route, world: World) -> HttpResponse:
    """The answer to one request, whose changes are rolled back."""
    address = reverse(name, kwargs=route.arguments(world))
    with transaction.atomic():
        answer = (
            client.generic(route.method, address) if route.method == "GET" else client.post(address, route.body(world))
        )
        transaction.set_rollback(True)
    assert answer.status_code < 500, f"{name}: {answer.status_code}"
    return answer


def is_admitted(answer: HttpResponse) -> bool:
    """Whether the person was let in: neither refused nor sent to the log-in page or away from it."""
    if answer.status_code in (301, 302):
        return "/accounts/login/" not in answer["Location"] and not _is_sent_home(answer)
    return answer.status_code not in (401, 403, 404)


def _is_sent_home(answer: HttpResponse) -> bool:
    asked = answer.wsgi_request.path  # type: ignore[attr-defined]
    return asked in ("/accounts/login/", "/accounts/logout/") and answer.wsgi_request.method == "GET"  # type: ignore[attr-defined]


def test_every_kind_of_record_with_a_page_says_who_may_open_it() -> None:
    assert set(SEEN) == set(PLACES)


@pytest.mark.parametrize("kind", sorted(set(SEEN) - ADDRESSED))
def test_a_record_that_is_only_named_is_linked_exactly_for_those_to_whom_its_page_opens(
    kind: str, world: World
) -> None:
    (pk,) = PAGES[PLACES[kind]].arguments(world).values()
    assert isinstance(pk, int)

    linked = {person for person in ALL if links_for(world.cast.people[person], [(kind, pk)])}

    assert linked == set(PAGES[PLACES[kind]].may)


def test_news_of_an_agreement_links_it_for_those_alone_who_may_open_it(world: World) -> None:
    event = Event(name="agreement.signed", object_type="cooperation.agreement", object_id=world.agreement.pk, at=NOW)

    urls = {person: news_of(world.cast.people[person], [event])[0].url for person in ("secretary", "bureau_officer")}

    assert urls == {"secretary": f"/cooperation/{world.agreement.pk}/", "bureau_officer": ""}


@pytest.mark.parametrize("address", ["/members/?q=%00", "/search/?q=a%00b", "/api/v1/members/organisations?q=%00"])
def test_an_address_with_a_nul_is_refused_before_a_database_sees_it(address: str, clients: dict[str, Client]) -> None:
    assert clients["nobody"].get(address).status_code == 422
