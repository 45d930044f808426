"""Notices to people and organisations, the letters and bot messages that carry them, and links that answer them."""

from __future__ import annotations

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.members.models import Consortium, Organisation


class Notice(models.Model):
    """Something an addressee is told once: whoever acts for an organisation, a secretariat, or one person.

    `kind` and `params` become a sentence in the reader's language; `object_type` and `object_id` name what it is about.
    """

    key = models.CharField(_("key"), max_length=150, unique=True)
    kind = models.CharField(_("kind"), max_length=60)
    params = models.JSONField(_("parameters"), default=dict)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    consortium = models.ForeignKey(Consortium, null=True, blank=True, on_delete=models.CASCADE, related_name="notices")
    object_type = models.CharField(_("kind of object"), max_length=60, blank=True)
    object_id = models.BigIntegerField(_("object"), null=True, blank=True)
    purpose = models.CharField(_("answered by"), max_length=60, blank=True)
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    read_by = models.CharField(_("read by"), max_length=150, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-sent_at", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-sent_at"], name="notice_organisation"),
            models.Index(fields=["object_type", "object_id"], name="notice_object"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True, consortium__isnull=True)
                | Q(person__isnull=True, organisation__isnull=False, consortium__isnull=True)
                | Q(person__isnull=True, organisation__isnull=True, consortium__isnull=False),
                name="notice_has_one_addressee",
            )
        ]

    def __str__(self) -> str:
        return self.key


class Contact(models.Model):
    """Somebody who answers for an organisation by letter, with or without an account; the second is asked later."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="reply_contacts")
    place = models.PositiveSmallIntegerField(_("order"), choices=[(1, _("First contact")), (2, _("Second contact"))])
    name = models.CharField(_("name"), max_length=60)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)

    class Meta:
        verbose_name = _("contact for replies")
        verbose_name_plural = _("contacts for replies")
        ordering = ["organisation_id", "place"]
        constraints = [models.UniqueConstraint(fields=["organisation", "place"], name="contact_once_per_place")]

    def __str__(self) -> str:
        return self.name


class Rhythm(models.TextChoices):
    """How often a person wants letters."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("On Mondays")
    NEVER = "never", _("No letters")


class Preference(models.Model):
    """How a person wants to be told; who has none is told at once, and not at night."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preference", primary_key=True
    )
    rhythm = models.CharField(_("letters"), max_length=10, choices=Rhythm.choices, default=Rhythm.AT_ONCE)
    quiet_from = models.TimeField(_("quiet from"), default=time(21, 0))
    quiet_until = models.TimeField(_("quiet until"), default=time(7, 30))

    class Meta:
        verbose_name = _("preference for notices")
        verbose_name_plural = _("preferences for notices")

    def __str__(self) -> str:
        return f"{self.person} · {self.rhythm}"


class BotKind(models.TextChoices):
    """Group chats whose bots take messages by a web address."""

    WECOM = "wecom", _("WeCom")
    DINGTALK = "dingtalk", _("DingTalk")
    FEISHU = "feishu", _("Feishu")


class Bot(models.Model):
    """A group chat's bot that passes an organisation's notices on.

    `hook` and `signing_secret` lie here sealed (`core.sealing`) and are never shown.
    """

    private_columns = ("hook", "signing_secret")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="bots")
    kind = models.CharField(_("kind"), max_length=10, choices=BotKind.choices)
    name = models.CharField(_("name of the group"), max_length=60)
    hook = models.CharField(_("web address"), max_length=1000)
    signing_secret = models.CharField(_("secret for signing"), max_length=500, blank=True)
    tokens = models.FloatField(_("messages free"), default=0)
    tokens_at = models.DateTimeField(_("counted"))
    paused_until = models.DateTimeField(_("paused until"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    last_sent_at = models.DateTimeField(_("last sent"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("group bot")
        verbose_name_plural = _("group bots")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class DeliveryState(models.TextChoices):
    """States of a delivery."""

    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    DROPPED = "dropped", _("No longer needed")
    FAILED = "failed", _("Failed")


class Delivery(models.Model):
    """A notice on its way to one person, contact or bot.

    Deliveries that go out in one letter bear its key; a letter that is tried again goes out unchanged under that key.
    While one is being sent, `due_at` lies ahead: a worker that dies lets it fall due again.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="deliveries"
    )
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.CASCADE, related_name="deliveries")
    bot = models.ForeignKey(Bot, null=True, blank=True, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(_("state"), max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    due_at = models.DateTimeField(_("due"))
    letter = models.CharField(_("letter"), max_length=60, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="delivery_due"),
            models.Index(fields=["letter"], name="delivery_letter"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["notice", "person"], name="delivery_once_per_person"),
            models.UniqueConstraint(fields=["notice", "contact"], name="delivery_once_per_contact"),
            models.UniqueConstraint(fields=["notice", "bot"], name="delivery_once_per_bot"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} → {self.person_id or self.contact_id or self.bot_id}"


class AnswerLink(models.Model):
    """The right of one addressee to give one answer to one question about one object, once, until a day.

    Nothing in the row opens it: the address carries the row's number under the site's signature.
    """

    purpose = models.CharField(_("purpose"), max_length=60)
    object_id = models.BigIntegerField(_("object"))
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="answer_links")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="answer_links"
    )
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.CASCADE, related_name="answer_links")
    made_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("answer link")
        verbose_name_plural = _("answer links")
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "object_id", "organisation", "person"],
                condition=Q(person__isnull=False),
                name="link_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["purpose", "object_id", "organisation", "contact"],
                condition=Q(contact__isnull=False),
                name="link_once_per_contact",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, contact__isnull=True) | Q(person__isnull=True, contact__isnull=False),
                name="link_has_one_addressee",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.object_id}"
