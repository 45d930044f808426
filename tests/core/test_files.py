"""The store of files: whole or not at all, by content, and only what it says it is."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.files import opened, path_of, safe_name, store, sweep

PDF = b"%PDF-1.7\n"
LIMIT = 1 << 20


def archive(*names: str) -> bytes:
    """An archive with these entries."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return file.getvalue()


def files_in(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_the_same_content_is_stored_once_under_its_fingerprint(tmp_path: Path) -> None:
    first = store([PDF[:4], PDF[4:]], "a.pdf", root=tmp_path, limit=LIMIT)
    second = store([PDF], "b.pdf", root=tmp_path, limit=LIMIT)

    assert (first.sha256, first.size, second.name) == (second.sha256, len(PDF), "b.pdf")
    assert files_in(tmp_path) == [path_of(first.sha256, root=tmp_path)]
    with opened(first.sha256, root=tmp_path) as file:
        assert file.read() == PDF


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", b"\x89PNG\r\n\x1a\n..."),
        ("a.JPG", b"\xff\xd8\xff\xe0"),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml")),
        ("a.xlsx", archive("[Content_Types].xml", "xl/workbook.xml")),
        ("a.ofd", archive("OFD.xml")),
        ("a.csv", "序号,姓名\n".encode("gb18030")),
        ("a.mp4", b"\0\0\0\x18ftypmp42"),
    ],
)
def test_a_file_that_is_what_its_name_says_is_taken(tmp_path: Path, name: str, content: bytes) -> None:
    assert store([content], name, root=tmp_path, limit=LIMIT).size == len(content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", PDF),
        ("a.docx", archive("[Content_Types].xml", "xl/workbook.xml")),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("a.docx", b"PK\x03\x04 not an archive"),
        ("a.txt", b"<html><script>"),
        ("a.txt", b"\0\0"),
        ("a.mp4", b"ftyp"),
    ],
)
def test_a_forged_file_is_refused_and_leaves_nothing(tmp_path: Path, name: str, content: bytes) -> None:
    with pytest.raises(ChanjiaoError) as refused:
        store([content], name, root=tmp_path, limit=LIMIT)

    assert refused.value.code == "file.forged"
    assert files_in(tmp_path) == []


def test_a_huge_file_is_refused_as_soon_as_the_limit_is_passed(tmp_path: Path) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while True:
            sent += 1
            yield PDF * 1000

    with pytest.raises(ChanjiaoError) as refused:
        store(endless(), "a.pdf", root=tmp_path, limit=20_000)

    assert (refused.value.code, sent) == ("file.too_large", 3)
    assert files_in(tmp_path) == []


def test_a_sender_who_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield PDF
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store(broken(), "a.pdf", root=tmp_path, limit=LIMIT)

    assert files_in(tmp_path) == []


def test_a_killed_process_leaves_no_half_written_file_that_anybody_reads(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom chanjiao.core.files import store\n"
        "def chunks():\n    yield b'%PDF-'\n    yield b'0' * 100000\n    os.kill(os.getpid(), signal.SIGKILL)\n"
        f"store(chunks(), 'a.pdf', root=Path({str(tmp_path)!r}), limit=1 << 20)\n"
    )

    subprocess.run([sys.executable, "-c", program], check=False)

    left = files_in(tmp_path)
    assert [path.parent.name for path in left] == ["incoming"]
    now = datetime.now(UTC)
    assert sweep(root=tmp_path, now=now) == 0
    os.utime(left[0], (0, 0))
    assert (sweep(root=tmp_path, now=now + timedelta(days=1)), files_in(tmp_path)) == (1, [])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\work\\签到 表.pdf", "签到_表.pdf"),
        ("报告\u202efdp.exe", "报告fdp.exe"),
        ('a"b<c>|?.pdf', "a_b_c_.pdf"),
        ("长" * 300 + ".pdf", "长" * 146 + ".pdf"),
        ("...", "file"),
    ],
)
def test_a_name_keeps_its_ending_and_loses_what_misleads(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_fingerprint_that_is_none_leads_nowhere(tmp_path: Path) -> None:
    with pytest.raises(ChanjiaoError) as refused:
        path_of("../../secret_key", root=tmp_path)

    assert refused.value.code == "record.not_found"
