"""The consortia that organisations form: memberships and goals."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.members.models.foundings import SourceDocument
from chanjiao.apps.members.models.organisations import Organisation


class ConsortiumKind(models.TextChoices):
    """The kinds of the extraction contract."""

    MUNICIPAL = "municipal", _("Municipal consortium")
    INDUSTRY = "industry", _("Industry community")
    GROUP = "group", _("Vocational education group")
    ALLIANCE = "alliance", _("Alliance")


class Consortium(models.Model):
    """A consortium or group: an organisation that others join."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="consortium")
    kind = models.CharField(_("kind"), max_length=20, choices=ConsortiumKind.choices)
    group = models.ForeignKey(
        "self", verbose_name=_("group"), null=True, blank=True, on_delete=models.PROTECT, related_name="consortia"
    )
    zone = models.ForeignKey(
        Organisation, verbose_name=_("zone"), null=True, blank=True, on_delete=models.PROTECT, related_name="hosted"
    )
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    founding_document = models.CharField(_("founding document"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("consortium")
        verbose_name_plural = _("consortia")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.organisation.name


class MembershipRole(models.TextChoices):
    """What an organisation is in a consortium; the values are roles of the extraction contract."""

    LEAD_SCHOOL = "lead_school", _("Lead college")
    LEAD_ENTERPRISE = "lead_enterprise", _("Lead enterprise")
    LEAD = "lead", _("Lead unit")
    PARK = "park", _("Zone")
    GUIDANCE_COMMITTEE = "guidance_committee", _("Guidance committee")
    COUNCIL_CHAIR = "council_chair", _("Council chair")
    COUNCIL_VICE = "council_vice", _("Council vice-chair")
    COUNCIL_MEMBER = "council_member", _("Council member")
    MEMBER = "member", _("Member")


class Office(models.TextChoices):
    """Offices of a council."""

    CHAIR = "chair", _("Chair of the council")
    VICE_CHAIR = "vice_chair", _("Vice-chair of the council")
    STANDING = "standing", _("Standing council member")
    COUNCIL = "council", _("Council member")
    SECRETARY = "secretary", _("Secretary-general")


class MembershipState(models.TextChoices):
    """States of a membership, from application to leaving."""

    APPLIED = "applied", _("Awaiting review")
    ACTIVE = "active", _("Member")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Term over")
    LEFT = "left", _("Left")


class Membership(models.Model):
    """An organisation in a consortium with a role, an office and a term; several roles are several rows."""

    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.PROTECT, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=MembershipRole.choices, default=MembershipRole.MEMBER)
    office = models.CharField(_("office"), max_length=20, choices=Office.choices, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=MembershipState.choices)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    applied_at = models.DateTimeField(_("applied"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["consortium", "organisation", "role"],
                condition=Q(state__in=["applied", "active"]),
                name="membership_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.consortium}"


class GoalKind(models.TextChoices):
    """Where a goal comes from in the founding story."""

    HOPE = "hope", _("Hope of the city")
    COMMITMENT = "commitment", _("Guarantee of the government")
    LINE_OF_WORK = "line_of_work", _("Line of work")
    REQUIREMENT = "requirement", _("Requirement")


class Measure(models.TextChoices):
    """The five measures."""

    DEPTH = "depth", _("Depth of integration")
    BREADTH = "breadth", _("Breadth of co-operation")
    SPEED = "speed", _("Speed of transfer")
    PRECISION = "precision", _("Precision of skills")
    STRENGTH = "strength", _("Strength of the brand")


class Goal(models.Model):
    """A hope, guarantee or line of work with its owner and, for hopes, the measure it names."""

    consortium = models.ForeignKey(Consortium, on_delete=models.PROTECT, related_name="goals")
    kind = models.CharField(_("kind"), max_length=12, choices=GoalKind.choices)
    text = models.CharField(_("text"), max_length=200)
    measure = models.CharField(_("measure"), max_length=10, choices=Measure.choices, blank=True)
    owner = models.ForeignKey(
        Organisation, verbose_name=_("owner"), null=True, blank=True, on_delete=models.SET_NULL, related_name="goals"
    )
    stated_by = models.CharField(_("stated by"), max_length=120, blank=True)
    document = models.ForeignKey(SourceDocument, null=True, blank=True, on_delete=models.SET_NULL, related_name="goals")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        ordering = ["consortium_id", "kind", "position"]
        constraints = [models.UniqueConstraint(fields=["consortium", "kind", "text"], name="goal_once_per_consortium")]

    def __str__(self) -> str:
        return self.text
