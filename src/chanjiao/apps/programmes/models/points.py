"""What colleges teach: a programme at a college at a level."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.members.models import Organisation
from chanjiao.apps.reference.fields import CodeField


class ProgrammeLevel(models.TextChoices):
    """Levels of the national catalogues."""

    SECONDARY = "secondary", _("Secondary vocational")
    ASSOCIATE = "associate", _("Associate (higher vocational)")
    BACHELOR = "bachelor", _("Bachelor")


class ProgrammePoint(models.Model):
    """A programme that a college teaches at a level, with its present figures; `last_year` is set once it closes.

    Its code stands in the vocational catalogue or, for ordinary bachelor programmes, in that of undergraduate majors.
    """

    college = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="programme_points")
    level = models.CharField(_("level"), max_length=10, choices=ProgrammeLevel.choices)
    programme_code = CodeField(_("programme"), system="programme")
    major_code = CodeField(_("undergraduate major"), system="major")
    years = models.PositiveSmallIntegerField(_("years of study"))
    intake = models.PositiveIntegerField(_("intake plan"))
    enrolled = models.PositiveIntegerField(_("students enrolled"))
    first_year = models.PositiveSmallIntegerField(_("first intake in"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last intake in"), null=True, blank=True)
    teachers = models.PositiveIntegerField(_("teachers"), default=0)
    dual_qualified = models.PositiveIntegerField(_("dual-qualified teachers"), default=0)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("programme point")
        verbose_name_plural = _("programme points")
        ordering = ["college_id", "programme_code", "major_code"]
        constraints = [
            models.UniqueConstraint(
                fields=["college", "level", "programme_code", "major_code"], name="programme_point_once"
            ),
            models.CheckConstraint(
                condition=models.Q(programme_code="") ^ models.Q(major_code=""), name="programme_point_one_code"
            ),
            models.CheckConstraint(
                condition=models.Q(dual_qualified__lte=models.F("teachers")),
                name="programme_point_dual_within_teachers",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """The national code, whichever catalogue it stands in."""
        return self.programme_code or self.major_code

    @property
    def system(self) -> str:
        """The code system that `code` belongs to."""
        return "programme" if self.programme_code else "major"
