"""A throw-away PostgreSQL: `python -m tests.postgresql COMMAND …` runs the command with CHANJIAO_DATABASE_URL set.

The cluster lies in a temporary folder, listens on a free port of the loopback address, and goes when the command ends.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def server_programs() -> Path | None:
    """The folder with initdb and postgres, or None where no server is installed."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    found = installed[0] if installed else shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def running_server() -> Iterator[str]:
    """The address of a new, empty database, as CHANJIAO_DATABASE_URL takes it."""
    programs = server_programs()
    assert programs is not None, "no PostgreSQL server is installed"
    folder = Path(tempfile.mkdtemp(prefix="chanjiao-postgresql-"))
    port = _free_port()
    as_server = _unprivileged(folder)
    # The C locale on purpose: a site may run on any, so nothing may lean on a Chinese collation.
    initialise = [*as_server, programs / "initdb", "-D", folder / "data", "-U", "chanjiao"]
    initialise += ["-A", "trust", "-E", "UTF8", "--locale=C"]
    subprocess.run(initialise, check=True, stdout=subprocess.DEVNULL, cwd=folder)
    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off -c log_min_messages=fatal"
    control = [*as_server, programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log"]
    subprocess.run([*control, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL, cwd=folder)
    try:
        yield f"postgresql://chanjiao:trust@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> list[str]:
    """What to put before a command so that it does not run as root, which the server refuses."""
    if os.geteuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    user = "postgres" if "postgres" in names else "nobody"
    shutil.chown(folder, user)
    return ["runuser", "-u", user, "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    with running_server() as url:
        sys.exit(subprocess.call(sys.argv[1:], env=os.environ | {"CHANJIAO_DATABASE_URL": url}))
