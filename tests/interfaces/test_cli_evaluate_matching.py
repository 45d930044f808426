"""`chanjiao evaluate matching` scores the own set, and public sets given by a folder."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from chanjiao.core.errors import ChanjiaoError
from chanjiao.interfaces.cli.evaluate import command


def test_without_a_folder_the_own_set_is_scored_and_the_rest_is_said_to_be_left_out() -> None:
    result = CliRunner().invoke(command, ["matching"])

    assert result.exit_code == 0
    assert "own, all kinds" in result.output
    assert "--public" in result.output


def test_a_public_set_is_scored_beside_baselines_and_compared_with_the_training_texts(tmp_path: Path) -> None:
    folder = tmp_path / "job-titles" / "zh"
    folder.mkdir(parents=True)
    (folder / "queries.tsv").write_text("q1\t焊工\nq2\t某某完全没见过的岗位\n", "utf-8")
    (folder / "corpus_documents.tsv").write_text("c1\t电焊工\nc2\t会计\n", "utf-8")
    (folder / "annotations.tsv").write_text("q1\t0\tc1\t1\nq2\t0\tc2\t1\n", "utf-8")

    result = CliRunner().invoke(command, ["matching", "--public", str(tmp_path)])

    assert "titles zh: of 2 queries 1 were in the training texts: 焊工" in result.output
    assert result.output.count("titles zh  ") == 3


def test_a_folder_without_sets_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(command, ["matching", "--public", str(tmp_path)])

    assert isinstance(result.exception, ChanjiaoError)
    assert result.exception.code == "file.missing"
