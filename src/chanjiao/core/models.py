"""The append-only record of changes, the events of deeds, and the jobs in the background.

None points at other tables: a record must outlive what it tells of, and core stands below every app.
"""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """A query set that reads and creates, and refuses the rest; triggers in the database refuse it too."""

    def update(self, **kwargs: object) -> NoReturn:
        raise TypeError("append-only")

    def delete(self) -> NoReturn:
        raise TypeError("append-only")


class AppendOnly(models.Model):
    """Who did something, acting for whom, to which object, when."""

    at = models.DateTimeField(_("time"), db_index=True)
    actor_id = models.BigIntegerField(_("person"), null=True)
    actor_name = models.CharField(_("name of the person"), max_length=150, blank=True)
    organisation_id = models.BigIntegerField(_("acting for"), null=True)
    organisation_name = models.CharField(_("name of the organisation"), max_length=200, blank=True)
    object_type = models.CharField(_("kind of object"), max_length=60)
    object_id = models.BigIntegerField(_("object"), null=True)
    object_name = models.CharField(_("name of the object"), max_length=300, blank=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("append-only")


class AuditRecord(AppendOnly):
    """One change: the action, and the fields it changed, before and after."""

    action = models.CharField(_("action"), max_length=60)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)

    class Meta:
        verbose_name = _("audit record")
        verbose_name_plural = _("audit records")
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_object")]

    def __str__(self) -> str:
        return f"{self.action} {self.object_name}"


class Event(AppendOnly):
    """One deed in the past tense (`need.posted`), from which assessment is computed.

    `amount` is in `unit` (people, yuan, hours …); `consortium_id` is where the deed counts.
    """

    name = models.CharField(_("event"), max_length=60, db_index=True)
    consortium_id = models.BigIntegerField(_("consortium"), null=True)
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2, null=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="event_object"),
            models.Index(fields=["organisation_id", "name"], name="event_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.object_name}"


class JobState(models.TextChoices):
    """States of a job in the background."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class Job(models.Model):
    """A task to be done in the background, its progress and its end; see `core.jobs`."""

    task = models.CharField(_("task"), max_length=60)
    arguments = models.JSONField(_("arguments"), default=dict)
    key = models.CharField(_("key"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    run_at = models.DateTimeField(_("due"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    cancel_asked = models.BooleanField(_("cancel asked"), default=False)
    finish_asked = models.BooleanField(_("early end asked"), default=False)
    done_count = models.PositiveIntegerField(_("done"), default=0)
    total_count = models.PositiveIntegerField(_("of"), default=0)
    outcome = models.CharField(_("outcome"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created"))
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    actor_id = models.BigIntegerField(_("person"), null=True)
    actor_name = models.CharField(_("name of the person"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-id"]
        indexes = [models.Index(fields=["state", "run_at"], name="job_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=~Q(key="") & Q(state__in=["queued", "running"]), name="job_once_per_key"
            )
        ]

    def __str__(self) -> str:
        return self.task
