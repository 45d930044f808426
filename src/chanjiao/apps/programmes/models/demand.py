"""What is asked of occupations: figures of documents, headcounts of firms, and the chains that industries form.

What is posted on the exchange is not kept here: it is read live.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.members.models import Organisation
from chanjiao.apps.programmes.rules.demand import SOURCE_WORDS, Source
from chanjiao.apps.reference.fields import CodeField

TOLD_SOURCES = (Source.VACANCIES, Source.SURVEY, Source.FORECAST)
"""Sources whose figures are kept; the others are derived."""


class DemandFigure(models.Model):
    """People that an occupation asks for in a year, as a document tells it.

    `title` names the document; rows of one document add up. `low` and `high` are None where it gives no range.
    """

    occupation_code = CodeField(_("occupation"), system="occupation", db_index=True)
    year = models.PositiveSmallIntegerField(_("year"))
    source = models.CharField(
        _("source"), max_length=10, choices=[(one.value, _(SOURCE_WORDS[one])) for one in TOLD_SOURCES]
    )
    title = models.CharField(_("document"), max_length=120)
    industry_code = CodeField(_("industry"), system="industry")
    zone = models.ForeignKey(
        Organisation, verbose_name=_("zone"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    expected = models.PositiveIntegerField(_("people asked for"))
    low = models.PositiveIntegerField(_("at least"), null=True, blank=True)
    high = models.PositiveIntegerField(_("at most"), null=True, blank=True)
    weight = models.DecimalField(_("weight"), max_digits=3, decimal_places=2)
    told_on = models.DateField(_("date of the source"))
    keeper = models.ForeignKey(
        Organisation, verbose_name=_("kept by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("demand figure")
        verbose_name_plural = _("demand figures")
        ordering = ["occupation_code", "year", "source", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation_code", "year", "source", "title", "industry_code", "zone"],
                condition=Q(zone__isnull=False),
                name="demand_figure_once_in_a_zone",
            ),
            models.UniqueConstraint(
                fields=["occupation_code", "year", "source", "title", "industry_code"],
                condition=Q(zone__isnull=True),
                name="demand_figure_once",
            ),
            models.CheckConstraint(condition=Q(weight__gte=0, weight__lte=1), name="demand_figure_weight_of_one"),
            models.CheckConstraint(
                condition=(Q(low__isnull=True) | Q(low__lte=models.F("expected")))
                & (Q(high__isnull=True) | Q(high__gte=models.F("expected"))),
                name="demand_figure_within_its_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occupation_code} · {self.year}"


class Headcount(models.Model):
    """How many people a firm has in an occupation at the end of a year, and how many left it in that year.

    Openings are the growth since the year before and those who left. The rows are seen by the firm, the secretariat
    and the guidance committee; others see sums.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("enterprise"), on_delete=models.PROTECT, related_name="headcounts"
    )
    occupation_code = CodeField(_("occupation"), system="occupation", db_index=True)
    year = models.PositiveSmallIntegerField(_("year"))
    people = models.PositiveIntegerField(_("people at the end of the year"))
    leavers = models.PositiveIntegerField(_("people who left in the year"))
    told_on = models.DateField(_("date of the source"))
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("headcount")
        verbose_name_plural = _("headcounts")
        ordering = ["organisation_id", "occupation_code", "year"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "occupation_code", "year"], name="headcount_once"),
        ]

    def __str__(self) -> str:
        return f"{self.occupation_code} · {self.year}"


class IndustryChain(models.Model):
    """An industry chain of the city: the industries it is made of, and whether it is a key one.

    A code takes everything below it; the longest code that fits an industry decides its chain.
    """

    name = models.CharField(_("name"), max_length=60, unique=True)
    is_key = models.BooleanField(_("key chain"), default=False)
    industry_codes = models.JSONField(_("industries"), default=list)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("industry chain")
        verbose_name_plural = _("industry chains")
        ordering = ["-is_key", "id"]

    def __str__(self) -> str:
        return self.name
