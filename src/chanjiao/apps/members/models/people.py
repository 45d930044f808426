"""Who works for an organisation, and the posts that documents tell."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.members.models.organisations import Organisation


class StaffRole(models.TextChoices):
    """What a person is in an organisation; `core.permissions.Role` holds the same values."""

    MEMBER = "member", _("Staff")
    OFFICER = "officer", _("Officer (acts for the organisation)")
    SECRETARIAT = "secretariat", _("Secretariat")
    GUIDANCE = "guidance", _("Guidance committee officer")
    STUDENT = "student", _("Student")


class Staff(models.Model):
    """A person with an account who belongs to an organisation, and what they may do for it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="staff")
    role = models.CharField(_("role"), max_length=12, choices=StaffRole.choices)
    title = models.CharField(_("post"), max_length=60, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"], condition=Q(ended_on__isnull=True), name="staff_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"


class Post(models.Model):
    """A post that a named person holds in an organisation, as a document tells it; no account is implied."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="posts")
    person = models.CharField(_("person"), max_length=60)
    title = models.CharField(_("post"), max_length=60, blank=True)
    document = models.ForeignKey(
        "SourceDocument", null=True, blank=True, on_delete=models.SET_NULL, related_name="posts"
    )

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["organisation", "person", "title"], name="post_once_per_person")]

    def __str__(self) -> str:
        return f"{self.person} · {self.title}"
