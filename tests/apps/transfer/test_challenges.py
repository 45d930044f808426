"""Challenges: from a technical problem over answers and the choice to a contract and its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from chanjiao.apps.cooperation.contents import content_of
from chanjiao.apps.cooperation.models import VersionState
from chanjiao.apps.notices.models import Notice
from chanjiao.apps.transfer import selectors
from chanjiao.apps.transfer.actions.answer_challenge import answer_challenge, take_back_answer
from chanjiao.apps.transfer.actions.choose_answer import choose_answer
from chanjiao.apps.transfer.actions.close_challenge import accept_work, fail_challenge, withdraw_challenge
from chanjiao.apps.transfer.actions.draft_challenge import draft_challenge, edit_challenge
from chanjiao.apps.transfer.actions.publish_challenge import publish_challenge
from chanjiao.apps.transfer.models import Challenge, ChallengeAnswer
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.models import Event
from tests.apps.transfer import samples
from tests.cast import NOW, TODAY, Cast


def stage(cast: Cast, challenge: Challenge) -> str:
    return selectors.challenge(cast.administrator, challenge.pk).row.stage


def test_a_technical_problem_becomes_a_challenge_that_everybody_sees_once_published(cast: Cast) -> None:
    draft = samples.drafted(cast)

    with pytest.raises(ChanjiaoError) as hidden:
        selectors.challenge(cast.nobody, draft.pk)
    publish_challenge(actor=cast.personnel_officer, pk=draft.pk, version=draft.version, now=NOW)
    seen = selectors.challenge(cast.nobody, draft.pk)

    assert hidden.value.code == "record.not_found"
    assert (seen.row.number, seen.row.stage, seen.row.bounty) == ("C-2026-0001", "published", Decimal("200000"))
    event = Event.objects.get(name="challenge.published")
    assert (event.organisation_id, event.amount, event.unit) == (cast.enterprise.pk, Decimal("200000"), "元")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"bounty": Decimal(0)}, "listing.out_of_bounds", "bounty"),
        ({"bounty": Decimal("NaN")}, "listing.out_of_bounds", "bounty"),
        ({"bounty": Decimal("0.001")}, "listing.cents", "bounty"),
        ({"criteria": " \x00"}, "listing.required", "criteria"),
        ({"criteria": "长" * 2001}, "listing.too_long", "criteria"),
        ({"answers_until": TODAY - timedelta(days=1)}, "listing.past", "answers_until"),
        ({"answers_until": TODAY + timedelta(days=400)}, "challenge.too_far", "answers_until"),
        ({"answers_until": None}, "listing.required", "answers_until"),
    ],
)
def test_wrong_terms_are_refused_at_their_field(cast: Cast, changes: dict[str, object], code: str, field: str) -> None:
    terms = replace(samples.TERMS, **changes)  # type: ignore[arg-type]

    with pytest.raises(Rejected) as refused:
        samples.drafted(cast, terms)

    assert [(one.code, one.field) for one in refused.value.errors] == [(code, field)]
    assert not Challenge.objects.exists()


@pytest.mark.parametrize(
    ("person", "code"),
    [("stranger", "record.not_found"), ("dean", "record.not_found"), ("secretary", "record.not_found")],
)
def test_only_the_owner_puts_its_problem_out(cast: Cast, person: str, code: str) -> None:
    need = samples.problem(cast)

    with pytest.raises(ChanjiaoError) as refused:
        draft_challenge(actor=cast.people[person], need_id=need.pk, terms=samples.TERMS, now=NOW)

    assert refused.value.code == code
    assert not Challenge.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"state": "draft"}, "challenge.needs_problem"), ({"kind": "training"}, "record.not_found")],
)
def test_only_an_open_technical_problem_becomes_a_challenge(cast: Cast, changes: dict[str, str], code: str) -> None:
    need = samples.problem(cast, **changes)

    with pytest.raises(ChanjiaoError) as refused:
        draft_challenge(actor=cast.personnel_officer, need_id=need.pk, terms=samples.TERMS, now=NOW)

    assert refused.value.code == code
    assert not Challenge.objects.exists()


def test_a_problem_has_one_challenge_at_a_time(cast: Cast) -> None:
    first = samples.drafted(cast)

    with pytest.raises(ChanjiaoError) as refused:
        draft_challenge(actor=cast.personnel_officer, need_id=first.need_id, terms=samples.TERMS, now=NOW)
    withdraw_challenge(actor=cast.personnel_officer, pk=first.pk, version=1, note="改为自研", now=NOW)
    second = draft_challenge(actor=cast.personnel_officer, need_id=first.need_id, terms=samples.TERMS, now=NOW)

    assert refused.value.code == "challenge.alive"
    assert (second.number, Challenge.objects.count()) == ("C-2026-0002", 2)


def test_what_is_published_keeps_its_terms(cast: Cast) -> None:
    challenge = samples.published(cast)
    terms = replace(samples.TERMS, bounty=Decimal(1))

    with pytest.raises(ChanjiaoError) as refused:
        edit_challenge(actor=cast.personnel_officer, pk=challenge.pk, version=2, terms=terms, now=NOW)

    assert refused.value.code == "state.refused"
    challenge.refresh_from_db()
    assert challenge.bounty == Decimal("200000")


def test_an_answer_is_for_its_two_sides_and_the_secretariat(cast: Cast) -> None:
    challenge = samples.published(cast)
    samples.answered(cast.dean, challenge)
    rival = samples.rival(cast)

    seen = {name: selectors.challenge(actor, challenge.pk) for name, actor in cast.people.items()}
    of_rival = selectors.challenge(rival, challenge.pk)

    open_to = {"dean", "teacher", "personnel_officer", "secretary", "administrator"}
    assert {name for name, view in seen.items() if view.answers} == open_to
    assert of_rival.answers == ()
    assert of_rival.row.answers is None
    assert seen["personnel_officer"].row.answers == 1
    assert list(selectors.history(rival, challenge.pk).values_list("name", flat=True)) == ["challenge.published"]


def test_an_answer_tells_the_owner_and_counts_as_one(cast: Cast) -> None:
    challenge = samples.published(cast)

    samples.answered(cast.dean, challenge)

    event = Event.objects.get(name="challenge.answered")
    assert (event.organisation_id, event.amount, event.unit) == (cast.college.pk, Decimal(1), "份")
    assert Notice.objects.get(kind="challenge.answered").organisation_id == cast.enterprise.pk
    assert stage(cast, challenge) == "answered"


@pytest.mark.parametrize(
    ("person", "code"),
    [
        ("stranger", "action.denied"),
        ("teacher", "action.denied"),
        ("student", "action.denied"),
        ("personnel_officer", "action.denied"),
        ("nobody", "action.denied"),
    ],
)
def test_only_who_acts_for_another_member_answers(cast: Cast, person: str, code: str) -> None:
    challenge = samples.published(cast)

    with pytest.raises(ChanjiaoError) as refused:
        samples.answered(cast.people[person], challenge)

    assert refused.value.code == code
    assert not ChallengeAnswer.objects.exists()


def test_after_the_last_day_nobody_answers(cast: Cast) -> None:
    challenge = samples.published(cast)

    with pytest.raises(ChanjiaoError) as refused:
        samples.answered(cast.dean, challenge, now=NOW + timedelta(days=31))

    assert refused.value.code == "challenge.over"
    assert not ChallengeAnswer.objects.exists()


def test_an_organisation_answers_once_until_it_takes_the_answer_back(cast: Cast) -> None:
    challenge = samples.published(cast)
    samples.answered(cast.dean, challenge)

    with pytest.raises(ChanjiaoError) as refused:
        samples.answered(cast.dean, challenge, samples.CHEAPER)
    take_back_answer(actor=cast.dean, pk=challenge.pk, now=NOW)
    samples.answered(cast.dean, challenge, samples.CHEAPER)

    assert refused.value.code == "challenge.answered"
    states = list(ChallengeAnswer.objects.order_by("pk").values_list("state", "price"))
    assert states == [("withdrawn", Decimal("180000")), ("submitted", Decimal("90000"))]


def test_a_wrong_answer_is_refused_at_every_field(cast: Cast) -> None:
    challenge = samples.published(cast)
    wrong = replace(samples.PROPOSAL, approach=" ", price=Decimal("-1"), months=0, team="")

    with pytest.raises(Rejected) as refused:
        answer_challenge(actor=cast.dean, pk=challenge.pk, proposal=wrong, now=NOW)

    assert {one.field for one in refused.value.errors} == {"approach", "price", "months", "team"}
    assert not ChallengeAnswer.objects.exists()


def test_a_choice_gives_every_other_a_reason(cast: Cast) -> None:
    challenge, rival = samples.published(cast), samples.rival(cast)
    best, other = samples.answered(cast.dean, challenge), samples.answered(rival, challenge, samples.CHEAPER)
    told = {"actor": cast.personnel_officer, "pk": challenge.pk, "version": challenge.version, "now": NOW}

    with pytest.raises(Rejected) as silent:
        choose_answer(answer_id=best.pk, reasons={}, **told)  # type: ignore[arg-type]
    before = stage(cast, challenge)
    choose_answer(answer_id=best.pk, reasons={other.pk: "approach"}, **told)  # type: ignore[arg-type]

    assert [(one.code, one.field) for one in silent.value.errors] == [
        ("challenge.reason_missing", f"reason_{other.pk}")
    ]
    assert (before, stage(cast, challenge)) == ("answered", "chosen")
    assert selectors.challenge(rival, challenge.pk).answers[0].reason == "approach"
    assert set(Notice.objects.filter(kind__startswith="challenge.").values_list("kind", "organisation_id")) == {
        ("challenge.answered", cast.enterprise.pk),
        ("challenge.chosen", cast.college.pk),
        ("challenge.not_chosen", rival.organisation_id),
    }


def test_of_two_who_choose_from_the_same_page_one_is_told(cast: Cast) -> None:
    challenge, rival = samples.published(cast), samples.rival(cast)
    best, other = samples.answered(cast.dean, challenge), samples.answered(rival, challenge, samples.CHEAPER)
    told = {"actor": cast.personnel_officer, "pk": challenge.pk, "version": challenge.version, "now": NOW}
    choose_answer(answer_id=best.pk, reasons={other.pk: "price"}, **told)  # type: ignore[arg-type]

    with pytest.raises(ChanjiaoError) as refused:
        choose_answer(answer_id=other.pk, reasons={best.pk: "price"}, **told)  # type: ignore[arg-type]

    assert refused.value.code == "state.refused"
    assert list(ChallengeAnswer.objects.filter(state="chosen").values_list("pk", flat=True)) == [best.pk]


def test_only_the_owner_chooses(cast: Cast) -> None:
    challenge = samples.published(cast)
    answer = samples.answered(cast.dean, challenge)

    for actor in (cast.dean, cast.secretary, cast.stranger):
        with pytest.raises(ChanjiaoError) as refused:
            choose_answer(
                actor=actor, pk=challenge.pk, version=challenge.version, answer_id=answer.pk, reasons={}, now=NOW
            )
        assert refused.value.code == "action.denied"

    assert stage(cast, challenge) == "answered"


def test_the_contract_is_filled_in_from_challenge_and_answer(cast: Cast) -> None:
    challenge = samples.chosen(cast)

    agreement = samples.contract(cast, challenge)

    told = content_of(agreement.versions.get(state=VersionState.DRAFT))
    assert (agreement.kind, agreement.state) == ("transfer_development", "draft")
    assert (told.title, told.amount) == ("数控机床主轴热变形补偿 · 技术开发合同", Decimal("180000"))
    assert (told.starts_on, told.ends_on) == (TODAY, date(2027, 6, 12))
    assert dict(told.fields)["target"] == "热变形误差不超过 8 微米 连续运行 72 小时"
    assert [one.organisation_id for one in told.parties] == [cast.college.pk, cast.enterprise.pk]


def test_a_contract_is_drafted_once_at_a_time(cast: Cast) -> None:
    challenge = samples.chosen(cast)
    samples.contract(cast, challenge)
    challenge.refresh_from_db()

    with pytest.raises(ChanjiaoError) as refused:
        samples.contract(cast, challenge)

    assert refused.value.code == "state.refused"


def test_a_signed_contract_makes_the_challenge_contracted_and_its_work_can_be_accepted(cast: Cast) -> None:
    challenge = samples.in_force(cast)
    told = {"actor": cast.personnel_officer, "pk": challenge.pk, "version": challenge.version, "now": NOW}

    before = stage(cast, challenge)
    with pytest.raises(Rejected) as ahead:
        accept_work(accepted_on=TODAY + timedelta(days=1), note="", **told)  # type: ignore[arg-type]
    accept_work(accepted_on=TODAY, note="指标全部达到", **told)  # type: ignore[arg-type]

    assert before == "contracted"
    assert [one.code for one in ahead.value.errors] == ["contract.outside"]
    assert stage(cast, challenge) == "accepted"
    assert Event.objects.get(name="challenge.accepted").organisation_id == cast.college.pk


def test_a_challenge_without_result_leaves_nobody_in_silence(cast: Cast) -> None:
    challenge = samples.published(cast)
    samples.answered(cast.dean, challenge)
    told = {"actor": cast.personnel_officer, "pk": challenge.pk, "version": challenge.version, "now": NOW}

    with pytest.raises(Rejected) as silent:
        fail_challenge(note=" ", **told)  # type: ignore[arg-type]
    fail_challenge(note="方案均未达到指标", **told)  # type: ignore[arg-type]

    assert [one.field for one in silent.value.errors] == ["note"]
    assert ChallengeAnswer.objects.get().reason == "ended"
    assert Notice.objects.get(kind="challenge.closed").organisation_id == cast.college.pk


def test_the_list_narrows_by_stage_and_words(cast: Cast) -> None:
    challenge = samples.published(cast)
    samples.answered(cast.dean, challenge)

    found = selectors.challenges(cast.nobody, selectors.Filters(stage="answered", text="热变形"))
    other = selectors.challenges(cast.nobody, selectors.Filters(stage="chosen"))
    ours = selectors.challenges(cast.dean, selectors.Filters(ours=True, sort="-bounty"))

    assert [row.number for row in found] == ["C-2026-0001"]
    assert (len(other), len(ours)) == (0, 1)
    assert selectors.stage_counts(cast.nobody)["answered"] == 1
