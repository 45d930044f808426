"""Needs and offers: two tables of one shape, with a public part and a confidential one."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chanjiao.apps.exchange.kinds import KIND_WORDS, Kind, Side
from chanjiao.apps.exchange.official_lists import LISTS, ListCode
from chanjiao.apps.members.models import Consortium, Organisation
from chanjiao.apps.reference.fields import CodeField


class ListingState(models.TextChoices):
    """States of a need or an offer."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Awaiting review")
    OPEN = "open", _("Open")
    MATCHED = "matched", _("Matched")
    CLOSED = "closed", _("Concluded")
    EXPIRED = "expired", _("Expired")


class CloseReason(models.TextChoices):
    """Why a listing was closed."""

    FULFILLED = "fulfilled", _("Fulfilled through the consortium")
    ELSEWHERE = "elsewhere", _("Fulfilled elsewhere")
    WITHDRAWN = "withdrawn", _("No longer needed or offered")
    DUPLICATE = "duplicate", _("Entered twice")
    REFUSED = "refused", _("Refused in review")


class EducationLevel(models.TextChoices):
    """Lowest education asked for, or held, in rising order."""

    SECONDARY = "secondary", _("Secondary vocational")
    ASSOCIATE = "associate", _("Associate (higher vocational)")
    BACHELOR = "bachelor", _("Bachelor")
    MASTER = "master", _("Master")


class SourceKind(models.TextChoices):
    """How a listing came in."""

    SELF = "self", _("Entered by the member")
    VISIT = "visit", _("Entered after a visit")
    IMPORT = "import", _("Imported")


class NumberSeries(models.Model):
    """The last number given out in a series such as N-2026."""

    name = models.CharField(_("series"), max_length=12, unique=True)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("series of numbers")
        verbose_name_plural = _("series of numbers")

    def __str__(self) -> str:
        return f"{self.name}-{self.last:04d}"


class Listing(models.Model):
    """What a need and an offer share.

    `title` and `summary` are public; `detail`, the contact, `partners` (names of organisations asked for) and the
    confidential ones of `fields` are not. `taken` is
    what accepted matches have used of `quantity`.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="%(class)ss"
    )
    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.PROTECT, related_name="%(class)ss"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=[(kind.value, _(KIND_WORDS[kind])) for kind in Kind])
    title = models.CharField(_("title"), max_length=80)
    summary = models.TextField(_("public summary"), max_length=500)
    detail = models.TextField(_("confidential particulars"), max_length=4000, blank=True)
    occupation_code = CodeField(_("occupation"), system="occupation")
    programme_code = CodeField(_("programme"), system="programme")
    industry_code = CodeField(_("industry"), system="industry")
    region_code = CodeField(_("region"), system="region")
    education_level = models.CharField(_("education"), max_length=10, choices=EducationLevel.choices, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    taken = models.PositiveIntegerField(_("taken by accepted matches"), default=0, editable=False)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    skills = models.JSONField(_("skills"), default=list, blank=True)
    partners = models.JSONField(_("partners asked for"), default=list, blank=True)
    fields = models.JSONField(_("particulars of the kind"), default=dict, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    expires_on = models.DateField(_("open until"), db_index=True)
    contact_name = models.CharField(_("contact person"), max_length=60, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ListingState.choices, db_index=True)
    close_reason = models.CharField(_("reason"), max_length=12, choices=CloseReason.choices, blank=True)
    review_note = models.CharField(_("word of the reviewer"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=SourceKind.choices, default=SourceKind.SELF)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("created"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    opened_at = models.DateTimeField(_("published"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed") & ~Q(close_reason="") | ~Q(state="closed") & Q(close_reason=""),
                name="%(class)s_closed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="%(class)s_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, taken__lte=models.F("quantity")), name="%(class)s_taken_within_quantity"
            ),
        ]
        indexes = [models.Index(fields=["state", "kind"], name="%(class)s_state_kind")]

    side: Side

    def __str__(self) -> str:
        return self.title

    @property
    def left(self) -> int:
        """How much no accepted match has taken yet."""
        return self.quantity - self.taken


class Need(Listing):
    """Something that an organisation needs."""

    side = Side.NEED

    class Meta(Listing.Meta):
        verbose_name = _("need")
        verbose_name_plural = _("needs")


class Offer(Listing):
    """Something that an organisation offers."""

    side = Side.OFFER

    class Meta(Listing.Meta):
        verbose_name = _("offer")
        verbose_name_plural = _("offers")


AnyListing = Need | Offer
MODELS: dict[Side, type[Need] | type[Offer]] = {Side.NEED: Need, Side.OFFER: Offer}


class ListEdition(models.Model):
    """An official list as it was published on a day: its rows as they read then, and what had changed."""

    code = models.CharField(_("list"), max_length=20)
    consortium = models.ForeignKey(
        Consortium, verbose_name=_("consortium"), on_delete=models.PROTECT, related_name="list_editions"
    )
    number = models.PositiveIntegerField(_("number"))
    rows = models.JSONField(_("rows"), default=list)
    row_count = models.PositiveIntegerField(_("rows"))
    added = models.JSONField(_("added"), default=list)
    changed = models.JSONField(_("changed"), default=list)
    removed = models.JSONField(_("removed"), default=list)
    published_at = models.DateTimeField(_("published"))
    published_by = models.CharField(_("published by"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("edition of a list")
        verbose_name_plural = _("editions of lists")
        ordering = ["-published_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["code", "consortium", "number"], name="list_edition_once_per_number")
        ]

    def __str__(self) -> str:
        return gettext("%(list)s no. %(number)s") % {
            "list": gettext(LISTS[ListCode(self.code)].title),
            "number": self.number,
        }
