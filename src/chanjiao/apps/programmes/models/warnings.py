"""Early warning (红黄牌): rule sets that this site keeps, and the cards they gave."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.programmes.models.points import ProgrammePoint


class WarningRuleSet(models.Model):
    """A rule set that somebody loaded; one of the same key takes the place of the shipped one."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    content = models.TextField(_("rules"), max_length=20_000)
    loaded_by = models.CharField(_("loaded by"), max_length=150, blank=True)
    loaded_at = models.DateTimeField(_("loaded"))
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("rule set of warnings")
        verbose_name_plural = _("rule sets of warnings")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class CardColour(models.TextChoices):
    """What a card says."""

    RED = "red", _("Red card")
    YELLOW = "yellow", _("Yellow card")
    EXEMPT = "exempt", _("Exempt")


class CardState(models.TextChoices):
    """Whether somebody has decided over a card; one whose figures were mended is withdrawn."""

    OPEN = "open", _("Awaiting decision")
    DECIDED = "decided", _("Decided")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class CardDecision(models.TextChoices):
    """What people decide over a card."""

    IMPROVE = "improve", _("Improve within a term")
    REDUCE = "reduce", _("Reduce the intake")
    PAUSE = "pause", _("Pause the intake")
    MERGE = "merge", _("Merge with another")
    CLOSE = "close", _("Close")
    KEEP = "keep", _("Keep as it is")


class WarningCard(models.Model):
    """What a rule set says of a programme point in a year, with the rules it hit and the rows that show it.

    `hits` holds the rules and rows as they read when the card was given, so that a later change of either does not
    change what was decided on.
    """

    point = models.ForeignKey(
        ProgrammePoint, verbose_name=_("programme point"), on_delete=models.PROTECT, related_name="warning_cards"
    )
    rule_set = models.SlugField(_("rule set"), max_length=40)
    rule_set_title = models.CharField(_("title"), max_length=120)
    year = models.PositiveSmallIntegerField(_("year"))
    colour = models.CharField(_("card"), max_length=8, choices=CardColour.choices)
    exemption = models.CharField(_("exemption"), max_length=120, blank=True)
    hits = models.JSONField(_("rules hit"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=CardState.choices, default=CardState.OPEN)
    issued_at = models.DateTimeField(_("given"))
    decision = models.CharField(_("decision"), max_length=8, choices=CardDecision.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("warning card")
        verbose_name_plural = _("warning cards")
        ordering = ["-year", "id"]
        constraints = [
            models.UniqueConstraint(fields=["point", "rule_set", "year"], name="warning_card_once"),
            models.CheckConstraint(
                condition=Q(state="decided") & ~Q(decision="") & ~Q(reason="") | ~Q(state="decided") & Q(decision=""),
                name="warning_card_decided_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point} · {self.year}"
