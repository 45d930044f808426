"""What every benchmark prints first, and how it times: the machine, versions, medians and spread."""

from __future__ import annotations

import os
import platform
import re
import statistics
import time
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


def machine(*packages: str) -> str:
    """One line: processor, cores, Python, and the version of each package (or that it is not installed)."""
    told = [_processor(), f"{os.cpu_count()} cores", f"Python {platform.python_version()}"]
    return " · ".join([*told, *map(_version, packages)])


def seconds(run: Callable[[], object], repeat: int = 5, warm: int = 1) -> list[float]:
    """Wall seconds of each of `repeat` runs, after `warm` runs that do not count."""
    for _ in range(warm):
        run()
    taken = []
    for _ in range(repeat):
        begun = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begun)
    return taken


def spread(values: Sequence[float], scale: float = 1.0, unit: str = "s") -> str:
    """Median with least and greatest: `1.20 s (1.18–1.31)`."""
    middle, least, greatest = (scale * one for one in (statistics.median(values), min(values), max(values)))
    return f"{middle:.3g} {unit} ({least:.3g}–{greatest:.3g})"


def keep_section(page: Path, name: str, text: str) -> None:
    """The section `name` of a page of results holds `text`; other sections, and what stands before them, stay.

    A section begins at its mark, `<!-- name -->`, and ends at the next.
    """
    written = page.read_text(encoding="utf-8") if page.exists() else ""
    before, *marked = re.split(r"^<!-- ([\w-]+) -->\n", written, flags=re.MULTILINE)
    sections = dict(zip(marked[::2], marked[1::2], strict=True)) | {name: f"\n{text.strip()}\n\n"}
    marks = "".join(f"<!-- {one} -->\n{told}" for one, told in sections.items())
    page.write_text(f"{before}{marks}".rstrip() + "\n", encoding="utf-8")


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0–1) of the values lie, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def _version(package: str) -> str:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return f"{package} not installed"
