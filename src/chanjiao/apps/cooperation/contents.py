"""A writer's content, checked, as rows of a version; and rows of a version as content."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, datetime

from chanjiao.apps.accounts.models import User
from chanjiao.apps.cooperation.content import Content, PartyFacts, faults, read_fields
from chanjiao.apps.cooperation.facts import findings_of, overlapping
from chanjiao.apps.cooperation.kinds import AgreementKind, Clause, PartyRole, Rule, kind_of
from chanjiao.apps.cooperation.models import Agreement, AgreementVersion, Party, Signatory
from chanjiao.apps.cooperation.publicity import rule_for
from chanjiao.apps.cooperation.text import Named
from chanjiao.apps.exchange.contents import clean_text
from chanjiao.apps.members.models import Organisation, Staff, StaffRole
from chanjiao.core.errors import ChanjiaoError, Rejected

TEXTS = ("title", "starts_on", "ends_on", "amount", "overlap_meant", "shares_money")


def checked(
    kind: AgreementKind, content: Content, *, today: date, complete: bool, leaving_out: int | None = None
) -> Content:
    """The content, tidied; `Rejected` with every fault. A complete one also keeps every rule that blocks."""
    content = _tidied(content)
    errors = [*faults(kind, content, today=today, complete=complete), *_unknown_parties(content)]
    if complete and not errors:
        errors += legal_faults(kind, content, today=today, leaving_out=leaving_out)
    if errors:
        raise Rejected(errors)
    return content


def legal_faults(kind: AgreementKind, content: Content, *, today: date, leaving_out: int | None) -> list[ChanjiaoError]:
    """What keeps an otherwise complete agreement from being proposed: broken rules, and terms that overlap unmeant."""
    broken = [one for one in findings_of(kind, content, today=today, leaving_out=leaving_out) if one.blocks]
    errors = [
        ChanjiaoError("agreement.breaks_rule", field="rules", rule=told_rule(one.rule), source=one.rule.source)
        for one in broken
    ]
    if content.amount is None and rule_for(kind.code, content) is not None:
        errors.append(ChanjiaoError("publicity.needs_price", field="amount"))
    numbers = [] if content.overlap_meant else overlapping(kind, content, leaving_out)
    if numbers:
        errors.append(ChanjiaoError("agreement.overlaps", field="ends_on", numbers="、".join(numbers)))
    return errors


def first_version(
    *,
    agreement: Agreement,
    drafter: Organisation,
    content: Content,
    like: AgreementVersion | None = None,
    now: datetime,
) -> AgreementVersion:
    """The draft with which a new agreement begins; the signatories of the version it is `like` are named again."""
    version = AgreementVersion(agreement=agreement, number=1, drafted_by=drafter, created_at=now)
    store(version, kind_of(agreement.kind), content, like)
    agreement.current = version
    agreement.save(update_fields=["current"])
    return version


def store(
    version: AgreementVersion, kind: AgreementKind, content: Content, like: AgreementVersion | None = None
) -> AgreementVersion:
    """The draft version holds the content.

    Who was named to sign for a party that stays is kept; in a new version, who was named in the one it is `like`.
    """
    for name in TEXTS:
        setattr(version, name, getattr(content, name))
    version.fields = read_fields(kind, dict(content.fields))[0]
    version.clauses = [asdict(clause) for clause in content.clauses]
    version.save()
    base = like or version
    named = {(one.organisation_id, one.user_id): list(one.signatories.all()) for one in base.parties.all()}
    version.parties.all().delete()
    for position, facts in enumerate(content.parties):
        party = Party.objects.create(version=version, position=position, **asdict(facts))
        Signatory.objects.bulk_create(
            Signatory(party=party, user_id=one.user_id, name=one.name, post=one.post)
            for one in named.get((facts.organisation_id, facts.user_id), ())
        )
    return version


def content_of(version: AgreementVersion) -> Content:
    """What the writer filled in, as rules read it."""
    return Content(
        **{name: getattr(version, name) for name in TEXTS},
        fields=tuple(version.fields.items()),
        parties=tuple(
            PartyFacts(one.role, one.organisation_id, one.user_id, one.rights, one.duties)
            for one in version.parties.all()
        ),
        clauses=tuple(Clause(**one) for one in version.clauses),
    )


def names_of(version: AgreementVersion) -> tuple[Named, ...]:
    """The parties as the text names them."""
    rows = version.parties.select_related("organisation", "user")
    return tuple(
        Named(one.organisation.name, one.organisation.credit_code or "", one.organisation.address)
        if one.organisation
        else Named(str(one.user))
        for one in rows
    )


def is_student(user_id: int, schools: Iterable[int]) -> bool:
    """Whether the person is a student of one of the schools now."""
    return Staff.objects.filter(
        user_id=user_id, organisation_id__in=schools, role=StaffRole.STUDENT, ended_on__isnull=True
    ).exists()


def told_rule(rule: Rule) -> str:
    """The rule's words in Chinese with its limit, as errors and texts state it."""
    return str(rule.label.zh.format(limit=limit_words(rule)))


def limit_words(rule: Rule) -> str:
    """The limit of a rule as people write it: a share as a percentage."""
    if rule.limit is None:
        return ""
    return f"{(rule.limit * 100).normalize():f}%" if rule.of else f"{rule.limit.normalize():f}"


def _unknown_parties(content: Content) -> list[ChanjiaoError]:
    bodies = {one.organisation_id for one in content.parties if one.organisation_id is not None}
    people = {one.user_id for one in content.parties if one.user_id is not None}
    known = set(Organisation.objects.filter(pk__in=bodies).values_list("pk", flat=True))
    errors = [ChanjiaoError("agreement.unknown_party", field="parties") for _one in bodies - known]
    if people and User.objects.filter(pk__in=people, is_active=True).count() < len(people):
        errors.append(ChanjiaoError("agreement.unknown_party", field="parties"))
    schools = [one.organisation_id for one in content.parties if one.role == PartyRole.SCHOOL and one.organisation_id]
    for one in content.parties:
        if (one.user_id is not None) is not (one.role == PartyRole.STUDENT):
            errors.append(ChanjiaoError("agreement.party_role_unfit", field="parties"))
        elif one.user_id is not None and not is_student(one.user_id, schools):
            errors.append(ChanjiaoError("agreement.not_a_student", field="parties"))
    return errors


def _tidied(content: Content) -> Content:
    parties = tuple(
        replace(one, rights=clean_text(one.rights), duties=clean_text(one.duties)) for one in content.parties
    )
    clauses = tuple(
        replace(one, heading=clean_text(one.heading).replace("\n", " "), text=clean_text(one.text))
        for one in content.clauses
    )
    fields = tuple((name, clean_text(value) if isinstance(value, str) else value) for name, value in content.fields)
    return replace(
        content,
        title=clean_text(content.title).replace("\n", " "),
        parties=parties,
        clauses=tuple(one for one in clauses if one.heading or one.text),
        fields=fields,
    )
