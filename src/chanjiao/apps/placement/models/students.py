"""Students and what they and the firms say: consent, wishes, rankings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.exchange.models import EducationLevel
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.placement.models.rounds import PlacementRound, SeatGroup
from chanjiao.apps.reference.fields import CodeField


class Student(models.Model):
    """A person of a college who looks for a place. `alias` stands for them wherever their name must not.

    `groups` are names of groups that seats may reserve places for; `mark` is the average of 100; `home` is a travel
    zone. Personal data: seen by the student, by officers of the college and, with consent and a place, by the firm.
    """

    college = models.ForeignKey(
        Organisation, verbose_name=_("college"), on_delete=models.PROTECT, related_name="placement_students"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="placement_student",
    )
    number = models.CharField(_("student number"), max_length=30)
    alias = models.CharField(_("alias"), max_length=12, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60)
    level = models.CharField(_("level"), max_length=10, choices=EducationLevel.choices)
    programme_code = CodeField(_("programme"), system="programme")
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    mark = models.DecimalField(_("average mark"), max_digits=5, decimal_places=2, null=True, blank=True)
    home = models.CharField(_("lives in"), max_length=40, blank=True)
    groups = models.JSONField(_("groups"), default=list, blank=True)
    created_at = models.DateTimeField(_("created"))
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    private_columns = ("number", "name", "birth_date", "mark", "home", "groups")

    class Meta:
        verbose_name = _("student")
        verbose_name_plural = _("students")
        ordering = ["college_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["college", "number"], name="student_once_per_number"),
            models.CheckConstraint(
                condition=Q(mark__isnull=True) | Q(mark__gte=0, mark__lte=100), name="student_mark_of_a_hundred"
            ),
        ]

    def __str__(self) -> str:
        return self.alias


class Consent(models.Model):
    """A student's separate consent that the data needed go to the firm of their place; kept when withdrawn."""

    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="consents")
    round = models.ForeignKey(PlacementRound, on_delete=models.CASCADE, related_name="consents")
    given_at = models.DateTimeField(_("given"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "round"], condition=Q(withdrawn_at__isnull=True), name="consent_in_force_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.student)


class WishList(models.Model):
    """What a student wishes for in a round; what stands here when wishes close counts.

    Lists with the same `team` want the same seat or none, as long as they hold the same wishes.
    """

    round = models.ForeignKey(PlacementRound, on_delete=models.CASCADE, related_name="wish_lists")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="wish_lists")
    saved_at = models.DateTimeField(_("saved"))
    team = models.CharField(_("team"), max_length=8, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("wish list")
        verbose_name_plural = _("wish lists")
        constraints = [models.UniqueConstraint(fields=["round", "student"], name="wish_list_once_per_round")]

    def __str__(self) -> str:
        return str(self.student)


class Wish(models.Model):
    """One seat on a wish list; rank 1 is wished for most."""

    wish_list = models.ForeignKey(WishList, on_delete=models.CASCADE, related_name="wishes")
    seat = models.ForeignKey(SeatGroup, verbose_name=_("seat"), on_delete=models.PROTECT, related_name="wishes")
    rank = models.PositiveSmallIntegerField(_("rank"))

    class Meta:
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["wish_list", "seat"], name="wish_once_per_seat"),
            models.UniqueConstraint(fields=["wish_list", "rank"], name="wish_once_per_rank"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="wish_ranks_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.rank}"


class FirmRanking(models.Model):
    """The points that a firm gives an applicant by hand; applicants without stand behind all with."""

    seat = models.ForeignKey(SeatGroup, on_delete=models.CASCADE, related_name="rankings")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="rankings")
    points = models.DecimalField(_("points"), max_digits=6, decimal_places=2)
    given_at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("ranking by a firm")
        verbose_name_plural = _("rankings by firms")
        constraints = [
            models.UniqueConstraint(fields=["seat", "student"], name="firm_ranking_once_per_applicant"),
            models.CheckConstraint(condition=Q(points__gte=0, points__lte=1000), name="firm_ranking_within_bounds"),
        ]

    def __str__(self) -> str:
        return f"{self.student} {self.points}"
