"""Organisations, the consortia they form, who works for them, and the documents that founded them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.reference.fields import CodeField


class OrganisationType(models.TextChoices):
    """The types of the extraction contract."""

    GOVERNMENT = "government", _("Government department")
    PARTY = "party", _("Party body")
    SCHOOL_VOCATIONAL = "school_vocational", _("Vocational school or college")
    UNIVERSITY = "university", _("University")
    INSTITUTE = "institute", _("Research institute")
    ASSOCIATION = "association", _("Industry association")
    ENTERPRISE = "enterprise", _("Enterprise")
    PARK = "park", _("Zone")
    PARK_ADMIN = "park_admin", _("Zone committee")
    CONSORTIUM = "consortium", _("Consortium")
    UNION = "union", _("Trade union")
    MEDIA = "media", _("Media")
    OTHER = "other", _("Other")


class Scale(models.TextChoices):
    """Size class of an enterprise (统计上大中小微型企业划分)."""

    LARGE = "large", _("Large")
    MEDIUM = "medium", _("Medium")
    SMALL = "small", _("Small")
    MICRO = "micro", _("Micro")


class Organisation(models.Model):
    """A body with a name: college, enterprise, institute, association, zone, department or consortium."""

    name = models.CharField(_("name"), max_length=120)
    name_key = models.CharField(_("comparable name"), max_length=120, unique=True, editable=False)
    pinyin = models.CharField(_("sorting key"), max_length=300, blank=True, editable=False, db_index=True)
    initials = models.CharField(_("initials"), max_length=120, blank=True, editable=False)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    type = models.CharField(_("type"), max_length=20, choices=OrganisationType.choices)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, null=True, blank=True, unique=True)
    region_code = CodeField(_("region"), system="region")
    industry_code = CodeField(_("industry"), system="industry")
    zone = models.ForeignKey(
        "self", verbose_name=_("zone"), null=True, blank=True, on_delete=models.SET_NULL, related_name="residents"
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    scale = models.CharField(_("size"), max_length=10, choices=Scale.choices, blank=True)
    staff_count = models.PositiveIntegerField(_("staff"), null=True, blank=True)
    founded_year = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    introduction = models.TextField(_("introduction"), max_length=2000, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=60, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    created_at = models.DateTimeField(_("created"))
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["pinyin", "id"]

    def __str__(self) -> str:
        return self.name


class OrganisationAlias(models.Model):
    """Another form of an organisation's name, as documents use it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=120)
    name_key = models.CharField(_("comparable name"), max_length=120, db_index=True, editable=False)

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        constraints = [models.UniqueConstraint(fields=["organisation", "name_key"], name="alias_once_per_organisation")]

    def __str__(self) -> str:
        return self.name


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
