"""Matching measured beside its peers: all pairs, one query, one changed item, the first answer, the size on disk.

    python bench/matching.py [--size 100000] [--sample 2000] [--repeat 3] [--file 1000000]

Peers (scikit-learn, bm25s, tantivy) take part where they are installed. Titles are made up from the embedded tables
with a fixed seed. All pairs are timed on `--sample` queries against `--size` candidates for everybody alike, and in
whole for Chanjiao with `--whole`.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from chanjiao.engines.matching import Index, Item, match_one
from chanjiao.engines.matching.allpairs import Shard
from chanjiao.engines.matching.knowledge import knowledge
from chanjiao.engines.matching.likeness import encode_ahead
from chanjiao.engines.matching.rank import Ranking, Text

TOP = 20
REGIONS = ("340800", "110000")
ENDS = ("", "助理", "主管", "（夜班）", "实习生", "经理", "技术员", " 双休", "急聘", "师傅", "学徒", "专员")
PLACES = ("", "安徽", "高新区", "经开区", "合肥", "城东", "一分厂", "二车间", "出口部", "售后")


def titles(count: int, seed: int) -> list[str]:
    """Made-up recruitment titles."""
    known = knowledge()
    base = [*known.occupation_names.values(), *(alias for names in known.aliases.values() for alias in names)]
    drawn = random.Random(seed)
    return [drawn.choice(PLACES) + drawn.choice(base) + drawn.choice(ENDS) for _ in range(count)]


Spent = tuple[float, float, float]  # median seconds by the clock, half their spread, median processor seconds


def timed(action: Callable[[], object], repeat: int) -> Spent:
    """What an action costs by the clock, and in processor time, its children's included (load stretches the first)."""
    seconds, worked = [], []
    for _ in range(repeat):
        started, before = time.perf_counter(), _worked()
        action()
        worked.append(_worked() - before)
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds), (max(seconds) - min(seconds)) / 2, statistics.median(worked)


def _worked() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def show(name: str, spent: Spent, than: Spent | None = None) -> None:
    """One line of the report, with how many times ours it is."""
    note = f"{spent[0] / than[0]:6.1f} × ours, {spent[2] / than[2]:6.1f} × in processor time" if than else ""
    print(f"{name:<44} {spent[0]:>9.3f} s ± {spent[1]:<7.3f} processor {spent[2]:>9.3f} s  {note}", flush=True)


def show_single(name: str, spent: list[float]) -> None:
    """One line with median and 99th percentile, in milliseconds of processor time."""
    middle, worst = np.percentile(spent, [50, 99])
    print(f"{name:<60} p50 {middle:7.2f} ms  p99 {worst:7.2f} ms", flush=True)


def by_scikit(queries: list[str], candidates: list[str]) -> Callable[[], object]:
    """TF-IDF over character n-grams, chunked sparse products, best by partition."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    fitted = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), dtype=np.float32)
    matrix = fitted.fit_transform(candidates).T.tocsr()

    def run() -> None:
        asked = fitted.transform(queries)
        for start in range(0, len(queries), 200):
            product = (asked[start : start + 200] @ matrix).tocsr()
            for row in range(product.shape[0]):
                part = slice(product.indptr[row], product.indptr[row + 1])
                scores = product.data[part]
                best = np.argpartition(-scores, min(TOP, len(scores) - 1))[:TOP] if len(scores) else []
                product.indices[part][best]

    return run


def by_bm25s(queries: list[str], candidates: list[str]) -> Callable[[list[str]], object]:
    """bm25s over pairs of characters."""
    import bm25s

    def cut(texts: list[str]) -> list[list[str]]:
        return [[text[at : at + 2] for at in range(len(text) - 1)] or [text] for text in texts]

    index = bm25s.BM25()
    index.index(cut(candidates), show_progress=False)
    return lambda asked: index.retrieve(cut(asked), k=TOP, show_progress=False)


def by_tantivy(candidates: list[str]) -> Callable[[str], object]:
    """tantivy over pairs of characters parted by spaces."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title", stored=False, tokenizer_name="whitespace")
    index = tantivy.Index(builder.build())
    writer = index.writer()

    def cut(text: str) -> str:
        return " ".join(text[at : at + 2].strip() or text for at in range(max(1, len(text) - 1)))

    for text in candidates:
        writer.add_document(tantivy.Document(title=cut(text)))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(text: str) -> object:
        words = [w for w in cut(text).split() if w]
        terms = [(tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "title", word)) for word in words]
        return searcher.search(tantivy.Query.boolean_query(terms), TOP).hits

    return ask


def all_pairs(size: int, sample: int, repeat: int, whole: bool) -> None:
    """Top 20 of every query."""
    candidates, queries = titles(size, 1), titles(sample, 2)
    shard = Shard(candidates)
    shard.best(queries[:50], TOP)
    ours = timed(lambda: shard.best(queries, TOP), repeat)
    show(f"all pairs {sample}×{size}, chanjiao", ours)
    if whole:
        many = titles(size, 3)
        show(f"all pairs {size}×{size}, chanjiao, whole", timed(lambda: shard.best(many, TOP), 1))
    print(f"  peak memory so far {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB", flush=True)
    if importlib.util.find_spec("sklearn"):
        theirs = timed(by_scikit(queries, candidates), max(1, repeat - 1))
        show(f"all pairs {sample}×{size}, scikit-learn", theirs, ours)
    if importlib.util.find_spec("bm25s"):
        asked = by_bm25s(queries, candidates)
        theirs = timed(lambda: asked(queries), max(1, repeat - 1))
        show(f"all pairs {sample}×{size}, bm25s", theirs, ours)


