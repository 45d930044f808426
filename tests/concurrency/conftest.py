"""A site in a home of its own, on which several processes run at once: on SQLite, and on PostgreSQL where installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.postgresql import running_server, server_programs

ROOT = Path(__file__).parents[2]
BEGIN = """
import os, sys, time, json
sys.path.insert(0, os.environ["CHANJIAO_TESTS"])
import django
django.setup()
from django.db import connection
connection.ensure_connection()
number = int(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
"""


@dataclass(frozen=True)
class Site:
    """A site's home and database, for processes of their own."""

    environment: dict[str, str]

    def start(self, program: str, number: int = 0) -> subprocess.Popen[str]:
        """A process that has set Django up and waits for a line before it runs `program`."""
        return subprocess.Popen(
            [sys.executable, "-c", BEGIN + program, str(number)],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, program: str, processes: int = 1) -> list[object]:
        """What each process printed last, as JSON; all start at the same moment."""
        started = [self.start(program, number) for number in range(processes)]
        for process in started:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
        for process in started:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        printed = [process.communicate(timeout=300)[0] for process in started]
        assert not any("Traceback" in lines for lines in printed), printed
        return [json.loads(lines.strip().splitlines()[-1]) for lines in printed]


@pytest.fixture(params=["sqlite", "postgresql"])
def template(request: pytest.FixtureRequest) -> dict[str, str]:
    """The environment of a migrated, empty site, which is made once however the tests are ordered."""
    made: dict[str, str] = request.getfixturevalue(f"on_{request.param}")
    return made


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    environment = _environment(tmp_path_factory.mktemp("site-sqlite"))
    _migrate(environment)
    return environment


@pytest.fixture(scope="session")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    if server_programs() is None:
        pytest.skip("no PostgreSQL server is installed")
    with running_server() as url:
        environment = _environment(tmp_path_factory.mktemp("site-postgresql")) | {"CHANJIAO_DATABASE_URL": url}
        _migrate(environment)
        yield environment


@pytest.fixture
def site(template: dict[str, str], tmp_path: Path) -> Site:
    """A site for one test. On SQLite a copy; on PostgreSQL the shared one, so tests make rows of their own."""
    if "CHANJIAO_DATABASE_URL" in template:
        return Site(template)
    home = tmp_path / "home"
    shutil.copytree(template["CHANJIAO_HOME"], home)
    return Site(template | {"CHANJIAO_HOME": str(home)})


def _environment(home: Path) -> dict[str, str]:
    environment = os.environ | {
        "CHANJIAO_HOME": str(home),
        "CHANJIAO_TESTS": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "chanjiao.config.settings",
    }
    environment.pop("CHANJIAO_DATABASE_URL", None)
    return environment


def _migrate(environment: dict[str, str]) -> None:
    for command in (["migrate"], ["createcachetable"]):
        subprocess.run(
            [sys.executable, "-m", "chanjiao", "manage", *command],
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
