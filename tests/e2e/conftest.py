"""The demo, served by the real command in a home of its own, and a headless Chromium that walks through it."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
SCREENSHOTS = Path(os.environ.get("CHANJIAO_SCREENSHOTS") or Path(__file__).parents[2] / "var" / "screenshots")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass(frozen=True)
class Visitor:
    """A reader with a browser: goes to pages of the demo, logs in as a demo person, leaves screenshots."""

    page: Page
    site: str

    def opens(self, path: str) -> None:
        """Go to a page; a fault in its scripts or a refused resource fails the test."""
        self.page.goto(self.site + path)

    def logs_in_as(self, username: str) -> None:
        """Press the demo log-in of a person, whoever was logged in before."""
        self.page.context.clear_cookies()
        self.opens("/accounts/login/")
        self.page.locator(f"form[action$='/demo/{username}/'] button").click()
        self.page.wait_for_url(self.site + "/")

    def leaves_screenshot(self, name: str) -> None:
        """A picture of the whole page, for somebody to look at."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


@pytest.fixture(scope="session")
def demo_home(testrun_uid: str) -> Iterator[str]:
    """A folder with a demo of this process's own; the first that needs one makes it, the others copy it.

    It is none of pytest's folders, which a second run of the tests on this machine would clear away.
    """
    made = Path(tempfile.gettempdir()) / f"chanjiao-demo-{testrun_uid}"
    home = f"{made}-{os.getpid()}"
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _make_demo(made)
        shutil.copytree(made, home)
    yield home
    for path in (home, made):
        shutil.rmtree(path, ignore_errors=True)
    made.with_suffix(".lock").unlink(missing_ok=True)


def _make_demo(home: Path) -> None:
    half_made = home.with_suffix(".half")
    environment = outside_the_tests() | {"CHANJIAO_HOME": str(half_made)}
    subprocess.run([sys.executable, "-m", "chanjiao", "demo"], env=environment, stdout=subprocess.DEVNULL, check=True)
    half_made.rename(home)


@pytest.fixture(scope="session")
def site(demo_home: str) -> Iterator[str]:
    """The address of the demo, served by `chanjiao demo --serve`."""
    port = _free_port()
    environment = outside_the_tests() | {
        "CHANJIAO_HOME": demo_home,
        "CHANJIAO_ADDRESS": f"http://127.0.0.1:{port}",
    }
    command = [sys.executable, "-m", "chanjiao", "demo", "--serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}/", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium of the system's."""
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


@pytest.fixture
def answer_links(site: str, demo_home: str) -> Callable[..., list[str]]:
    """The answer links in the first letter about something that the demo's worker has written to an address."""

    def of(address: str, about: str = "") -> list[str]:
        for _attempt in range(600):
            for path in sorted((Path(demo_home) / "mail").glob("*.log")):
                letters = path.read_text(encoding="utf-8").split("-" * 79)
                for letter in letters:
                    if about not in letter:
                        continue
                    if f"To: {address}" in letter and (links := re.findall(r"http\S+/answer/\S+", letter)):
                        return links
            time.sleep(0.1)
        raise AssertionError(f"no letter to {address}")

    return of


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Visitor]:
    """A reader at a desk; the test fails when a script fails or the content policy refuses something."""
    faults: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda one: faults.append(f"{page.url} {one.text}") if one.type == "error" else None)
    yield Visitor(page, site)
    context.close()
    assert faults == []


def outside_the_tests() -> dict[str, str]:
    """The environment of a user, without the settings of the tests."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("CHANJIAO_", "DJANGO_"))}


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _attempt in range(3000):
        assert server.poll() is None, "the demo ended before it served a page"
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError as error:
            raise AssertionError(f"the first page answers {error.code}") from None
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the demo did not serve a page within five minutes")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
