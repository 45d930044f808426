"""Agreements that tests start from: an order class and an internship between the college and the enterprise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from chanjiao.apps.cooperation.actions.draft_agreement import draft_agreement
from chanjiao.apps.cooperation.actions.edit_agreement import edit_agreement
from chanjiao.apps.cooperation.actions.name_signatories import name_signatories
from chanjiao.apps.cooperation.actions.propose_agreement import propose_agreement
from chanjiao.apps.cooperation.actions.sign_agreement import sign_agreement
from chanjiao.apps.cooperation.content import Content, PartyFacts
from chanjiao.apps.cooperation.contents import content_of
from chanjiao.apps.cooperation.models import Agreement, AgreementVersion, VersionState
from chanjiao.core.permissions import Actor, Role
from tests.cast import NOW, PASSWORD, Cast

STARTS, ENDS = date(2026, 11, 1), date(2028, 6, 30)
ORDER_CLASS = (("students", 30), ("programme", "智能焊接技术"), ("post", "焊工"), ("wage", 6000))
INTERNSHIP = (
    ("interns", 12),
    ("post", "焊工"),
    ("staff", 420),
    ("post_interns", 12),
    ("post_staff", 60),
    ("pay", 4000),
    ("post_wage", 5000),
    ("paid_in_money", True),
    ("paid_monthly", True),
    ("paid_directly", True),
    ("insurance", True),
    ("intermediary", False),
)


def drafted(cast: Cast, kind: str = "order_class", **changes: object) -> Agreement:
    """A draft by the college, complete enough to be proposed; `changes` are of its content."""
    agreement = draft_agreement(
        actor=cast.dean,
        kind=kind,
        organisation_id=cast.college.pk,
        consortium_id=cast.consortium.pk,
        partner_ids=[cast.enterprise.pk],
        now=NOW,
    )
    fields = INTERNSHIP if kind == "internship" else ORDER_CLASS
    told = replace(content(agreement), starts_on=STARTS, ends_on=ENDS, amount=Decimal("120000"), fields=fields)
    if kind == "internship":
        student = PartyFacts("student", user_id=cast.student.user_id, rights="按月取酬", duties="遵守纪律")
        told = replace(told, parties=(*told.parties, student))
    return edited(cast, agreement, replace(told, **changes))  # type: ignore[arg-type]


def edited(cast: Cast, agreement: Agreement, told: Content) -> Agreement:
    """The draft with this content, written by the college."""
    return edit_agreement(actor=cast.dean, pk=agreement.pk, version=agreement.version, content=told, now=NOW)


def content(agreement: Agreement) -> Content:
    """What the draft holds."""
    return content_of(agreement.versions.get(state=VersionState.DRAFT))


def proposed(cast: Cast, kind: str = "order_class", **changes: object) -> Agreement:
    """An order class that waits for the signatures of dean and personnel officer."""
    return propose(cast, drafted(cast, kind, **changes))


def propose(cast: Cast, agreement: Agreement) -> Agreement:
    """The college's draft, proposed, with one signatory of each party."""
    agreement = propose_agreement(actor=cast.dean, pk=agreement.pk, version=agreement.version, now=NOW)
    for actor in signing_actors(cast, agreement):
        name(actor, agreement)
    return agreement


def signing_actors(cast: Cast, agreement: Agreement) -> list[Actor]:
    """Who signs for each party, in the order of the parties."""
    people = {cast.college.pk: cast.dean, cast.enterprise.pk: cast.personnel_officer, None: cast.student}
    return [people[party.organisation_id] for party in waiting(agreement).parties.all()]


def name(actor: Actor, agreement: Agreement) -> None:
    """The actor names themselves to sign for their party."""
    parties = waiting(agreement).parties.all()
    is_student = actor.role is Role.STUDENT
    own = next(
        one
        for one in parties
        if (one.user_id if is_student else one.organisation_id)
        == (actor.user_id if is_student else actor.organisation_id)
    )
    assert actor.user_id is not None
    name_signatories(actor=actor, pk=agreement.pk, party_id=own.pk, user_ids=[actor.user_id], now=NOW)


def waiting(agreement: Agreement) -> AgreementVersion:
    """The version that waits for signatures."""
    return agreement.versions.get(state=VersionState.PROPOSED)


def sign(actor: Actor, agreement: Agreement) -> Agreement:
    """The actor signs what waits."""
    told = waiting(agreement).text_sha256
    return sign_agreement(actor=actor, pk=agreement.pk, text_sha256=told, confirmation=PASSWORD, now=NOW)


def in_force(cast: Cast, kind: str = "order_class", **changes: object) -> Agreement:
    """An agreement that every party has signed."""
    return sign_all(cast, proposed(cast, kind, **changes))


def sign_all(cast: Cast, agreement: Agreement) -> Agreement:
    """Every party signs what waits."""
    for actor in signing_actors(cast, agreement):
        agreement = sign(actor, agreement)
    return agreement
