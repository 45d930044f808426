"""National code tables as they stand on this site, and what leads from one to another."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.reference.fields import CodeField


class CodeSystem(models.Model):
    """A code system in its present edition; `digest` changes whenever its terms do.

    `is_local` is true once somebody has taken a later edition here: the package's own tables then leave it alone.
    """

    code = models.CharField(_("code system"), max_length=16, unique=True)
    title = models.CharField(_("title"), max_length=80)
    edition = models.CharField(_("edition"), max_length=80, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    licence = models.CharField(_("terms of use"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    is_partial = models.BooleanField(_("partial"), default=False)
    is_local = models.BooleanField(_("updated here"), default=False)
    digest = models.CharField(_("digest"), max_length=64)
    loaded_at = models.DateTimeField(_("loaded"))

    class Meta:
        verbose_name = _("code system")
        verbose_name_plural = _("code systems")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Term(models.Model):
    """A code with its name; `edition` is the one that last said something new about it."""

    system = models.ForeignKey(CodeSystem, on_delete=models.CASCADE, to_field="code", related_name="terms")
    code = models.CharField(_("code"), max_length=16)
    name = models.CharField(_("name"), max_length=80)
    level = models.CharField(_("level"), max_length=16)
    parent_code = models.CharField(_("code above"), max_length=16, blank=True)
    in_force = models.BooleanField(_("in force"), default=True)
    edition = models.CharField(_("edition"), max_length=80, blank=True)
    attributes = models.JSONField(_("particulars"), default=dict, blank=True)

    class Meta:
        verbose_name = _("code entry")
        verbose_name_plural = _("code entries")
        ordering = ["system_id", "code"]
        constraints = [models.UniqueConstraint(fields=["system", "code"], name="term_code_once")]
        indexes = [models.Index(fields=["system", "parent_code", "code"], name="term_below")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Alias(models.Model):
    """Another name of a term: a recruitment title, a short form."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("other name of a code")
        verbose_name_plural = _("other names of codes")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["term", "name"], name="alias_once")]

    def __str__(self) -> str:
        return self.name


class FormerCode(models.Model):
    """A code that a term had before; `is_inferred` where only the equal name says so."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="former_codes")
    code = models.CharField(_("code"), max_length=16)
    until_edition = models.CharField(_("until the edition"), max_length=80, blank=True)
    is_inferred = models.BooleanField(_("inferred"), default=False)

    class Meta:
        verbose_name = _("former code")
        verbose_name_plural = _("former codes")
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["term", "code"], name="former_code_once")]

    def __str__(self) -> str:
        return self.code


class LinkSource(models.TextChoices):
    """Who says that a programme leads to an occupation."""

    OFFICIAL = "official", _("Teaching standard")
    INFERRED = "inferred", _("Inferred")
    LOCAL = "local", _("Entered here")


class Granularity(models.TextChoices):
    """What a link points at."""

    OCCUPATION = "occupation", _("Occupation")
    MINOR = "minor", _("Minor group")


class LinkState(models.TextChoices):
    """Whether a link counts; only inferred ones wait for a person's judgement."""

    PROPOSED = "proposed", _("To be reviewed")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Rejected")


class Link(models.Model):
    """A programme leads to an occupation or to a minor group of occupations.

    An inferred link keeps the engine's score (its chance, 0–1), version and reasons, and who judged it. A rejected one
    stays, so that it is not proposed again.
    """

    programme_code = CodeField(_("programme"), system="programme", db_index=True)
    occupation_code = CodeField(_("occupation"), system="occupation", db_index=True)
    granularity = models.CharField(_("granularity"), max_length=10, choices=Granularity.choices)
    source = models.CharField(_("source"), max_length=10, choices=LinkSource.choices)
    edition = models.CharField(_("edition"), max_length=80, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=LinkState.choices, default=LinkState.CONFIRMED)
    score = models.FloatField(_("score"), null=True, blank=True)
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    judged_by = models.CharField(_("judged by"), max_length=150, blank=True)
    judged_at = models.DateTimeField(_("judged"), null=True, blank=True)

    class Meta:
        verbose_name = _("link from programme to occupation")
        verbose_name_plural = _("links from programmes to occupations")
        ordering = ["programme_code", "occupation_code"]
        constraints = [
            models.UniqueConstraint(fields=["programme_code", "occupation_code", "source"], name="link_once"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_code} → {self.occupation_code}"
