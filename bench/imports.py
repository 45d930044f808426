"""Import rates: `python -m bench.imports [TIMES]`. `chanjiao import needs` on a demo site, from 1,000 to 100,000 rows.

Beside it in the same run and on the same files: django-import-export into a bare table of the same columns, where it is
installed (`pip install django-import-export openpyxl`). It checks no rights, finds no organisation, writes neither
record nor events, and cannot take the import back, so its rate is a floor of what an import costs by that way.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import xlsxwriter

from bench.machine import RESULTS, machine, spread

SIZES = (1_000, 10_000, 100_000)
TIMES = 3
HEADING = "单位名称 类别 标题 公开摘要 职业 人数 学历 技能 用工形式 薪酬下限 薪酬上限 有效期至".split()


def write_needs(path: Path, organisations: list[str], rows: int) -> None:
    """A workbook of needs, one in two hundred of them wrong."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADING)
        for number in range(rows):
            people = "很多" if number % 200 == 7 else 3 + number % 9
            firm = organisations[number % len(organisations)]
            cells = [firm, "岗位与学徒", f"数控车工第{number}批", "机械加工车间，两班制", "6-18-01-07", people, "高职"]
            sheet.write_row(number + 1, 0, [*cells, "数控编程、测量", "就业", 4500, 7000, "2027-03-31"])


def timed(command: list[str], environment: dict[str, str]) -> tuple[float, float, str]:
    """Processor seconds of a command, its peak memory in MiB, and what it printed."""
    with tempfile.TemporaryFile("w+") as told:
        child = subprocess.Popen(command, env=environment, stdout=told, stderr=subprocess.STDOUT)
        _pid, _status, used = os.wait4(child.pid, 0)
        told.seek(0)
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, told.read()


def main(times: int = TIMES) -> None:
    """Print the table and keep it in bench/results/imports.md."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        environment = os.environ | {
            "CHANJIAO_HOME": str(home / "demo"),
            "CHANJIAO_DEMO": "1",
            "CHANJIAO_LANGUAGE": "en",
        }
        chanjiao = [sys.executable, "-m", "chanjiao"]
        subprocess.run([*chanjiao, "demo"], env=environment, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(
            [*chanjiao, "export", "organisations", str(home / "all.csv")],
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        rows = (home / "all.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
        firms = [row.split(",")[0] for row in rows if "有限公司" in row.split(",")[0]]
        lines = [measured(home, environment, firms, size, times) for size in SIZES]
    keep(lines, times)


def keep(lines: list[str], times: int) -> None:
    """The table is printed and stands in bench/results/imports.md."""
    head = [
        "# Import rates",
        "",
        "`python -m bench.imports`",
        "",
        machine("django", "python-calamine", "django-import-export", "openpyxl"),
        "",
    ]
    head += [f"Processor seconds of whole commands, start included: median of {times} (least–greatest).", ""]
    head += [
        "| rows of xlsx | chanjiao import | rows a second | peak MiB "
        "| django-import-export, bare table | rows a second | peak MiB |"
    ]
    text = "\n".join([*head, "|---|---|---|---|---|---|---|", *lines, ""])
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "imports.md").write_text(text, encoding="utf-8")
    print(text)


def measured(home: Path, environment: dict[str, str], firms: list[str], size: int, times: int) -> str:
    """One line of the table: ours on a fresh copy of the demo each time, then the peer."""
    file = home / f"{size}.xlsx"
    write_needs(file, firms, size)
    ours = []
    for _ in range(times):
        site = home / "site"
        shutil.rmtree(site, ignore_errors=True)
        shutil.copytree(home / "demo", site)
        command = [sys.executable, "-m", "chanjiao", "import", "needs", str(file)]
        ours.append(timed(command, environment | {"CHANJIAO_HOME": str(site)}))
        assert f"{size - (size - 8) // 200 - 1} new" in ours[-1][2], ours[-1][2]
    return f"| {size:,} | {told(ours, size)} | {told(peers(home, file, times), size)} |"


def peers(home: Path, file: Path, times: int) -> list[tuple[float, float, str]]:
    """The peer on the same file, nothing where it is not installed."""
    if importlib.util.find_spec("import_export") is None:
        return []
    made = []
    for number in range(times):
        database = home / f"peer-{file.stem}-{number}.sqlite3"
        made.append(timed([sys.executable, "-m", "bench.imports_peer", str(file), str(database)], dict(os.environ)))
    return made


def told(runs: list[tuple[float, float, str]], size: int) -> str:
    """Seconds, rows a second and memory of the runs of one side."""
    if not runs:
        return "not installed | – | –"
    seconds = [run[0] for run in runs]
    return f"{spread(seconds)} | {size / sorted(seconds)[len(seconds) // 2]:,.0f} | {max(run[1] for run in runs):,.0f}"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
