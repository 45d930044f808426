"""After publication: offers and their answers, who is next in line, appeals."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.placement.models.rounds import PlacementRound, SeatGroup
from chanjiao.apps.placement.models.runs import PlacementRun
from chanjiao.apps.placement.models.students import Student


class OfferState(models.TextChoices):
    """States of an offered place."""

    OPEN = "open", _("Awaiting answer")
    ACCEPTED = "accepted", _("Place accepted")
    JOINED = "joined", _("Has come")
    DECLINED = "declined", _("Place given up")
    EXPIRED = "expired", _("No answer in time")
    REPLACED = "replaced", _("Replaced by a better place")
    MOVED = "moved", _("Changed by a re-run")


HOLDS_A_PLACE = (OfferState.OPEN.value, OfferState.ACCEPTED.value, OfferState.JOINED.value)
"""States in which an offer keeps a place from others."""


class PlacementOffer(models.Model):
    """A place offered to a student, by the published run or as next in line, to be answered by a deadline.

    `answered_for` stands where an officer of the college gave the answer, and says how the student told it.
    """

    round = models.ForeignKey(PlacementRound, on_delete=models.CASCADE, related_name="offers")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="offers")
    seat = models.ForeignKey(SeatGroup, on_delete=models.PROTECT, related_name="offers")
    rank = models.PositiveSmallIntegerField(_("rank"))
    from_line = models.BooleanField(_("as next in line"), default=False)
    state = models.CharField(_("state"), max_length=8, choices=OfferState.choices, default=OfferState.OPEN)
    offered_at = models.DateTimeField(_("offered"))
    answer_until = models.DateTimeField(_("answer until"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    joined_on = models.DateField(_("came on"), null=True, blank=True)
    answered_for = models.CharField(_("how the student told the college"), max_length=120, blank=True)

    private_columns = ("answered_for",)

    class Meta:
        verbose_name = _("offered place")
        verbose_name_plural = _("offered places")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "student"], condition=Q(state__in=HOLDS_A_PLACE), name="offer_one_place_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="joined", joined_on__isnull=False) | ~Q(state="joined") & Q(joined_on__isnull=True),
                name="offer_joined_with_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "answer_until"], name="offer_due")]

    def __str__(self) -> str:
        return f"{self.student} → {self.seat}"


class WaitingPlace(models.Model):
    """A student's place in the line of a seat that they would rather have; place 1 comes first."""

    run = models.ForeignKey(PlacementRun, on_delete=models.CASCADE, related_name="waiting")
    seat = models.ForeignKey(SeatGroup, on_delete=models.CASCADE, related_name="waiting")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="waiting")
    rank = models.PositiveSmallIntegerField(_("rank"))
    place = models.PositiveIntegerField(_("place in line"))

    class Meta:
        verbose_name = _("place in line")
        verbose_name_plural = _("places in line")
        ordering = ["seat_id", "place"]
        constraints = [
            models.UniqueConstraint(fields=["run", "seat", "student"], name="waiting_place_once_per_seat"),
            models.UniqueConstraint(fields=["run", "seat", "place"], name="waiting_place_one_student_each"),
        ]

    def __str__(self) -> str:
        return f"{self.student} {self.place}"


class AppealState(models.TextChoices):
    """States of an appeal."""

    OPEN = "open", _("Awaiting decision")
    UPHELD = "upheld", _("Upheld")
    REFUSED = "refused", _("Refused")


class Appeal(models.Model):
    """A student's appeal against their result, and what was decided, with the re-run that showed what would change."""

    round = models.ForeignKey(PlacementRound, on_delete=models.CASCADE, related_name="appeals")
    student = models.ForeignKey(Student, on_delete=models.CASCADE, related_name="appeals")
    text = models.TextField(_("what is wrong"), max_length=1000)
    made_at = models.DateTimeField(_("made"))
    state = models.CharField(_("state"), max_length=8, choices=AppealState.choices, default=AppealState.OPEN)
    answer = models.TextField(_("decision in words"), max_length=1000, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    rerun = models.ForeignKey(PlacementRun, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    private_columns = ("text", "answer")

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "student"], condition=Q(state="open"), name="appeal_open_once_per_student"
            ),
            models.CheckConstraint(condition=Q(state="open") | ~Q(answer=""), name="appeal_decided_in_words"),
        ]

    def __str__(self) -> str:
        return str(self.student)
