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
    server_user = _unprivileged(folder)
    # The C locale on purpose: a site may run on any, so nothing may lean on a Chinese collation.
    initialise = [programs / "initdb", "-D", folder / "data", "-U", "chanjiao"]
    initialise += ["-A", "trust", "-E", "UTF8", "--locale=C"]
    subprocess.run(initialise, check=True, stdout=subprocess.DEVNULL, cwd=folder, **server_user)
    options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off -c log_min_messages=fatal"
    control = [programs / "pg_ctl", "-D", folder / "data", "-w", "-l", folder / "log"]
    subprocess.run([*control, "-o", options, "start"], check=True, stdout=subprocess.DEVNULL, cwd=folder, **server_user)
    try:
        yield f"postgresql://chanjiao:trust@127.0.0.1:{port}/postgres"
    finally:
        stop = [*control, "-m", "immediate", "stop"]
        subprocess.run(stop, check=False, stdout=subprocess.DEVNULL, cwd=folder, **server_user)
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> dict[str, str | int]:
    """As whom to run the server's programs: not as root, which they refuse."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    with running_server() as url:
        sys.exit(subprocess.call(sys.argv[1:], env=os.environ | {"CHANJIAO_DATABASE_URL": url}))
