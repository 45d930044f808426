"""A need entered for an enterprise after a visit, and the enterprise's answer by link."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chanjiao.apps.exchange.actions.post_listing import post_listing
from chanjiao.apps.exchange.kinds import Kind, Side
from chanjiao.apps.exchange.models import Need, SourceKind
from chanjiao.apps.exchange.rules import Content
from chanjiao.apps.notices.actions.answer_by_link import answer_by_link
from chanjiao.apps.notices.actions.make_link import make_link
from chanjiao.apps.notices.links import link_view, token_of
from chanjiao.apps.notices.models import Contact, Notice
from chanjiao.apps.notices.purposes import Given
from chanjiao.apps.papers.actions.answer_visit import answer_visit
from chanjiao.apps.papers.actions.enter_visit import enter_visit
from chanjiao.apps.papers.actions.read_document import read_document
from chanjiao.apps.papers.models import Visit
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.permissions import Actor
from tests.cast import NOW, Cast

REPORT = """访企拓岗走访记录表
企业名称：青浦川恒锐机械有限公司
拜访时间：2026年9月18日
牵头拜访人：方砚秋
企业接待人：罗佩瑶
需求专业名称：数控技术
可提供岗位数：12
平均薪酬：5600元/月
成果形式：签订合作协议
"""
CONTENT = Content(
    title="数控技术专业毕业生", summary="招聘数控技术专业毕业生", quantity=12, fields=(("engagement", "employment"),)
)


def entered(cast: Cast, actor: Actor | None = None, firm_id: int | None = None) -> Visit:
    actor = actor or cast.teacher
    paper = read_document(actor=actor, content=REPORT, limit=100_000, now=NOW)
    return enter_visit(
        actor=actor,
        paper_id=paper.pk,
        number=0,
        firm_id=firm_id or cast.enterprise.pk,
        consortium_id=cast.consortium.pk,
        content=CONTENT,
        now=NOW,
    )


@pytest.fixture
def token(cast: Cast) -> str:
    """The link of the enterprise's contact, who has no account."""
    visit = entered(cast)
    contact = Contact.objects.create(organisation=cast.enterprise, place=1, name="罗佩瑶", email="a@example.org")
    link = make_link(
        purpose="papers.confirm_visit", object_id=visit.pk, organisation_id=cast.enterprise.pk, contact_id=contact.pk,
        expires_at=NOW + timedelta(days=14), now=NOW,
    )  # fmt: skip
    return token_of(link)


def test_a_teacher_drafts_a_need_for_the_enterprise_which_is_asked(cast: Cast) -> None:
    visit = entered(cast)

    need, notice = visit.need, Notice.objects.get()
    assert (need.organisation_id, need.state, need.source) == (cast.enterprise.pk, "draft", "visit")
    assert (visit.visited_on, visit.visitor, visit.host) == ("2026-09-18", "方砚秋", "罗佩瑶")
    assert visit.outcome == "签订合作协议"
    assert (notice.kind, notice.organisation_id, notice.purpose) == (
        "visit.entered", cast.enterprise.pk, "papers.confirm_visit",
    )  # fmt: skip


def test_the_enterprise_confirms_by_link_and_the_need_awaits_review(cast: Cast, token: str) -> None:
    shown = link_view(token, now=NOW)

    answer_by_link(token=token, given=Given("confirm"), now=NOW)

    visit = Visit.objects.get()
    assert (shown.about.title, shown.about.settled) == ("数控技术专业毕业生", "")
    assert (visit.state, visit.need.state) == ("confirmed", "submitted")


def test_the_enterprise_declines_by_link_and_nothing_is_published(cast: Cast, token: str) -> None:
    answer_by_link(token=token, given=Given("decline", note="人数不对"), now=NOW)

    visit = Visit.objects.get()
    assert (visit.state, visit.note) == ("declined", "人数不对")
    assert (visit.need.state, visit.need.close_reason) == ("closed", "withdrawn")


def test_a_visit_is_answered_once_and_by_the_enterprise_alone(cast: Cast) -> None:
    visit = entered(cast)
    with pytest.raises(ChanjiaoError) as foreign:
        answer_visit(actor=cast.teacher, visit_id=visit.pk, confirms=True, now=NOW)
    answer_visit(actor=cast.personnel_officer, visit_id=visit.pk, confirms=True, now=NOW)

    with pytest.raises(ChanjiaoError) as again:
        answer_visit(actor=cast.personnel_officer, visit_id=visit.pk, confirms=False, now=NOW)

    assert (foreign.value.code, again.value.code) == ("record.not_found", "state.refused")
    assert Need.objects.get().state == "submitted"


def test_only_staff_of_a_member_college_enter_for_an_enterprise_and_never_publish(cast: Cast) -> None:
    for actor, submit in ((cast.student, False), (cast.stranger, False), (cast.teacher, True)):
        with pytest.raises(ChanjiaoError) as refused:
            post_listing(
                actor=actor, side=Side.NEED, kind=Kind.POST, organisation_id=cast.enterprise.pk,
                consortium_id=cast.consortium.pk, content=CONTENT, now=NOW, submit=submit, source=SourceKind.VISIT,
            )  # fmt: skip
        assert refused.value.code == "action.denied"
    with pytest.raises(ChanjiaoError):
        entered(cast, firm_id=cast.outsider.pk)
    assert not Need.objects.exists()
