"""Runs of the matching engine, and the matches they found with their reasons."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.exchange.models import Need, Offer


class MatchRun(models.Model):
    """One run of the engine: everything needed to run it again."""

    engine = models.CharField(_("engine"), max_length=40)
    engine_version = models.CharField(_("version"), max_length=20)
    options = models.JSONField(_("options"), default=dict)
    seed = models.PositiveIntegerField(_("seed"), default=0)
    problem_hash = models.CharField(_("hash of the problem"), max_length=64)
    needs_count = models.PositiveIntegerField(_("needs"))
    offers_count = models.PositiveIntegerField(_("offers"))
    pairs_count = models.PositiveIntegerField(_("pairs kept"))
    refused = models.JSONField(_("pairs left out by condition"), default=dict)
    seconds = models.FloatField(_("time taken"))
    ran_at = models.DateTimeField(_("ran"))

    class Meta:
        verbose_name = _("matching run")
        verbose_name_plural = _("matching runs")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.engine} {self.engine_version} · {self.ran_at:%Y-%m-%d %H:%M}"


class MatchState(models.TextChoices):
    """States of a match; either side may answer first."""

    PROPOSED = "proposed", _("Proposed")
    ACCEPTED_BY_ONE = "accepted_by_one", _("Accepted by one side")
    ACCEPTED = "accepted", _("Accepted by both sides")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class DeclineReason(models.TextChoices):
    """Why a match was declined; coded, so that ranking can learn from it."""

    SKILLS = "skills", _("Skills do not fit")
    PLACE = "place", _("Place does not fit")
    PAY = "pay", _("Pay or price does not fit")
    TIME = "time", _("Dates do not fit")
    LEVEL = "level", _("Level does not fit")
    QUANTITY = "quantity", _("Number does not fit")
    SETTLED = "settled", _("Settled already")
    PARTNER = "partner", _("Partner not wanted")
    OTHER = "other", _("Other reason")


class Match(models.Model):
    """A need and an offer that fit, with score, factors (`reasons`) and gaps as the engine gave them.

    `amount` is what the match took of the need when both sides had accepted.
    """

    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="matches")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="matches")
    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="matches")
    rank = models.PositiveSmallIntegerField(_("rank"))
    score = models.FloatField(_("score"))
    reasons = models.JSONField(_("reasons"))
    gaps = models.JSONField(_("what is missing"), default=list)
    state = models.CharField(_("state"), max_length=16, choices=MatchState.choices, default=MatchState.PROPOSED)
    need_accepted_at = models.DateTimeField(_("accepted by the side in need"), null=True, blank=True)
    offer_accepted_at = models.DateTimeField(_("accepted by the side that offers"), null=True, blank=True)
    declined_by = models.CharField(_("declined by"), max_length=5, blank=True)
    decline_reason = models.CharField(_("reason"), max_length=10, choices=DeclineReason.choices, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    amount = models.PositiveIntegerField(_("number agreed"), null=True, blank=True)
    proposed_at = models.DateTimeField(_("proposed"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("match")
        verbose_name_plural = _("matches")
        ordering = ["-score", "id"]
        indexes = [models.Index(fields=["state", "-score"], name="match_state_score")]
        constraints = [
            models.UniqueConstraint(fields=["need", "offer"], name="match_once_per_pair"),
            models.CheckConstraint(
                condition=Q(state="declined") & ~Q(decline_reason="") | ~Q(state="declined") & Q(decline_reason=""),
                name="match_declined_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need} ⇄ {self.offer}"
