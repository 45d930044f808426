"""Latency of pages: `python -m bench.pages`. The demo under the real server, one reader, then four.

Beside it in the same run: the same pages under Django's own development server, and a static file of the same server as
the floor below which no page can come.
"""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import tempfile
import threading
import time

from bench.machine import RESULTS, machine, percentile

PAGES = ["/", "/members/", "/exchange/needs/", "/programmes/", "/reference/", "/api/v1/openapi.json"]
REQUESTS = 100


def main() -> None:
    """Print the table and keep it in bench/results/pages.md."""
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {"CHANJIAO_HOME": home, "CHANJIAO_DEMO": "1"}
        environment.pop("CHANJIAO_DEBUG", None)
        chanjiao = [sys.executable, "-m", "chanjiao"]
        subprocess.run([*chanjiao, "demo"], env=environment, check=True, stdout=subprocess.DEVNULL)
        rows = []
        for name, port, command in [
            ("granian (ours)", 8801, ["serve", "--port", "8801", "--no-jobs"]),
            ("runserver (peer)", 8802, ["manage", "runserver", "--noreload", "127.0.0.1:8802"]),
        ]:
            quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
            server = subprocess.Popen([*chanjiao, *command], env=environment, **quiet)
            try:
                _wait(port)
                rows += [(name, page, readers, *_measure(port, page, readers)) for page in PAGES for readers in (1, 4)]
            finally:
                server.terminate()
                server.wait()
    lines = [machine("django", "granian"), "", "| server | page | readers | p50 ms | p99 ms | requests/s |"]
    lines += ["|---|---|---|---|---|---|"]
    lines += [
        f"| {name} | `{page}` | {readers} | {p50:.1f} | {p99:.1f} | {rate:.0f} |"
        for name, page, readers, p50, p99, rate in rows
    ]
    text = "\n".join(["# Page latency", "", "`python -m bench.pages`", "", *lines, ""])
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "pages.md").write_text(text, encoding="utf-8")
    print(text)


def _measure(port: int, page: str, readers: int) -> tuple[float, float, float]:
    """p50 and p99 in milliseconds and requests a second, over connections that stay open."""
    taken: list[float] = []

    def read() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for _ in range(REQUESTS // readers):
            begun = time.perf_counter()
            connection.request("GET", page, headers={"Accept-Encoding": "gzip"})
            response = connection.getresponse()
            response.read()
            assert response.status == 200, (page, response.status)
            taken.append(1000 * (time.perf_counter() - begun))

    for _ in range(2):
        taken.clear()
        begun = time.perf_counter()
        threads = [threading.Thread(target=read) for _ in range(readers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return percentile(taken, 0.5), percentile(taken, 0.99), len(taken) / (time.perf_counter() - begun)


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


if __name__ == "__main__":
    main()
