"""The courses that a college teaches in a programme, where they differ from those of the national standard."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.programmes.models import ProgrammePoint


class CourseList(models.Model):
    """The college's own list of courses of a programme point; without one, the national standard's stand for it."""

    point = models.OneToOneField(
        ProgrammePoint, verbose_name=_("programme point"), on_delete=models.CASCADE, related_name="course_list"
    )
    told_by = models.CharField(_("told by"), max_length=150)
    told_at = models.DateTimeField(_("told"))
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("list of courses")
        verbose_name_plural = _("lists of courses")
        ordering = ["point_id"]

    def __str__(self) -> str:
        return str(self.point)


class TaughtCourse(models.Model):
    """One course of a college's list: what it deals with, and whether it is one for everybody (公共基础课)."""

    course_list = models.ForeignKey(CourseList, on_delete=models.CASCADE, related_name="courses")
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("course"), max_length=80)
    topics = models.CharField(_("deals with"), max_length=500, blank=True)
    is_basic = models.BooleanField(_("for everybody"), default=False)

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["course_list_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["course_list", "name"], name="course_once_per_list"),
        ]

    def __str__(self) -> str:
        return self.name
