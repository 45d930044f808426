"""The index of proofs to files, and the comparison of such an index with what stands here.

A file of rows holds no documents. A row is known where the project has that very fingerprint; others are rejected, so
that an index kept elsewhere shows what is missing here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils import timezone

from chanjiao.apps.imports.kinds.base import ImportKind, Options, Planned, RowByRow, Stored
from chanjiao.apps.imports.kinds.projects import KeptViews
from chanjiao.apps.imports.layouts import Column, Layout, Record
from chanjiao.apps.imports.models import RowOutcome
from chanjiao.apps.projects.kept import kept_projects
from chanjiao.apps.projects.selectors import project
from chanjiao.apps.projects.shown import ProofVersionView
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from chanjiao.engines.words import N_

TABLE = "projects.project"
OWN = Layout(
    "own",
    N_("Our own columns"),
    (
        Column("project", N_("Number of the project"), ("项目编号",), required=True),
        Column("number", N_("Number of the proof"), ("材料编号", "序号")),
        Column("title", N_("Proof"), ("材料名称", "佐证材料")),
        Column("milestone", N_("Milestone"), ("里程碑名称",)),
        Column("version", N_("Version")),
        Column("file_name", N_("File"), ("文件名",)),
        Column("size", N_("Size in bytes")),
        Column("sha256", N_("Fingerprint"), ("指纹", "SHA256"), required=True),
        Column("organisation", N_("Organisation that handed it in"), ("提交单位",)),
        Column("uploaded_on", N_("Handed in on")),
        Column("verified_for", N_("Organisation that verified it"), ("核验单位",)),
        Column("verified_on", N_("Verified on")),
        Column("refusal", N_("Why it was sent back")),
    ),
)


class ProofReading(RowByRow):
    """Rows compared for one actor with the proofs of their projects."""

    def __init__(self, actor: Actor, layout: Layout, options: Options, now: datetime) -> None:
        self._views = KeptViews(actor)

    def read(self, record: Record) -> Planned:
        """The row as a proof that stands already; `import.no_proof` for every other."""
        view = self._views.named(record.get("project", ""), "project")
        wanted = record.get("sha256", "").casefold()
        if not wanted:
            raise ChanjiaoError("import.required", field="sha256")
        if not any(version.sha256 == wanted for proof in view.proofs for version in proof.versions):
            raise ChanjiaoError("import.no_proof", field="sha256")
        return Planned(RowOutcome.UNCHANGED, Stored(TABLE, view.row.id, view.row.version))

    def store(self, planned: Sequence[Planned]) -> list[Stored]:
        """Nothing: no row makes or changes anything."""
        return []


def _undo(actor: Actor, stored: Stored, now: datetime) -> None:
    raise ChanjiaoError("record.not_found")


def _records(actor: Actor, layout: Layout) -> Iterator[Record]:
    for kept in kept_projects(actor):
        for proof in project(actor, kept.id).proofs:
            about = {"project": kept.number, "number": str(proof.number), "title": proof.title}
            for version in proof.versions:
                yield {**about, "milestone": proof.milestone, **_told(version)}


def _told(version: ProofVersionView) -> Record:
    verified = version.verified_at
    return {
        **{name: getattr(version, name) for name in ("file_name", "sha256", "organisation", "verified_for", "refusal")},
        "version": str(version.number),
        "size": str(version.size),
        "uploaded_on": str(timezone.localdate(version.uploaded_at)),
        "verified_on": str(timezone.localdate(verified)) if verified else "",
    }


PROOFS = ImportKind("proofs", N_("Index of proofs"), (OWN,), ProofReading, _undo, _records)
