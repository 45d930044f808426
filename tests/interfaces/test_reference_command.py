"""The file that `chanjiao reference update` reads: faults are told with file and line, before anything changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from chanjiao.core.errors import ChanjiaoError
from chanjiao.interfaces.cli.reference import read_edition


def written(folder: Path, text: str, name: str = "later.csv") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_csv_file_is_an_edition_named_after_itself(tmp_path: Path) -> None:
    path = written(tmp_path, "code,name,former,aliases\n6-18-02-09,精密铸造工,6-18-02-07,铸工|翻砂工\n")

    edition = read_edition("occupation", path, "")

    assert (edition.edition, edition.system) == ("later", "occupation")
    assert [(row.code, row.name, row.former, row.aliases) for row in edition.rows] == [
        ("6-18-02-09", "精密铸造工", ("6-18-02-07",), ("铸工", "翻砂工"))
    ]


def test_a_table_in_our_own_form_tells_edition_and_source(tmp_path: Path) -> None:
    text = "# title: 职业分类大典\n# edition: 2027年版\n# source: 大典\n# columns: code name\n6\t生产制造及有关人员\n"

    edition = read_edition("occupation", written(tmp_path, text, "later.tsv"), "")

    assert (edition.edition, edition.source, edition.rows[0].name) == ("2027年版", "大典", "生产制造及有关人员")
    assert edition.rows[0].aliases is None


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("code,title\n1,甲\n", "table.missing_column", ""),
        ("code,name\n1,甲\n1,乙\n", "table.duplicate", ":3"),
        ("code,name\n1,\n", "table.bad_value", ":2"),
        ("code,name\n1,甲\n,乙\n", "table.bad_value", ":3"),
        (f"code,name\n1,{'长' * 81}\n", "table.bad_value", ":2"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str, code: str, place: str) -> None:
    path = written(tmp_path, text)

    with pytest.raises(ChanjiaoError) as refused:
        read_edition("occupation", path, "")

    assert refused.value.code == code
    assert refused.value.place == f"{path}{place}"


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "later.csv"
    path.write_bytes("code,name\n1,甲\n".encode("gbk"))

    with pytest.raises(ChanjiaoError) as refused:
        read_edition("occupation", str(path), "")

    assert refused.value.code == "file.not_text"
