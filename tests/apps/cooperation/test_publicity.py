"""A price set by agreement is made known to everybody for fifteen days before the contract comes into force."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from chanjiao.apps.cooperation.actions.amend_agreement import amend_agreement
from chanjiao.apps.cooperation.actions.decline_agreement import decline_agreement
from chanjiao.apps.cooperation.actions.object_to_price import answer_objection, object_to_price
from chanjiao.apps.cooperation.actions.pass_publicity import pass_publicities
from chanjiao.apps.cooperation.actions.propose_agreement import propose_agreement
from chanjiao.apps.cooperation.actions.publicise_price import publicise_price, stop_publicity
from chanjiao.apps.cooperation.models import Agreement, Publicity
from chanjiao.apps.cooperation.publicity_rules import PublicityTerms
from chanjiao.apps.cooperation.publicity_selectors import (
    PublicityFilters,
    objections_to_answer,
    prices_to_publicise,
    publicities,
    publicity,
)
from chanjiao.apps.notices.models import Notice
from chanjiao.core.errors import ChanjiaoError, Rejected
from chanjiao.core.models import Event
from chanjiao.core.permissions import NOBODY, SYSTEM
from tests.apps.cooperation import samples as agreements
from tests.apps.transfer import samples
from tests.cast import NOW, TODAY, Cast


@pytest.fixture
def contract(cast: Cast) -> Agreement:
    """A technology contract that both have to sign, its price not publicised yet."""
    return samples.proposed(cast, samples.contract(cast, samples.chosen(cast)))


def days_later(days: int) -> datetime:
    return NOW + timedelta(days=days)


def deeds(name: str) -> list[str]:
    return list(Event.objects.filter(name__startswith=name).order_by("pk").values_list("name", flat=True))


def state_of(agreement: Agreement) -> str:
    agreement.refresh_from_db()
    return agreement.state


def test_what_all_have_signed_comes_into_force_when_the_last_day_is_past(cast: Cast, contract: Agreement) -> None:
    made = samples.publicised(cast, contract)
    agreements.sign_all(cast, contract)
    assert state_of(contract) == "proposed"

    on_last_day = pass_publicities(actor=SYSTEM, now=days_later(15))
    day_after = pass_publicities(actor=SYSTEM, now=days_later(16))
    once_more = pass_publicities(actor=SYSTEM, now=days_later(17))

    assert (on_last_day, day_after, once_more) == (0, 1, 0)
    assert state_of(contract) == "in_force"
    assert contract.in_force_at == days_later(16)
    assert publicity(NOBODY, made.pk).row.state == "passed"
    assert deeds("price.") == ["price.publicised", "price.publicity_passed"]
    assert Event.objects.filter(name="agreement.in_force").count() == 2
    told = Notice.objects.filter(kind="price.publicity_passed").values_list("organisation_id", flat=True)
    assert set(told) == {cast.college.pk, cast.enterprise.pk}


def test_what_nobody_publicised_waits_and_stands_among_what_waits_for_its_seller(
    cast: Cast, contract: Agreement
) -> None:
    agreements.sign_all(cast, contract)

    assert state_of(contract) == "proposed"
    assert prices_to_publicise(cast.dean) == [contract]
    assert prices_to_publicise(cast.personnel_officer) == []


def test_a_price_publicised_at_the_colleges_own_site_before_is_over_at_once(cast: Cast, contract: Agreement) -> None:
    samples.publicised(cast, contract, TODAY - timedelta(days=16))

    agreements.sign_all(cast, contract)

    assert state_of(contract) == "in_force"


@pytest.mark.parametrize(
    ("begins", "ends", "contact", "place", "codes"),
    [
        (0, 14, "科研处", "", ["publicity.too_short"]),
        (0, 181, "科研处", "", ["publicity.too_long"]),
        (-1, 30, "科研处", "", ["publicity.place"]),
        (-200, 0, "科研处", "网站", ["publicity.begins", "publicity.too_long"]),
        (None, None, "", "", ["listing.required", "listing.required", "listing.required"]),
        (0, 20, "科" * 201, "网" * 301, ["listing.too_long", "listing.too_long"]),
    ],
)
def test_a_publicity_too_short_too_long_or_untold_is_refused(
    cast: Cast, contract: Agreement, begins: int | None, ends: int | None, contact: str, place: str, codes: list[str]
) -> None:
    days = [None if one is None else TODAY + timedelta(days=one) for one in (begins, ends)]

    with pytest.raises(Rejected) as refused:
        publicise_price(actor=cast.dean, pk=contract.pk, told=PublicityTerms(days[0], days[1], contact, place), now=NOW)

    assert [error.code for error in refused.value.errors] == codes
    assert not Publicity.objects.exists()


def test_only_the_seller_publicises_and_only_once(cast: Cast, contract: Agreement) -> None:
    told = PublicityTerms(TODAY, TODAY + timedelta(days=15), "科研处")

    for actor, code in ((cast.personnel_officer, "action.denied"), (cast.stranger, "record.not_found")):
        with pytest.raises(ChanjiaoError) as refused:
            publicise_price(actor=actor, pk=contract.pk, told=told, now=NOW)
        assert refused.value.code == code
    samples.publicised(cast, contract)
    with pytest.raises(ChanjiaoError) as refused:
        samples.publicised(cast, contract)

    assert refused.value.code == "state.refused"
    assert Publicity.objects.count() == 1


def test_an_objection_holds_the_publicity_until_it_is_dismissed(cast: Cast, contract: Agreement) -> None:
    made = samples.publicised(cast, contract)
    agreements.sign_all(cast, contract)
    objection = object_to_price(actor=cast.stranger, pk=made.pk, reason="价格偏高", now=NOW)
    assert pass_publicities(actor=SYSTEM, now=days_later(20)) == 0
    assert [row.waiting for row in objections_to_answer(cast.dean)] == [1]

    told = {"pk": made.pk, "objection_id": objection.pk, "upheld": False, "answer": "附成本核算说明"}
    answer_objection(actor=cast.dean, now=days_later(21), **told)

    assert state_of(contract) == "in_force"
    assert publicity(cast.stranger, made.pk).objections[0].answer == "附成本核算说明"
    assert Notice.objects.filter(kind="price.objection_answered", person_id=cast.stranger.user_id).count() == 1


def test_an_objection_that_is_upheld_stops_the_publicity_and_another_may_follow(
    cast: Cast, contract: Agreement
) -> None:
    made = samples.publicised(cast, contract)
    agreements.sign_all(cast, contract)
    objection = object_to_price(actor=cast.stranger, pk=made.pk, reason="权属有争议", now=NOW)

    told = {"pk": made.pk, "objection_id": objection.pk, "upheld": True, "answer": "权属另行确认"}
    answer_objection(actor=cast.dean, now=NOW, **told)

    assert (publicity(NOBODY, made.pk).row.state, state_of(contract)) == ("stopped", "proposed")
    assert prices_to_publicise(cast.dean) == [contract]
    with pytest.raises(ChanjiaoError) as refused:
        answer_objection(actor=cast.dean, now=NOW, **told)
    assert refused.value.code == "state.refused"
    again = samples.publicised(cast, contract)
    assert again.pk != made.pk


def test_who_objects_is_read_by_who_answers_and_the_secretariat_alone(cast: Cast, contract: Agreement) -> None:
    made = samples.publicised(cast, contract)
    object_to_price(actor=cast.stranger, pk=made.pk, reason="价格偏高", now=NOW)
    object_to_price(actor=cast.dean, pk=made.pk, reason="来信反映未评估", name="来信人甲", now=NOW)

    assert [one.name for one in publicity(cast.dean, made.pk).objections] == [cast.stranger.name, "来信人甲"]
    assert len(publicity(cast.secretary, made.pk).objections) == 2
    assert [one.reason for one in publicity(cast.stranger, made.pk).objections] == ["价格偏高"]
    assert publicity(cast.personnel_officer, made.pk).objections == ()
    assert publicity(NOBODY, made.pk).objections == ()
    assert publicity(NOBODY, made.pk).row.agreement_id is None
    told = Event.objects.filter(name="price.objected")
    assert set(told.values_list("actor_name", flat=True)) == {"system"}


def test_objections_too_late_empty_twice_or_by_nobody_are_refused(cast: Cast, contract: Agreement) -> None:
    made = samples.publicised(cast, contract)
    object_to_price(actor=cast.stranger, pk=made.pk, reason="价格偏高", now=NOW)

    for actor, reason, now, code in (
        (cast.student, "晚了", days_later(16), "publicity.over"),
        (cast.stranger, "又一次", NOW, "publicity.objected"),
        (NOBODY, "匿名", NOW, "action.denied"),
        (cast.student, "", NOW, "listing.required"),
    ):
        with pytest.raises(ChanjiaoError) as refused:
            object_to_price(actor=actor, pk=made.pk, reason=reason, now=now)
        errors = refused.value.errors if isinstance(refused.value, Rejected) else [refused.value]
        assert [error.code for error in errors] == [code]
    with pytest.raises(ChanjiaoError) as refused:
        object_to_price(actor=cast.student, pk=made.pk + 999, reason="无", now=NOW)
    assert refused.value.code == "record.not_found"
    assert made.objections.count() == 1


def test_another_price_asks_for_another_publicity_and_the_same_one_does_not(cast: Cast, contract: Agreement) -> None:
    made = samples.publicised(cast, contract, TODAY - timedelta(days=16))
    amend_agreement(actor=cast.dean, pk=contract.pk, reason="改条款", now=NOW)
    contract.refresh_from_db()
    same = replace(agreements.content(contract), title="改了标题的合同")
    agreement = agreements.edited(cast, contract, same)
    agreement = propose_agreement(actor=cast.dean, pk=agreement.pk, version=agreement.version, now=NOW)
    assert prices_to_publicise(cast.dean) == []

    amend_agreement(actor=cast.dean, pk=contract.pk, reason="改价", now=NOW)
    contract.refresh_from_db()
    agreement = agreements.edited(cast, contract, replace(same, amount=Decimal("175000")))
    agreement = propose_agreement(actor=cast.dean, pk=agreement.pk, version=agreement.version, now=NOW)

    assert prices_to_publicise(cast.dean) == [agreement]
    assert publicity(NOBODY, made.pk).row.state == "passed"


def test_a_contract_without_a_price_is_not_proposed(cast: Cast) -> None:
    agreement = samples.contract(cast, samples.chosen(cast))
    agreement = agreements.edited(cast, agreement, replace(agreements.content(agreement), amount=None))

    with pytest.raises(Rejected) as refused:
        propose_agreement(actor=cast.dean, pk=agreement.pk, version=agreement.version, now=NOW)

    assert [error.code for error in refused.value.errors] == ["publicity.needs_price"]
    assert state_of(agreement) == "draft"


def test_what_is_declined_or_stopped_is_publicised_no_longer(cast: Cast, contract: Agreement) -> None:
    first = samples.publicised(cast, contract)
    with pytest.raises(ChanjiaoError) as refused:
        stop_publicity(actor=cast.personnel_officer, pk=first.pk, note="不公示了", now=NOW)
    assert refused.value.code == "action.denied"
    with pytest.raises(Rejected):
        stop_publicity(actor=cast.dean, pk=first.pk, note=" ", now=NOW)
    stop_publicity(actor=cast.dean, pk=first.pk, note="名称有误", now=NOW)
    second = samples.publicised(cast, contract)

    contract.refresh_from_db()
    decline_agreement(
        actor=cast.personnel_officer, pk=contract.pk, version=contract.version, reason="预算取消", now=NOW
    )

    rows = publicities(NOBODY, PublicityFilters(state="stopped", text="数控"))
    notes = [(row.state, publicity(NOBODY, row.id).note) for row in rows]
    assert notes == [("stopped", "预算取消"), ("stopped", "名称有误")]
    assert deeds("price.") == ["price.publicised", "price.publicity_stopped"] * 2
    assert [row.id for row in publicities(NOBODY)] == [second.pk, first.pk]
