"""The round, its seats and the rules under which they may be filled."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.cooperation.models import Agreement
from chanjiao.apps.exchange.models import Need
from chanjiao.apps.members.models import Consortium, Organisation
from chanjiao.apps.placement.rules.internship import Severity
from chanjiao.apps.placement.rules.points import RankingMode
from chanjiao.apps.placement.rules.states import MethodName, RoundState, ShortRule


class PlacementRound(models.Model):
    """One placement of students at seats, from wish lists to answered offers.

    `follows` is the round whose remaining seats and students this one takes up. `most_minutes` bounds the way to a
    seat without lodging; without it any way will do.
    """

    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.PROTECT, related_name="placement_rounds"
    )
    follows = models.ForeignKey(
        "self", verbose_name=_("follows"), null=True, blank=True, on_delete=models.PROTECT, related_name="followers"
    )
    title = models.CharField(_("title"), max_length=80)
    starts_on = models.DateField(_("first day at the seat"))
    ends_on = models.DateField(_("last day at the seat"))
    method = models.CharField(
        _("method"),
        max_length=10,
        default=MethodName.STABLE,
        choices=[
            (MethodName.STABLE.value, _("Stable: nobody is passed over")),
            (MethodName.BEST_FIT.value, _("Best fit: highest total of points")),
            (MethodName.TOGETHER.value, _("Together: teams stay together")),
        ],
    )
    short_rule = models.CharField(
        _("seats below their minimum"),
        max_length=5,
        default=ShortRule.CLOSE,
        choices=[(ShortRule.CLOSE.value, _("are closed")), (ShortRule.KEEP.value, _("stay open"))],
    )
    most_choices = models.PositiveSmallIntegerField(_("most wishes"), default=10)
    most_minutes = models.PositiveSmallIntegerField(_("longest way without lodging"), null=True, blank=True)
    wishes_until = models.DateTimeField(_("wishes until"))
    rankings_until = models.DateTimeField(_("rankings until"))
    answers_until = models.DateTimeField(_("answers until"))
    appeals_until = models.DateTimeField(_("appeals until"))
    state = models.CharField(
        _("state"),
        max_length=10,
        default=RoundState.DRAFT,
        choices=[
            (RoundState.DRAFT.value, _("Draft")),
            (RoundState.WISHES.value, _("Wishes open")),
            (RoundState.RANKING.value, _("Firms rank")),
            (RoundState.ALLOCATION.value, _("Trial runs")),
            (RoundState.DECIDED.value, _("Final run made")),
            (RoundState.PUBLISHED.value, _("Result published")),
            (RoundState.CLOSED.value, _("Round concluded")),
        ],
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"))
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("placement round")
        verbose_name_plural = _("placement rounds")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="placement_round_days_in_order"),
            models.CheckConstraint(
                condition=Q(rankings_until__gte=F("wishes_until"), answers_until__gte=F("rankings_until")),
                name="placement_round_deadlines_in_order",
            ),
            models.CheckConstraint(condition=Q(most_choices__gte=1), name="placement_round_takes_wishes"),
        ]

    def __str__(self) -> str:
        return self.title


class SeatGroup(models.Model):
    """Equal places of one firm in a round: who may have them, what they pay, how applicants are ordered.

    `levels` and `programme_codes` (codes or their beginnings) are empty where anybody fits. `point_rules` are read by
    `rules.points`. `zone` names a travel zone of the round's table of ways.
    """

    round = models.ForeignKey(PlacementRound, on_delete=models.CASCADE, related_name="seats")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("enterprise"), on_delete=models.PROTECT, related_name="placement_seats"
    )
    need = models.ForeignKey(
        Need, verbose_name=_("need"), null=True, blank=True, on_delete=models.SET_NULL, related_name="placement_seats"
    )
    agreement = models.ForeignKey(
        Agreement,
        verbose_name=_("agreement"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="placement_seats",
    )
    title = models.CharField(_("post"), max_length=80)
    description = models.TextField(_("what one does there"), max_length=1000, blank=True)
    capacity = models.PositiveIntegerField(_("places"))
    minimum = models.PositiveIntegerField(_("least number to open"), default=0)
    levels = models.JSONField(_("levels"), default=list, blank=True)
    programme_codes = models.JSONField(_("programmes"), default=list, blank=True)
    pay = models.PositiveIntegerField(_("pay"), null=True, blank=True)
    post_wage = models.PositiveIntegerField(_("wage of the post"), null=True, blank=True)
    post_staff = models.PositiveIntegerField(_("people in the same post"), null=True, blank=True)
    insured = models.BooleanField(_("insurance is paid for the students"), default=False)
    lodging = models.BooleanField(_("lodging is provided"), default=False)
    zone = models.CharField(_("travel zone"), max_length=40, blank=True)
    ranking = models.CharField(
        _("how applicants are ordered"),
        max_length=8,
        default=RankingMode.RULES,
        choices=[
            (RankingMode.RULES.value, _("By rules of points")),
            (RankingMode.HAND.value, _("By points given by hand")),
            (RankingMode.LOTTERY.value, _("By the lottery alone")),
        ],
    )
    point_rules = models.JSONField(_("rules of points"), default=list, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("seat group")
        verbose_name_plural = _("seat groups")
        ordering = ["organisation_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__gte=1, capacity__lte=100_000), name="seat_group_capacity_within_reason"
            ),
            models.CheckConstraint(condition=Q(minimum__lte=F("capacity")), name="seat_group_minimum_within_capacity"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name_in_files(self) -> str:
        """The name of the seat in the published files: short, stable, and no two alike."""
        return f"P{self.pk}"


class SeatReserve(models.Model):
    """Places of a seat that go to members of a group of students first."""

    seat = models.ForeignKey(SeatGroup, on_delete=models.CASCADE, related_name="reserves")
    group = models.CharField(_("group"), max_length=40)
    places = models.PositiveIntegerField(_("places reserved"))

    class Meta:
        verbose_name = _("reserved places")
        verbose_name_plural = _("reserved places")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["seat", "group"], name="seat_reserve_once_per_group"),
            models.CheckConstraint(condition=Q(places__gte=1), name="seat_reserve_holds_places"),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.places}"


class InternshipRule(models.Model):
    """One rule of internships as this round applies it: its bound, what follows from a breach, and its source."""

    round = models.ForeignKey(PlacementRound, on_delete=models.CASCADE, related_name="internship_rules")
    code = models.CharField(_("rule"), max_length=16)
    bound = models.DecimalField(_("bound"), max_digits=8, decimal_places=2)
    severity = models.CharField(
        _("on breach"),
        max_length=8,
        choices=[
            (Severity.BLOCK.value, _("Blocks")),
            (Severity.WARN.value, _("Warns")),
            (Severity.OFF.value, _("Is not checked")),
        ],
    )
    source = models.CharField(_("source"), max_length=120)

    class Meta:
        verbose_name = _("rule of internships")
        verbose_name_plural = _("rules of internships")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["round", "code"], name="internship_rule_once_per_round")]

    def __str__(self) -> str:
        return self.code


class TravelTime(models.Model):
    """Minutes from where students live to where seats are, by names of zones."""

    round = models.ForeignKey(PlacementRound, on_delete=models.CASCADE, related_name="travel_times")
    home = models.CharField(_("from"), max_length=40)
    zone = models.CharField(_("to"), max_length=40)
    minutes = models.PositiveSmallIntegerField(_("minutes"))

    class Meta:
        verbose_name = _("travel time")
        verbose_name_plural = _("travel times")
        ordering = ["home", "zone"]
        constraints = [models.UniqueConstraint(fields=["round", "home", "zone"], name="travel_time_once_per_way")]

    def __str__(self) -> str:
        return f"{self.home} → {self.zone}: {self.minutes}"


class LotteryCommitment(models.Model):
    """The lottery's seed: its digest published before wishes close, the seed itself with the result."""

    round = models.OneToOneField(PlacementRound, on_delete=models.CASCADE, related_name="lottery")
    seed = models.CharField(_("seed"), max_length=40)
    digest = models.CharField(_("digest"), max_length=64)
    committed_at = models.DateTimeField(_("published"))
    revealed_at = models.DateTimeField(_("seed revealed"), null=True, blank=True)

    private_columns = ("seed",)

    class Meta:
        verbose_name = _("commitment to the lottery")
        verbose_name_plural = _("commitments to the lottery")

    def __str__(self) -> str:
        return self.digest
