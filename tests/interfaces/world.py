"""The cast with one record of everything, for tests that walk all routes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from chanjiao.apps.accounts.models import ApiToken, User
from chanjiao.apps.cooperation.models import Agreement
from chanjiao.apps.curriculum.actions.keep_courses import keep_courses
from chanjiao.apps.curriculum.models import CourseList
from chanjiao.apps.exchange.models import ListEdition, Need, Offer
from chanjiao.apps.imports.models import ImportBatch
from chanjiao.apps.matching.models import Match, MatchRun
from chanjiao.apps.members.facts import FactKind, FactSheet
from chanjiao.apps.members.models import Founding, Membership, SourceDocument, Staff
from chanjiao.apps.notices.models import AnswerLink, Bot, Notice
from chanjiao.apps.papers.models import Paper, PaperPart
from chanjiao.apps.programmes.models import DemandFigure, IndustryChain, ProgrammePoint, WarningCard, YearFigures
from chanjiao.apps.projects.models import Milestone, MoneyEntry, Project
from chanjiao.apps.reference.models import CodeSystem, Link, Term
from chanjiao.core.models import AuditRecord, Job
from chanjiao.core.sealing import sealed
from tests.apps.cooperation import samples as agreements
from tests.apps.dossiers import samples as samples_of_dossiers
from tests.apps.programmes.structure import demand
from tests.apps.projects import samples as projects
from tests.cast import NOW, Cast, make_cast
from tests.interfaces.dossiers_sample import DossierSample, make_dossiers
from tests.interfaces.placement_sample import PlacementSample, make_placement
from tests.interfaces.plans_sample import PlanSample, make_plans
from tests.interfaces.transfer_sample import TransferSample, make_transfer

SECRET = "两条线各需四人，底薪三千二"
PHONE = "0567-5550339"


@dataclass(frozen=True, slots=True)
class World:
    """The cast, and the primary keys of one record of each kind."""

    cast: Cast
    need: Need
    draft: Need
    submitted: Need
    offer: Offer
    match: Match
    application: Membership
    membership: Membership
    founding: Founding
    point: ProgrammePoint
    demand: DemandFigure
    chain: IndustryChain
    card: WarningCard
    staff: Staff
    token: ApiToken
    job: Job
    failed_job: Job
    agreement: Agreement
    waiting: Agreement
    drafted: Agreement
    project: Project
    milestone: Milestone
    entry: MoneyEntry
    later: date
    record: AuditRecord
    notice: Notice
    link: AnswerLink
    placement: PlacementSample
    inferred: Link
    entered: Link
    transfer: TransferSample
    dossiers: DossierSample
    course_list: CourseList
    plans: PlanSample
    batch: ImportBatch
    done_batch: ImportBatch
    paper: Paper
    bot: Bot
    edition: ListEdition


def make_world() -> World:
    """The world, stored in the test database."""
    cast = make_cast()
    # Pages read the clock, so what is to be open to them must be open today.
    open_until = timezone.localdate() + timedelta(days=60)
    common = {"consortium": cast.consortium, "expires_on": open_until, "created_at": NOW}
    post = {"kind": "post", "fields": {"engagement": "employment"}, "unit": "人", "detail": SECRET}
    contact = {"contact_name": "罗佩瑶", "contact_phone": PHONE}
    system = CodeSystem.objects.create(code="occupation", title="职业", digest="0" * 64, loaded_at=NOW)
    programmes = CodeSystem.objects.create(code="programme", title="专业", digest="0" * 64, loaded_at=NOW)
    Term.objects.create(system=programmes, code="460103", name="数控技术", level="programme")
    Term.objects.create(system=system, code="6-18-01-07", name="多工序数控机床操作调整工", level="occupation")
    need = Need.objects.create(
        number="N-2025-0001", organisation=cast.enterprise, title="数控操机工", summary="看图、对刀、改刀补",
        quantity=8, state="open", opened_at=NOW, **common, **post, **contact,
    )  # fmt: skip
    draft = Need.objects.create(
        number="N-2025-0002", organisation=cast.enterprise, title="焊工学徒", summary="跟岗学徒", state="draft",
        **common, **post, **contact,
    )  # fmt: skip
    submitted = Need.objects.create(
        number="N-2025-0003", organisation=cast.enterprise, title="装配钳工", summary="总装线", state="submitted",
        submitted_at=NOW, **common, **post, **contact,
    )  # fmt: skip
    offer = Offer.objects.create(
        number="O-2025-0001", organisation=cast.college, title="数控技术毕业生", summary="四十二人，可倒班",
        quantity=42, state="open", opened_at=NOW, **common, **{**post, "detail": ""},
    )  # fmt: skip
    run = MatchRun.objects.create(
        engine="test", engine_version="1", problem_hash="0" * 64, needs_count=1, offers_count=1, pairs_count=1,
        seconds=0.1, ran_at=NOW,
    )  # fmt: skip
    match = Match.objects.create(run=run, need=need, offer=offer, rank=1, score=0.6, reasons=[], proposed_at=NOW)
    application = Membership.objects.create(
        consortium=cast.consortium, organisation=cast.outsider, role="member", state="applied", applied_at=NOW
    )
    document = SourceDocument.objects.create(
        sha256="a" * 64, name="通知", original="原文", repaired="原文", uploaded_at=NOW
    )
    founding = Founding.objects.create(document=document, state="draft", facts=_facts())
    dean = User.objects.get(username="dean")
    return World(
        cast=cast,
        need=need,
        draft=draft,
        submitted=submitted,
        offer=offer,
        match=match,
        application=application,
        membership=Membership.objects.get(organisation=cast.enterprise, state="active"),
        founding=founding,
        **_structure(cast),
        staff=Staff.objects.get(user=dean),
        token=ApiToken.objects.create(
            user=dean, name="台账", digest="0" * 64, organisation_id=cast.college.pk, created_at=NOW,
            expires_at=NOW + timedelta(days=365),
        ),
        job=Job.objects.create(task="match.run", run_at=NOW, created_at=NOW),
        failed_job=Job.objects.create(task="match.run", run_at=NOW, created_at=NOW, state="failed"),
        **_cooperation(cast),
        later=timezone.localdate() + timedelta(days=120),
        record=AuditRecord.objects.create(at=NOW, action="edit_organisation", object_type="members.organisation"),
        notice=Notice.objects.create(
            key="1", kind="match.offered", organisation=cast.enterprise, object_type="matching.match",
            object_id=match.pk, sent_at=NOW,
        ),
        edition=ListEdition.objects.create(
            code="talent_needs", consortium=cast.consortium, number=1, rows=[], row_count=0, published_at=NOW
        ),
        bot=Bot.objects.create(
            organisation=cast.enterprise, kind="wecom", name="用工群", hook=sealed(f"https://qyapi.weixin.qq.com/{SECRET}"),
            signing_secret=SECRET, tokens_at=NOW, created_at=NOW,
        ),
        link=AnswerLink.objects.create(
            purpose="matching.answer", object_id=match.pk, organisation=cast.enterprise,
            person=User.objects.get(username="personnel"), made_at=NOW, expires_at=timezone.now() + timedelta(days=5),
        ),
        placement=make_placement(cast),
        inferred=Link.objects.create(
            programme_code="460104", occupation_code="6-18-01", granularity="minor", source="inferred",
            state="proposed", score=0.4,
        ),
        entered=Link.objects.create(
            programme_code="460104", occupation_code="6-18-01", granularity="minor", source="local"
        ),
        transfer=make_transfer(cast),
        dossiers=make_dossiers(cast),
        course_list=keep_courses(
            actor=cast.dean, point_id=samples_of_dossiers.point(cast, "460305").pk, text="编程", version=0, now=NOW
        ),
        plans=make_plans(cast),
        batch=_batch(cast, "checked"),
        done_batch=_batch(cast, "done"),
        paper=_paper(cast),
    )  # fmt: skip


def _batch(cast: Cast, state: str) -> ImportBatch:
    return ImportBatch.objects.create(
        kind="needs", layout="own", file_name="清单.xlsx", digest="0" * 64, state=state, started_at=NOW,
        organisation_id=cast.enterprise.pk, asked_by=User.objects.get(username="personnel"),
    )  # fmt: skip


def _paper(cast: Cast) -> Paper:
    text = "岗位名称：焊工"
    document = SourceDocument.objects.create(sha256="1" * 64, original=text, repaired=text, uploaded_at=NOW)
    fact = {"field": "title", "value": "焊工", "span": [5, 7], "confidence": 0.9, "source": "rules"}
    part = {"facts": [fact], "codes": []}
    reading = {"kind": "job_advertisement", "confidence": 1.0, "evidence": [], "common": [], "parts": [part]}
    paper = Paper.objects.create(
        document=document, organisation=cast.enterprise, kind="job_advertisement", reading=reading, created_at=NOW
    )
    PaperPart.objects.create(paper=paper, number=0)
    return paper


def _cooperation(cast: Cast) -> dict[str, Any]:
    """An agreement in force with a project and a proof of it, one that the dean is to sign, and one in draft."""
    term = {"starts_on": timezone.localdate(), "ends_on": timezone.localdate() + timedelta(days=700)}
    agreement = agreements.in_force(cast, **term)
    project = projects.started(cast, agreement)
    milestone = projects.milestone(cast, project, due_on=timezone.localdate() + timedelta(days=30))
    projects.proof(cast.dean, project, milestone)
    return {
        "agreement": agreement,
        "waiting": agreements.proposed(cast, overlap_meant=True, **term),
        "drafted": agreements.drafted(cast, overlap_meant=True, **term),
        "project": project,
        "milestone": milestone,
        "entry": MoneyEntry.objects.create(
            project=project, direction="in", amount=5000, booked_on=NOW, entered_by="方砚秋", entered_at=NOW
        ),
    }


def _structure(cast: Cast) -> dict[str, Any]:
    """A programme point with a year, what is asked of its occupation, and a card over it."""
    point = ProgrammePoint.objects.create(
        college=cast.college, level="associate", programme_code="460103", years=3, intake=160, enrolled=461,
        teachers=21, dual_qualified=17,
    )  # fmt: skip
    YearFigures.objects.create(point=point, year=2026, completed=150, employed=140, told_at=NOW)
    return {
        "point": point,
        "demand": demand("6-18-01", 2026, 200),
        "chain": IndustryChain.objects.create(name="高端装备", is_key=True, industry_codes=["C34"]),
        "card": WarningCard.objects.create(
            point=point, rule_set="fujian", rule_set_title="示例", year=2026, colour="yellow", issued_at=NOW
        ),
    }


def _facts() -> dict[str, object]:
    values = {"name": "青浦川经济技术开发区产教联合体", "kind": "municipal", "park": "", "founding_document": ""}
    sheet = FactSheet().with_fact(FactKind.CONSORTIUM, values, spans=(), confidence=1.0)
    twin = {**values, "name": "青浦川经开区产教联合体"}
    return sheet.with_fact(FactKind.CONSORTIUM, twin, spans=(), confidence=0.5).to_json()
