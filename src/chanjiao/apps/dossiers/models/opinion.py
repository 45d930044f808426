"""What those who are asked say of a change."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.dossiers.models.dossier import Dossier
from chanjiao.apps.members.models import Organisation


class OpinionSide(models.TextChoices):
    """As what an organisation is asked (`rules.OPINION_SIDES`)."""

    COLLEGE = "college", _("College")
    COMMITTEE = "committee", _("Guidance committee")
    FIRMS = "firms", _("Firms")


class Verdict(models.TextChoices):
    """What an opinion comes to."""

    FOR = "for", _("In favour")
    CONDITIONS = "conditions", _("In favour on conditions")
    AGAINST = "against", _("Against")


class Opinion(models.Model):
    """The opinion of one organisation; without a verdict it is still owed."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="opinions")
    side = models.CharField(_("side"), max_length=10, choices=OpinionSide.choices)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="opinions"
    )
    asked_at = models.DateTimeField(_("asked"))
    due_on = models.DateField(_("until"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, blank=True)
    words = models.TextField(_("in words"), max_length=2000, blank=True)
    given_by = models.CharField(_("given by"), max_length=150, blank=True)
    given_at = models.DateTimeField(_("given"), null=True, blank=True)

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        ordering = ["dossier_id", "side", "id"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "organisation"], name="opinion_once_per_organisation"),
            models.CheckConstraint(
                condition=Q(verdict="", given_at__isnull=True) | ~Q(verdict="") & Q(given_at__isnull=False),
                name="opinion_given_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier.number} · {self.organisation}"
