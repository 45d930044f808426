"""Papers: documents read into drafts for the exchange, part by part."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.exchange.models import Need
from chanjiao.apps.members.models import Organisation, SourceDocument


class PaperKind(models.TextChoices):
    """The kinds of document that the text engine tells apart."""

    JOB_ADVERTISEMENT = "job_advertisement", _("Job advertisement")
    VISIT_REPORT = "visit_report", _("Visit report")
    TECHNICAL_PROBLEM = "technical_problem", _("Technical problem")
    COURSE_OUTLINE = "course_outline", _("Course outline")
    POLICY_NOTICE = "policy_notice", _("Policy notice")
    STORY = "story", _("News story")
    OTHER = "other", _("Another document")


class Paper(models.Model):
    """A document as one organisation had it read; the same text is read once for it."""

    document = models.ForeignKey(SourceDocument, on_delete=models.PROTECT, related_name="papers")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(_("kind"), max_length=20, choices=PaperKind.choices)
    reading = models.JSONField(_("what was read"), default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("read at"))

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["document", "organisation"], name="paper_once_per_organisation")]

    def __str__(self) -> str:
        return str(self.document)

    @property
    def headline(self) -> str:
        """The file's name, else the titles of its parts, else the beginning of its text."""
        facts = [fact for part in self.reading.get("parts", ()) for fact in part["facts"]]
        titles = [str(fact["value"]) for fact in facts if fact["field"] == "title"]
        programmes = [str(fact["value"]) for fact in facts if fact["field"] == "programme"]
        told = "、".join(dict.fromkeys(titles or programmes)) or self.document.repaired.strip().partition("\n")[0]
        return (self.document.name or told)[:60]


class PartState(models.TextChoices):
    """What became of a part of a paper."""

    WAITING = "waiting", _("To be checked")
    ENTERED = "entered", _("Entered")
    SKIPPED = "skipped", _("Left out")


class PaperPart(models.Model):
    """One post or one problem of a paper, and the listing that came of it."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=10, choices=PartState.choices, default=PartState.WAITING)
    side = models.CharField(_("side"), max_length=10, blank=True)
    listing_id = models.PositiveBigIntegerField(_("listing"), null=True, blank=True)

    class Meta:
        verbose_name = _("part of a paper")
        verbose_name_plural = _("parts of papers")
        ordering = ["paper_id", "number"]
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="part_once_per_paper")]

    def __str__(self) -> str:
        return f"{self.paper} · {self.number + 1}"


class VisitState(models.TextChoices):
    """Whether the enterprise has confirmed what was entered for it."""

    AWAITING = "awaiting", _("Awaits the enterprise")
    CONFIRMED = "confirmed", _("Confirmed by the enterprise")
    DECLINED = "declined", _("Declined by the enterprise")


class Visit(models.Model):
    """A visit (访企拓岗) after which staff of a college drafted a need for the enterprise."""

    need = models.OneToOneField(Need, on_delete=models.PROTECT, related_name="visit")
    college = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="visits")
    visited_on = models.CharField(_("day of the visit"), max_length=10, blank=True)
    visitor = models.CharField(_("led by"), max_length=60, blank=True)
    host = models.CharField(_("received by"), max_length=60, blank=True)
    outcome = models.CharField(_("outcome"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=VisitState.choices, default=VisitState.AWAITING)
    note = models.CharField(_("word of the enterprise"), max_length=300, blank=True)
    entered_at = models.DateTimeField(_("entered"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["-entered_at", "-id"]

    def __str__(self) -> str:
        return f"{self.need.organisation} · {self.visited_on}"
