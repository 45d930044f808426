"""Cells read by the million say what Python says of each, and names are found whatever their length or bytes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chanjiao.engines.allocation.cells import cells_of, plain_numbers
from chanjiao.engines.allocation.columns import finite_numbers, read_chunks, references, whole_numbers
from chanjiao.engines.allocation.name_index import NameIndex
from chanjiao.engines.errors import ChanjiaoError

NUMBERS = ["7", "-7", "0", "-0", "57.25", ".5", "5.", "-.5", "0.1", "123456789012345", "999999999999999", "0.30000001"]
LEFT_TO_PYTHON = ["", "-", ".", "1.2.3", "1e3", "+5", "1_0", "9007199254740993", "--1", "1-", "x", "nan", "１２"]


def test_plain_numbers_equal_what_python_reads_and_the_rest_is_named():
    values, rest = plain_numbers(cells_of([*NUMBERS, *LEFT_TO_PYTHON]), whole=False)

    assert values[: len(NUMBERS)].tolist() == [float(text) for text in NUMBERS]
    assert np.signbit(values[3])
    assert rest.tolist() == list(range(len(NUMBERS), len(NUMBERS) + len(LEFT_TO_PYTHON)))
    assert plain_numbers(cells_of(["3", "3.0", "-12"]), whole=True)[1].tolist() == [1]


def test_random_decimals_are_read_to_the_last_bit():
    rng = np.random.default_rng(0)
    texts = [f"{rng.uniform(-1, 1) * 10.0 ** rng.integers(-4, 14):.{rng.integers(0, 12)}f}" for _ in range(2000)]

    values, rest = plain_numbers(cells_of(texts), whole=False)
    values[rest] = [float(texts[row]) for row in rest]

    assert values.tolist() == [float(text) for text in texts]


@pytest.mark.parametrize("longest", [3, 9, 40, 200])
def test_names_of_any_length_and_script_are_found_and_others_are_not(longest: int):
    rng = np.random.default_rng(longest)
    drawn = {"".join(rng.choice(list("ab\0甲é"), rng.integers(1, longest + 1))) for _ in range(400)}
    names = sorted(drawn)[::2]
    index = NameIndex(names)
    asked = [*sorted(drawn), "", "a" * 1000]

    found = index.find(cells_of(asked)).tolist()

    numbers = {name: number for number, name in enumerate(names)}
    assert found == [numbers.get(text, -1) for text in asked]
    assert NameIndex([]).find(cells_of(["a", ""])).tolist() == [-1, -1]


def test_rows_are_read_across_pieces_of_a_file_with_the_line_of_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("chanjiao.engines.allocation.columns._CHUNK", 40)
    path = tmp_path / "choices.csv"
    path.write_text("student,rank\n" + "".join(f" 学生{row} ,\t{row}\n" for row in range(50)), encoding="utf-8")
    chunks = list(read_chunks(path, ["student", "rank"]))
    index = NameIndex([f"学生{row}" for row in range(49)])

    ranks = [rank for chunk in chunks for rank in whole_numbers(chunk, "rank", 0, 99).tolist()]
    with pytest.raises(ChanjiaoError) as unknown:
        _ = [references(chunk, "student", index, "students.csv") for chunk in chunks]

    assert ranks == list(range(50))
    assert len(chunks) > 10
    assert (unknown.value.code, unknown.value.place) == ("table.unknown_reference", "choices.csv:51")


@pytest.mark.parametrize("cell", ["1e400", "9" * 400, "-1e15", "1.2.3", "-", ""])
def test_what_is_no_finite_number_is_refused_at_its_row(tmp_path: Path, cell: str):
    path = tmp_path / "scores.csv"
    path.write_text(f"seat,score\nA,1e3\nA,{cell}\n", encoding="utf-8")
    (chunk,) = read_chunks(path, ["score"])

    with pytest.raises(ChanjiaoError) as refused:
        finite_numbers(chunk, "score", 15)

    assert (refused.value.code, refused.value.place) == ("table.bad_value", "scores.csv:3")
