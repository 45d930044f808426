"""Runs of the engine and what each says of every student and every seat."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.placement.models.rounds import PlacementRound, SeatGroup
from chanjiao.apps.placement.models.students import Student


class RunKind(models.TextChoices):
    """What a run is for; only a final run, or a re-run that was adopted, is ever published."""

    DRAFT = "draft", _("Trial run")
    FINAL = "final", _("Final run")
    RERUN = "rerun", _("Re-run on appeal")


class PlacementRun(models.Model):
    """A verified run with all that is needed to make it again; one that failed its verifier never gets here.

    `files` is a zip of exactly what `chanjiao allocate-verify` reads: the folder `round` and the folder `result`.
    """

    round = models.ForeignKey(PlacementRound, on_delete=models.CASCADE, related_name="runs")
    kind = models.CharField(_("kind"), max_length=6, choices=RunKind.choices)
    engine = models.CharField(_("engine"), max_length=60)
    engine_version = models.CharField(_("version of the engine"), max_length=20)
    method = models.CharField(_("method"), max_length=10)
    options = models.JSONField(_("options"), default=dict)
    seed = models.CharField(_("seed"), max_length=40)
    problem_hash = models.CharField(_("hash of the problem"), max_length=64)
    certificate = models.JSONField(_("certificate"), default=dict)
    students_count = models.PositiveIntegerField(_("students"))
    seats_count = models.PositiveIntegerField(_("seat groups"))
    places_count = models.PositiveIntegerField(_("places"))
    placed_count = models.PositiveIntegerField(_("placed"))
    files = models.BinaryField(_("files"))
    note = models.CharField(_("note"), max_length=120, blank=True)
    is_published = models.BooleanField(_("published"), default=False)
    ran_by = models.CharField(_("run by"), max_length=150, blank=True)
    ran_at = models.DateTimeField(_("run"))
    seconds = models.FloatField(_("seconds"))

    private_columns = ("seed", "files", "certificate")

    class Meta:
        verbose_name = _("placement run")
        verbose_name_plural = _("placement runs")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["round"], condition=Q(kind="final"), name="placement_run_final_once"),
            models.UniqueConstraint(
                fields=["round"], condition=Q(is_published=True), name="placement_run_published_once"
            ),
            models.CheckConstraint(
                condition=Q(is_published=False) | ~Q(kind="draft"), name="placement_run_draft_never_published"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} · {self.pk}"


class Placement(models.Model):
    """What a run gives one student: a seat and its rank, or none; and why, as the engine's reasons."""

    run = models.ForeignKey(PlacementRun, on_delete=models.CASCADE, related_name="placements")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="placements")
    seat = models.ForeignKey(SeatGroup, null=True, on_delete=models.CASCADE, related_name="placements")
    rank = models.PositiveSmallIntegerField(_("rank"), null=True)
    reasons = models.JSONField(_("reasons"), default=list)

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        constraints = [
            models.UniqueConstraint(fields=["run", "student"], name="placement_once_per_run"),
            models.CheckConstraint(
                condition=Q(seat__isnull=True, rank__isnull=True) | Q(seat__isnull=False, rank__isnull=False),
                name="placement_seat_with_rank",
            ),
        ]
        indexes = [models.Index(fields=["run", "seat"], name="placement_run_seat")]

    def __str__(self) -> str:
        return f"{self.student} → {self.seat or '–'}"


class SeatResult(models.Model):
    """What a run makes of one seat group: how many came and listed it, and why places stay free."""

    run = models.ForeignKey(PlacementRun, on_delete=models.CASCADE, related_name="seat_results")
    seat = models.ForeignKey(SeatGroup, on_delete=models.CASCADE, related_name="results")
    placed = models.PositiveIntegerField(_("placed"))
    listed = models.PositiveIntegerField(_("listed by"))
    is_closed = models.BooleanField(_("closed"), default=False)
    helps = models.PositiveIntegerField(_("students whom one more place would help"), null=True)
    reasons = models.JSONField(_("reasons"), default=list)

    class Meta:
        verbose_name = _("result of a seat group")
        verbose_name_plural = _("results of seat groups")
        constraints = [models.UniqueConstraint(fields=["run", "seat"], name="seat_result_once_per_run")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.placed}"
