"""`chanjiao text` and `chanjiao evaluate text` as a user calls them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from chanjiao.interfaces.cli.evaluate_text import command as evaluate
from chanjiao.interfaces.cli.text import command


def _run(*arguments: str, text: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "chanjiao", "text", *arguments], input=text, capture_output=True, check=False
    )


def test_repair_writes_the_repaired_text_to_standard_output() -> None:
    done = _run("repair", "-", text="產(chǎn)教融合".encode())

    assert (done.returncode, done.stdout.decode()) == (0, "产教融合")


def test_clean_text_in_gbk_comes_out_as_the_same_text_in_utf8(tmp_path: Path) -> None:
    story = "4月17日，产教联合体成立大会在安庆召开。\r\n"
    (tmp_path / "in.txt").write_bytes(story.encode("gbk"))

    done = CliRunner().invoke(command, ["repair", str(tmp_path / "in.txt"), "--output", str(tmp_path / "out.txt")])

    assert done.exit_code == 0
    assert (tmp_path / "out.txt").read_bytes() == story.encode()


def test_extract_writes_one_json_object(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("会议由安庆职业技术学院院长王小明主持。", encoding="utf-8")

    done = CliRunner().invoke(command, ["extract", str(tmp_path / "in.txt")])

    assert json.loads(done.output)["people"] == [
        {"name": "王小明", "org": "安庆职业技术学院", "title": "院长", "actions": ["host"]}
    ]


def test_a_file_that_is_no_text_ends_with_two_and_leaves_no_output(tmp_path: Path) -> None:
    (tmp_path / "in.pdf").write_bytes(b"%PDF-1.7 \x00\x01")

    done = _run("extract", str(tmp_path / "in.pdf"), "--output", str(tmp_path / "out.json"))

    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1
    assert not (tmp_path / "out.json").exists()


def test_a_missing_file_ends_with_two() -> None:
    assert _run("repair", "no-such-file.txt").returncode == 2


def test_the_text_commands_import_no_framework() -> None:
    code = (
        "import sys, chanjiao.interfaces.cli.text as t; from chanjiao.engines.text import extract; extract('会议');"
        "print(sorted({'django', 'numba', 'scipy', 'numpy'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert done.stdout.decode().strip() == "[]"


def test_evaluate_prints_scores_for_each_field() -> None:
    done = CliRunner().invoke(evaluate, ["--split", "dev", "--seeds", "2"])

    assert done.exit_code == 0
    assert "person + title + organisation" in done.output
    assert "repair: character errors" in done.output


def test_duplicates_writes_a_line_a_story_with_its_copies_and_the_passage_they_share(tmp_path: Path) -> None:
    story = "6月9日，新材料产教联合体成立大会在化工职业学院隆重举行，省教育厅、市政府负责同志出席会议并共同揭牌。"
    names = [str(tmp_path / name) for name in ("one.txt", "other.txt", "copy.txt")]
    for name, text in zip(names, (story, "今天天气很好，" * 20, f"来源：日报\n{story}\n编辑：某某"), strict=True):
        Path(name).write_text(text, encoding="utf-8")

    done = CliRunner().invoke(command, ["duplicates", *names])

    found = [json.loads(line) for line in done.output.splitlines()]
    assert [group["files"] for group in found] == [[names[0], names[2]]]
    assert found[0]["evidence"][0]["passage"].startswith("6月9日新材料产教联合体成立大会")


def test_a_file_without_text_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_text(" \n", encoding="utf-8")

    done = _run("repair", str(tmp_path / "空.txt"), "--output", str(tmp_path / "out.txt"))

    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert done.stderr.decode().startswith(f"{tmp_path}/空.txt: ")
    assert not (tmp_path / "out.txt").exists()


def test_duplicates_of_a_file_that_is_not_there_names_it(tmp_path: Path) -> None:
    done = _run("duplicates", str(tmp_path / "missing.txt"))

    assert done.returncode == 2
    assert b"missing.txt" in done.stderr
