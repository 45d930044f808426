"""Starting Django, and bringing a site's home up to date, for the commands that need it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

Report = Callable[[str, int, int], None]
"""Told (what is being done, steps done, steps in all)."""


def start_django() -> None:
    """Django is set up with the site's settings; safe to call twice."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chanjiao.config.settings")
    import django

    django.setup()


def ready_site(report: Report | None = None) -> None:
    """The database has every table, the code tables are loaded, and static files are in place.

    Does work only where something is missing, so that a second start costs little.
    """
    start_django()
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
    _load_code_tables(report)
    _place_static_files()


def _load_code_tables(report: Report | None) -> None:
    from chanjiao.apps.reference.actions.load_reference import load_reference
    from chanjiao.core import clock
    from chanjiao.core.permissions import SYSTEM

    def told(_system: str, done: int, total: int) -> None:
        if report:
            report("code tables", done, total)

    load_reference(actor=SYSTEM, now=clock.now(), progress=told)


def _place_static_files() -> None:
    from django.conf import settings
    from django.core.management import call_command

    if settings.DEBUG:
        return
    source = settings.PACKAGE / "interfaces" / "web" / "static"
    stamp, wanted = Path(settings.STATIC_ROOT) / "stamp", _fingerprint(source)
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted, encoding="ascii")


def _fingerprint(folder: Path) -> str:
    """A hash over names, sizes and times of a folder's files: another version of the package, another hash."""
    lines = [
        f"{path.relative_to(folder)} {path.stat().st_size} {path.stat().st_mtime_ns}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
