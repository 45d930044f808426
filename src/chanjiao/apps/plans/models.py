"""Scenarios of intake, the plans that the solver made of them, and what each plan changes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.members.models import Consortium, Organisation
from chanjiao.apps.plans.rules import Options
from chanjiao.apps.programmes.models import ProgrammePoint
from chanjiao.apps.reference.fields import CodeField

CLOSE_ENOUGH = 1e-4
"""The gap at which a solver ends of itself."""


class PlanScenario(models.Model):
    """What a plan of intake is asked for: the colleges of a consortium, years, limits and weights (`rules.Options`)."""

    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.PROTECT, related_name="plan_scenarios"
    )
    title = models.CharField(_("title"), max_length=80)
    options = models.JSONField(_("options"), default=dict)
    created_by = models.CharField(_("written by"), max_length=150)
    created_at = models.DateTimeField(_("created"))
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("plan scenario")
        verbose_name_plural = _("plan scenarios")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["consortium", "title"], name="plan_scenario_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def told(self) -> Options:
        """The options as a value."""
        return Options(**self.options)


class IntakePlan(models.Model):
    """A verified plan with all that is needed to make it again; one that failed its verifier never gets here.

    `files` is a zip of the tables that `chanjiao plan` reads, as they stood; `problem_hash` is over them. `prices` and
    `notes` are lists of plain values; `figures` hold sums beside today's (`making.Figures`).
    """

    scenario = models.ForeignKey(
        PlanScenario, verbose_name=_("plan scenario"), on_delete=models.CASCADE, related_name="plans"
    )
    options = models.JSONField(_("options"), default=dict)
    years = models.JSONField(_("years"), default=list)
    engine = models.CharField(_("engine"), max_length=60)
    engine_version = models.CharField(_("version of the engine"), max_length=20)
    method = models.CharField(_("method"), max_length=40)
    seed = models.PositiveIntegerField(_("seed"), default=0)
    problem_hash = models.CharField(_("hash of the problem"), max_length=64)
    objective = models.FloatField(_("cost of the plan"))
    bound = models.FloatField(_("proven bound"))
    checked = models.FloatField(_("cost recomputed by the verifier"))
    figures = models.JSONField(_("figures"), default=dict)
    prices = models.JSONField(_("prices of limits"), default=list)
    notes = models.JSONField(_("notes"), default=list)
    files = models.BinaryField(_("files"))
    seconds = models.FloatField(_("seconds"))
    is_stopped = models.BooleanField(_("stopped by hand"), default=False)
    made_by = models.CharField(_("run by"), max_length=150, blank=True)
    made_at = models.DateTimeField(_("run"))

    private_columns = ("files",)

    class Meta:
        verbose_name = _("intake plan")
        verbose_name_plural = _("intake plans")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.scenario} · {self.pk}"

    @property
    def told(self) -> Options:
        """The options with which it was made."""
        return Options(**self.options)

    @property
    def gap(self) -> float:
        """How far the plan can be from the best at most, as a share of its cost."""
        return max(0.0, self.objective - self.bound) / max(abs(self.objective), 1e-9)

    @property
    def ending(self) -> str:
        """Why the solver ended: `proven` that no plan is better, `stopped` by somebody, or its `time` was over."""
        if self.gap <= CLOSE_ENOUGH:
            return "proven"
        return "stopped" if self.is_stopped else "time"

    @property
    def gap_words(self) -> str:
        """The gap as a percentage with two decimals."""
        return f"{100 * self.gap:.2f}%"


class PlannedChange(models.Model):
    """What a plan changes at one programme point, and why.

    `planned` is the mean intake over the years and `intake` that of each; `causes`, `broken` and `used_up` hold the
    occupations behind it and the limits that keeping today's intake would break, or that are used up.
    """

    plan = models.ForeignKey(
        IntakePlan, verbose_name=_("intake plan"), on_delete=models.CASCADE, related_name="changes"
    )
    college = models.ForeignKey(
        Organisation, verbose_name=_("college"), on_delete=models.PROTECT, related_name="planned_changes"
    )
    point = models.ForeignKey(
        ProgrammePoint, verbose_name=_("programme point"), null=True, on_delete=models.SET_NULL,
        related_name="planned_changes",
    )  # fmt: skip
    code = CodeField(_("programme"), system="programme")
    direction = models.CharField(_("change"), max_length=8)
    before = models.FloatField(_("present intake"))
    planned = models.FloatField(_("planned intake"))
    intake = models.JSONField(_("intake by year"), default=list)
    causes = models.JSONField(_("causes"), default=list)
    saving = models.FloatField(_("what it saves"))
    broken = models.JSONField(_("limits that would be broken"), default=list)
    used_up = models.JSONField(_("limits used up"), default=list)

    class Meta:
        verbose_name = _("planned change")
        verbose_name_plural = _("planned changes")
        ordering = ["plan_id", "id"]

    def __str__(self) -> str:
        return f"{self.code}: {self.before:g} → {self.planned:g}"
