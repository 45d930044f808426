"""Imports: a file, what became of each of its rows, and what is needed to take it back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    """States of an import; a check stores nothing but what it found."""

    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked")
    STORING = "storing", _("Being stored")
    DONE = "done", _("Stored")
    UNDOING = "undoing", _("Being taken back")
    UNDONE = "undone", _("Taken back")


class RowOutcome(models.TextChoices):
    """What became of a row."""

    CREATED = "created", _("New")
    UPDATED = "updated", _("Changed")
    UNCHANGED = "unchanged", _("Known already")
    REJECTED = "rejected", _("Rejected")


class ImportBatch(models.Model):
    """One file of one kind, read in one layout; `position` is the last row that was finished."""

    kind = models.CharField(_("kind"), max_length=30)
    layout = models.CharField(_("form"), max_length=30)
    file_name = models.CharField(_("file"), max_length=200)
    digest = models.CharField(_("hash"), max_length=64, db_index=True)
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    heading = models.JSONField(_("headings"), default=list)
    options = models.JSONField(_("options"), default=dict)
    state = models.CharField(_("state"), max_length=10, choices=BatchState.choices)
    position = models.PositiveIntegerField(_("row reached"), default=0)
    created = models.PositiveIntegerField(_("new"), default=0)
    updated = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("known already"), default=0)
    rejected = models.PositiveIntegerField(_("rejected"), default=0)
    kept = models.PositiveIntegerField(_("kept when taken back"), default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    organisation_id = models.BigIntegerField(_("acting for"), null=True)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def read(self) -> int:
        """How many rows were read so far."""
        return self.created + self.updated + self.unchanged + self.rejected


class ImportFile(models.Model):
    """The content of a file that waits to be read; in the database, so that any worker on any host can read it."""

    batch = models.OneToOneField(ImportBatch, on_delete=models.CASCADE, related_name="file")
    content = models.BinaryField(_("content"))

    class Meta:
        verbose_name = _("file of an import")
        verbose_name_plural = _("files of imports")

    def __str__(self) -> str:
        return self.batch.file_name


class ImportedRow(models.Model):
    """A row of the file: what it made or changed, or why it was rejected with its cells as they came.

    `notes` tell what was read otherwise than it was written, such as a code of an earlier catalogue.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=RowOutcome.choices)
    object_type = models.CharField(_("kind of object"), max_length=60, blank=True)
    object_id = models.BigIntegerField(_("object"), null=True)
    object_version = models.PositiveIntegerField(_("version"), null=True)
    before = models.JSONField(_("before"), null=True)
    errors = models.JSONField(_("errors"), default=list)
    notes = models.JSONField(_("notes"), default=list)
    cells = models.JSONField(_("cells"), default=list)
    is_undone = models.BooleanField(_("taken back"), default=False)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["batch_id", "number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_once")]

    def __str__(self) -> str:
        return f"{self.batch} · {self.number}"
