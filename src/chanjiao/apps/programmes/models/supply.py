"""What colleges bring: the yearly figures of programme points, and the parts in which they lead to occupations."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.programmes.models.points import ProgrammePoint
from chanjiao.apps.reference.fields import CodeField


class YearFigures(models.Model):
    """A programme point in a year, in people; None where a figure is not known, which is not 0.

    Those who completed have one destination each: `employed`, `own_business`, `flexible` or `further_study`, or none.
    `in_city` and `in_field` are parts of those who work. `rooms` and `training_places` are what practice has.
    `running_cost` is what teaching costs in the year, in 10,000 yuan.
    """

    point = models.ForeignKey(
        ProgrammePoint, verbose_name=_("programme point"), on_delete=models.PROTECT, related_name="years_told"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    planned = models.PositiveIntegerField(_("intake plan"), null=True, blank=True)
    admitted = models.PositiveIntegerField(_("students admitted"), null=True, blank=True)
    enrolled = models.PositiveIntegerField(_("students enrolled"), null=True, blank=True)
    completed = models.PositiveIntegerField(_("completed"), null=True, blank=True)
    employed = models.PositiveIntegerField(_("employed by contract"), null=True, blank=True)
    own_business = models.PositiveIntegerField(_("own business"), null=True, blank=True)
    flexible = models.PositiveIntegerField(_("flexible employment"), null=True, blank=True)
    further_study = models.PositiveIntegerField(_("further study"), null=True, blank=True)
    in_city = models.PositiveIntegerField(_("work in the city"), null=True, blank=True)
    in_field = models.PositiveIntegerField(_("work in their field"), null=True, blank=True)
    teachers = models.PositiveIntegerField(_("teachers"), null=True, blank=True)
    dual_qualified = models.PositiveIntegerField(_("dual-qualified teachers"), null=True, blank=True)
    rooms = models.PositiveIntegerField(_("training rooms"), null=True, blank=True)
    training_places = models.PositiveIntegerField(_("training places"), null=True, blank=True)
    running_cost = models.PositiveIntegerField(_("running cost (10,000 yuan)"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=80, blank=True)
    told_at = models.DateTimeField(_("told"))
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("yearly figures")
        verbose_name_plural = _("yearly figures")
        ordering = ["point_id", "year"]
        constraints = [
            models.UniqueConstraint(fields=["point", "year"], name="year_figures_once"),
            models.CheckConstraint(
                condition=Q(dual_qualified__isnull=True)
                | Q(teachers__isnull=True)
                | Q(dual_qualified__lte=models.F("teachers")),
                name="year_figures_dual_within_teachers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point} · {self.year}"


class LinkShare(models.Model):
    """The part of those who complete a programme that turns to a minor group of occupations, as this site knows it.

    A programme with shares leads by them alone, whatever its links say. `programme_code` may be one of a major.
    """

    programme_code = CodeField(_("programme"), system="programme", db_index=True)
    occupation_code = CodeField(_("minor group"), system="occupation")
    share = models.DecimalField(_("share"), max_digits=4, decimal_places=3)
    source = models.CharField(_("source"), max_length=120, blank=True)
    told_by = models.CharField(_("told by"), max_length=150, blank=True)
    told_at = models.DateTimeField(_("told"))
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("share of a link")
        verbose_name_plural = _("shares of links")
        ordering = ["programme_code", "-share", "occupation_code"]
        constraints = [
            models.UniqueConstraint(fields=["programme_code", "occupation_code"], name="link_share_once"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=Decimal(1)), name="link_share_of_one"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_code} → {self.occupation_code}"