def one_query(size: int) -> None:
    """The time of single queries: median and 99th percentile."""
    candidates, queries = titles(size, 1), titles(300, 2)
    ranking = Ranking([Text(str(number), text) for number, text in enumerate(candidates)])
    shard = Shard(candidates)
    in_turn(
        f"one query among {size}",
        {"chanjiao, ranking with reasons": lambda text: ranking.rank(Text("q", text), TOP)},
        queries,
    )
    asks: dict[str, Callable[[str], object]] = {"chanjiao, shard": lambda text: shard.best([text], TOP)}
    if importlib.util.find_spec("bm25s"):
        retrieve = by_bm25s([], candidates)
        asks["bm25s"] = lambda text: retrieve([text])
    if importlib.util.find_spec("tantivy"):
        asks["tantivy"] = by_tantivy(candidates)
    in_turn(f"one query among {size}", asks, queries)


def in_turn(name: str, asks: dict[str, Callable[[str], object]], queries: list[str]) -> None:
    """Each query asked of everybody before the next one, so that load falls on all alike."""
    spent: dict[str, list[float]] = {one: [] for one in asks}
    for text in (queries[0], *queries):
        for one, ask in asks.items():
            spent[one].append(timed(lambda text=text, ask=ask: ask(text), 1)[2] * 1000)  # type: ignore[misc]
    for one, times in spent.items():
        show_single(f"{name}, {one}", times[1:])


def one_change(size: int) -> None:
    """One changed need matched again among many offers, with reasons; its offer taken into the index."""
    drawn = random.Random(4)
    codes = [code for code in knowledge().occupation_names if len(code) == 10]
    offers = [
        Item(str(n), "offer", "post", text, occupations=(drawn.choice(codes),), region=drawn.choice(REGIONS))
        for n, text in enumerate(titles(size, 5))
    ]
    index = Index(offers)
    needs = [Item(f"n{n}", "need", "post", text) for n, text in enumerate(titles(100, 6))]
    match_one(needs[0], index)
    encode_ahead([])
    spent = [timed(lambda need=need: match_one(need, index), 1)[2] * 1000 for need in needs]  # type: ignore[misc]
    show_single(f"one need matched again among {size}", spent)
    changed = Item("0", "offer", "post", "挖掘机司机")
    show(f"one offer replaced in an index of {size}", timed(lambda: index.updated([changed]), 5))


def first_answer() -> None:
    """A fresh interpreter, import, model, one answer; modules compiled before, as installing leaves them."""
    code = (
        "from chanjiao.engines.matching.rank import Ranking, Text;"
        "Ranking([Text('a', '工程机械操作员')]).rank(Text('q', '挖机司机'), 1)"
    )
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    show(
        "interpreter, import and first answer",
        timed(lambda: subprocess.run([sys.executable, "-c", code], check=True, env=kept), 5),
    )
    folder = Path(importlib.util.find_spec("chanjiao.engines.matching").submodule_search_locations[0])  # type: ignore[union-attr, index]
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    print(f"{'model, lexicon and code on disk':<44} {size / 1e6:>9.1f} MB")


def candidate_file(rows: int) -> None:
    """`chanjiao rank` over a file of so many candidates, two queries: time, and the most memory it held."""
    with tempfile.TemporaryDirectory() as folder:
        names = {"queries": ["挖机司机", "外贸跟单员"], "candidates": titles(rows, 8)}
        given = []
        for name, texts in names.items():
            path = Path(folder) / f"{name}.jsonl"
            with path.open("w", encoding="utf-8") as target:
                target.writelines(f"{json.dumps({'id': n, 'text': text})}\n" for n, text in enumerate(texts))
            given += [f"--{name}", str(path)]
        command = [sys.executable, "-m", "chanjiao", "rank", *given, "--output", f"{folder}/ranked.jsonl"]
        show(f"chanjiao rank, a file of {rows}", timed(lambda: subprocess.run(command, check=True), 1))
    held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"{'most memory held':<44} {held / 2**20:>9.2f} GiB")


def main() -> None:
    """Run everything and print it."""
    options = argparse.ArgumentParser()
    options.add_argument("--size", type=int, default=100_000)
    options.add_argument("--sample", type=int, default=2_000)
    options.add_argument("--repeat", type=int, default=3)
    options.add_argument("--whole", action="store_true")
    options.add_argument("--file", type=int)
    chosen = options.parse_args()
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"Python {platform.python_version()}, numpy {np.__version__}")
    if chosen.file:
        candidate_file(chosen.file)
        return
    first_answer()
    for size in (1_000, 10_000, chosen.size):
        all_pairs(size, min(chosen.sample, size), chosen.repeat, chosen.whole and size == chosen.size)
    one_query(chosen.size)
    one_change(chosen.size)


if __name__ == "__main__":
    main()
