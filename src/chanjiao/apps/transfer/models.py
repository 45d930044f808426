"""Technology transfer: a technical problem put out for a bounty, its answers, the register, the first use."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.cooperation.models import Agreement
from chanjiao.apps.exchange.models import Need
from chanjiao.apps.members.models import Organisation
from chanjiao.apps.projects.models import Proof


class ChallengeState(models.TextChoices):
    """What is stored of a challenge. That it has answers or a contract in force follows from these (`rules.Stage`)."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CHOSEN = "chosen", _("Answer chosen")
    ACCEPTED = "accepted", _("Work accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    FAILED = "failed", _("Without result")


STAGE_WORDS: dict[str, object] = {
    **{state.value: state.label for state in ChallengeState},
    "published": _("Taking answers"),
    "answered": _("With answers"),
    "contracted": _("Contract in force"),
}
"""The words of every stage (`rules.Stage`)."""


class AnswerState(models.TextChoices):
    """States of an answer."""

    SUBMITTED = "submitted", _("To be chosen from")
    CHOSEN = "chosen", _("Chosen")
    NOT_CHOSEN = "not_chosen", _("Not chosen")
    WITHDRAWN = "withdrawn", _("Taken back")


class NotChosenReason(models.TextChoices):
    """Why an answer was not chosen."""

    APPROACH = "approach", _("The approach convinces less")
    PRICE = "price", _("The price is too high")
    TERM = "term", _("It takes too long")
    TEAM = "team", _("The team has too little experience")
    INCOMPLETE = "incomplete", _("The proposal is incomplete")
    ENDED = "ended", _("The challenge ended without a choice")


class Challenge(models.Model):
    """A technical problem that its owner has put out: who answers best gets the contract.

    The bounty is what the owner offers to pay, in yuan. `agreement` is the contract drafted after the choice.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    need = models.ForeignKey(
        Need, verbose_name=_("technical problem"), on_delete=models.PROTECT, related_name="challenges"
    )
    state = models.CharField(_("state"), max_length=10, choices=ChallengeState.choices, db_index=True)
    bounty = models.DecimalField(_("bounty"), max_digits=14, decimal_places=2)
    criteria = models.TextField(_("acceptance criteria"), max_length=2000)
    answers_until = models.DateField(_("answers taken until"))
    agreement = models.OneToOneField(
        Agreement,
        verbose_name=_("contract"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="challenge",
    )
    created_at = models.DateTimeField(_("created"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    chosen_at = models.DateTimeField(_("answer chosen"), null=True, blank=True)
    closed_at = models.DateTimeField(_("concluded"), null=True, blank=True)
    accepted_on = models.DateField(_("work accepted on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["need"], condition=~Q(state__in=["withdrawn", "failed"]), name="challenge_one_alive_per_need"
            ),
            models.CheckConstraint(condition=Q(bounty__gt=0), name="challenge_bounty_positive"),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "withdrawn", "failed"], closed_at__isnull=False)
                | ~Q(state__in=["accepted", "withdrawn", "failed"]) & Q(closed_at__isnull=True),
                name="challenge_closed_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.need.title


class ChallengeAnswer(models.Model):
    """What one organisation proposes; confidential between it, the challenge's owner and the secretariat."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="answers")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("answered by"), on_delete=models.PROTECT, related_name="challenge_answers"
    )
    approach = models.TextField(_("approach"), max_length=4000)
    price = models.DecimalField(_("price"), max_digits=14, decimal_places=2)
    months = models.PositiveSmallIntegerField(_("term in months"))
    team = models.TextField(_("team"), max_length=1000)
    state = models.CharField(_("state"), max_length=10, choices=AnswerState.choices, default=AnswerState.SUBMITTED)
    reason = models.CharField(_("reason"), max_length=10, choices=NotChosenReason.choices, blank=True)
    answered_by = models.CharField(_("written by"), max_length=150)
    answered_at = models.DateTimeField(_("answered"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer to a challenge")
        verbose_name_plural = _("answers to challenges")
        ordering = ["answered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["challenge", "organisation"],
                condition=~Q(state="withdrawn"),
                name="answer_one_per_organisation",
            ),
            models.UniqueConstraint(fields=["challenge"], condition=Q(state="chosen"), name="answer_one_chosen"),
            models.CheckConstraint(
                condition=Q(state="not_chosen") & ~Q(reason="") | ~Q(state="not_chosen") & Q(reason=""),
                name="answer_not_chosen_with_reason",
            ),
            models.CheckConstraint(condition=Q(price__gt=0, months__gte=1), name="answer_price_and_term"),
        ]

    def __str__(self) -> str:
        # No price and no approach: events and records carry this name, and read further than the answer does.
        return f"{self.challenge.number} · {self.organisation}"


class ContractRegistration(models.Model):
    """A technology contract as registered at the office of technology contracts: once, by the seller."""

    agreement = models.OneToOneField(
        Agreement, verbose_name=_("contract"), on_delete=models.PROTECT, related_name="registration"
    )
    number = models.CharField(_("registration number"), max_length=40, unique=True)
    office = models.CharField(_("registration office"), max_length=120)
    registered_on = models.DateField(_("registered on"))
    seller = models.ForeignKey(
        Organisation, verbose_name=_("seller"), on_delete=models.PROTECT, related_name="registered_contracts"
    )
    entered_by = models.CharField(_("entered by"), max_length=150)
    entered_at = models.DateTimeField(_("entered"))

    class Meta:
        verbose_name = _("registration of a contract")
        verbose_name_plural = _("registrations of contracts")
        ordering = ["-registered_on", "-id"]

    def __str__(self) -> str:
        return self.number


class FirstUse(models.Model):
    """The first time that what a contract delivered was put to use, with the proof of it."""

    agreement = models.OneToOneField(
        Agreement, verbose_name=_("contract"), on_delete=models.PROTECT, related_name="first_use"
    )
    used_on = models.DateField(_("used on"))
    place = models.CharField(_("where"), max_length=200)
    effect = models.TextField(_("effect"), max_length=1000)
    proof = models.ForeignKey(Proof, verbose_name=_("proof"), on_delete=models.PROTECT, related_name="first_uses")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("told by"), on_delete=models.PROTECT, related_name="first_uses"
    )
    entered_by = models.CharField(_("entered by"), max_length=150)
    entered_at = models.DateTimeField(_("entered"))

    class Meta:
        verbose_name = _("first use")
        verbose_name_plural = _("first uses")
        ordering = ["-used_on", "-id"]

    def __str__(self) -> str:
        return self.agreement.number
