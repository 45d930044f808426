"""Documents that founded consortia: their facts, what was corrected, who lets corrections be learned from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.members.models.organisations import Organisation


class SourceDocument(models.Model):
    """A document as it came and as it reads repaired; the same text is stored once."""

    sha256 = models.CharField(_("hash"), max_length=64, unique=True)
    name = models.CharField(_("file name"), max_length=200, blank=True)
    original = models.TextField(_("as it came"))
    repaired = models.TextField(_("repaired"))
    owner = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="documents")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    uploaded_at = models.DateTimeField(_("uploaded"))

    class Meta:
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")

    def __str__(self) -> str:
        return self.name or self.sha256[:12]


class FoundingState(models.TextChoices):
    """States of a founding."""

    DRAFT = "draft", _("Draft")
    ACCEPTED = "accepted", _("Accepted")
    DISCARDED = "discarded", _("Discarded")


class Founding(models.Model):
    """A founding read from a document: the facts as extracted and corrected, until they are accepted."""

    document = models.OneToOneField(SourceDocument, on_delete=models.PROTECT, related_name="founding")
    state = models.CharField(_("state"), max_length=10, choices=FoundingState.choices)
    facts = models.JSONField(_("facts"))
    outcome = models.JSONField(_("what was made"), default=dict, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("founding")
        verbose_name_plural = _("foundings")

    def __str__(self) -> str:
        return self.headline

    @property
    def headline(self) -> str:
        """The consortia that the document founds, else the document's name."""
        named = [one["values"]["name"] for one in self.facts.get("facts", ()) if one["kind"] == "consortium"]
        return "、".join(named) or str(self.document)


class TrainingConsent(models.Model):
    """An organisation agrees that corrections of the documents it has read are kept as training material."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="training_consent")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField(_("given at"))

    class Meta:
        verbose_name = _("consent to training")
        verbose_name_plural = _("consents to training")

    def __str__(self) -> str:
        return str(self.organisation)


class Correction(models.Model):
    """A fact as it was read and as a person set it, kept with consent."""

    document = models.ForeignKey(SourceDocument, on_delete=models.CASCADE, related_name="corrections")
    kind = models.CharField(_("kind"), max_length=20, blank=True)
    spans = models.JSONField(_("places"), default=list)
    read = models.JSONField(_("as read"), null=True)
    told = models.JSONField(_("as a person set it"), null=True)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.document} · {self.kind}"
