#!/usr/bin/env python3
"""What a developer or a new user types: `python3 dev.py run`, `test`, `check`, `lock`. Needs only Python 3.11+.

    run     make .venv from the lock file, load the demo, serve it at http://127.0.0.1:8000
    test    set up what the tests need, then run all checks and tests
    check   lint, types, imports, migrations, message catalogue
    lock    write the lock files anew (needs uv)
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
HOME = ROOT / "var"


def main(arguments: list[str]) -> int:
    """Run one of the commands above."""
    if sys.version_info < (3, 11):
        print(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.")
        return 2
    commands = {"run": run, "test": test, "check": check, "lock": lock}
    if not arguments or arguments[0] not in commands:
        print(__doc__)
        return 2
    return commands[arguments[0]](arguments[1:])


def run(arguments: list[str]) -> int:
    """Serve the demo, made at the first start."""
    install("run")
    environment = os.environ | {"CHANJIAO_HOME": os.environ.get("CHANJIAO_HOME", str(HOME)), "CHANJIAO_DEMO": "1"}
    return subprocess.call([BIN / "chanjiao", "demo", "--serve", *arguments], env=environment, cwd=ROOT)


def check(arguments: list[str]) -> int:
    """Everything that can be said of the code without running it."""
    install("dev")
    environment = os.environ | {"CHANJIAO_HOME": str(HOME / "check")}
    steps = {
        "format and lint": ["ruff", "check", "."],
        "types": ["mypy"],
        "direction of imports": ["lint-imports"],
        "migrations": ["chanjiao", "manage", "makemigrations", "--check", "--dry-run"],
        "message catalogue": ["python", "tools/messages.py", "check"],
    }
    failed = []
    for name, (program, *options) in steps.items():
        print(f"— {name}", flush=True)
        if subprocess.call([BIN / program, *options], cwd=ROOT, env=environment):
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "checks passed")
    return 1 if failed else 0


def test(arguments: list[str]) -> int:
    """All checks, then all tests, with a real browser; then the apps once more on PostgreSQL, where one can be had."""
    make_environment()
    with ThreadPoolExecutor(1) as beside:
        beside.submit(provide_system_packages)
        install("dev")
    if check([]):
        return 1
    pytest = [BIN / "python", "-m", "pytest"]
    if arguments:
        return subprocess.call([*pytest, *arguments], cwd=ROOT)
    side_by_side = [*pytest, "-n", "auto", "--dist", "loadfile"]
    # Walks have processes of their own: the driver of the browser leaves an event loop, and Django none beside it.
    runs = [[*side_by_side, "--ignore=tests/e2e"], [*side_by_side, "tests/e2e"]]
    if SYSTEM_PACKAGES["postgresql"]():
        runs.append([BIN / "python", "-m", "tests.postgresql", *side_by_side, "tests/core", "tests/apps"])
    return 1 if any(subprocess.call(command, cwd=ROOT) for command in runs) else 0


def lock(arguments: list[str]) -> int:
    """The lock files hold every package with its hashes, for every platform, without an index's address."""
    common = "--universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade".split()
    for name, groups in {"run": ["build"], "dev": ["build", "dev"]}.items():
        options = [option for group in groups for option in ("--group", group)]
        command = ["uv", "pip", "compile", "pyproject.toml", *options, *common, "--no-emit-index-url", "-q"]
        if subprocess.call([*command, "-o", f"requirements/{name}.lock"], cwd=ROOT):
            return 1
    return 0


def install(name: str) -> None:
    """.venv holds exactly what requirements/<name>.lock lists (or the larger dev.lock), and the project itself."""
    wanted = {lock: _digest(lock) for lock in ("run", "dev")}
    stamp = VENV / "installed"
    installed = stamp.read_text(encoding="ascii") if stamp.exists() else ""
    if installed in (wanted["dev"], wanted[name]):
        return
    make_environment()
    print(f"Installing from requirements/{name}.lock …", flush=True)
    pip = [BIN / "python", "-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--no-compile"]
    subprocess.check_call([*pip, "--require-hashes", "-r", ROOT / "requirements" / f"{name}.lock"])
    subprocess.check_call([*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT])
    # Bytecode is compiled here, because an environment may forbid it later and the first page would be slow; and on
    # every core, which pip does not.
    compile_all = [BIN / "python", "-m", "compileall", "-q", "-j", "0", VENV / "lib", ROOT / "src"]
    subprocess.call(compile_all, stdout=subprocess.DEVNULL)
    stamp.write_text(wanted[name], encoding="ascii")


def make_environment() -> None:
    """.venv exists and has pip. Debian keeps the module for that in a package of its own."""
    if (BIN / "pip").exists():
        return
    print("Making .venv …", flush=True)
    if not _has_ensurepip():
        apt_install(["python3-venv"])
    if not _has_ensurepip():
        sys.exit("Python lacks ensurepip here. On Debian and Ubuntu: sudo apt-get install python3-venv")
    # A process of its own, because this one started without the module that may just have been installed.
    subprocess.check_call([sys.executable, "-m", "venv", "--clear", VENV])


def _has_ensurepip() -> bool:
    return not subprocess.call([sys.executable, "-c", "import ensurepip"], stderr=subprocess.DEVNULL)


def _digest(lock: str) -> str:
    parts = [ROOT / "requirements" / f"{lock}.lock", ROOT / "pyproject.toml"]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


SYSTEM_PACKAGES = {
    "chromium": lambda: any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))),
    "fonts-noto-cjk": lambda: bool(_output(["fc-list", ":lang=zh-cn"])),
    "postgresql": lambda: bool(shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))),
}


def provide_system_packages() -> None:
    """A browser, Chinese fonts and PostgreSQL are installed where they are missing and this may install them."""
    missing = [package for package, is_there in SYSTEM_PACKAGES.items() if not is_there()]
    if not missing:
        return
    apt_install(missing)
    missing = [package for package in missing if not SYSTEM_PACKAGES[package]()]
    if missing:
        print(f"Left out, because missing and not installable here: {', '.join(missing)}; their tests are skipped.")


def apt_install(packages: list[str]) -> None:
    """The packages are installed where this is Debian or Ubuntu and we are root; else nothing happens."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return
    print(f"Installing {', '.join(packages)} …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.call(["apt-get", "-qq", *command], env=environment, stdout=subprocess.DEVNULL)


def _output(command: list[str]) -> str:
    if not shutil.which(command[0]):
        return ""
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
