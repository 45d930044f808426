"""Administration at a glance: what went wrong, who is here, what the site runs on."""

from __future__ import annotations

import platform
from dataclasses import dataclass

import django
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from chanjiao import __version__
from chanjiao.apps.accounts.selectors import people
from chanjiao.apps.reference.selectors import systems
from chanjiao.core.selectors import RecordFilters, audit_records, jobs
from chanjiao.interfaces.web.administration.entry import administering


@dataclass(frozen=True, slots=True)
class SystemFacts:
    """What the site runs on; `database_size` in bytes, None where the database does not tell."""

    version: str
    python: str
    django: str
    database: str
    database_size: int | None
    host: str


def index(request: HttpRequest) -> HttpResponse:
    """Figures that open to their lists, and the facts of the system."""
    actor = administering(request)
    today = timezone.localdate()
    told = {
        "people_count": people(actor, standing="active").count(),
        "changes_today": audit_records(actor, RecordFilters(since=today)).count(),
        "jobs_open": jobs(actor, state="running").count() + jobs(actor, state="queued").count(),
        "jobs_failed": jobs(actor, state="failed").count(),
        "today": today,
        "facts": system_facts(),
        "systems": systems(actor),
    }
    return render(request, "administration/index.html", told)


def system_facts() -> SystemFacts:
    """The versions and the size of what the site runs on."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        size = cursor.fetchone()[0]
    version = ".".join(str(part) for part in connection.get_database_version())
    return SystemFacts(
        version=__version__,
        python=platform.python_version(),
        django=django.get_version(),
        database=f"{connection.display_name} {version}",
        database_size=size,
        host=platform.platform(terse=True),
    )
