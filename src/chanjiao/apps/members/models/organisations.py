"""Organisations, and the names by which they are known."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.reference.fields import CodeField


class OrganisationType(models.TextChoices):
    """The types of the extraction contract."""

    GOVERNMENT = "government", _("Government department")
    PARTY = "party", _("Party body")
    SCHOOL_VOCATIONAL = "school_vocational", _("Vocational school or college")
    UNIVERSITY = "university", _("University")
    INSTITUTE = "institute", _("Research institute")
    ASSOCIATION = "association", _("Industry association")
    ENTERPRISE = "enterprise", _("Enterprise")
    PARK = "park", _("Zone")
    PARK_ADMIN = "park_admin", _("Zone committee")
    CONSORTIUM = "consortium", _("Consortium")
    UNION = "union", _("Trade union")
    MEDIA = "media", _("Media")
    OTHER = "other", _("Other")


class Scale(models.TextChoices):
    """Size class of an enterprise (统计上大中小微型企业划分)."""

    LARGE = "large", _("Large")
    MEDIUM = "medium", _("Medium")
    SMALL = "small", _("Small")
    MICRO = "micro", _("Micro")


class Organisation(models.Model):
    """A body with a name: college, enterprise, institute, association, zone, department or consortium."""

    name = models.CharField(_("name"), max_length=120)
    name_key = models.CharField(_("comparable name"), max_length=120, unique=True, editable=False)
    pinyin = models.CharField(_("sorting key"), max_length=300, blank=True, editable=False, db_index=True)
    initials = models.CharField(_("initials"), max_length=120, blank=True, editable=False)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    type = models.CharField(_("type"), max_length=20, choices=OrganisationType.choices)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, null=True, blank=True, unique=True)
    region_code = CodeField(_("region"), system="region")
    industry_code = CodeField(_("industry"), system="industry")
    zone = models.ForeignKey(
        "self", verbose_name=_("zone"), null=True, blank=True, on_delete=models.SET_NULL, related_name="residents"
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    scale = models.CharField(_("size"), max_length=10, choices=Scale.choices, blank=True)
    staff_count = models.PositiveIntegerField(_("staff"), null=True, blank=True)
    founded_year = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    introduction = models.TextField(_("introduction"), max_length=2000, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=60, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    created_at = models.DateTimeField(_("created"))
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["pinyin", "id"]

    def __str__(self) -> str:
        return self.name


class OrganisationAlias(models.Model):
    """Another form of an organisation's name, as documents use it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=120)
    name_key = models.CharField(_("comparable name"), max_length=120, db_index=True, editable=False)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [models.UniqueConstraint(fields=["organisation", "name_key"], name="alias_once_per_organisation")]

    def __str__(self) -> str:
        return self.name
