"""Runs of the matching engine, the matches they found with their reasons, the weights in force, who refused."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.exchange.kinds import KIND_WORDS, Kind
from chanjiao.apps.exchange.models import Need, Offer
from chanjiao.apps.members.models import Organisation


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


class WeightOrigin(models.TextChoices):
    """How a version of the weights came about."""

    LEARNED = "learned", _("Learned from replies")
    RESTORED = "restored", _("Taken back")


class WeightSet(models.Model):
    """A version of what the factors count for one kind of need; the latest is in force, rows are only added.

    `shares` add up to 1; `moves` tell each factor that moved, how surely, and how often it was blamed.
    """

    kind = models.CharField(_("kind"), max_length=20)
    version = models.PositiveIntegerField(_("version"))
    shares = models.JSONField(_("shares"))
    origin = models.CharField(_("origin"), max_length=8, choices=WeightOrigin.choices)
    restored_version = models.PositiveIntegerField(_("version taken up again"), null=True, blank=True)
    accepted = models.PositiveIntegerField(_("accepted"), default=0)
    declined = models.PositiveIntegerField(_("declined"), default=0)
    unanswered = models.PositiveIntegerField(_("unanswered"), default=0)
    moves = models.JSONField(_("what moved"), default=list, blank=True)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("weight set")
        verbose_name_plural = _("weight sets")
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="weight_set_once_per_version"),
            models.CheckConstraint(
                condition=Q(origin="restored", restored_version__isnull=False)
                | Q(origin="learned", restored_version__isnull=True),
                name="weight_set_restored_from",
            ),
        ]

    def __str__(self) -> str:
        return f"{_(KIND_WORDS[Kind(self.kind)])} · {self.version}"


class MatchingPreference(models.Model):
    """Whether matches are ranked for a person or an organisation, and whether the organisation is matched at all."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="matching_preference"
    )
    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="matching_preference"
    )
    is_ranked = models.BooleanField(_("ordered by fit"), default=True)
    takes_part = models.BooleanField(_("takes part in automated matching"), default=True)
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("matching preference")
        verbose_name_plural = _("matching preferences")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True, organisation__isnull=False)
                | Q(user__isnull=False, organisation__isnull=True, takes_part=True),
                name="matching_preference_of_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user or self.organisation)


class ReplyOutcome(models.TextChoices):
    """How a side's turn ended."""

    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Fell away")


class Reply(models.Model):
    """What one side of a match owes: asked when, due when, and what came of it.

    `replied_at` is the first sign of life, an answer, a question or a date; `closed_at` the end of the turn. A turn
    falls away when the match is withdrawn or the other side declines; a match proposed anew is asked anew.
    """

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="replies")
    side = models.CharField(_("side"), max_length=5)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="replies")
    consortium_id = models.BigIntegerField(_("consortium"))
    kind = models.CharField(_("kind"), max_length=20)
    asked_at = models.DateTimeField(_("asked"))
    due_at = models.DateTimeField(_("due"))
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=ReplyOutcome.choices, blank=True)
    stage = models.PositiveSmallIntegerField(_("stage"), default=0)
    next_at = models.DateTimeField(_("next step"), null=True, blank=True)

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["next_at"], condition=Q(closed_at__isnull=True), name="reply_next"),
            models.Index(fields=["organisation", "kind"], name="reply_organisation"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["match", "side"], condition=Q(closed_at__isnull=True), name="reply_one_turn_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="") | Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="reply_closed_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.match}"


class ReplyTerm(models.Model):
    """How many days a side has to answer a match of a kind, where the site has set it."""

    kind = models.CharField(_("kind"), max_length=20, unique=True)
    days = models.PositiveSmallIntegerField(_("days"))

    class Meta:
        verbose_name = _("time for a reply")
        verbose_name_plural = _("times for a reply")
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.kind


class MatchMessage(models.Model):
    """A question, an answer in words or a proposed date; both sides of the match read it."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(_("side"), max_length=5)
    author = models.CharField(_("author"), max_length=150)
    text = models.CharField(_("text"), max_length=1000)
    day = models.DateField(_("date proposed"), null=True, blank=True)
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("message on a match")
        verbose_name_plural = _("messages on matches")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]
