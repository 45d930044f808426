"""The wheel, away from the checkout: everything that the package needs at run time is in it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import outside_the_tests

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a Python that sees the built wheel and not the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = (folder / "dist").glob("*.whl")
    install = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder / "site"), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return outside_the_tests() | {
        "PYTHONPATH": str(folder / "site"),
        "CHANJIAO_HOME": str(folder / "home"),
        "CHANJIAO_LANGUAGE": "en",
    }


def run(installed: dict[str, str], *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "chanjiao", *arguments],
        env=installed,
        cwd=installed["CHANJIAO_HOME"].rsplit("/", 1)[0],
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_is_what_runs(installed: dict[str, str]) -> None:
    where = subprocess.run(
        [sys.executable, "-c", "import chanjiao; print(chanjiao.__file__)"],
        env=installed,
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    )

    assert where.stdout.startswith(installed["PYTHONPATH"])


def test_the_wheel_repairs_a_damaged_line(installed: dict[str, str]) -> None:
    answer = run(installed, "text", "repair", "-", text="產(chǎn)教聯(lián)合體成立大會(huì )召開(kāi)。")

    assert (answer.returncode, answer.stdout.strip()) == (0, "产教联合体成立大会召开。")


def test_the_wheel_founds_the_demo_and_matches(installed: dict[str, str]) -> None:
    answer = run(installed, "demo")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert "澄浦经济技术开发区产教联合体" in answer.stdout
    assert "80 needs and 80 offers:" in answer.stdout
