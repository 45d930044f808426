"""What a dossier rests on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.dossiers.models.dossier import Dossier


class EvidenceKind(models.TextChoices):
    """What sort of row is cited."""

    FIGURE = "figure", _("Figure")
    NEED = "need", _("Need of a firm")
    AGREEMENT = "agreement", _("Agreement")
    CARD = "card", _("Warning card")
    PLAN = "plan", _("Plan")
    COURSE = "course", _("Courses beside occupations")
    FILE = "file", _("File")


class Evidence(models.Model):
    """One row that a dossier cites, as it read on the day: what it told then stays, whatever becomes of the row.

    A row is named by a plain reference, as in the record of deeds, so that evidence outlives what it tells of. A figure
    is named by its measure and its amount; a file by the fingerprint of its content.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="evidence")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=10, choices=EvidenceKind.choices)
    title = models.CharField(_("title"), max_length=200)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    measure = models.CharField(_("measure"), max_length=20, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True, blank=True)
    amount_after = models.DecimalField(_("a year later"), max_digits=14, decimal_places=2, null=True, blank=True)
    as_of = models.DateField(_("as of"))
    source = models.CharField(_("source"), max_length=200, blank=True)
    sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    file_name = models.CharField(_("file name"), max_length=150, blank=True)
    media_type = models.CharField(_("kind of file"), max_length=100, blank=True)
    cited_by = models.CharField(_("cited by"), max_length=150)
    cited_at = models.DateTimeField(_("cited"))

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["dossier_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="evidence_once_per_number"),
            models.UniqueConstraint(
                fields=["dossier", "kind", "object_type", "object_id", "measure"],
                condition=~Q(kind="file"),
                name="evidence_cited_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="file") & ~Q(sha256="") | ~Q(kind="file") & ~Q(object_type=""),
                name="evidence_row_or_file",
            ),
        ]

    def __str__(self) -> str:
        return self.title
