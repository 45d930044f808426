"""The dossier of one change."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.members.models import Consortium, Organisation
from chanjiao.apps.programmes.models import ProgrammeLevel, ProgrammePoint
from chanjiao.apps.reference.fields import CodeField


class DossierState(models.TextChoices):
    """States of a dossier (`rules.State`)."""

    DRAFT = "draft", _("Draft")
    COMPLETE = "complete", _("Dossier complete")
    OPINIONS = "opinions", _("Opinions being given")
    READY = "ready", _("Ready for the vote")
    DECIDED = "decided", _("Voted on")
    CARRIED_OUT = "carried_out", _("Change carried out")
    MEASURED = "measured", _("Effect measured")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Decision(models.TextChoices):
    """What the council decided."""

    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


class Effect(models.TextChoices):
    """What came of a change, a year after it was carried out."""

    REACHED = "reached", _("Reached")
    PARTLY = "partly", _("Partly reached")
    MISSED = "missed", _("Not reached")


class Dossier(models.Model):
    """A change of a programme that a college asks for, from its draft to what came of it.

    `point` is empty for a programme that is not taught yet, and once it was taken out of the list; its code stays.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.PROTECT, related_name="dossiers"
    )
    college = models.ForeignKey(
        Organisation, verbose_name=_("college"), on_delete=models.PROTECT, related_name="dossiers"
    )
    change = models.CharField(_("change"), max_length=20)
    level = models.CharField(_("level"), max_length=10, choices=ProgrammeLevel.choices)
    programme_code = CodeField(_("programme"), system="programme")
    major_code = CodeField(_("undergraduate major"), system="major")
    point = models.ForeignKey(
        ProgrammePoint, verbose_name=_("programme point"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="dossiers",
    )  # fmt: skip
    into_code = CodeField(_("goes into"), system="programme")
    partner = models.ForeignKey(
        Organisation, verbose_name=_("college that takes over"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="dossiers_taken_over",
    )  # fmt: skip
    chain = models.CharField(_("industry chain"), max_length=80, blank=True)
    seats_now = models.PositiveIntegerField(_("present intake"), default=0)
    seats_planned = models.PositiveIntegerField(_("planned intake"), default=0)
    from_year = models.PositiveSmallIntegerField(_("from the year"))
    case = models.TextField(_("why"), max_length=4000)
    state = models.CharField(_("state"), max_length=12, choices=DossierState.choices, db_index=True)
    created_by = models.CharField(_("written by"), max_length=150)
    created_at = models.DateTimeField(_("created"))
    completed_at = models.DateTimeField(_("first complete"), null=True, blank=True)
    ready_at = models.DateTimeField(_("ready for the vote"), null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    resolution = models.CharField(_("resolution"), max_length=120, blank=True)
    reason = models.CharField(_("reason"), max_length=20, blank=True)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    carried_out_on = models.DateField(_("carried out on"), null=True, blank=True)
    seats_done = models.PositiveIntegerField(_("intake as carried out"), null=True, blank=True)
    effect = models.CharField(_("effect"), max_length=10, choices=Effect.choices, blank=True)
    effect_words = models.TextField(_("effect in words"), max_length=2000, blank=True)
    measured_at = models.DateTimeField(_("measured"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["point"],
                condition=Q(state__in=["draft", "complete", "opinions", "ready"]),
                name="dossier_one_pending_per_point",
            ),
            models.CheckConstraint(condition=Q(programme_code="") ^ Q(major_code=""), name="dossier_one_code"),
            models.CheckConstraint(
                condition=Q(state__in=["decided", "carried_out", "measured"]) & ~Q(decision="")
                | ~Q(state__in=["decided", "carried_out", "measured"]) & Q(decision=""),
                name="dossier_decided_with_decision",
            ),
            models.CheckConstraint(
                condition=~Q(decision="refused") | ~Q(reason=""), name="dossier_refused_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="measured") | ~Q(effect="") & Q(carried_out_on__isnull=False),
                name="dossier_measured_with_effect",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.college.short_name or self.college} · {self.code}"

    @property
    def code(self) -> str:
        """The national code of the programme, whichever catalogue it stands in."""
        return self.programme_code or self.major_code

    @property
    def system(self) -> str:
        """The code system that `code` belongs to."""
        return "programme" if self.programme_code else "major"
