"""Projects that carry an agreement out: milestones, money, proofs, evaluations."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.cooperation.models import Agreement
from chanjiao.apps.members.models import Organisation


class ProjectState(models.TextChoices):
    """States of a project."""

    RUNNING = "running", _("Under way")
    CLOSED = "closed", _("Concluded")
    STOPPED = "stopped", _("Stopped before its end")


class MilestoneState(models.TextChoices):
    """States of a milestone."""

    OPEN = "open", _("To be done")
    PROVED = "proved", _("Proof to be verified")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class Direction(models.TextChoices):
    """Whether money comes into a project or leaves it."""

    IN = "in", _("Received")
    OUT = "out", _("Spent")


class Project(models.Model):
    """What is done under an agreement; its parties are the organisations of the agreement's current version."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.PROTECT, related_name="projects"
    )
    previous = models.ForeignKey(
        "self",
        verbose_name=_("continues"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="continued_by",
    )
    title = models.CharField(_("title"), max_length=120)
    state = models.CharField(_("state"), max_length=10, choices=ProjectState.choices, db_index=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    summary = models.CharField(_("result"), max_length=1000, blank=True)
    created_at = models.DateTimeField(_("created"))
    closed_at = models.DateTimeField(_("concluded"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="project_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(state="running", closed_at__isnull=True) | ~Q(state="running") & Q(closed_at__isnull=False),
                name="project_closed_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Milestone(models.Model):
    """One step of a project: what is to be delivered, until when, and who answers for it."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="milestones")
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=120)
    deliverable = models.CharField(_("deliverable"), max_length=500, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    due_on = models.DateField(_("due"), db_index=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("responsible organisation"), on_delete=models.PROTECT, related_name="milestones"
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("responsible person"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="milestones",
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=10, choices=MilestoneState.choices, default=MilestoneState.OPEN)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["project_id", "due_on", "position"]
        constraints = [
            models.UniqueConstraint(fields=["project", "position"], name="milestone_once_per_position"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(due_on__gte=F("starts_on")),
                name="milestone_due_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False) | ~Q(state="done") & Q(done_on__isnull=True),
                name="milestone_done_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MoneyEntry(models.Model):
    """Money that came into a project or left it; an entry is cancelled by one of the opposite sign, never edited."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="money")
    milestone = models.ForeignKey(
        Milestone, verbose_name=_("milestone"), null=True, blank=True, on_delete=models.PROTECT, related_name="money"
    )
    direction = models.CharField(_("direction"), max_length=3, choices=Direction.choices)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("paid by or to"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    booked_on = models.DateField(_("day"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    cancels = models.OneToOneField(
        "self", verbose_name=_("cancels"), null=True, blank=True, on_delete=models.PROTECT, related_name="cancelled_by"
    )
    entered_by = models.CharField(_("entered by"), max_length=150)
    entered_at = models.DateTimeField(_("entered"))

    class Meta:
        verbose_name = _("money entry")
        verbose_name_plural = _("money entries")
        ordering = ["booked_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, cancels__isnull=True) | Q(amount__lt=0, cancels__isnull=False),
                name="money_positive_unless_cancelling",
            )
        ]

    def __str__(self) -> str:
        # No amount: events carry this name, and read further than the money does.
        return str(self.project)


class Proof(models.Model):
    """One numbered document that shows that something was done; its files are its versions."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="proofs")
    milestone = models.ForeignKey(
        Milestone, verbose_name=_("milestone"), null=True, blank=True, on_delete=models.PROTECT, related_name="proofs"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=120)
    is_confidential = models.BooleanField(_("for the parties alone"), default=False)

    class Meta:
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        ordering = ["project_id", "number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="proof_once_per_number")]

    def __str__(self) -> str:
        return self.title


class ProofVersion(models.Model):
    """One file of a proof, by the fingerprint of its content; a verified one is only ever followed by another."""

    proof = models.ForeignKey(Proof, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    sha256 = models.CharField(_("fingerprint"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("size"))
    file_name = models.CharField(_("file name"), max_length=150)
    media_type = models.CharField(_("kind of file"), max_length=100)
    reason = models.CharField(_("reason of the replacement"), max_length=300, blank=True)
    uploaded_by = models.CharField(_("handed in by"), max_length=150)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("handed in"))
    verified_by = models.CharField(_("verified by"), max_length=150, blank=True)
    verified_for = models.CharField(_("verified for"), max_length=200, blank=True)
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    refused_at = models.DateTimeField(_("sent back"), null=True, blank=True)
    refusal = models.CharField(_("why it was sent back"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("version of a proof")
        verbose_name_plural = _("versions of proofs")
        ordering = ["proof_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["proof", "number"], name="proof_version_once_per_number"),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True) | Q(refused_at__isnull=True), name="proof_verified_or_refused"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proof} · {self.number}"


class Evaluation(models.Model):
    """What one party says of a project at its end: one to five points, and why."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="evaluations")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="evaluations"
    )
    points = models.PositiveSmallIntegerField(_("points of five"))
    words = models.TextField(_("in words"), max_length=1000, blank=True)
    given_by = models.CharField(_("given by"), max_length=150)
    given_at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "organisation"], name="evaluation_once_per_organisation"),
            models.CheckConstraint(condition=Q(points__gte=1, points__lte=5), name="evaluation_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.points}"
