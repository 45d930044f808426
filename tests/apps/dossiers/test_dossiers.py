"""Dossiers: from a draft over evidence, opinions and the vote to the effect a year later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from chanjiao.apps.dossiers import selectors
from chanjiao.apps.dossiers.actions.ask_opinions import ask_opinions
from chanjiao.apps.dossiers.actions.carry_out_change import carry_out_change
from chanjiao.apps.dossiers.actions.cite_evidence import attach_file, cite_rows, remove_evidence
from chanjiao.apps.dossiers.actions.complete_dossier import complete_dossier
from chanjiao.apps.dossiers.actions.decide_dossier import decide_dossier
from chanjiao.apps.dossiers.actions.edit_dossier import edit_dossier
from chanjiao.apps.dossiers.actions.give_opinion import give_opinion
from chanjiao.apps.dossiers.actions.measure_effect import measure_effect
from chanjiao.apps.dossiers.actions.put_to_vote import put_to_vote
from chanjiao.apps.dossiers.actions.return_dossier import return_dossier
from chanjiao.apps.dossiers.actions.start_dossier import start_dossier
from chanjiao.apps.dossiers.actions.withdraw_dossier import withdraw_dossier
from chanjiao.apps.dossiers.commitments import opinions_to_give, to_carry_out, to_lead_on
from chanjiao.apps.dossiers.facts import ChangeFacts
from chanjiao.apps.dossiers.models import Dossier, Evidence, Opinion
from chanjiao.apps.notices.models import Notice
from chanjiao.apps.plans.models import IntakePlan, PlannedChange, PlanScenario
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.models import AuditRecord, Event
from chanjiao.core.permissions import Actor
from tests.apps.dossiers import samples
from tests.apps.exchange.samples import need
from tests.cast import NOW, TODAY, Cast, organisation

YEAR_LATER = NOW + timedelta(days=366)


def test_a_dossier_goes_from_a_draft_to_the_effect_a_year_later(cast: Cast) -> None:
    dossier = samples.carried_out(cast)
    point = dossier.point
    assert point is not None
    point.intake = 160
    point.save()

    with pytest.raises(ChanjiaoError) as early:
        measure_effect(actor=cast.dean, pk=dossier.pk, version=dossier.version, effect="reached", words="降", now=NOW)
    measured = measure_effect(
        actor=cast.dean, pk=dossier.pk, version=dossier.version, effect="partly", words="富余由 62 人降到 25 人",
        now=YEAR_LATER,
    )  # fmt: skip

    assert early.value.code == "dossier.too_early"
    assert (measured.number, measured.state, measured.effect) == ("D-2026-0001", "measured", "partly")
    figures = selectors.dossier(cast.dean, dossier.pk).evidence
    assert [(one.measure, one.amount, one.amount_after) for one in figures] == [
        ("intake", 200, 160), ("enrolled", 603, 603),
    ]  # fmt: skip
    assert list(Event.objects.filter(object_id=dossier.pk, name__startswith="dossier.").values_list(
        "name", "organisation_name", "amount", "unit").order_by("id")) == [
        ("dossier.completed", "青浦川职业技术学院", 1, "份"),
        ("dossier.opinions_asked", "青浦川职业技术学院", 3, "家"),
        ("dossier.opinion_given", "青浦川职业技术学院", 1, "份"),
        ("dossier.opinion_given", "青浦川市人力资源和社会保障局", 1, "份"),
        ("dossier.ready", "青浦川职业技术学院", 1, "份"),
        ("dossier.approved", "青浦川职业技术学院", -40, "人"),
        ("dossier.carried_out", "青浦川职业技术学院", -40, "人"),
        ("dossier.measured", "青浦川职业技术学院", 1, "项"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({"case": " \x00"}, [("listing.required", "case")]),
        ({"case": "长" * 4001}, [("listing.too_long", "case")]),
        ({"seats_planned": 240}, [("dossier.seats_not_down", "seats_planned")]),
        ({"seats_planned": None, "from_year": 1999}, [
            ("listing.out_of_bounds", "from_year"), ("listing.required", "seats_planned")]),
        ({"point_id": 999_999}, [("listing.required", "point"), ("dossier.seats_not_down", "seats_planned")]),
        ({"change": "merge", "seats_planned": 0, "into_code": "999999"}, [("programme.unknown_code", "into_code")]),
        ({"change": "transfer", "seats_planned": 0}, [("listing.required", "partner")]),
        ({"change": "reorient"}, [("listing.required", "chain")]),
        ({"change": "open", "level": "associate", "code": "660103"}, [("programme.unknown_code", "code")]),
        ({"change": "open", "level": "associate", "code": "530302"}, [("programme.exists", "code")]),
    ],
)  # fmt: skip
def test_wrong_facts_are_refused_at_their_fields(
    cast: Cast, changes: dict[str, object], faults: list[tuple[str, str]]
) -> None:
    told = samples.facts(samples.point(cast), **changes)

    with pytest.raises(Rejected) as refused:
        samples.drafted(cast, told)

    assert [(one.code, one.field) for one in refused.value.errors] == faults
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("person", "code"),
    [("personnel_officer", "record.not_found"), ("secretary", "record.not_found"), ("student", "record.not_found")],
)
def test_only_staff_of_the_college_start_a_dossier(cast: Cast, person: str, code: str) -> None:
    told = samples.facts(samples.point(cast))

    with pytest.raises(ChanjiaoError) as refused:
        start_dossier(
            actor=cast.people[person], college_id=cast.college.pk, consortium_id=cast.consortium.pk, facts=told, now=NOW
        )

    assert refused.value.code == code
    assert not Dossier.objects.exists()


def test_one_dossier_at_a_time_is_pending_on_a_programme_point(cast: Cast) -> None:
    first = samples.drafted(cast)
    told = samples.facts(first.point)  # type: ignore[arg-type]

    with pytest.raises(ChanjiaoError) as refused:
        samples.drafted(cast, told)
    withdraw_dossier(actor=cast.dean, pk=first.pk, version=first.version, note="先做调研", now=NOW)
    second = samples.drafted(cast, told)

    assert refused.value.code == "dossier.pending"
    assert (second.number, Dossier.objects.count()) == ("D-2026-0002", 2)


def test_evidence_is_cited_as_it_reads_on_the_day_and_never_typed(cast: Cast) -> None:
    asking = need(cast, programme_code="530302", title="成本会计", quantity=3)
    dossier = samples.drafted(cast)
    keys = [one.key for one in selectors.candidates_for(cast.teacher, dossier.pk)]

    cite_rows(actor=cast.teacher, pk=dossier.pk, keys=[*keys, keys[0]], now=NOW)
    cite_rows(actor=cast.teacher, pk=dossier.pk, keys=keys[:1], now=NOW)
    asking.title = "改了名"
    asking.save()

    cited = selectors.dossier(cast.dean, dossier.pk).evidence
    told = {(one.kind, one.measure): (one.title, one.amount) for one in cited}
    assert told[("figure", "intake")] == ("530302", 200)
    assert told[("figure", "places")] == ("530302", 3)
    assert told[("need", "")] == ("成本会计", 3)
    assert selectors.candidates_for(cast.teacher, dossier.pk) == []
    with pytest.raises(ChanjiaoError) as refused:
        cite_rows(actor=cast.dean, pk=dossier.pk, keys=["figure:programmes.programmepoint:1:wealth"], now=NOW)
    assert refused.value.code == "record.not_found"


def test_the_latest_plan_of_a_scenario_is_evidence(cast: Cast) -> None:
    dossier = samples.drafted(cast)
    scenario = PlanScenario.objects.create(
        consortium=cast.consortium, title="需求上限方案", created_by="秘书", created_at=NOW
    )
    for planned in (150, 120):
        plan = IntakePlan.objects.create(
            scenario=scenario, engine="planning", engine_version="1", method="prices", problem_hash="0" * 64,
            objective=1, bound=1, checked=1, files=b"", seconds=1, made_at=NOW,
        )  # fmt: skip
        PlannedChange.objects.create(
            plan=plan, college=cast.college, point=dossier.point, code="530302", direction="fewer", before=200,
            planned=planned, saving=1,
        )  # fmt: skip

    offered = [one for one in selectors.candidates_for(cast.teacher, dossier.pk) if one.kind == "plan"]

    assert [(one.title, one.amount, one.source) for one in offered] == [("需求上限方案", 120, "200 → 120")]


def test_a_file_is_evidence_and_can_be_taken_out_while_the_dossier_is_a_draft(cast: Cast) -> None:
    dossier = samples.drafted(cast)

    made = attach_file(
        actor=cast.teacher, pk=dossier.pk, title="", chunks=[b"%PDF-1.7"], file_name="调研报告.pdf", now=NOW
    )
    with pytest.raises(ChanjiaoError) as forged:
        attach_file(actor=cast.teacher, pk=dossier.pk, title="", chunks=[b"MZ"], file_name="报告.pdf", now=NOW)
    told = selectors.evidence_file(cast.teacher, dossier.pk, made.number)
    remove_evidence(actor=cast.teacher, pk=dossier.pk, number=made.number, now=NOW)

    assert (told.file_name, told.size, forged.value.code) == ("调研报告.pdf", 8, "file.forged")
    assert not Evidence.objects.exists()
    assert AuditRecord.objects.filter(action="remove_evidence").count() == 1


def test_a_dossier_is_complete_only_with_all_that_the_book_asks_for(cast: Cast) -> None:
    dossier = samples.drafted(cast)
    cite_rows(actor=cast.dean, pk=dossier.pk, keys=samples.figure_keys(dossier)[:1], now=NOW)

    with pytest.raises(Rejected) as refused:
        complete_dossier(actor=cast.dean, pk=dossier.pk, version=dossier.version, now=NOW)
    with pytest.raises(ChanjiaoError) as denied:
        complete_dossier(actor=cast.teacher, pk=dossier.pk, version=dossier.version, now=NOW)

    assert [(one.code, one.params["count"]) for one in refused.value.errors] == [("dossier.lacking", 1)]
    assert [check.lacks for check in selectors.dossier(cast.dean, dossier.pk).checks] == [1]
    assert denied.value.code == "action.denied"
    dossier.refresh_from_db()
    assert (dossier.state, dossier.completed_at) == ("draft", None)


def test_a_dossier_opens_to_its_college_then_to_the_consortium_then_to_who_is_asked(cast: Cast) -> None:
    def seen_by() -> set[str]:
        return {name for name, actor in cast.people.items() if list(selectors.dossiers(actor))}

    dossier = samples.drafted(cast)
    at_first = seen_by()
    cite_rows(actor=cast.dean, pk=dossier.pk, keys=samples.figure_keys(dossier), now=NOW)
    complete_dossier(actor=cast.dean, pk=dossier.pk, version=dossier.version, now=NOW)
    once_complete = seen_by()
    ask_opinions(
        actor=cast.secretary, pk=dossier.pk, version=dossier.version + 1, organisations=[cast.enterprise.pk],
        due_on=TODAY, now=NOW,
    )  # fmt: skip

    assert at_first == {"dean", "teacher", "administrator"}
    assert once_complete == {"dean", "teacher", "administrator", "secretary", "bureau_officer"}
    assert seen_by() == {*once_complete, "personnel_officer"}
    with pytest.raises(ChanjiaoError) as hidden:
        selectors.dossier(cast.stranger, dossier.pk)
    assert hidden.value.code == "record.not_found"


def test_opinions_are_asked_of_members_alone_and_the_college_is_always_asked(cast: Cast) -> None:
    dossier = samples.complete(cast)

    for organisations, due_on, code in (
        ([cast.outsider.pk], TODAY, "record.not_found"),
        ([], TODAY - timedelta(days=1), "listing.past"),
        ([], None, "listing.required"),
    ):
        with pytest.raises(ChanjiaoError) as refused:
            ask_opinions(
                actor=cast.secretary, pk=dossier.pk, version=dossier.version, organisations=organisations,
                due_on=due_on, now=NOW,
            )  # fmt: skip
        first = refused.value.errors[0] if isinstance(refused.value, Rejected) else refused.value
        assert first.code == code
    assert not Opinion.objects.exists()
    assert [row.id for row, _ in to_lead_on(cast.secretary, NOW)] == [dossier.pk]
    ask_opinions(
        actor=cast.secretary, pk=dossier.pk, version=dossier.version, organisations=[cast.bureau.pk], due_on=TODAY,
        now=NOW,
    )  # fmt: skip

    told = selectors.dossier(cast.secretary, dossier.pk)
    assert [(one.side, one.organisation) for one in told.opinions] == [
        ("college", "青浦川职业技术学院"), ("committee", "青浦川市人力资源和社会保障局"),
    ]  # fmt: skip
    assert told.opinions_owed == {"college": 1, "committee": 1}
    assert Notice.objects.filter(kind="dossier.asked").count() == 2
    assert Notice.objects.get(kind="dossier.completed").settled_at == NOW


def test_who_is_asked_answers_once_and_who_is_against_says_why(cast: Cast) -> None:
    dossier = samples.asked(cast)
    waiting = [row.id for row, _ in opinions_to_give(cast.personnel_officer, NOW)]

    for verdict, words, code in (("against", "", "listing.required"), ("perhaps", "也许", "listing.required")):
        with pytest.raises(Rejected) as refused:
            give_opinion(actor=cast.personnel_officer, pk=dossier.pk, verdict=verdict, words=words, now=NOW)
        assert [one.code for one in refused.value.errors] == [code]
    given = give_opinion(
        actor=cast.personnel_officer, pk=dossier.pk, verdict="against", words="明年两条线要人", now=NOW
    )
    with pytest.raises(ChanjiaoError) as again:
        give_opinion(actor=cast.personnel_officer, pk=dossier.pk, verdict="for", words="", now=NOW)

    assert waiting == [dossier.pk]
    assert (given.side, given.given_by, again.value.code) == ("firms", "罗佩瑶", "action.denied")
    assert opinions_to_give(cast.personnel_officer, NOW) == []


def test_a_dossier_waits_for_the_vote_until_every_side_has_spoken(cast: Cast) -> None:
    dossier = samples.asked(cast)
    give_opinion(actor=cast.dean, pk=dossier.pk, verdict="for", words="", now=NOW)

    with pytest.raises(Rejected) as refused:
        put_to_vote(actor=cast.secretary, pk=dossier.pk, version=dossier.version, now=NOW)
    give_opinion(actor=cast.bureau_officer, pk=dossier.pk, verdict="conditions", words="保留一个班", now=NOW)
    put = put_to_vote(actor=cast.secretary, pk=dossier.pk, version=dossier.version, now=NOW)

    assert [one.code for one in refused.value.errors] == ["dossier.opinions_missing"]
    assert (put.state, put.ready_at) == ("ready", NOW)
    # The enterprise was asked beyond the rule and has not answered: it is no longer awaited.
    assert [one.organisation for one in selectors.dossier(cast.dean, put.pk).opinions] == [
        "青浦川职业技术学院", "青浦川市人力资源和社会保障局",
    ]  # fmt: skip
    assert not Notice.objects.filter(kind="dossier.asked", settled_at=None).exists()


def test_a_dossier_that_comes_back_starts_anew_with_its_opinions_kept_in_the_record(cast: Cast) -> None:
    dossier = samples.ready(cast)

    with pytest.raises(Rejected) as unsaid:
        return_dossier(actor=cast.secretary, pk=dossier.pk, version=dossier.version, reason="bad", note="", now=NOW)
    back = return_dossier(
        actor=cast.secretary, pk=dossier.pk, version=dossier.version, reason="students", note="补在校生安排", now=NOW
    )

    assert [(one.code, one.field) for one in unsaid.value.errors] == [
        ("listing.required", "reason"), ("listing.required", "note"),
    ]  # fmt: skip
    assert (back.state, back.reason, back.ready_at) == ("draft", "students", None)
    assert not Opinion.objects.exists()
    assert AuditRecord.objects.filter(action="return_dossier", object_type="dossiers.opinion").count() == 2
    again = complete_dossier(actor=cast.dean, pk=back.pk, version=back.version, now=NOW)
    assert (again.state, again.reason, again.note) == ("complete", "", "")


def test_a_refusal_bears_a_coded_reason_and_ends_the_matter(cast: Cast) -> None:
    dossier = samples.ready(cast)

    def decide(**told: object) -> Dossier:
        common = {"decision": "refused", "decided_on": TODAY, "resolution": "理事会纪要第5次"} | told
        return decide_dossier(
            actor=cast.secretary,
            pk=dossier.pk,
            version=dossier.version,
            now=NOW,
            **common,  # type: ignore[arg-type]
        )

    for told, code in (
        ({}, "listing.required"),
        ({"decided_on": TODAY + timedelta(days=1), "reason": "demand", "note": "无"}, "dossier.ahead"),
        ({"decision": "maybe"}, "listing.required"),
    ):
        with pytest.raises(Rejected) as refused:
            decide(**told)
        assert code in [one.code for one in refused.value.errors]
    decided = decide(reason="demand", note="两年数据不足以说明趋势")
    with pytest.raises(ChanjiaoError) as over:
        carry_out_change(
            actor=cast.dean, pk=decided.pk, version=decided.version, carried_out_on=TODAY, seats_done=160, now=NOW
        )

    assert (decided.decision, decided.reason) == ("refused", "demand")
    assert over.value.code == "state.refused"
    told_of = set(Notice.objects.filter(kind="dossier.decided").values_list("organisation_id", flat=True))
    assert told_of == {cast.college.pk, cast.bureau.pk}
    assert to_carry_out(cast.dean, NOW) == []


def test_an_approved_change_is_carried_out_between_the_decision_and_today(cast: Cast) -> None:
    dossier = samples.decided(cast)
    waiting = [row.id for row, _ in to_carry_out(cast.dean, NOW)]

    with pytest.raises(Rejected) as refused:
        carry_out_change(
            actor=cast.dean, pk=dossier.pk, version=dossier.version, carried_out_on=TODAY - timedelta(days=1),
            seats_done=-1, now=NOW,
        )  # fmt: skip

    assert waiting == [dossier.pk]
    assert [one.code for one in refused.value.errors] == ["contract.outside", "listing.out_of_bounds"]
    dossier.refresh_from_db()
    assert dossier.state == "decided"


@pytest.mark.parametrize(
    ("deed", "person", "code"),
    [
        (lambda cast, one, actor: edit_dossier(
            actor=actor, pk=one.pk, version=2, facts=samples.facts(one.point), now=NOW), "dean", "state.refused"),
        (lambda cast, one, actor: cite_rows(actor=actor, pk=one.pk, keys=[], now=NOW), "secretary", "action.denied"),
        (lambda cast, one, actor: put_to_vote(
            actor=actor, pk=one.pk, version=one.version, now=NOW), "secretary", "state.refused"),
        (lambda cast, one, actor: put_to_vote(
            actor=actor, pk=one.pk, version=one.version, now=NOW), "bureau_officer", "action.denied"),
        (lambda cast, one, actor: withdraw_dossier(
            actor=actor, pk=one.pk, version=one.version, note="x", now=NOW), "teacher", "action.denied"),
        (lambda cast, one, actor: withdraw_dossier(
            actor=actor, pk=one.pk, version=one.version + 1, note="x", now=NOW), "dean", "record.stale"),
        (lambda cast, one, actor: return_dossier(
            actor=actor, pk=one.pk, version=2, reason="staff", note="x", now=NOW), "stranger", "record.not_found"),
    ],
)  # fmt: skip
def test_a_deed_of_somebody_else_or_of_another_state_changes_nothing(
    cast: Cast, deed: Callable[[Cast, Dossier, Actor], object], person: str, code: str
) -> None:
    dossier = samples.complete(cast)

    with pytest.raises(ChanjiaoError) as refused:
        deed(cast, dossier, cast.people[person])

    assert refused.value.code == code
    dossier.refresh_from_db()
    assert (dossier.state, dossier.version) == ("complete", 2)


def test_a_new_programme_and_a_transfer_ask_for_what_they_need(cast: Cast) -> None:
    other = organisation("远山职业学院", "school_vocational")
    year = timezone.localdate().year + 1
    opened = samples.drafted(
        cast,
        ChangeFacts("open", level="associate", code="460305", seats_planned=40, from_year=year, case="缺机器人操作工"),
    )
    moved = samples.drafted(
        cast, samples.facts(samples.point(cast), change="transfer", partner_id=other.pk, seats_planned=0)
    )
    edited = edit_dossier(
        actor=cast.teacher, pk=moved.pk, version=1, now=NOW,
        facts=replace(samples.facts(moved.point), change="close", seats_planned=0),  # type: ignore[arg-type]
    )  # fmt: skip

    assert (opened.point_id, opened.code, opened.seats_now, opened.seats_planned) == (None, "460305", 0, 40)
    assert [check.lacks for check in selectors.dossier(cast.dean, opened.pk).checks] == [2, 1, 1]
    assert (moved.partner_id, edited.change, edited.partner_id) == (other.pk, "close", None)
