"""Agreements: their versions, the parties of each version, and who signs for a party."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.matching.models import Match
from chanjiao.apps.members.models import Consortium, Organisation


class AgreementState(models.TextChoices):
    """States of an agreement; an amendment waits in a version of its own while the agreement is in force."""

    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Waiting for signatures")
    IN_FORCE = "in_force", _("In effect")
    ENDED = "ended", _("Terminated")
    RENEWED = "renewed", _("Renewed by another")
    WITHDRAWN = "withdrawn", _("Not concluded")


class EndReason(models.TextChoices):
    """Why an agreement ended."""

    TERM = "term", _("The term is over")
    FULFILLED = "fulfilled", _("Fulfilled before its term")
    AGREED = "agreed", _("Ended by agreement of the parties")
    BREACH = "breach", _("Ended for breach")
    OTHER = "other", _("Other reason")


class VersionState(models.TextChoices):
    """States of one version of an agreement."""

    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Waiting for signatures")
    IN_FORCE = "in_force", _("In effect")
    SUPERSEDED = "superseded", _("Replaced by a later version")
    WITHDRAWN = "withdrawn", _("Not concluded")


class Agreement(models.Model):
    """What two or more parties sign; `current` is the version in force, else the latest proposed or drafted."""

    number = models.CharField(_("number"), max_length=20, unique=True)
    kind = models.CharField(_("kind"), max_length=30, db_index=True)
    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.PROTECT, related_name="agreements"
    )
    match = models.ForeignKey(
        Match, verbose_name=_("match"), null=True, blank=True, on_delete=models.PROTECT, related_name="agreements"
    )
    previous = models.ForeignKey(
        "self", verbose_name=_("renews"), null=True, blank=True, on_delete=models.PROTECT, related_name="renewals"
    )
    state = models.CharField(_("state"), max_length=10, choices=AgreementState.choices, db_index=True)
    current = models.OneToOneField(
        "AgreementVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="current_of"
    )
    created_at = models.DateTimeField(_("created"))
    proposed_at = models.DateTimeField(_("proposed"), null=True, blank=True)
    in_force_at = models.DateTimeField(_("in force since"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    end_reason = models.CharField(_("reason"), max_length=10, choices=EndReason.choices, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["ended", "renewed"]) & ~Q(end_reason="")
                | ~Q(state__in=["ended", "renewed"]) & Q(end_reason=""),
                name="agreement_ended_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.current.title if self.current and self.current.title else self.number


class AgreementVersion(models.Model):
    """One version of an agreement. `text` is what is signed; it is written once, when the version is proposed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    drafted_by = models.ForeignKey(
        Organisation, verbose_name=_("written by"), on_delete=models.PROTECT, related_name="drafted_versions"
    )
    title = models.CharField(_("title"), max_length=120, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True, blank=True)
    fields = models.JSONField(_("particulars of the kind"), default=dict, blank=True)
    clauses = models.JSONField(_("clauses"), default=list, blank=True)
    overlap_meant = models.BooleanField(_("terms overlap on purpose"), default=False)
    shares_money = models.BooleanField(_("secretariat sees money and confidential clauses"), default=False)
    reason = models.CharField(_("reason of the change"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    text_sha256 = models.CharField(_("fingerprint of the text"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("created"))
    proposed_at = models.DateTimeField(_("proposed"), null=True, blank=True)
    settled_at = models.DateTimeField(_("in force or withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of an agreement")
        verbose_name_plural = _("versions of agreements")
        ordering = ["agreement_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="version_once_per_number"),
            models.UniqueConstraint(fields=["agreement"], condition=Q(state="in_force"), name="version_one_in_force"),
            models.UniqueConstraint(fields=["agreement"], condition=Q(state="draft"), name="version_one_in_draft"),
            models.UniqueConstraint(fields=["agreement"], condition=Q(state="proposed"), name="version_one_proposed"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="version_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(state="withdrawn") | ~Q(text_sha256=""),
                name="version_proposed_with_text",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.agreement_id} · {self.number}"


class Party(models.Model):
    """One party of one version: an organisation, or a student by account; the order gives 甲, 乙, 丙."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="parties")
    position = models.PositiveSmallIntegerField(_("position"))
    role = models.CharField(_("role"), max_length=12)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="agreement_parties",
    )  # fmt: skip
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="agreement_parties",
    )  # fmt: skip
    rights = models.TextField(_("rights"), max_length=2000, blank=True)
    duties = models.TextField(_("duties"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["version_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="party_once_per_position"),
            models.UniqueConstraint(fields=["version", "organisation"], name="party_once_per_organisation"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) ^ Q(user__isnull=True), name="party_organisation_or_person"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation or self.user)


class Signatory(models.Model):
    """Who signs for a party, and once signed: when, and the fingerprint of the exact text."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="signatories")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="signatures"
    )
    name = models.CharField(_("name"), max_length=60)
    post = models.CharField(_("post"), max_length=60, blank=True)
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True)
    text_sha256 = models.CharField(_("fingerprint of the text"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["party_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["party", "user"], name="signatory_once_per_party"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, text_sha256="") | Q(signed_at__isnull=False) & ~Q(text_sha256=""),
                name="signatory_signed_a_text",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PublicityState(models.TextChoices):
    """States of a publicity."""

    RUNNING = "running", _("Open to objections")
    PASSED = "passed", _("Over, no objection stands")
    STOPPED = "stopped", _("Stopped")


class Publicity(models.Model):
    """The price of an agreement made known to everybody, so that whoever objects may do so until the last day.

    It holds what was made known, whatever becomes of the agreement's text; another price asks for another publicity.
    """

    agreement = models.ForeignKey(
        Agreement, verbose_name=_("agreement"), on_delete=models.PROTECT, related_name="publicities"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("publicised by"), on_delete=models.PROTECT, related_name="publicities"
    )
    subject = models.CharField(_("what is transferred"), max_length=300)
    price = models.DecimalField(_("price"), max_digits=14, decimal_places=2)
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"))
    place = models.CharField(_("also made known at"), max_length=300, blank=True)
    contact = models.CharField(_("who takes objections"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=PublicityState.choices, default=PublicityState.RUNNING)
    note = models.CharField(_("why it was stopped"), max_length=300, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("concluded"), null=True, blank=True)

    class Meta:
        verbose_name = _("publicity of a price")
        verbose_name_plural = _("publicities of prices")
        ordering = ["-begins_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement"], condition=Q(state="running"), name="publicity_one_running"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("begins_on")), name="publicity_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(state="running", closed_at__isnull=True) | ~Q(state="running") & Q(closed_at__isnull=False),
                name="publicity_closed_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class Objection(models.Model):
    """What somebody has against a publicised price, and what whoever publicised it answers; `upheld` once answered."""

    publicity = models.ForeignKey(Publicity, on_delete=models.CASCADE, related_name="objections")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="objections"
    )
    name = models.CharField(_("who objects"), max_length=60)
    reason = models.TextField(_("what they object"), max_length=1000)
    received_at = models.DateTimeField(_("received"))
    upheld = models.BooleanField(_("upheld"), null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)
    answered_by = models.CharField(_("who answered"), max_length=150, blank=True)
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["received_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(upheld__isnull=True, answered_at__isnull=True, answer="")
                | Q(upheld__isnull=False, answered_at__isnull=False) & ~Q(answer=""),
                name="objection_answered_in_words",
            ),
        ]

    def __str__(self) -> str:
        # No name: events and records carry this, and read further than the objection does.
        return str(self.publicity)
