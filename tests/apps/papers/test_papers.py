"""Documents read into drafts, and their parts entered once."""

from __future__ import annotations

from datetime import date

import pytest

from chanjiao.apps.exchange.models import Need
from chanjiao.apps.exchange.rules import Content
from chanjiao.apps.papers.actions.enter_part import enter_part, skip_part
from chanjiao.apps.papers.actions.read_document import TEXT_LIMIT, read_document
from chanjiao.apps.papers.models import Paper, PaperPart
from chanjiao.apps.papers.rules import draft_of, expiry
from chanjiao.apps.papers.selectors import paper
from chanjiao.core.errors import ChanjiaoError
from chanjiao.core.models import AuditRecord
from chanjiao.core.permissions import Actor
from chanjiao.engines.text.papers import PaperKind
from tests.cast import NOW, TODAY, Cast

LIMIT = 10 * 1024 * 1024
TWO_POSTS = """招聘单位：青浦川恒锐机械有限公司
岗位名称：焊工
招聘人数：5人
月薪：6000-8000元
岗位名称：设备维护技术员
招聘人数：2人
月薪：5000元起
联系人：罗佩瑶 0567-5550101
报名截止：2026年12月31日
"""
POLICY = "关于申报培训补贴的通知\n青人社发〔2026〕3号\n申报条件：\n1.签订合同\n申报材料：申请表、合同\n"


def read(cast: Cast, text: str | bytes = TWO_POSTS, kind: PaperKind | None = None, actor: Actor | None = None) -> Paper:
    return read_document(actor=actor or cast.personnel_officer, content=text, kind=kind, limit=LIMIT, now=NOW)


def enter(cast: Cast, row: Paper, number: int = 0, actor: Actor | None = None, **content: object) -> Need:
    return enter_part(  # type: ignore[return-value]
        actor=actor or cast.personnel_officer,
        paper_id=row.pk,
        number=number,
        organisation_id=cast.enterprise.pk,
        consortium_id=cast.consortium.pk,
        content=Content(**{"title": "焊工", **content}),  # type: ignore[arg-type]
        submit=False,
        now=NOW,
    )


def test_each_post_of_an_advertisement_waits_with_its_own_facts(cast: Cast) -> None:
    view = paper(cast.personnel_officer, read(cast).pk)

    drafts = [draft_of(view.reading, number, TODAY) for number in range(2)]

    assert [one.number for one in view.waiting] == [0, 1]
    assert drafts[0].values["title"] == "焊工"
    assert (drafts[0].values["pay_low"], drafts[0].values["pay_high"]) == (6000, 8000)
    assert (drafts[1].values["pay_low"], drafts[1].values.get("pay_high")) == (5000, None)
    assert [one.values["quantity"] for one in drafts] == [5, 2]
    assert [one.values["expires_on"] for one in drafts] == [date(2026, 12, 31)] * 2
    assert [one.values["contact_name"] for one in drafts] == ["罗佩瑶", "罗佩瑶"]


def test_a_code_is_filled_in_only_where_it_is_sure(cast: Cast) -> None:
    view = paper(cast.personnel_officer, read(cast).pk)

    sure, unsure = (draft_of(view.reading, number, TODAY) for number in range(2))

    assert sure.values["occupation_code"] == "6-18-02-04"
    assert "occupation_code" not in unsure.values
    assert len(unsure.proposals["occupation_code"]) == 3


def test_a_part_is_entered_once(cast: Cast) -> None:
    row = read(cast)
    need = enter(cast, row)

    with pytest.raises(ChanjiaoError) as refused:
        enter(cast, row)

    part = PaperPart.objects.get(paper=row, number=0)
    assert (need.title, need.state, need.organisation_id) == ("焊工", "draft", cast.enterprise.pk)
    assert (part.state, part.side, part.listing_id) == ("entered", "need", need.pk)
    assert refused.value.code == "paper.part_settled"
    assert Need.objects.count() == 1


def test_a_refused_listing_leaves_the_part_waiting(cast: Cast) -> None:
    row = read(cast)

    with pytest.raises(ChanjiaoError):
        enter(cast, row, title="")

    assert PaperPart.objects.get(paper=row, number=0).state == "waiting"
    assert not Need.objects.exists()


def test_a_part_left_out_can_still_be_entered(cast: Cast) -> None:
    row = read(cast)
    skip_part(actor=cast.personnel_officer, paper_id=row.pk, number=0, now=NOW)

    need = enter(cast, row)

    assert PaperPart.objects.get(paper=row, number=0).listing_id == need.pk


def test_the_same_text_is_one_paper_and_another_kind_reads_it_anew(cast: Cast) -> None:
    first = read(cast)

    assert read(cast, TWO_POSTS + "\n\n") == first
    with pytest.raises(ChanjiaoError) as refused:
        read(cast, kind=PaperKind.COURSE_OUTLINE)

    assert refused.value.code == "paper.nothing"
    assert Paper.objects.get() == first


def test_a_policy_notice_is_kept_with_its_facts_and_makes_no_listing(cast: Cast) -> None:
    view = paper(cast.personnel_officer, read(cast, POLICY).pk)

    told = {fact.field: fact.value for fact in view.reading.whole(0).facts}
    assert (view.kind, view.parts) == ("policy_notice", ())
    assert (told["number"], told["condition"]) == ("青人社发〔2026〕3号", "签订合同")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "text.empty"),
        ("各位同事：周五开会。", "paper.nothing"),
        ("x" * (TEXT_LIMIT + 1), "paper.too_long"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "text.not_text"),
        (b"%PDF-1.4\n%%EOF", "text.not_text"),
        ("成立大会上为青川市域产教联合体揭牌，方砚秋主持会议并出席，理事长致辞。", "paper.story"),
        ("岗" * (4 * 1024 * 1024), "text.too_large"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_word_and_stores_nothing(
    cast: Cast, text: str | bytes, code: str
) -> None:
    with pytest.raises(ChanjiaoError) as refused:
        read(cast, text)

    assert refused.value.code == code
    assert not Paper.objects.exists()


def test_papers_are_read_by_who_acts_for_an_organisation_and_seen_by_no_other(cast: Cast) -> None:
    for actor in (cast.nobody, cast.student, cast.stranger):
        with pytest.raises(ChanjiaoError) as refused:
            read(cast, actor=actor)
        assert refused.value.code == "action.denied"
    row = read(cast)

    with pytest.raises(ChanjiaoError) as hidden:
        paper(cast.dean, row.pk)
    with pytest.raises(ChanjiaoError) as foreign:
        enter(cast, row, actor=cast.dean)

    assert (hidden.value.code, foreign.value.code) == ("record.not_found", "record.not_found")
    assert not Need.objects.exists()


def test_a_deed_is_recorded(cast: Cast) -> None:
    row = read(cast)
    enter(cast, row)

    actions = list(AuditRecord.objects.order_by("id").values_list("action", flat=True))
    assert actions == ["read_document", "post_listing", "settle_part"]


@pytest.mark.parametrize(
    ("told", "day"),
    [("2026-12-31", date(2026, 12, 31)), ("--10-01", date(2027, 10, 1)), ("2020-01-01", None), ("--02-30", None)],
)
def test_a_deadline_is_a_day_to_come(told: str, day: date | None) -> None:
    assert expiry(told, TODAY) == day
